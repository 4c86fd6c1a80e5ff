# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
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
        """Pay these credits back, one payment a person, and match the two.

        :raises UserError: for what is no credit any more
        """
        self.env["dental.remittance"].check_access("create")  # whoever books payers' money
        credits = self.search([("id", "in", self.ids), ("dental_credit", "=", True)]).sudo()
        if credits != self.sudo():
            raise UserError(
                self.env._("One of these is no credit any more. Load the list again and look.")
            )
        payments = self.env["account.payment"].sudo()
        for partner, items in credits.grouped("partner_id").items():
            payment = payments.create(items._prepare_dental_refund_vals(partner))
            payment.action_post()
            account = items.account_id[:1]
            back = payment.move_id.line_ids.filtered(lambda one, a=account: one.account_id == a)
            (back | items).reconcile()
            payments |= payment
        return True

    # Business

    def _prepare_dental_refund_vals(self, partner):
        company = self.company_id[:1]
        journals = self.env["account.journal"].sudo()
        return {
            "payment_type": "outbound",
            "partner_type": "customer",
            "partner_id": partner.id,
            "company_id": company.id,
            "destination_account_id": self.account_id[:1].id,
            "amount": -sum(self.mapped("amount_residual")),
            "journal_id": journals.search(
                [("company_id", "=", company.id), ("type", "=", "bank")], limit=1
            ).id,
            "memo": self.env._("Credit paid back"),
        }
