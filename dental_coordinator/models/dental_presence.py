# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class DentalPresence(models.Model):
    """The door log: who else is in the house, from when to when, to see whom and why."""

    _name = "dental.presence"
    _inherit = ["dental.numbered.mixin", "dental.access.mixin"]
    _description = "Door log"
    _order = "in_at desc, id desc"

    kind = fields.Selection(
        [
            ("escort", "Escort"),
            ("vendor", "Vendor"),
            ("student", "Student"),
            ("inspector", "Inspector"),
            ("other", "Other visitor"),
            ("team", "Team"),
        ],
        required=True,
        default="escort",
        index=True,
    )
    name = fields.Char(required=True)
    organisation = fields.Char(string="From", help="Firm, school or authority.")
    phone = fields.Char(help="Where an escort is reached while the patient is in the chair.")
    user_id = fields.Many2one(
        "res.users", string="Team member", ondelete="restrict", index=True, readonly=True
    )
    host_id = fields.Many2one("res.users", string="To see", ondelete="restrict")
    badge = fields.Char()
    why = fields.Char()
    appointment_id = fields.Many2one(
        "dental.appointment", string="With visit", ondelete="restrict", index=True
    )
    patient_id = fields.Many2one(related="appointment_id.patient_id")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    in_at = fields.Datetime(
        string="In", required=True, default=lambda self: fields.Datetime.now(), copy=False
    )
    out_at = fields.Datetime(string="Out", copy=False)
    inside = fields.Boolean(compute="_compute_inside", search="_search_inside")

    _span_positive = models.Constraint(
        "CHECK (out_at IS NULL OR in_at <= out_at)", "Nobody leaves before he came. Correct Out."
    )
    _escort_visit = models.Constraint(
        "CHECK (kind <> 'team' OR user_id IS NOT NULL)", "A team member has a login."
    )
    _inside_idx = models.Index("(company_id) WHERE out_at IS NULL")
    _badge_once = models.UniqueIndex(
        "(company_id, badge) WHERE out_at IS NULL AND badge IS NOT NULL",
        "This badge is given out already. Take another one, or note that its bearer has left.",
    )
    _in_once = models.UniqueIndex(
        "(company_id, user_id) WHERE out_at IS NULL AND user_id IS NOT NULL",
        "This member of the team is in already.",
    )

    # Computes

    @api.depends("out_at")
    def _compute_inside(self):
        for person in self:
            person.inside = not person.out_at

    def _search_inside(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("out_at", "=", False)]

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        people = super().create(vals_list)
        people._tell_today()
        return people

    def write(self, vals):
        if {"in_at", "kind", "appointment_id"} & vals.keys() and self.filtered("out_at"):
            raise UserError(
                self.env._("The door log is kept as it was: who has left is not changed any more.")
            )
        result = super().write(vals)
        self._tell_today()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_always(self):
        raise UserError(self.env._("The door log is kept. Note that the person has left instead."))

    # Actions

    def action_leave(self):
        """Whoever is still in the house has left."""
        self.filtered(lambda person: not person.out_at).write({"out_at": fields.Datetime.now()})
        return True

    @api.model
    def toggle_me(self):
        """The present user comes in, or goes.

        :return: whether he is in now
        """
        if not self.env.user.has_group("dental_coordinator.group_staff"):
            raise UserError(self.env._("Only the dental team clocks in here."))
        mine = self.sudo().search(
            [
                ("user_id", "=", self.env.uid),
                ("out_at", "=", False),
                ("company_id", "=", self.env.company.id),
            ]
        )
        if mine:
            mine.action_leave()
            return False
        self.sudo().create(
            {"kind": "team", "user_id": self.env.uid, "name": self.env.user.sudo().name}
        )
        return True

    # Business

    def _access_patients(self):
        return self.appointment_id.patient_id

    def _tell_today(self):
        for company in self.sudo().company_id:
            self.env["dental.today"]._tell(company)
