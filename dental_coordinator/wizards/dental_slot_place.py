# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalSlotPlace(models.TransientModel):
    """One visit of a proposal."""

    _name = "dental.slot.place"
    _description = "Place of one visit"
    _order = "sequence, id"

    proposal_id = fields.Many2one("dental.slot.proposal", required=True, ondelete="cascade")
    sequence = fields.Integer()
    patient_id = fields.Many2one("dental.patient", readonly=True)
    type_id = fields.Many2one("dental.appointment.type", readonly=True)
    pattern = fields.Char(readonly=True)
    provider_id = fields.Many2one("dental.provider", readonly=True)
    operatory_id = fields.Many2one("dental.operatory", string="Chair", readonly=True)
    start = fields.Datetime(readonly=True)
    stop = fields.Datetime(readonly=True)
    gap = fields.Char(readonly=True)
    gap_limit = fields.Char(readonly=True, string="Gap limit")

    def _prepare_visit_vals(self):
        return {
            "patient_id": self.patient_id.id,
            "type_id": self.type_id.id,
            "pattern": self.pattern,
            "provider_id": self.provider_id.id,
            "operatory_id": self.operatory_id.id,
            "start": self.start,
            "is_new": self.type_id.new_patient,
            "gap": self.gap,
            "gap_limit": self.gap_limit,
        }
