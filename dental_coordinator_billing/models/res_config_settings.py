# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dental_pricelist_id = fields.Many2one(related="company_id.dental_pricelist_id", readonly=False)
    dental_insurance_receivable_account_id = fields.Many2one(
        related="company_id.dental_insurance_receivable_account_id", readonly=False
    )
    dental_allocation_account_id = fields.Many2one(
        related="company_id.dental_allocation_account_id", readonly=False
    )
    dental_adjustment_account_id = fields.Many2one(
        related="company_id.dental_adjustment_account_id", readonly=False
    )
    dental_interest_account_id = fields.Many2one(
        related="company_id.dental_interest_account_id", readonly=False
    )
    dental_journal_id = fields.Many2one(related="company_id.dental_journal_id", readonly=False)
    dental_estimate_days = fields.Integer(related="company_id.dental_estimate_days", readonly=False)
