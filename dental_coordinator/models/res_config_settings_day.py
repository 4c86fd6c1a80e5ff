# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dental_missed_minutes = fields.Integer(
        related="company_id.dental_missed_minutes", readonly=False
    )
    dental_hole_minutes = fields.Integer(related="company_id.dental_hole_minutes", readonly=False)
    dental_turnover = fields.Boolean(related="company_id.dental_turnover", readonly=False)
    dental_seat_ready = fields.Boolean(related="company_id.dental_seat_ready", readonly=False)
    dental_hall_label = fields.Selection(related="company_id.dental_hall_label", readonly=False)
    dental_hall_minutes = fields.Integer(related="company_id.dental_hall_minutes", readonly=False)
