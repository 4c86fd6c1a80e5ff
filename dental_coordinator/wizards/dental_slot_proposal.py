# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalSlotProposal(models.TransientModel):
    _name = "dental.slot.proposal"
    _description = "Proposed slot"
    _order = "start"

    finder_id = fields.Many2one("dental.slot.finder", ondelete="cascade")
    start = fields.Datetime(readonly=True)
    stop = fields.Datetime(readonly=True)
    provider_id = fields.Many2one("dental.provider", readonly=True)
    operatory_id = fields.Many2one("dental.operatory", string="Chair", readonly=True)
    reasons = fields.Char(readonly=True)

    def action_book(self):
        """Book this place and show the visit."""
        self.ensure_one()
        visit = self.env["dental.appointment"].create(self._prepare_visit_vals())
        return {
            "type": "ir.actions.act_window",
            "res_model": "dental.appointment",
            "res_id": visit.id,
            "views": [(False, "form")],
        }

    def _prepare_visit_vals(self):
        finder = self.finder_id
        return {
            "patient_id": finder.patient_id.id,
            "type_id": finder.type_id.id,
            "pattern": finder.pattern,
            "provider_id": self.provider_id.id,
            "operatory_id": self.operatory_id.id,
            "start": self.start,
            "is_new": finder.type_id.new_patient,
        }
