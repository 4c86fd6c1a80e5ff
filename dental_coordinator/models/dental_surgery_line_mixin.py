# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DentalSurgeryLineMixin(models.AbstractModel):
    """Part of a surgery's record: named by it, and closed with it when it is signed."""

    _name = "dental.surgery.line.mixin"
    _inherit = "dental.patient.mixin"
    _description = "Part of a surgery"

    surgery_id = fields.Many2one(
        "dental.surgery", required=True, readonly=True, ondelete="cascade", index=True
    )
    patient_id = fields.Many2one(
        "dental.patient", related="surgery_id.patient_id", store=True, required=False
    )

    @api.depends("surgery_id.number")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.surgery_id.number

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.surgery_id._check_unsigned()
        return lines

    def write(self, vals):
        self.surgery_id._check_unsigned()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        self.surgery_id._check_unsigned()
