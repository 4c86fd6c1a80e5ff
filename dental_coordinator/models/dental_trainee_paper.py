# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date


class DentalTraineePaper(models.Model):
    """One paper that one student brings: there or not, signed, valid until."""

    _name = "dental.trainee.paper"
    _description = "Paper of a student"
    _order = "trainee_id, id"
    _rec_name = "kind_id"

    trainee_id = fields.Many2one(
        "dental.trainee",
        string="Student",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="trainee_id.company_id", store=True, index=True)
    kind_id = fields.Many2one(
        "dental.trainee.paper.kind",
        string="Paper",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    signed = fields.Boolean(related="kind_id.signed", string="Is to be signed")
    needed = fields.Boolean(
        default=True, readonly=True, help="Asked of this kind of placement as it is now."
    )
    received_on = fields.Date(string="Received")
    signed_on = fields.Date(string="Signed")
    expires_on = fields.Date(
        string="Valid until",
        compute="_compute_expires_on",
        store=True,
        readonly=False,
        help="Empty: for good.",
    )
    file = fields.Binary(attachment=True)
    filename = fields.Char()
    note = fields.Char()
    state = fields.Selection(
        [
            ("missing", "Missing"),
            ("unsigned", "Not signed"),
            ("expired", "Expired"),
            ("ends", "Expires in the placement"),
            ("ok", "There"),
        ],
        compute="_compute_state",
    )
    lacking = fields.Boolean(compute="_compute_lacking", search="_search_lacking")

    _once = models.Constraint(
        "UNIQUE (trainee_id, kind_id)", "This paper is asked of this student already."
    )

    # Computes

    @api.depends("received_on", "kind_id")
    def _compute_expires_on(self):
        for paper in self:
            months = paper.kind_id.months
            if paper.received_on and months:
                paper.expires_on = paper.received_on + relativedelta(months=months)
            else:
                paper.expires_on = paper.expires_on if paper.received_on else False

    @api.depends("received_on", "signed_on", "expires_on", "signed", "trainee_id.date_to")
    def _compute_state(self):
        today = self.env["dental.today"]._day()
        for paper in self:
            if not paper.received_on:
                paper.state = "missing"
            elif paper.signed and not paper.signed_on:
                paper.state = "unsigned"
            elif paper.expires_on and paper.expires_on < today:
                paper.state = "expired"
            elif paper.expires_on and paper.expires_on < paper.trainee_id.date_to:
                paper.state = "ends"
            else:
                paper.state = "ok"

    @api.depends("state", "needed")
    def _compute_lacking(self):
        for paper in self:
            paper.lacking = paper.needed and paper.state in ("missing", "unsigned", "expired")

    def _search_lacking(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env["dental.today"]._day()
        unsigned = Domain("kind_id.signed", "=", True) & Domain("signed_on", "=", False)
        lacks = Domain("received_on", "=", False) | Domain("expires_on", "<", today) | unsigned
        return Domain("needed", "=", True) & lacks

    # Actions

    def action_received(self):
        """The paper is there since today, signed where it is to be."""
        today = self.env["dental.today"]._day()
        for paper in self:
            vals = {"received_on": today}
            if paper.signed:
                vals["signed_on"] = today
            paper.write(vals)
        return True

    def action_edit(self):
        """Show the paper by itself."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.kind_id.name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    # Business

    def _told(self):
        """What is wrong with it, in words."""
        self.ensure_one()
        day = format_date(self.env, self.expires_on) if self.expires_on else ""
        words = {
            "missing": self.env._("%s is missing.", self.kind_id.name),
            "unsigned": self.env._("%s is not signed.", self.kind_id.name),
            "expired": self.env._(
                "%(paper)s expired on %(day)s.", paper=self.kind_id.name, day=day
            ),
            "ends": self.env._("%(paper)s expires on %(day)s.", paper=self.kind_id.name, day=day),
        }
        return words[self.state]
