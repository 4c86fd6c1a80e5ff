# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import DentalInsuranceCase

CUTS = [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435)]
# Which entries each lock binds.
LOCKS = {
    "fiscalyear_lock_date": lambda move: True,
    "hard_lock_date": lambda move: True,
    "sale_lock_date": lambda move: move.journal_id.type == "sale",
    "tax_lock_date": lambda move: move._affect_tax_report(),
}


@tagged("post_install", "-at_install")
class TestBooksClinics(DentalInsuranceCase):
    """Other currencies, several clinics, branches and locked periods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()

    # Currencies

    def _keep_books_in(self, name, crown, contracted):
        currency = self.env.ref(f"base.{name}")
        currency.active = True
        self.company.currency_id = currency
        fees = self.env["product.pricelist"].search([("company_id", "=", self.company.id)])
        fees.currency_id = currency
        self.codes["crown"].office_fee = crown
        self.plan.pricelist_id.item_ids.fixed_price = contracted

    def _installments(self):
        plan = self.env["dental.payment.plan"].with_user(self.billing)
        plan = plan.create({"patient_id": self.patient.id, "count": 3})
        plan.action_post()
        items = plan.sudo()._installment_items()
        return items.mapped("balance")

    def test_three_decimals(self):
        self._keep_books_in("KWD", 115.125, 92.015)
        _visit, claim = self._done("crown")
        self.assertRecordValues(
            claim.line_ids, [{"fee": 115.125, "plan_amount": 21.008, "write_off": 23.11}]
        )
        self.assertRecordValues(
            claim.sudo().transfer_move_id.line_ids.sorted("balance"),
            [{"balance": -44.118}, {"balance": 21.008}, {"balance": 23.11}],
        )
        self.assertEqual(self._owes(), 71.007)
        self.assertEqual(self._installments(), [23.669] * 3)

    def test_no_decimals(self):
        self._keep_books_in("JPY", 1151, 921)
        _visit, claim = self._done("crown")
        self.assertRecordValues(
            claim.line_ids, [{"fee": 1151, "plan_amount": 436, "write_off": 230}]
        )
        self.assertEqual(self._owes(), 485)
        self.assertEqual(self._installments(), [162, 162, 161])

    def _euro_bank(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        return self.env["account.journal"].create(
            {
                "name": "Euro",
                "code": "EURB",
                "type": "bank",
                "company_id": self.company.id,
                "currency_id": euro.id,
                "sequence": 0,
            }
        )

    def test_desk_takes_the_clinics_currency(self):
        euro = self._euro_bank()
        self._done("crown")
        desk = self.env["dental.desk.payment"].with_user(self.front_desk)
        self.assertNotIn(str(euro.id), dict(desk._select_methods()))
        with self.assertRaisesRegex(UserError, "kept in EUR, bills are in USD"):
            self.guarantor._dental_receive(10.0, euro)
        self.assertEqual(self._owes(), 485.0)

    def test_first_bank_of_another_currency_is_not_taken(self):
        euro = self._euro_bank()
        self.guarantor._dental_receive(115.0, self.journal)
        items = self.env["account.move.line"].with_user(self.billing)
        items.search([("dental_credit", "=", True)]).action_dental_refund()
        payment = self.env["account.payment"].search([("payment_type", "=", "outbound")])
        self.assertRecordValues(
            payment, [{"currency_id": self.company.currency_id.id, "amount": 115.0}]
        )
        self.assertNotEqual(payment.journal_id, euro)
        self.assertEqual(self._owes(), 0.0)
        self.guarantor._dental_receive(5.0, self.journal)
        self.journal.active = False
        with self.assertRaisesRegex(UserError, "no bank journal in USD"):
            items.search([("dental_credit", "=", True)]).action_dental_refund()

    def test_slip_adds_up_one_currency(self):
        euro = self._euro_bank()
        payments = self.env["account.payment"].create(
            [
                {
                    "payment_type": "inbound",
                    "partner_type": "customer",
                    "partner_id": self.payer.id,
                    "amount": amount,
                    "journal_id": euro.id,
                    "currency_id": currency.id,
                }
                for amount, currency in ((77.0, euro.currency_id), (5.0, self.company.currency_id))
            ]
        )
        payments.action_post()
        slip = self.env["dental.deposit"].with_user(self.billing).create({"journal_id": euro.id})
        slip.action_fill()
        self.assertRecordValues(
            slip, [{"amount": 77.0, "count": 1, "currency_id": euro.currency_id.id}]
        )
        with self.assertRaisesRegex(UserError, "does not go on"):
            slip.line_ids = [Command.create({"payment_id": payments[1].id})]

    def test_payment_taken_back_is_not_handed_in(self):
        payment = self.guarantor._dental_receive(20.0, self.journal)
        slip = self.env["dental.deposit"].with_user(self.billing)
        slip = slip.create({"journal_id": self.journal.id})
        slip.action_fill()
        payment.action_draft()
        with self.assertRaisesRegex(UserError, "no money received"):
            slip.action_close()
        payment.action_post()
        slip.action_close()
        with self.assertRaisesRegex(UserError, slip.number):
            payment.move_id.button_draft()

    # Clinics

    def _other_clinic(self):
        other = self.env["res.company"].create(
            {
                "name": "Hill Dental",
                "country_id": self.company.country_id.id,
                "currency_id": self.company.currency_id.id,
            }
        )
        self.env["account.chart.template"].try_loading(
            "generic_coa", company=other, install_demo=False
        )
        (self.billing | self.front_desk).sudo().company_ids |= other
        bank = self.env["account.journal"].search(
            [("company_id", "=", other.id), ("type", "=", "bank")], limit=1
        )
        return other, bank

    def test_credits_of_two_clinics_go_back_from_each(self):
        other, bank = self._other_clinic()
        self.guarantor._dental_receive(50.0, self.journal)
        self.guarantor._dental_receive(70.0, bank)
        both = {"allowed_company_ids": [self.company.id, other.id]}
        items = self.env["account.move.line"].with_user(self.billing).with_context(**both)
        items.search([("dental_credit", "=", True)]).action_dental_refund()
        payments = self.env["account.payment"].search([("payment_type", "=", "outbound")])
        self.assertEqual(
            {(one.company_id, one.journal_id.company_id): one.amount for one in payments},
            {(self.company, self.company): 50.0, (other, other): 70.0},
        )

    def test_payer_of_two_clinics_owes_each_on_its_own_account(self):
        other, bank = self._other_clinic()
        self.payer._dental_make_payers(other)
        accounts = [
            self.payer.with_company(one).property_account_receivable_id
            for one in (self.company, other)
        ]
        self.assertEqual([one.company_ids for one in accounts], [self.company, other])
        _visit, claim, raw = self._sent("crown")
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.payer.id,
                "amount": 435.0,
                "memo": "EFT77",
                "journal_id": bank.id,
            }
        )
        self.assertEqual(payment.destination_account_id, other.dental_allocation_account_id)
        payment.action_post()
        remittance = self._pay(raw, lambda c, line: CUTS, trace="EFT77")
        remittance.action_post()
        self.assertTrue(remittance.payment_id, "money of the other clinic is not for this one")
        items = self.env["account.move.line"].search([("dental_claim_id", "=", claim.id)])
        self.assertEqual(items.company_id | items.account_id.company_ids, self.company)

    def test_remittance_read_for_another_clinic_takes_its_bank(self):
        other, bank = self._other_clinic()
        remittance = self.env["dental.remittance"].create({"company_id": other.id, "amount": 5.0})
        self.assertEqual(remittance.journal_id, bank)

    def test_branch_takes_money_into_the_bank_of_its_clinic(self):
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.company.id})
        self.env["account.chart.template"]._load(
            self.company.chart_template, branch, install_demo=False
        )
        (self.billing | self.front_desk).sudo().company_ids |= branch
        here = self.env(context={**self.env.context, "allowed_company_ids": branch.ids})
        bill = here["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.guarantor.id,
                "invoice_date": date.today(),
                "invoice_line_ids": [Command.create({"name": "Visit", "price_unit": 100.0})],
            }
        )
        bill.invoice_line_ids.tax_ids = False
        bill.action_post()
        desk = here["dental.desk.payment"].with_user(self.front_desk)
        desk = desk.create(
            {
                "guarantor_id": self.guarantor.id,
                "company_id": branch.id,
                "amount": 130.0,
                "method": str(self.journal.id),
            }
        )
        self.assertIn((str(self.journal.id), self.journal.name), desk._select_methods())
        desk.action_pay()
        self.assertEqual(self.guarantor._dental_balance(branch), -30.0)
        self.assertEqual(self._owes(), 0.0)
        slip = here["dental.deposit"].with_user(self.billing).create({})
        self.assertEqual(slip.journal_id.id, self.journal.id)
        slip.action_fill()
        self.assertEqual(slip.amount, 130.0)
        items = here["account.move.line"].with_user(self.billing)
        items.search([("dental_credit", "=", True)]).action_dental_refund()
        self.assertEqual(self.guarantor._dental_balance(branch), 0.0)

    # Locked periods

    def test_nothing_is_booked_in_a_locked_period(self):
        """Whatever is done goes to the first open day; what was booked before stays."""
        visit, claim, raw = self._sent("crown", days_ago=40)
        waiting = self._new_visit("cleaning", days_ago=40)
        _other, voided = self._done("filling", days_ago=40)
        remittance = self._pay(raw, lambda c, line: CUTS)
        remittance.sudo().date = date.today() - timedelta(days=20)
        plan = self.env["dental.payment.plan"].with_user(self.billing)
        plan = plan.create({"patient_id": self.patient.id})
        moves = self.env["account.move"]
        for lock, binds in LOCKS.items():
            with self.subTest(lock), self.env.cr.savepoint() as point:
                last = moves.search([], order="id desc", limit=1).id
                locked = date.today() - timedelta(days=5)
                self.company.sudo()[lock] = locked
                self._check_out(waiting)
                remittance.action_post()
                remittance.action_reverse()
                remittance.action_post()
                voided.action_void()
                voided.sudo().invoice_id.with_user(self.billing).action_dental_undo()
                plan.action_post()
                plan.action_undo()
                self.guarantor._dental_receive(2000.0, self.journal)
                self.env["account.move.line"].with_user(self.billing).search(
                    [("dental_credit", "=", True)]
                ).action_dental_refund()
                made = moves.search([("id", ">", last), ("company_id", "=", self.company.id)])
                self.assertGreater(len(made), 10)
                self.assertEqual(set(made.mapped("state")), {"posted"})
                bound = made.filtered(binds)
                self.assertFalse([one.name for one in bound if one.date <= locked])
                self.assertEqual(self._owes(), 0.0)
                point.rollback()
                self.env.invalidate_all(flush=False)

    def test_visit_in_a_period_locked_ahead_stays_as_it_was(self):
        visit = self._new_visit("crown")
        self.company.sudo().hard_lock_date = date.today() + timedelta(days=20)
        with self.assertRaisesRegex(UserError, "Hard Lock Date"), self.env.cr.savepoint():
            self._check_out(visit)
        self.env.invalidate_all()
        self.assertEqual(visit.status, "checkout")
        self.assertFalse(self._invoice(visit) or self._claims(visit))
        self.assertEqual(set(visit.procedure_ids.mapped("state")), {"scheduled"})
