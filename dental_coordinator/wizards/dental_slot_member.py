# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .dental_slot_search import Wish


class DentalSlotMember(models.TransientModel):
    """Somebody of the family who comes along and needs a place too."""

    _name = "dental.slot.member"
    _description = "Comes along"

    finder_id = fields.Many2one("dental.slot.finder", required=True, ondelete="cascade")
    patient_id = fields.Many2one("dental.patient", required=True)
    type_id = fields.Many2one("dental.appointment.type", required=True)
    provider_id = fields.Many2one("dental.provider", help="Empty: whoever is free.")

    def _wish(self):
        needs = self.patient_id.sudo().access_need_ids
        pattern = needs._widen(self.type_id.pattern)
        return Wish(self.patient_id, self.type_id, pattern, self.provider_id)
