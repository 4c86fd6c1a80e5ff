# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResPartner(models.Model):
    """A payer of dental benefits is a contact with a few numbers of its own."""

    _inherit = "res.partner"

    dental_payer = fields.Boolean(string="Dental payer", index="btree_not_null")
    dental_payer_code = fields.Char(
        string="Payer id", help="Number by which files reach this payer, as its list gives it."
    )
    dental_filing_days = fields.Integer(
        string="Filing limit (days)", help="Days after the service in which a claim must be filed."
    )
    dental_appeal_days = fields.Integer(string="Appeal limit (days)")
    dental_precert_days = fields.Integer(
        string="Precert answer (days)", help="Days in which this payer usually answers."
    )
    dental_plan_ids = fields.One2many(
        "dental.insurance.plan",
        "payer_id",
        string="Dental plans",
        groups="dental_coordinator.group_staff",
    )
    dental_phone_benefits = fields.Char(string="Phone for benefits")
    dental_phone_claims = fields.Char(string="Phone for claims")
    dental_portal_url = fields.Char(string="Payer portal")
    dental_share_is_plan = fields.Boolean(
        string="Percentages are the plan's",
        help="Most payers' eligibility files state the share that the patient pays. Tick this "
        "if this payer's files state the share that the plan pays.",
    )

    def _dental_make_payers(self, company):
        """Let these contacts owe on the insurance receivable account of ``company``."""
        account = company.dental_insurance_receivable_account_id
        for payer in self.sudo().with_company(company):
            if not payer.dental_payer:
                payer.dental_payer = True
            if account and payer.property_account_receivable_id != account:
                payer.property_account_receivable_id = account

    def _dental_plan_pending(self, company=None):
        """{partner: what plans are still expected to pay on his bills}"""
        company = company or self.env.company
        groups = (
            self.env["dental.claim"]
            .sudo()
            ._read_group(
                [
                    ("company_id", "=", company.id),
                    ("invoice_id.partner_id", "in", self.ids),
                    ("open_amount", "!=", 0),
                ],
                ["invoice_id"],
                ["open_amount:sum"],
            )
        )
        pending = dict.fromkeys(self, 0.0)
        for invoice, amount in groups:
            pending[invoice.partner_id.with_env(self.env)] += amount
        return {partner: company.currency_id.round(sum_) for partner, sum_ in pending.items()}
