# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DentalInsuranceCase
from .x12 import answers


def as_expected(claim, line):
    """The crown as the estimate has it: contract 230, deductible 50, half of the rest."""
    return [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435)]


@tagged("post_install", "-at_install")
class TestRemittance(DentalInsuranceCase):
    """A payment is posted as one entry, and every difference falls where it belongs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.visit, cls.claim, cls.raw = cls._sent("crown")

    def assertLedger(self, guarantor, insurance, adjustment, allocate=0.0):
        self.assertEqual(
            self._balances(),
            {
                "guarantor": guarantor,
                "insurance": insurance,
                "allocate": allocate,
                "adjustment": adjustment,
            },
        )

    def test_paid_as_expected_closes_the_claim(self):
        remittance = self._pay(self.raw, as_expected, trace="EFT77")
        self.assertRecordValues(
            remittance,
            [
                {
                    "state": "open",
                    "payer_id": self.payer.id,
                    "trace": "EFT77",
                    "amount": 435.0,
                    "remainder": 0.0,
                    "unmatched_count": 0,
                    "can_post": True,
                }
            ],
        )
        self.assertRecordValues(
            remittance.claim_ids,
            [
                {
                    "claim_id": self.claim.id,
                    "matched_by": "number",
                    "expected": 435.0,
                    "difference": 0.0,
                    "undecided": False,
                }
            ],
        )
        remittance.action_post()
        self.assertLedger(485.0, 0.0, 230.0)
        self.assertRecordValues(
            self.claim, [{"state": "closed", "paid": 435.0, "open_amount": 0.0}]
        )
        self.assertEqual(self.claim.line_ids.procedure_id.state, "settled")
        self.assertEqual(self._invoice(self.visit).amount_residual, 485.0)

    def test_one_entry_reconciled_exactly(self):
        remittance = self._pay(self.raw, as_expected)
        remittance.action_post()
        move = remittance.move_id
        company = self.company
        self.assertRecordValues(
            move.line_ids.sorted("balance"),
            [
                {
                    "balance": -435.0,
                    "account_id": company.dental_insurance_receivable_account_id.id,
                    "partner_id": self.payer.id,
                    "reconciled": True,
                },
                {
                    "balance": 435.0,
                    "account_id": company.dental_allocation_account_id.id,
                    "partner_id": self.payer.id,
                    "reconciled": True,
                },
            ],
        )
        owed = self.claim.sudo().transfer_move_id.line_ids.filtered(
            lambda item: item.account_id == company.dental_insurance_receivable_account_id
        )
        self.assertTrue(owed.full_reconcile_id)
        self.assertEqual(
            owed.full_reconcile_id.reconciled_line_ids.move_id,
            move | self.claim.sudo().transfer_move_id,
        )
        payment = remittance.payment_id
        self.assertRecordValues(
            payment, [{"amount": 435.0, "partner_id": self.payer.id, "memo": "EFT1"}]
        )

    def test_less_paid_and_more_cut_than_expected(self):
        remittance = self._pay(
            self.raw, lambda c, line: [("CO", "45", 250), ("PR", "1", 50), ("PR", "2", 450)]
        )
        self.assertEqual(remittance.claim_ids.difference, -35.0)
        remittance.action_post()
        self.assertLedger(500.0, 0.0, 250.0)
        self.assertEqual(self.claim.difference, -35.0)

    def test_more_paid_than_expected_is_the_patients_gain(self):
        self._pay(self.raw, lambda c, line: [("CO", "45", 230), ("PR", "2", 435)]).action_post()
        self.assertLedger(435.0, 0.0, 230.0)
        self.assertEqual(self._invoice(self.visit).amount_residual, 435.0)

    def test_denial_moves_nothing_until_someone_chooses(self):
        raw = self._era(status="4", paid=0, adjustments=[("CO", "197", 1150)])
        remittance = self._receive(raw).remittance_ids
        self.assertTrue(remittance.claim_ids.undecided)
        self.assertEqual(remittance.undecided_count, 1)
        remittance.action_post()
        self.assertFalse(remittance.move_id, "nothing moves, so there is no entry")
        self.assertLedger(485.0, 435.0, 230.0)
        self.assertRecordValues(
            self.claim, [{"state": "answered", "next_action": "Choose the next step"}]
        )
        self.assertTrue(self.claim.hold_reason)

    def test_denied_then_billed_to_the_patient(self):
        raw = self._era(status="4", paid=0, adjustments=[("PR", "204", 1150)])
        self._receive(raw).remittance_ids.action_post()
        self._decide("bill_patient")
        self.assertLedger(1150.0, 0.0, 0.0)
        self.assertEqual(self.claim.state, "closed")

    def test_denied_then_written_off_needs_reason_and_manager(self):
        raw = self._era(status="4", paid=0, adjustments=[("CO", "29", 1150)])
        self._receive(raw).remittance_ids.action_post()
        with self.assertRaisesRegex(UserError, "say why"):
            self._decide("write_off", user=self.manager)
        with self.assertRaisesRegex(UserError, "needs a manager"):
            self._decide("write_off", reason="Filed late, our fault")
        self._decide("write_off", reason="Filed late, our fault", user=self.manager)
        self.assertLedger(0.0, 0.0, 1150.0)
        self.assertEqual(self.claim.state, "closed")

    def test_appeal_books_nothing_and_keeps_the_claim_open(self):
        raw = self._era(status="4", paid=0, adjustments=[("CO", "50", 1150)])
        self._receive(raw).remittance_ids.action_post()
        self._decide("appeal", reason="Letter of the dentist")
        self.assertLedger(485.0, 435.0, 230.0)
        self.assertRecordValues(
            self.claim, [{"state": "answered", "next_action": "Write the appeal"}]
        )

    def test_step_chosen_before_posting(self):
        raw = self._era(status="4", paid=0, adjustments=[("PR", "204", 1150)])
        remittance = self._receive(raw).remittance_ids
        remittance.claim_ids.next_step = "bill_patient"
        remittance.action_post()
        self.assertLedger(1150.0, 0.0, 0.0)
        self.assertEqual(self.claim.state, "closed")

    def test_writing_off_is_not_chosen_in_passing(self):
        raw = self._era(status="4", paid=0, adjustments=[("CO", "29", 1150)])
        remittance = self._receive(raw).remittance_ids
        with self.assertRaises(ValueError):
            remittance.claim_ids.next_step = "write_off"

    def test_cut_that_a_person_decides_holds_the_line(self):
        """400 paid, 20 cut for a missing attachment: the money is taken, the line waits."""
        remittance = self._pay(self.raw, lambda c, line: [("CO", "45", 230), ("CO", "252", 520)])
        self.assertTrue(remittance.claim_ids.undecided)
        remittance.action_post()
        self.assertLedger(485.0, 35.0, 230.0)
        self.assertEqual(self.claim.state, "answered")
        self._decide("bill_patient")
        self.assertLedger(520.0, 0.0, 230.0)

    def test_posted_again_changes_nothing(self):
        remittance = self._pay(self.raw, as_expected)
        remittance.action_post()
        before = self._balances()
        with self.assertRaisesRegex(UserError, "posted already. Nothing was changed"):
            remittance.action_post()
        self.assertEqual(self._balances(), before)

    def test_same_payment_in_another_file_is_refused(self):
        raw = answers.era_for(self.raw, as_expected, when=date.today())
        self._receive(raw).remittance_ids.action_post()
        again = answers.era_for(self.raw, as_expected, when=date.today(), control=2)
        exchange = self._receive(again)
        self.assertRecordValues(exchange, [{"state": "refused", "segment": "TRN"}])
        self.assertIn("EFT1 was imported before", exchange.error)
        self.assertEqual(len(self.env["dental.remittance"].search([])), 1)

    def test_reverse_restores_every_balance(self):
        before = self._balances()
        remittance = self._pay(
            self.raw, lambda c, line: [("CO", "45", 250), ("PR", "1", 50), ("PR", "2", 450)]
        )
        remittance.action_post()
        remittance.action_reverse()
        # The payer's money has come all the same: it waits to be allocated.
        self.assertEqual(self._balances(), {**before, "allocate": -400.0})
        self.assertRecordValues(self.claim, [{"state": "sent", "paid": 0.0, "open_amount": 435.0}])
        self.assertEqual(self.claim.line_ids.procedure_id.state, "claimed")
        remittance.action_post()
        self.assertLedger(500.0, 0.0, 250.0)
        payments = self.env["account.payment"].search([("partner_id", "=", self.payer.id)])
        self.assertEqual(len(payments), 1, "the same payment is taken again")

    def test_payers_reversal_and_correction(self):
        self._pay(self.raw, as_expected, trace="EFT1").action_post()
        wrong = {
            "number": self.claim.number,
            "charge": 1150,
            "paid": 435,
            "payer_number": "P000001",
            "lines": [self._line(435, [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435)])],
        }
        taken_back = {
            **wrong,
            "status": "22",
            "charge": -1150,
            "paid": -435,
            "lines": [
                self._line(-435, [("CO", "45", -230), ("PR", "1", -50), ("PR", "2", -435)], -1150)
            ],
        }
        right = {
            **wrong,
            "paid": 485,
            "lines": [self._line(485, [("CO", "45", 230), ("PR", "2", 435)])],
        }
        raw = answers.era([taken_back, right], trace="EFT2", when=date.today())
        remittance = self._receive(raw).remittance_ids
        self.assertEqual(remittance.amount, 50.0)
        remittance.action_post()
        self.assertLedger(435.0, 0.0, 230.0)
        self.assertRecordValues(self.claim, [{"state": "closed", "paid": 485.0}])

    def test_earlier_remittance_is_not_reversed_under_a_later_one(self):
        first = self._pay(self.raw, as_expected, trace="EFT1")
        first.action_post()
        more = {
            "number": self.claim.number,
            "charge": 0,
            "paid": 10,
            "lines": [{**self._line(10, [("CO", "45", -10)]), "charge": 0}],
        }
        second = self._receive(answers.era([more], trace="EFT2", when=date.today()))
        second.remittance_ids.action_post()
        with self.assertRaisesRegex(UserError, second.remittance_ids.number):
            first.action_reverse()

    def test_unknown_claim_is_left_to_a_person(self):
        raw = self._era(number="7654321", adjustments=as_expected(None, None))
        exchange = self._receive(raw)
        remittance = exchange.remittance_ids
        self.assertEqual(exchange.state, "waiting")
        self.assertRecordValues(
            remittance, [{"unmatched_count": 1, "remainder": 435.0, "can_post": False}]
        )
        with self.assertRaisesRegex(UserError, "435.00 is not explained yet"):
            remittance.action_post()
        remittance.claim_ids.claim_id = self.claim
        self.assertEqual(remittance.claim_ids.matched_by, "hand")
        remittance.action_post()
        self.assertLedger(485.0, 0.0, 230.0)

    def test_claim_set_aside_keeps_its_money_to_allocate(self):
        raw = self._era(number="7654321", adjustments=as_expected(None, None))
        remittance = self._receive(raw).remittance_ids
        remittance.claim_ids.action_set_aside()
        remittance.action_post()
        self.assertLedger(485.0, 435.0, 230.0, allocate=-435.0)

    def test_matching_by_payers_number(self):
        self._receive(answers.claim_ack(self.raw))
        raw = self._era(number="0", payer_number="P000001", adjustments=as_expected(None, None))
        self.assertEqual(self._receive(raw).remittance_ids.claim_ids.matched_by, "payer_number")

    def test_matching_by_line_key(self):
        line = self._line(435, as_expected(None, None))
        raw = self._era(number="0", lines=[{**line, "key": self.claim.line_ids.key}])
        self.assertEqual(self._receive(raw).remittance_ids.claim_ids.matched_by, "line_key")

    def test_matching_by_member_name_date_and_charge(self):
        line = self._line(435, as_expected(None, None))
        member = {"last": "Kowalski", "first": "Marta", "member_id": "M100"}
        raw = self._era(number="0", lines=[line], **member)
        self.assertEqual(self._receive(raw).remittance_ids.claim_ids.matched_by, "person")
        other = self._era(number="0", lines=[line], trace="EFT2", **{**member, "last": "Sow"})
        self.assertFalse(self._receive(other).remittance_ids.claim_ids.matched_by)

    def test_payer_without_lines(self):
        raw = self._era(paid=435, adjustments=as_expected(None, None))
        self._receive(raw).remittance_ids.action_post()
        self.assertLedger(485.0, 0.0, 230.0)
        self.assertEqual(self.claim.line_ids.deductible_taken, 50.0)

    def test_cut_on_the_whole_claim_beside_lines(self):
        line = self._line(455, as_expected(None, None)[:1] + [("PR", "2", 465)])
        raw = self._era(paid=435, lines=[line], adjustments=[("PR", "1", 20)])
        self._receive(raw).remittance_ids.action_post()
        self.assertLedger(485.0, 0.0, 230.0)
        self.assertEqual(self.claim.state, "closed")

    def test_interest_and_recovery_are_items_of_their_own(self):
        raw = answers.era_for(
            self.raw,
            as_expected,
            when=date.today(),
            provider_adjustments=[("L6", "", -5), ("WO", "OLD1", 35)],
        )
        remittance = self._receive(raw).remittance_ids
        self.assertEqual(remittance.amount, 405.0)
        self.assertEqual(remittance.remainder, -35.0, "where the recovery goes is not said")
        self.assertFalse(remittance.can_post)
        recovery = remittance.adjustment_ids.filtered(lambda one: one.reason == "WO")
        recovery.account_id = self.company.dental_insurance_receivable_account_id
        remittance.action_post()
        self.assertLedger(485.0, 35.0, 230.0)

    def test_money_that_came_before_is_matched_not_made_again(self):
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.payer.id,
                "destination_account_id": self.company.dental_allocation_account_id.id,
                "amount": 435.0,
                "memo": "EFT77",
                "journal_id": self.journal.id,
            }
        )
        payment.action_post()
        self.assertEqual(self._balances()["allocate"], -435.0)
        remittance = self._pay(self.raw, as_expected, trace="EFT77")
        remittance.action_post()
        self.assertFalse(remittance.payment_id)
        self.assertLedger(485.0, 0.0, 230.0)

    def test_money_that_is_still_to_come_waits_on_the_account(self):
        remittance = self._pay(self.raw, as_expected)
        remittance.journal_id = False
        remittance.action_post()
        self.assertLedger(485.0, 0.0, 230.0, allocate=435.0)

    def test_failure_in_the_middle_leaves_nothing(self):
        remittance = self._pay(self.raw, as_expected)
        before = self._balances()
        moves = self.env["account.move"].search_count([])
        path = "odoo.addons.account.models.account_move_line.AccountMoveLine._reconcile_plan"
        with patch(path, side_effect=RuntimeError("killed")), self.assertRaises(RuntimeError):
            remittance.action_post()
        self.env.invalidate_all()
        self.assertEqual(self._balances(), before)
        self.assertEqual(self.env["account.move"].search_count([]), moves)
        self.assertRecordValues(remittance, [{"state": "open", "move_id": False}])
        self.assertRecordValues(self.claim, [{"state": "sent", "paid": 0.0}])
        remittance.action_post()
        self.assertLedger(485.0, 0.0, 230.0)

    def test_claims_number_and_history(self):
        remittance = self._pay(self.raw, as_expected)
        remittance.action_post()
        self.assertEqual(self.claim.payer_number, "P000001")
        event = self.claim.event_ids.filtered(lambda one: one.kind == "835")
        self.assertIn("paid 435.00 of 1150.00", event.text)

    # Helpers

    def _line(self, paid, adjustments, charge=1150):
        return {
            "code": "X2740",
            "charge": charge,
            "paid": paid,
            "date": date.today(),
            "adjustments": adjustments,
        }

    def _era(self, number=None, status="1", paid=435, trace="EFT1", **claim):
        return answers.era(
            [
                {
                    "number": number or self.claim.number,
                    "charge": 1150,
                    "status": status,
                    "paid": paid,
                    **claim,
                }
            ],
            trace=trace,
            when=date.today(),
        )

    def _decide(self, step, reason=False, user=None):
        wizard = self.env["dental.claim.decision"].with_user(user or self.billing)
        wizard.create({"claim_id": self.claim.id, "step": step, "reason": reason}).action_decide()
