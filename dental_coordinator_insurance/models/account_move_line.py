# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # Copied to the mirror entry: per claim the two then add up to nothing.
    dental_claim_id = fields.Many2one(
        "dental.claim",
        string="Claim",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        groups="dental_coordinator.group_billing",
    )
    dental_credit = fields.Boolean(
        compute="_compute_dental_credit",
        search="_search_dental_credit",
        groups="dental_coordinator.group_billing",
        help="Money of a patient's family, or of a plan on top, that no bill uses up.",
    )

    # Computes

    def _compute_dental_credit(self):
        credits = self.search([("id", "in", self.ids), ("dental_credit", "=", True)])
        for item in self:
            item.dental_credit = item in credits

    @api.model
    def _search_dental_credit(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        companies = self.env.companies.sudo()
        payers = (
            companies.dental_insurance_receivable_account_id
            | companies.dental_allocation_account_id
        )
        guarantors = self.env["dental.patient"].sudo()._search([("guarantor_id", "!=", False)])
        return Domain(
            [
                ("parent_state", "=", "posted"),
                ("account_type", "=", "asset_receivable"),
                ("account_id", "not in", payers.ids),
                ("company_id", "in", companies.ids),
                ("amount_residual", "<", 0),
                ("partner_id", "in", guarantors.subselect("guarantor_id")),
            ]
        )

    # Actions

    def action_dental_refund(self):
        """Pay these credits back, one payment a person and clinic, and match the two.

        :raises UserError: for what is no credit any more, or cannot be paid back here
        """
        self.env["dental.remittance"].check_access("create")  # whoever books payers' money
        credits = self.search([("id", "in", self.ids), ("dental_credit", "=", True)]).sudo()
        if credits != self.sudo():
            raise UserError(
                self.env._("One of these is no credit any more. Load the list again and look.")
            )
        groups = credits.grouped(lambda one: (one.company_id, one.account_id, one.partner_id))
        for (company, account, partner), items in groups.items():
            items._check_refundable()
            payments = self.env["account.payment"].sudo().with_company(company)
            payment = payments.create(items._prepare_dental_refund_vals(partner))
            payment.action_post()
            back = payment.move_id.line_ids.filtered(lambda one, a=account: one.account_id == a)
            (back | items).reconcile()
        return True

    # Business

    def _dental_names(self, number):
        """Whether this item names a number as a word of its own."""
        words = rf"(?<!\w){re.escape(number)}(?!\w)"
        return re.search(words, f"{self.move_id.ref or ''} {self.name or ''}", re.IGNORECASE)

    def _check_refundable(self):
        foreign = self.filtered(lambda one: one.currency_id != one.company_id.currency_id)
        if foreign:
            raise UserError(
                self.env._(
                    "%(entry)s is in %(currency)s. Pay it back under Invoicing, in that currency.",
                    entry=foreign[0].move_id.name,
                    currency=foreign[0].currency_id.name,
                )
            )

    def _prepare_dental_refund_vals(self, partner):
        company = self.company_id[:1]
        return {
            "payment_type": "outbound",
            "partner_type": "customer",
            "partner_id": partner.id,
            "company_id": company.id,
            "currency_id": company.currency_id.id,
            "destination_account_id": self.account_id[:1].id,
            "amount": -sum(self.mapped("amount_residual")),
            "journal_id": company._dental_bank().id,
            "memo": self.env._("Credit paid back"),
        }
