# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.dental_surgery_check import PHASES


class DentalSurgeryTimeOut(models.TransientModel):
    """The team stops: who is there, and is everything answered."""

    _name = "dental.surgery.time.out"
    _description = "Close a part of the safety checklist"

    surgery_id = fields.Many2one("dental.surgery", required=True, ondelete="cascade")
    phase = fields.Selection(PHASES, required=True)
    check_ids = fields.Many2many("dental.surgery.check", compute="_compute_check_ids")
    present_ids = fields.Many2many(
        "dental.provider",
        string="Who is here",
        compute="_compute_present_ids",
        store=True,
        readonly=False,
    )
    others = fields.Char(string="Others here")

    @api.depends("surgery_id", "phase")
    def _compute_check_ids(self):
        for time_out in self:
            time_out.check_ids = time_out.surgery_id.check_ids.filtered(
                lambda c, t=time_out: c.phase == t.phase
            )

    @api.depends("surgery_id")
    def _compute_present_ids(self):
        for time_out in self:
            time_out.present_ids = time_out.surgery_id._team()

    def action_close(self):
        """Everybody agrees: close the part."""
        self.ensure_one()
        names = [*self.present_ids.sorted("name").mapped("name"), *filter(None, [self.others])]
        if not names:
            raise UserError(self.env._("Who is here: name at least one person."))
        self.surgery_id._close_phase(self.phase, ", ".join(names))
        return {"type": "ir.actions.act_window_close"}
