# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DentalInsuranceCase
from .x12 import answers


@tagged("post_install", "-at_install")
class TestRemittanceUndo(DentalInsuranceCase):
    """What was decided on an answer falls with the answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.visit, cls.claim, cls.raw = cls._sent("crown")

    def test_denial_billed_to_the_patient_then_reversed(self):
        before = self._balances()
        denial = self._answer([("PR", "204", 1150)], status="4")
        self.claim.with_user(self.billing)._decide("bill_patient")
        self.assertEqual(self._balances()["guarantor"], 1150.0)
        denial.action_reverse()
        self.assertEqual(self._balances(), before)
        self.assertRecordValues(self.claim, [{"state": "sent", "open_amount": 435.0}])

    def test_part_payment_decided_then_reversed(self):
        before = self._balances()
        answer = self._answer([("CO", "45", 230), ("CO", "252", 520)])
        self.claim.with_user(self.billing)._decide("bill_patient")
        self.assertEqual(self._balances()["guarantor"], 520.0)
        answer.action_reverse()
        # the money came all the same and waits to be allocated
        self.assertEqual(self._balances(), {**before, "allocate": -400.0})
        answer.action_post()
        self.claim.with_user(self.billing)._decide("bill_patient")
        self.assertEqual(self._balances()["guarantor"], 520.0)

    def test_answer_below_a_later_denial_stays(self):
        """A denial makes no entry, and is later all the same."""
        first = self._answer([("CO", "45", 230), ("CO", "252", 520)])
        denial = self._answer([("CO", "197", 1150)], status="4", trace="EFT2")
        with self.assertRaisesRegex(UserError, "was posted after it"):
            first.action_reverse()
        denial.action_reverse()
        first.action_reverse()
        self.assertRecordValues(self.claim, [{"state": "sent", "paid": 0.0}])

    def test_money_on_a_voided_claim_is_the_patients_credit(self):
        answer = self._told([("CO", "45", 230), ("PR", "2", 485)])
        self.claim.with_user(self.billing).action_void()
        before = self._balances()
        answer.action_post()
        self.assertEqual(self.claim.state, "void")
        self.assertEqual(self._balances(), {**before, "guarantor": before["guarantor"] - 435})
        answer.action_reverse()
        self.assertEqual(self.claim.state, "void")
        self.assertEqual(self._balances(), {**before, "allocate": -435.0})

    def _answer(self, cuts, **values):
        """The payer's answer on the crown of 1,150, imported and posted by billing."""
        remittance = self._told(cuts, **values)
        remittance.action_post()
        return remittance

    def _told(self, cuts, status="1", trace="EFT1"):
        """The answer as it was imported."""
        paid = 1150 - sum(amount for _group, _reason, amount in cuts)
        line = {"code": "X2740", "charge": 1150, "paid": paid, "date": date.today()}
        told = {"number": self.claim.number, "charge": 1150, "status": status, "paid": paid}
        told["lines"] = [{**line, "adjustments": cuts}]
        raw = answers.era([told], trace=trace, when=date.today())
        return self._receive(raw, filename=f"{trace}.edi").remittance_ids
