# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class DentalTraineeLeave(models.TransientModel):
    """When a student left who was not signed out."""

    _name = "dental.trainee.leave"
    _description = "A student's forgotten sign-out"

    presence_id = fields.Many2one("dental.presence", required=True, readonly=True)
    in_at = fields.Datetime(related="presence_id.in_at")
    out_at = fields.Datetime(
        string="Left",
        compute="_compute_out_at",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    why = fields.Char(string="Who says so", required=True)

    @api.depends("presence_id")
    def _compute_out_at(self):
        for leave in self:
            leave.out_at = leave.presence_id.in_at

    def action_leave(self):
        """Note when it was, and who says so.

        :raises UserError: for another day than the one on which he came
        """
        self.ensure_one()
        today = self.env["dental.today"]
        presence = self.presence_id
        if not presence.forgotten:
            raise UserError(
                self.env._("%s is signed out already. Refresh the screen.", presence.name)
            )
        stayed = (self.out_at - presence.in_at).total_seconds()
        if not 0 < stayed < 24 * 3600 or self.out_at > fields.Datetime.now():
            raise UserError(
                self.env._(
                    "%s, Left: give the time of the day on which the student came.", presence.name
                )
            )
        presence.write({"out_at": self.out_at, "why": self.why})
        today._tell(presence.company_id)
        return {"type": "ir.actions.act_window_close"}
