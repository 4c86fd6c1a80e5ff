# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalPatientMixin(models.AbstractModel):
    """Part of one patient's file: same company, same confidentiality, every reading logged."""

    _name = "dental.patient.mixin"
    _inherit = "dental.access.mixin"
    _description = "Part of a patient's file"

    patient_id = fields.Many2one("dental.patient", required=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="patient_id.company_id", store=True, index=True)
