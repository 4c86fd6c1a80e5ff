# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalSlotFinder(models.TransientModel):
    _inherit = "dental.slot.finder"

    appointment_id = fields.Many2one(
        "dental.appointment", help="The visit that wants the place; empty: a new one."
    )


class DentalSlotProposal(models.TransientModel):
    """A place may be for a visit that is there already: it waits, or it moves."""

    _inherit = "dental.slot.proposal"

    def action_book(self):
        self.ensure_one()
        visit = self.finder_id.appointment_id
        if not visit:
            return super().action_book()
        visit._place(self.start, self.provider_id, self.operatory_id)
        return {
            "type": "ir.actions.act_window",
            "res_model": "dental.appointment",
            "res_id": visit.id,
            "views": [(False, "form")],
        }
