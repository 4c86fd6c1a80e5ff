# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.dental_coordinator_billing.reckoning import exact

from .dental_claim_ledger import OWED


class DentalClaim(models.Model):
    """What a payer owes moves with it: to the payer that took its plans over, to a new account."""

    _inherit = "dental.claim"

    # Business

    @api.model
    def _follow_payers(self, domain):
        """Let the open claims of ``domain`` stand where their payers owe now."""
        open_claims = self.sudo().search(Domain(domain) & Domain("open_amount", "!=", 0))
        open_claims._follow_payer()

    def _follow_payer(self):
        """Move what these claims hold with an earlier payer, or on an earlier account."""
        entries = []
        for claim, places in self._payer_places().items():
            own = claim._own_place()
            moved = {place: amount for place, amount in places.items() if place != own}
            if any(moved.values()):
                items = [(claim.number, *place, -amount) for place, amount in moved.items()]
                items.append((claim.number, *own, sum(moved.values())))
                entries.append(claim._prepare_entry_vals(items, "transfer"))
        if entries:
            moves = self.env["account.move"].sudo().create(entries)
            moves.action_post()
            self._reconcile()

    def _payer_places(self):
        """{claim: {(account, partner): balance}} of what is booked for payers."""
        items = self.env["account.move.line"].sudo()
        groups = items._read_group(
            [
                ("dental_claim_id", "in", self.ids),
                ("parent_state", "=", "posted"),
                ("account_type", "=", OWED),
            ],
            ["dental_claim_id", "account_id", "partner_id"],
            ["balance:sum"],
        )
        places = defaultdict(dict)
        for claim, account, partner, balance in groups:
            if account != claim._guarantor_account():
                places[claim][account, partner] = exact(balance)
        return places

    def _own_place(self):
        """(account, partner) on which this claim's payer owes."""
        account = self.company_id._dental_setting("dental_insurance_receivable_account_id")
        return account, self.payer_id.commercial_partner_id


class DentalInsurancePlan(models.Model):
    _inherit = "dental.insurance.plan"

    # CRUD

    def write(self, vals):
        result = super().write(vals)
        if "payer_id" in vals:
            self.env["dental.claim"]._follow_payers([("plan_id", "in", self.ids)])
        return result


class DentalInsurancePolicy(models.Model):
    _inherit = "dental.insurance.policy"

    # CRUD

    def write(self, vals):
        result = super().write(vals)
        if "plan_id" in vals:
            self.env["dental.claim"]._follow_payers([("coverage_id.policy_id", "in", self.ids)])
        return result


class DentalInsuranceCoverage(models.Model):
    _inherit = "dental.insurance.coverage"

    # CRUD

    def write(self, vals):
        result = super().write(vals)
        if "policy_id" in vals:
            self.env["dental.claim"]._follow_payers([("coverage_id", "in", self.ids)])
        return result


class ResCompany(models.Model):
    _inherit = "res.company"

    # CRUD

    def write(self, vals):
        name = "dental_insurance_receivable_account_id"
        before = {company: company.sudo()[name] for company in self} if name in vals else {}
        result = super().write(vals)
        for company, account in before.items():
            if account and account != company.sudo()[name]:
                company._dental_move_payers(account)
        return result

    # Business

    def _dental_move_payers(self, account):
        """Payers that owed on ``account`` owe on the one that took its place."""
        payers = self.env["res.partner"].sudo().with_company(self)
        payers.search(
            [("dental_payer", "=", True), ("property_account_receivable_id", "=", account.id)]
        )._dental_make_payers(self)
        self.env["dental.claim"]._follow_payers([("company_id", "=", self.id)])
