# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command


class ResCompany(models.Model):
    _inherit = "res.company"

    dental_pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Office fees",
        check_company=True,
        help="What the clinic charges for each procedure, before any contract.",
    )
    dental_insurance_receivable_account_id = fields.Many2one(
        "account.account",
        string="Insurance receivable",
        check_company=True,
        domain="[('account_type', '=', 'asset_receivable')]",
        help="What payers owe for claims filed.",
    )
    dental_allocation_account_id = fields.Many2one(
        "account.account",
        string="Insurance payments to allocate",
        check_company=True,
        domain="[('account_type', '=', 'asset_receivable')]",
        help="Money of payers that no remittance has divided among claims yet.",
    )
    dental_adjustment_account_id = fields.Many2one(
        "account.account",
        string="Contractual adjustments",
        check_company=True,
        help="Fees given up by contract with a payer. It reduces income.",
    )
    dental_interest_account_id = fields.Many2one(
        "account.account", string="Interest on payment plans", check_company=True
    )
    dental_journal_id = fields.Many2one(
        "account.journal",
        string="Dental entries",
        check_company=True,
        domain="[('type', '=', 'general')]",
        help="Journal of the entries that move a fee between patient and payer.",
    )
    dental_estimate_days = fields.Integer(
        string="Estimates are valid for (days)", default=90, required=True
    )

    _dental_estimate_days_positive = models.Constraint(
        "CHECK (dental_estimate_days > 0)", "An estimate is valid for one day at least."
    )

    # Constraints

    @api.constrains(
        "dental_insurance_receivable_account_id",
        "dental_allocation_account_id",
        "dental_adjustment_account_id",
    )
    def _check_dental_accounts(self):
        """What payers owe, what patients owe and what is given up are told apart by account."""
        for company in self.sudo():
            usual = self.env["res.partner"].with_company(company)
            accounts = [
                company.dental_insurance_receivable_account_id,
                company.dental_allocation_account_id,
                usual._fields["property_account_receivable_id"].get_company_dependent_fallback(
                    usual
                ),
            ]
            known = [account for account in accounts if account]
            if len(set(known)) < len(known):
                raise ValidationError(
                    self.env._(
                        "%s: insurance receivable, insurance payments to allocate and the usual "
                        "receivable account of customers are three accounts. Choose another one.",
                        company.name,
                    )
                )
            if company.dental_adjustment_account_id.account_type == "asset_receivable":
                raise ValidationError(
                    self.env._(
                        "%s: contractual adjustments stand on an income account, not on a "
                        "receivable one. Choose another one.",
                        company.name,
                    )
                )

    # Business

    def _dental_setup_accounts(self):
        """Make the accounts and the journal that are missing, where a chart of accounts is loaded.

        A branch shares those of its parent. Nothing that is set already is touched.
        """
        for company in self.sudo().filtered("chart_template"):
            if company.parent_id:
                company._dental_share_accounts(company.parent_id)
            else:
                company._dental_make_accounts()

    def _dental_setting(self, name):
        """A dental account or journal of this company.

        :param name: field name, such as ``dental_journal_id``
        :raises UserError: when it is not set, saying where to set it
        """
        self.ensure_one()
        record = self.sudo()[name]
        if not record:
            raise UserError(
                self.env._(
                    "%(company)s: %(setting)s is not set. Set it under Settings, Dental.",
                    company=self.name,
                    setting=self._fields[name]._description_string(self.env),
                )
            )
        return record

    def _dental_money_journals(self, types=("bank", "cash", "credit")):
        """Journals that take this clinic's money, in its own currency; a branch has its parent's.

        What comes in another currency has a rate, and is booked under Invoicing.
        """
        self.ensure_one()
        journals = self.env["account.journal"].sudo()
        return journals.search(
            [
                *journals._check_company_domain(self),
                ("type", "in", types),
                ("currency_id", "in", (False, self.currency_id.id)),
            ]
        )

    def _dental_bank(self):
        """The bank journal that is proposed.

        :raises UserError: without one
        """
        bank = self._dental_money_journals(("bank",))[:1]
        if not bank:
            raise UserError(
                self.env._(
                    "%(company)s has no bank journal in %(currency)s. Make one under Invoicing, "
                    "Configuration.",
                    company=self.name,
                    currency=self.currency_id.name,
                )
            )
        return bank

    def _dental_office_pricelist(self):
        """The schedule of office fees; made on first use."""
        self.ensure_one()
        company = self.sudo()
        if not company.dental_pricelist_id:
            company.dental_pricelist_id = company.env["product.pricelist"].create(
                {
                    "name": self.env._("Office fees"),
                    "company_id": company.id,
                    "currency_id": company.currency_id.id,
                    "dental_fee_schedule": True,
                }
            )
        return company.dental_pricelist_id

    def _dental_share_accounts(self, parent):
        for name in [*self._dental_account_vals(), "dental_journal_id"]:
            self[name] = self[name] or parent[name]

    def _dental_make_accounts(self):
        self.ensure_one()
        accounts = self.env["account.account"].with_company(self)
        for name, vals in self._dental_account_vals().items():
            if not self[name]:
                start = self._dental_account_start(vals["account_type"])
                self[name] = accounts.create(
                    {
                        **vals,
                        "code": accounts._search_new_account_code(start),
                        "company_ids": [Command.link(self.id)],
                    }
                )
        if not self.dental_journal_id:
            self.dental_journal_id = self.env["account.journal"].create(
                {
                    "name": self.env._("Dental entries"),
                    "code": self._dental_journal_code(),
                    "type": "general",
                    "company_id": self.id,
                    "show_on_dashboard": False,
                }
            )

    def _dental_account_vals(self):
        """Values of the accounts to make, by the field of the company that holds each."""
        receivable = {"account_type": "asset_receivable", "reconcile": True}
        return {
            "dental_insurance_receivable_account_id": {
                "name": self.env._("Insurance receivable"),
                **receivable,
            },
            "dental_allocation_account_id": {
                "name": self.env._("Insurance payments to allocate"),
                **receivable,
            },
            "dental_adjustment_account_id": {
                "name": self.env._("Contractual adjustments"),
                "account_type": "income",
            },
            "dental_interest_account_id": {
                "name": self.env._("Interest on payment plans"),
                "account_type": "income_other",
            },
        }

    def _dental_account_start(self, account_type):
        """Code after which a new account of this type fits into the chart."""
        alike = self.env["account.account"].with_company(self)
        own = alike._check_company_domain(self)
        income = [("account_type", "in", ("income", "income_other"))]
        for domain in ([("account_type", "=", account_type)], income, []):
            found = alike.search([*own, *domain], order="code", limit=1)
            if found.code:
                return found.code
        return "400000"

    def _dental_journal_code(self):
        taken = set(
            self.env["account.journal"]
            .with_context(active_test=False)
            .search([("company_id", "child_of", self.root_id.id)])
            .mapped("code")
        )
        return next(
            code for code in ("DENT", *(f"DEN{n}" for n in range(1, 100))) if code not in taken
        )
