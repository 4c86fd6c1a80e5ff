# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import DentalInsuranceCase
from .x12 import answers

CUTS = [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435)]


@tagged("post_install", "-at_install")
class TestBooksMoved(DentalInsuranceCase):
    """Splits, payers and accounts that change under open claims, take-backs, installments."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.visit, cls.claim, cls.raw = cls._sent("crown")

    def assertPayers(self, **owed):
        """What each payer owes on the account as set, and nothing is left on another one."""
        self.env.flush_all()
        items = self.env["account.move.line"].search(
            [
                ("account_type", "=", "asset_receivable"),
                ("partner_id.dental_payer", "=", True),
                ("company_id", "=", self.company.id),
                ("parent_state", "=", "posted"),
                ("account_id", "!=", self.company.dental_allocation_account_id.id),
            ]
        )
        found = {
            (partner.name, account): sum(some.mapped("amount_residual"))
            for (partner, account), some in items.grouped(
                lambda item: (item.partner_id, item.account_id)
            ).items()
            if any(some.mapped("amount_residual"))
        }
        account = self.company.dental_insurance_receivable_account_id
        self.assertEqual(found, {(name, account): amount for name, amount in owed.items()})
        for payer, claims in self.claim.search([]).grouped("payer_id").items():
            self.assertEqual(sum(claims.mapped("open_amount")), owed.get(payer.name, 0.0))

    def _new_payer(self, name="Union"):
        return self.env["res.partner"].create(
            {"name": name, "is_company": True, "dental_payer_code": "UNI1", "dental_payer": True}
        )

    def _post(self, cuts=None, **values):
        remittance = self._pay(self.raw, lambda c, line: cuts or CUTS, **values)
        remittance.action_post()
        return remittance

    def test_split_claim_is_voided_without_its_twin(self):
        visit, claim = self._done("filling", "cleaning", days_ago=1)
        self.assertEqual(claim.open_amount, 100.0)
        line = claim.line_ids.filtered(lambda one: one.code == "X1110")
        twin = claim._split_off(line)
        self.assertEqual(self._invoice(visit).amount_residual, 180.0)
        claim.action_void()
        self.assertPayers(**{"Harbor Dental Plan": 535.0})
        self.assertEqual(twin.open_amount, 100.0)
        self.assertEqual(self._invoice(visit).amount_residual, 180.0)
        twin.action_void()
        self.assertEqual(visit._open_money()["open"], 280)
        self.assertPayers(**{"Harbor Dental Plan": 435.0})

    def test_plans_go_over_to_another_payer(self):
        self.plan.payer_id = self._new_payer()
        self.assertEqual(self.claim.payer_id.name, "Union")
        self.assertPayers(Union=435.0)
        remittance = self._post()
        self.assertPayers()
        remittance.action_reverse()
        self.assertPayers(Union=435.0)
        self.claim.action_undo_sending()
        self.claim.action_void()
        self.assertPayers()
        self.assertEqual(self._owes(), 1150.0)

    def test_answer_booked_before_the_payer_changed_is_undone(self):
        remittance = self._post()
        self.plan.payer_id = self._new_payer()
        self.assertPayers()
        remittance.action_reverse()
        self.assertPayers(Union=435.0)

    def test_policy_goes_over_to_a_plan_of_another_payer(self):
        plan = self._new_plan("Union PPO", payer=self._new_payer(), crown=920.0)
        self.coverage.policy_id.plan_id = plan
        self.assertPayers(Union=435.0)

    def test_another_account_takes_over_what_payers_owe(self):
        self.company.dental_insurance_receivable_account_id = self._new_account("129001")
        self.assertEqual(
            self.payer.with_company(self.company).property_account_receivable_id.code, "129001"
        )
        self.assertPayers(**{"Harbor Dental Plan": 435.0})
        remittance = self._post()
        self.assertPayers()
        remittance.action_reverse()
        self.assertPayers(**{"Harbor Dental Plan": 435.0})

    def test_money_waiting_on_a_replaced_account_is_found(self):
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.payer.id,
                "amount": 435.0,
                "memo": "EFT77",
                "journal_id": self.journal.id,
            }
        )
        payment.action_post()
        self.company.dental_allocation_account_id = self._new_account("129002")
        self.assertFalse(self._post(trace="EFT77").payment_id)

    def _new_account(self, code):
        return self.env["account.account"].create(
            {
                "name": code,
                "code": code,
                "account_type": "asset_receivable",
                "reconcile": True,
                "company_ids": [Command.link(self.company.id)],
            }
        )

    def test_accounts_are_told_apart(self):
        usual = self.guarantor.with_company(self.company).property_account_receivable_id
        insurance = self.company.dental_insurance_receivable_account_id
        for vals in (
            {"dental_insurance_receivable_account_id": usual.id},
            {"dental_allocation_account_id": insurance.id},
            {"dental_adjustment_account_id": usual.id},
        ):
            with self.subTest(vals), self.assertRaisesRegex(ValidationError, "another one"):
                self.company.write(vals)

    def test_payer_takes_back_no_more_than_it_paid(self):
        self._post(trace="EFT1")
        before = self._balances()
        back = self._take_back(500)
        with self.assertRaisesRegex(UserError, "500.00 of .* got \\$.435.00 so far"):
            back.action_post()
        self.assertEqual(self._balances(), before)
        self.assertEqual(back.state, "open")
        back.claim_ids.action_set_aside()
        back.action_post()
        self.assertEqual(self._balances(), {**before, "allocate": 500.0}, "still to be explained")

    def test_payer_takes_back_what_it_never_paid(self):
        with self.assertRaisesRegex(UserError, "got \\$.0.00 so far"):
            self._take_back(435).action_post()
        self.assertPayers(**{"Harbor Dental Plan": 435.0})

    def _take_back(self, amount):
        line = {
            "key": self.claim.line_ids.key,
            "code": "X2740",
            "charge": -1150,
            "paid": -amount,
            "adjustments": [("CO", "45", -230), ("PR", "2", amount - 920)],
        }
        claim = {
            "number": self.claim.number,
            "charge": -1150,
            "paid": -amount,
            "status": "22",
            "payer_number": "P1",
            "lines": [line],
        }
        raw = answers.era([claim], trace="EFT2", when=date.today())
        return self._receive(raw).remittance_ids

    def test_more_paid_than_expected_lowers_the_installments(self):
        plan = self.env["dental.payment.plan"].with_user(self.billing)
        plan = plan.create({"patient_id": self.patient.id, "count": 3})
        plan.action_post()
        remittance = self._post([("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 235)])
        self.assertEqual(plan.left, 285.0)
        charge = self.visit.procedure_ids.sudo()._charges()[self.visit.procedure_ids.sudo()]
        self.assertEqual((charge.paid, charge.on_plan, charge.left), (0, 285, 0))
        items = self.env["account.move.line"].with_user(self.billing)
        self.assertFalse(items.search([("dental_credit", "=", True)]), "nothing to pay back")
        remittance.action_reverse()
        self.assertEqual(plan.left, 485.0)
        remittance.action_post()
        plan.action_undo()
        self.assertEqual(self._invoice(self.visit).amount_residual, 285.0)
        self.assertEqual(self._owes(), 285.0)
