# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DentalBillingCase

ACCOUNTS = (
    "dental_insurance_receivable_account_id",
    "dental_allocation_account_id",
    "dental_adjustment_account_id",
    "dental_interest_account_id",
)


@tagged("post_install", "-at_install")
class TestAccounts(DentalBillingCase):
    def test_a_chart_brings_the_dental_accounts(self):
        self.assertRecordValues(
            self.env["account.account"].union(*(self.company[name] for name in ACCOUNTS)),
            [
                {
                    "name": "Insurance receivable",
                    "account_type": "asset_receivable",
                    "reconcile": 1,
                },
                {
                    "name": "Insurance payments to allocate",
                    "account_type": "asset_receivable",
                    "reconcile": 1,
                },
                {"name": "Contractual adjustments", "account_type": "income", "reconcile": 0},
                {
                    "name": "Interest on payment plans",
                    "account_type": "income_other",
                    "reconcile": 0,
                },
            ],
        )
        self.assertEqual(self.company.dental_journal_id.type, "general")
        self.assertEqual(self.company.dental_journal_id.company_id, self.company)

    def test_again_changes_nothing(self):
        before = self.company.read([*ACCOUNTS, "dental_journal_id"])
        count = self.env["account.account"].search_count([])
        self.company._dental_setup_accounts()
        self.assertEqual(self.company.read([*ACCOUNTS, "dental_journal_id"]), before)
        self.assertEqual(self.env["account.account"].search_count([]), count)

    def test_what_the_clinic_chose_is_kept(self):
        own = self.env["account.account"].create(
            {"name": "Own", "code": "121999", "account_type": "asset_receivable", "reconcile": True}
        )
        self.company.dental_insurance_receivable_account_id = own
        self.company._dental_setup_accounts()
        self.assertEqual(self.company.dental_insurance_receivable_account_id, own)

    def test_a_removed_one_is_made_again(self):
        self.company.dental_interest_account_id = False
        self.company._dental_setup_accounts()
        self.assertEqual(self.company.dental_interest_account_id.name, "Interest on payment plans")

    def test_a_branch_shares_those_of_its_clinic(self):
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.company.id})
        branch.chart_template = self.company.chart_template
        branch._dental_setup_accounts()
        for name in (*ACCOUNTS, "dental_journal_id"):
            self.assertEqual(branch[name], self.company[name])

    def test_without_a_chart_nothing_is_made_and_the_message_says_where(self):
        bare = self.env["res.company"].create({"name": "No books"})
        bare._dental_setup_accounts()
        self.assertFalse(bare.dental_journal_id)
        with self.assertRaisesRegex(UserError, "No books: Dental entries is not set"):
            bare._dental_setting("dental_journal_id")

    def test_fee_schedules_are_no_price_lists_for_sales(self):
        self.env["res.config.settings"].create({"group_product_pricelist": True}).execute()
        self.env["product.pricelist"].search(
            [("dental_fee_schedule", "=", False), ("company_id", "in", (False, self.company.id))]
        ).action_archive()
        customer = self.env["res.partner"].create({"name": "Customer"})
        self.assertTrue(self.company.dental_pricelist_id.dental_fee_schedule)
        self.assertFalse(customer.with_company(self.company).property_product_pricelist)
