# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dental_wait_warn_minutes = fields.Integer(
        related="company_id.dental_wait_warn_minutes", readonly=False
    )
    dental_wait_late_minutes = fields.Integer(
        related="company_id.dental_wait_late_minutes", readonly=False
    )
    dental_late_minutes = fields.Integer(related="company_id.dental_late_minutes", readonly=False)
    dental_visit_needs_procedure = fields.Boolean(
        related="company_id.dental_visit_needs_procedure", readonly=False
    )
    dental_reset_confirmation = fields.Selection(
        related="company_id.dental_reset_confirmation", readonly=False
    )
