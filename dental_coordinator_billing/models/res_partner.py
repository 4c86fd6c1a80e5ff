# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain


class ResPartner(models.Model):
    """The account of whoever pays for a patient is what the ledger says, nothing beside it."""

    _inherit = "res.partner"

    # Business

    def _dental_open_domain(self, company):
        """Open items of these people with the clinic; what payers owe is not theirs."""
        payers = (
            company.sudo().dental_insurance_receivable_account_id
            | company.sudo().dental_allocation_account_id
        )
        return Domain(
            [
                ("company_id", "=", company.id),
                ("partner_id", "in", self.ids),
                ("parent_state", "=", "posted"),
                ("account_type", "=", "asset_receivable"),
                ("account_id", "not in", payers.ids),
                ("reconciled", "=", False),
            ]
        )

    def _dental_open_items(self, company):
        """Open items, oldest first, read as the server: the caller decides who may see them."""
        lines = self.env["account.move.line"].sudo()
        return lines.search(self._dental_open_domain(company), order="date_maturity, date, id")

    def _dental_balances(self, company=None):
        """{partner: open balance} in the company's currency, payments made ahead taken off."""
        company = company or self.env.company
        rows = (
            self.env["account.move.line"]
            .sudo()
            ._read_group(self._dental_open_domain(company), ["partner_id"], ["amount_residual:sum"])
        )
        found = {partner.id: amount for partner, amount in rows}
        return {partner: company.currency_id.round(found.get(partner.id, 0.0)) for partner in self}

    def _dental_balance(self, company=None):
        """What this person owes the clinic."""
        self.ensure_one()
        return self._dental_balances(company)[self]

    def _dental_plan_pending(self, company=None):
        """{partner: what plans are still expected to pay on his bills}. Insurance overrides it."""
        return dict.fromkeys(self, 0.0)

    def _dental_apply_credits(self, open_lines, company):
        """Lay what these people paid ahead on open lines, oldest payment first."""
        credits = self._dental_open_items(company).filtered(lambda line: line.balance < 0)
        credits._dental_settle(open_lines)

    def _dental_receive(self, amount, journal, visit=None, note=None, company=None):
        """Take a payment of this person and lay it on what he owes.

        The bill of ``visit`` comes first, then the oldest item. What exceeds the account stays open
        as a payment made ahead.

        :param amount: in the currency of the clinic
        :param journal: bank or cash journal
        :param company: the clinic, where the journal is that of its parent
        :param note: cheque or card slip number
        :return: the posted account.payment; the caller has checked the rights
        :raises UserError: for an amount that is not positive, or a journal in another currency
        """
        self.ensure_one()
        company = company or (visit and visit.company_id) or journal.sudo().company_id
        self._check_dental_journal(journal.sudo(), company)
        if company.currency_id.compare_amounts(amount, 0) <= 0:
            raise UserError(self.env._("Payment: enter an amount above zero."))
        items = self._dental_open_items(company).filtered(lambda item: item.balance > 0)
        if visit:
            items = items.sorted(lambda item: item.dental_appointment_id != visit)
        payment = (
            self.env["account.payment"]
            .sudo()
            .with_company(company)
            .with_context(mail_create_nosubscribe=True)
            .create(
                self.with_company(company)._prepare_dental_payment_vals(
                    amount, journal, items, visit, note
                )
            )
        )
        payment.action_post()
        credits = payment.move_id.line_ids.filtered(
            lambda line: line.account_id == payment.destination_account_id
        )
        credits._dental_settle(items)
        return payment

    def _check_dental_journal(self, journal, company):
        foreign = journal.currency_id
        if foreign and foreign != company.currency_id:
            raise UserError(
                self.env._(
                    "Payment: %(journal)s is kept in %(theirs)s, bills are in %(own)s. Choose "
                    "another journal, or enter the payment under Invoicing.",
                    journal=journal.name,
                    theirs=foreign.name,
                    own=company.currency_id.name,
                )
            )

    def _prepare_dental_payment_vals(self, amount, journal, items, visit, note):
        """Values of the payment. Its memo travels to the bank: numbers only."""
        company = self.env.company
        account = items[:1].account_id or self.property_account_receivable_id
        return {
            "company_id": company.id,
            "payment_type": "inbound",
            "partner_type": "customer",
            "partner_id": self.id,
            "amount": amount,
            "currency_id": company.currency_id.id,
            "journal_id": journal.id,
            "destination_account_id": account.id,
            "memo": " ".join(filter(None, (visit and visit.number, note))),
        }
