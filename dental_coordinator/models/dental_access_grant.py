# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class DentalAccessGrant(models.Model):
    """A person opened a restricted file, for a reason and for a time."""

    _name = "dental.access.grant"
    _inherit = ["dental.numbered.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Access to a restricted file"
    _order = "id desc"

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")
    patient_id = fields.Many2one(
        "dental.patient", required=True, readonly=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="patient_id.company_id", store=True, index=True)
    reason = fields.Char(required=True, readonly=True)
    date_from = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now, string="Date from"
    )
    until = fields.Datetime(required=True, readonly=True)
    revoked_at = fields.Datetime(readonly=True, string="Revoked at")
    state = fields.Selection(
        [("live", "Live"), ("ended", "Ended"), ("revoked", "Revoked")],
        compute="_compute_state",
        search="_search_state",
    )

    _span_positive = models.Constraint("CHECK (date_from < until)", "A grant ends after it starts.")
    _user_patient = models.Index("(patient_id, user_id)")

    # Computes

    @api.depends("date_from", "until", "revoked_at")
    def _compute_state(self):
        now = fields.Datetime.now()
        for grant in self:
            if grant.revoked_at:
                grant.state = "revoked"
            else:
                grant.state = "live" if grant.until > now else "ended"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        domains = {
            "live": [("revoked_at", "=", False), ("until", ">", "now")],
            "ended": [("revoked_at", "=", False), ("until", "<=", "now")],
            "revoked": [("revoked_at", "!=", False)],
        }
        return fields.Domain.OR(
            fields.Domain(domains[state]) for state in value if state in domains
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_always(self):
        raise UserError(self.env._("Grants are kept. Revoke the grant instead."))

    # Actions

    def action_revoke(self):
        """End the grant now."""
        self.filtered(lambda grant: grant.state == "live").revoked_at = fields.Datetime.now()
        return True

    # Business

    def _tell_privacy_officers(self):
        """Give each privacy officer of the company something to review, without a name in it."""
        officers = self.env.ref("dental_coordinator.group_privacy_officer").user_ids
        for grant in self:
            for officer in officers.filtered(lambda u, g=grant: g.company_id in u.company_ids):
                grant.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.env._("Review the opening of a restricted file"),
                    user_id=officer.id,
                )
