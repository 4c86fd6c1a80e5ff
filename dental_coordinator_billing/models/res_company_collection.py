# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    dental_collector_id = fields.Many2one(
        "res.users",
        string="Collects",
        help="Who works on what is overdue, until somebody else takes an account. Empty: whoever "
        "answers first.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dental_collector_id = fields.Many2one(related="company_id.dental_collector_id", readonly=False)
