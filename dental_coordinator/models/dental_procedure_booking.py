# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class DentalProcedure(models.Model):
    """The visit that treatment is put on, or taken from, is as long as its treatment asks."""

    _inherit = "dental.procedure"

    @api.model_create_multi
    def create(self, vals_list):
        procedures = super().create(vals_list)
        procedures.appointment_id._follow_procedures()
        return procedures

    def write(self, vals):
        if not {"appointment_id", "code_id"} & vals.keys():
            return super().write(vals)
        before = self.appointment_id
        result = super().write(vals)
        (before | self.appointment_id)._follow_procedures()
        return result
