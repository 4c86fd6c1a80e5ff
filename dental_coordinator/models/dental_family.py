# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DentalFamily(models.Model):
    _name = "dental.family"
    _inherit = "dental.numbered.mixin"
    _description = "Family of patients"
    _order = "name, id"

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    guarantor_id = fields.Many2one(
        "res.partner", ondelete="restrict", help="Who pays for the family unless a file says else."
    )
    patient_ids = fields.One2many("dental.patient", "family_id")

    # Computes

    @api.depends("number", "name")
    @api.depends_context("dental_names")
    def _compute_display_name(self):
        named = self.env.context.get("dental_names")
        for family in self:
            family.display_name = f"{family.name} ({family.number})" if named else family.number
