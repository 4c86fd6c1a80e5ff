# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.dental_coordinator_billing.reckoning import exact

from .. import x12
from ..settlement import Cut, kind_of

INTEREST = ("L6", "IN")


class DentalRemittanceAdjustment(models.Model):
    """One reason for which a payer pays more or less, with what it means for the books."""

    _name = "dental.remittance.adjustment"
    _description = "Cut of a remittance"
    _order = "remittance_id, id"
    _rec_name = "text"

    remittance_id = fields.Many2one(
        "dental.remittance",
        compute="_compute_remittance_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        ondelete="cascade",
        index=True,
    )
    remittance_claim_id = fields.Many2one(
        "dental.remittance.claim",
        compute="_compute_remittance_claim_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="cascade",
        index="btree_not_null",
    )
    line_id = fields.Many2one(
        "dental.remittance.line", ondelete="cascade", index="btree_not_null", readonly=True
    )
    company_id = fields.Many2one(
        related="remittance_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    group = fields.Selection(
        [
            ("CO", "By contract"),
            ("PR", "Patient"),
            ("OA", "Other"),
            ("PI", "Payer's decision"),
            ("CR", "Correction"),
            ("PLB", "Provider"),
        ],
        required=True,
        readonly=True,
    )
    reason = fields.Char(readonly=True)
    reference = fields.Char(readonly=True)
    amount = fields.Monetary(readonly=True, help="Positive: it lowers the payment.")
    quantity = fields.Float(readonly=True, digits=(12, 2), help="Units that it speaks of, if any.")
    text = fields.Char(compute="_compute_text", string="In our words")
    decision = fields.Selection(
        [
            ("contractual", "Written off by contract"),
            ("patient", "The patient's"),
            ("prior", "Earlier payer"),
            ("open", "Waits for a decision"),
        ],
        compute="_compute_decision",
        store=True,
    )
    account_id = fields.Many2one(
        "account.account",
        check_company=True,
        help="Where an amount goes that belongs to no claim.",
    )

    # Computes

    @api.depends("line_id")
    def _compute_remittance_claim_id(self):
        for one in self:
            one.remittance_claim_id = one.remittance_claim_id or one.line_id.remittance_claim_id

    @api.depends("remittance_claim_id")
    def _compute_remittance_id(self):
        for one in self:
            one.remittance_id = one.remittance_id or one.remittance_claim_id.remittance_id

    @api.depends("group", "reason", "amount")
    def _compute_text(self):
        for one in self:
            words = x12.codes.ADJUSTMENTS
            if one.group == "PLB":
                words = x12.codes.PROVIDER_ADJUSTMENTS
            one.text = one._told(x12.codes.words(words, one.reason or ""))

    @api.depends("group", "reason", "amount", "remittance_claim_id.claim_id")
    def _compute_decision(self):
        for one in self:
            one.decision = one._decide() if one.group != "PLB" else False

    # Constraints

    @api.constrains("account_id")
    def _check_not_posted(self):
        for one in self:
            if one.remittance_id.state == "posted" and one.account_id:
                raise ValidationError(
                    self.env._("%s is posted. Reverse it first.", one.remittance_id.number)
                )

    # Business

    def _sort(self):
        return self.group, self.reason

    def _told(self, words):
        amount = sum(self.mapped("amount"))
        return f"{words} {amount:.2f} ({self[:1].group} {self[:1].reason or ''})".replace(" )", ")")

    def _total_text(self):
        """These cuts of one kind, told once."""
        return self._told(x12.codes.words(x12.codes.ADJUSTMENTS, self[:1].reason or ""))

    def _cut(self):
        return Cut(self.group, self.reason or "", exact(self.amount))

    def _x12_adjustment(self):
        quantity = Decimal(f"{self.quantity:g}") if self.quantity else None
        return x12.Adjustment(self.group, self.reason or "", exact(self.amount), quantity)

    def _decide(self):
        claim = self.remittance_claim_id.claim_id.sudo()
        if not self.amount:
            return False
        return kind_of(
            self._cut(),
            contracted=not claim or claim.plan_id._is_contracted(),
            first_payer=not claim or claim.coverage_id.sequence == 1,
            known=x12.codes.reason_known,
        )

    def _provider_account(self):
        """Where an amount without a claim usually goes: interest to income, else a person says."""
        company = self.company_id
        if self.reason in INTEREST:
            return company.sudo().dental_interest_account_id
        return self.env["account.account"]
