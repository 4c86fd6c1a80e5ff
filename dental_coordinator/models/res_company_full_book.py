# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    dental_late_cancel_hours = fields.Integer(
        string="Cancelled late within",
        default=24,
        help="Hours before a visit from which a cancellation counts as late.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dental_late_cancel_hours = fields.Integer(
        related="company_id.dental_late_cancel_hours", readonly=False
    )
