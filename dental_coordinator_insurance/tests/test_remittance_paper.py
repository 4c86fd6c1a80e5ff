# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DentalInsuranceCase
from .x12 import answers


@tagged("post_install", "-at_install")
class TestPaperRemittance(DentalInsuranceCase):
    """A cheque and a letter: the same screen, the same rules, typed in."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.visit, cls.claim, cls.raw = cls._sent("crown")

    def _enter(self, claims=None, **vals):
        wizard = self.env["dental.remittance.entry"].with_user(self.billing)
        wizard = wizard.create(
            {
                "company_id": self.company.id,
                "payer_id": self.payer.id,
                "trace": "4711",
                "amount": 435.0,
                "claim_ids": [(6, 0, (claims or self.claim).ids)],
                **vals,
            }
        )
        action = wizard.action_enter()
        return self.env["dental.remittance"].with_user(self.billing).browse(action["res_id"])

    def test_as_expected_in_one_go(self):
        remittance = self._enter()
        self.assertRecordValues(
            remittance, [{"state": "open", "amount": 435.0, "remainder": 0.0, "can_post": True}]
        )
        line = remittance.claim_ids.line_ids
        self.assertRecordValues(
            line,
            [{"paid": 435.0, "by_contract": 230.0, "deductible": 50.0, "patient_rest": 435.0}],
        )
        remittance.action_post()
        self.assertEqual(
            self._balances(),
            {"guarantor": 485.0, "insurance": 0.0, "allocate": 0.0, "adjustment": 230.0},
        )
        self.assertEqual(self.claim.state, "closed")

    def test_remainder_runs_along(self):
        _visit, exam, _raw = self._sent("exam")
        remittance = self._enter(amount=500.0)
        self.assertEqual(remittance.remainder, 65.0)
        self.assertFalse(remittance.can_post)
        line = remittance.claim_ids.line_ids
        line.write({"paid": 420.0, "by_contract": 230.0})
        self.assertRecordValues(line, [{"patient_rest": 450.0, "difference": -15.0}])
        self.assertEqual(remittance.remainder, 80.0)
        action = remittance.action_add_claims()
        wizard = self.env["dental.remittance.entry"].with_user(self.billing)
        wizard = wizard.with_context(**action["context"]).create({})
        wizard.claim_ids = exam
        self.assertEqual(wizard.trace, "4711")
        wizard.action_enter()
        self.assertEqual(remittance.remainder, 0.0)
        remittance.action_post()
        self.assertEqual(self._balances()["insurance"], 0.0)
        self.assertEqual(self.claim.difference, -15.0)

    def test_more_than_the_fee_is_refused(self):
        line = self._enter().claim_ids.line_ids
        with self.assertRaisesRegex(UserError, "200.00 more than the fee of 1150.00"):
            line.write({"paid": 1000.0, "by_contract": 300.0, "deductible": 50.0})

    def test_denial_on_paper_waits_for_a_decision(self):
        remittance = self._enter(amount=0.0, method="NON")
        line = remittance.claim_ids.line_ids
        line.write(
            {
                "paid": 0.0,
                "by_contract": 0.0,
                "deductible": 0.0,
                "denied": 1150.0,
                "denied_reason": "252",
            }
        )
        self.assertRecordValues(remittance.claim_ids, [{"kind": "denial", "undecided": True}])
        remittance.action_post()
        self.assertFalse(remittance.move_id)
        self.assertEqual(self.claim.state, "answered")
        self.assertEqual(self.claim.denial_ids.mapped("reason"), ["252"])

    def test_take_back_and_interest_are_rows_of_their_own(self):
        account = self.company.dental_insurance_receivable_account_id
        remittance = self._enter(
            amount=400.0, other_reason="WO", other_amount=35.0, other_account_id=account.id
        )
        self.assertEqual(remittance.remainder, 0.0)
        remittance.action_post()
        self.assertEqual(self._balances()["insurance"], 35.0)

    def test_same_cheque_twice(self):
        self._enter().action_post()
        _visit, other, _raw = self._sent("exam")
        again = self._enter(other)
        again.claim_ids.action_set_aside()
        again.sudo().claim_ids.paid = 435.0
        with self.assertRaisesRegex(UserError, "4711 of this payer was entered before"):
            again.action_post()

    def test_reversed_and_corrected(self):
        remittance = self._enter()
        remittance.action_post()
        remittance.action_reverse()
        line = remittance.claim_ids.line_ids
        line.by_contract = 200.0
        self.assertEqual(line.patient_rest, 465.0)
        remittance.action_post()
        self.assertEqual(self._balances()["adjustment"], 200.0)

    def test_figures_of_a_file_are_not_typed_over(self):
        remittance = self._pay(self.raw, lambda c, line: [("CO", "45", 230), ("PR", "2", 485)])
        with self.assertRaisesRegex(UserError, "corrected file"):
            remittance.claim_ids.line_ids.paid = 500.0

    def test_posted_figures_stay(self):
        remittance = self._enter()
        remittance.action_post()
        with self.assertRaisesRegex(Exception, "is posted"):
            remittance.claim_ids.line_ids.paid = 1.0


@tagged("post_install", "-at_install")
class TestAutomation(DentalInsuranceCase):
    """How far a payer's payments post themselves."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.visit, cls.claim, cls.raw = cls._sent("crown")

    def _cuts(self, *rows):
        return lambda claim, line: list(rows)

    AS_EXPECTED = (("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435))

    def test_by_hand_unless_the_payer_is_trusted(self):
        remittance = self._pay(self.raw, self._cuts(*self.AS_EXPECTED))
        self.assertEqual(remittance.state, "open")

    def test_expected_ones_post_themselves(self):
        self.payer.dental_auto_post = "expected"
        remittance = self._pay(self.raw, self._cuts(*self.AS_EXPECTED))
        self.assertEqual(remittance.state, "posted")
        self.assertEqual(self.claim.state, "closed")

    def test_a_difference_waits_unless_the_payer_decides(self):
        self.payer.dental_auto_post = "expected"
        less = self._cuts(("CO", "45", 250), ("PR", "2", 500))
        remittance = self._pay(self.raw, less)
        self.assertEqual(remittance.state, "open")
        self.assertIn("as expected", remittance._why_by_hand())
        self.payer.dental_auto_post = "decided"
        self.assertFalse(remittance._why_by_hand())
        remittance._post_by_itself(remittance)
        self.assertEqual(remittance.state, "posted")

    def test_questions_and_stop_reasons_wait(self):
        self.payer.write({"dental_auto_post": "decided", "dental_stop_reasons": "2, 3"})
        remittance = self._pay(self.raw, self._cuts(("CO", "252", 715)))
        self.assertIn("waits for a decision", remittance._why_by_hand())
        other = self._pay(self.raw, self._cuts(*self.AS_EXPECTED), trace="EFT2")
        self.assertEqual(other.state, "open")
        self.assertIn("Reasons to look at: 2", other._why_by_hand())

    def test_status_25_is_never_posted(self):
        self.payer.dental_auto_post = "decided"
        precert = self.env["dental.precert"]._open_for(self._new_procedure("crown"), self.coverage)
        precert.action_send()
        before = self._balances()
        remittance = self._pay(precert.exchange_id._bytes(), self._cuts(("PR", "2", 500)))
        self.assertRecordValues(remittance, [{"state": "closed", "move_id": False}])
        self.assertEqual(self._balances(), before)
        self.assertEqual(precert.line_ids.plan_amount, 650.0)


@tagged("post_install", "-at_install")
class TestDifferences(DentalInsuranceCase):
    """Underpaid services, downgrades, bundles, credits that go back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.visit, cls.claim, cls.raw = cls._sent("crown")

    def test_underpaid_line_says_why(self):
        self._pay(
            self.raw, lambda c, line: [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 470)]
        ).action_post()
        lines = self.env["dental.claim.line"].search([("difference", "<", 0)])
        self.assertEqual(lines, self.claim.line_ids)
        self.assertEqual(lines.difference, -35.0)
        self.assertIn("470.00 (PR 2)", lines.why)

    def test_downgrade_is_matched_by_what_was_submitted(self):
        line = {
            "code": "X2391",
            "submitted_code": "X2740",
            "charge": 1150,
            "paid": 300,
            "adjustments": [("CO", "45", 230), ("PR", "2", 620)],
        }
        one = {"number": self.claim.number, "charge": 1150, "paid": 300, "lines": [line]}
        remittance = self._receive(answers.era([one])).remittance_ids
        self.assertEqual(remittance.claim_ids.line_ids.claim_line_id, self.claim.line_ids)
        remittance.action_post()
        self.assertEqual(self.claim.paid, 300.0)

    def test_service_that_comes_back_in_two_parts(self):
        key = self.claim.line_ids.key
        parts = [
            {"code": "X2740", "key": key, "charge": charge, "paid": paid, "adjustments": cuts}
            for charge, paid, cuts in (
                (1000, 400, [("CO", "45", 230), ("PR", "2", 370)]),
                (150, 35, [("PR", "2", 115)]),
            )
        ]
        one = {"number": self.claim.number, "charge": 1150, "paid": 435, "lines": parts}
        remittance = self._receive(answers.era([one])).remittance_ids
        remittance.action_post()
        self.assertRecordValues(
            self.claim.line_ids, [{"paid": 435.0, "written_off": 230.0, "patient_cut": 485.0}]
        )

    def test_credit_is_found_and_paid_back(self):
        self.guarantor._dental_receive(485.0, self.journal)
        self._pay(self.raw, lambda c, line: [("CO", "45", 230), ("PR", "2", 400)]).action_post()
        items = self.env["account.move.line"].with_user(self.billing)
        credits = items.search([("dental_credit", "=", True)])
        self.assertEqual(sum(credits.mapped("amount_residual")), -85.0)
        credits.action_dental_refund()
        self.assertEqual(self._owes(), 0.0)
        self.assertFalse(items.search([("dental_credit", "=", True)]))
        payment = self.env["account.payment"].search([("payment_type", "=", "outbound")])
        self.assertRecordValues(payment, [{"amount": 85.0, "partner_id": self.guarantor.id}])
        with self.assertRaisesRegex(UserError, "no credit any more"):
            credits.action_dental_refund()

    def test_what_is_left_in_one_sentence(self):
        self.assertFalse(self.claim.patient_sentence)
        self._pay(
            self.raw, lambda c, line: [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435)]
        ).action_post()
        told = self.claim.patient_sentence.replace("\N{NO-BREAK SPACE}", " ")
        self.assertEqual(
            told,
            "Of $ 1,150.00 the plan paid $ 435.00, $ 230.00 is taken off by contract; $ 485.00 is "
            "left to others, of it $ 50.00 deductible.",
        )

    def test_overpaid_line_is_told(self):
        self._pay(self.raw, lambda c, line: [("CO", "45", 230), ("OA", "94", -50)]).action_post()
        self.claim._decide("bill_patient")
        self.assertEqual(self.claim.paid, 970.0)
        self.assertTrue(self.claim.line_ids.over_fee)
        self.assertEqual(self._owes(), -50.0)
