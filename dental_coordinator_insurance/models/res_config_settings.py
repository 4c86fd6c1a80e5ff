# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dental_insurance_user_id = fields.Many2one(
        related="company_id.dental_insurance_user_id", readonly=False
    )
    dental_ask_days = fields.Integer(related="company_id.dental_ask_days", readonly=False)
    dental_npi = fields.Char(related="company_id.dental_npi", readonly=False)
    dental_tax_kind = fields.Selection(related="company_id.dental_tax_kind", readonly=False)
    dental_tax_id = fields.Char(related="company_id.dental_tax_id", readonly=False)
    dental_taxonomy = fields.Char(related="company_id.dental_taxonomy", readonly=False)
    dental_submitter_id = fields.Char(related="company_id.dental_submitter_id", readonly=False)
    dental_receiver_name = fields.Char(related="company_id.dental_receiver_name", readonly=False)
    dental_receiver_id = fields.Char(related="company_id.dental_receiver_id", readonly=False)
    dental_sender_qualifier = fields.Char(
        related="company_id.dental_sender_qualifier", readonly=False
    )
    dental_receiver_qualifier = fields.Char(
        related="company_id.dental_receiver_qualifier", readonly=False
    )
    dental_x12_test = fields.Boolean(related="company_id.dental_x12_test", readonly=False)
    dental_billing_person_id = fields.Many2one(
        related="company_id.dental_billing_person_id", readonly=False
    )
    dental_pay_to_id = fields.Many2one(related="company_id.dental_pay_to_id", readonly=False)
    dental_submitter_name = fields.Char(related="company_id.dental_submitter_name", readonly=False)
    dental_submitter_contact = fields.Char(
        related="company_id.dental_submitter_contact", readonly=False
    )
    dental_form_right = fields.Float(related="company_id.dental_form_right", readonly=False)
    dental_form_down = fields.Float(related="company_id.dental_form_down", readonly=False)
    dental_denial_hints = fields.Boolean(related="company_id.dental_denial_hints", readonly=False)
    dental_payer_memory = fields.Boolean(related="company_id.dental_payer_memory", readonly=False)
    dental_secondary_write_offs = fields.Boolean(
        related="company_id.dental_secondary_write_offs", readonly=False
    )
    dental_missing_fee_is_zero = fields.Boolean(
        related="company_id.dental_missing_fee_is_zero", readonly=False
    )
    dental_blank_fixed_is_zero = fields.Boolean(
        related="company_id.dental_blank_fixed_is_zero", readonly=False
    )
    dental_excluded_not_billed = fields.Boolean(
        related="company_id.dental_excluded_not_billed", readonly=False
    )
    dental_full_fee_over_max = fields.Boolean(
        related="company_id.dental_full_fee_over_max", readonly=False
    )
    dental_full_fee_over_limit = fields.Boolean(
        related="company_id.dental_full_fee_over_limit", readonly=False
    )
    dental_change_threshold = fields.Monetary(
        related="company_id.dental_change_threshold", readonly=False
    )
    dental_precert_days = fields.Integer(related="company_id.dental_precert_days", readonly=False)
    dental_precert_remind_days = fields.Integer(
        related="company_id.dental_precert_remind_days", readonly=False
    )
