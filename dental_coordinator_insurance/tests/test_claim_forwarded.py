# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date
from decimal import Decimal

from odoo.tests import tagged

from .common import DentalInsuranceCase
from .x12 import answers

FIRST = [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435)]


@tagged("post_install", "-at_install")
class TestClaimForwarded(DentalInsuranceCase):
    """A payer that sends the claim on: it is not sent twice, and its answer finds its claim."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.union = cls.env["res.partner"].create(
            {"name": "Union Dental", "is_company": True, "dental_payer_code": "UNI1"}
        )
        plan = cls._new_plan("Union", payer=cls.union, kind="percentage")
        plan.cob_rule = "standard"
        cls._rule("percent", plan, category="crowns", percent=80)
        cls._rule("deductible", plan, amount=0)
        cls._cover(cls.patient, plan, "U1", sequence=2)
        _visit, claims = cls._done("crown")
        cls.first, cls.second = claims.sorted(lambda one: one.coverage_id.sequence)
        cls.first.action_send()

    def _answer(self, number, status, paid, cuts, **values):
        line = {
            "code": "X2740",
            "key": self.first.line_ids.key,
            "charge": Decimal(1150),
            "paid": Decimal(paid),
            "adjustments": cuts,
        }
        one = {"number": number, "status": status, "charge": 1150, "paid": paid, "lines": [line]}
        raw = answers.era([one], trace=f"T{status}", when=date.today(), **values)
        return self._receive(raw).remittance_ids

    def test_next_claim_is_not_sent_once_more(self):
        remittance = self._answer(self.first.number, "19", 435, FIRST)
        remittance.action_post()
        self.assertRecordValues(
            self.first | self.second,
            [
                {"state": "closed", "next_action": False},
                {"state": "sent", "next_action": "Ask for the answer"},
            ],
        )
        self.assertIn("Harbor Dental Plan sent it on itself", self.second.event_ids[0].text)

    def test_its_answer_comes_under_the_first_number(self):
        self._answer(self.first.number, "19", 435, FIRST).action_post()
        cuts = [("OA", "23", 665), ("PR", "2", 50)]
        payer = {"name": "Union Dental", "id": "UNI1"}
        remittance = self._answer(self.first.number, "2", 435, cuts, payer=payer)
        self.assertEqual(remittance.claim_ids.claim_id, self.second)
        self.assertEqual(remittance.claim_ids.line_ids.claim_line_id, self.second.line_ids)
        remittance.action_post()
        self.assertEqual((self.first.paid, self.second.paid), (435.0, 435.0))
        self.assertEqual(
            self._balances(),
            {"guarantor": 50.0, "insurance": 0.0, "adjustment": 230.0, "allocate": 0.0},
        )

    def test_answer_without_sending_on_lets_us_send(self):
        self._answer(self.first.number, "1", 435, FIRST).action_post()
        self.assertEqual(self.second.state, "made")

    def test_sending_on_can_be_undone(self):
        """The next payer never got it: it goes from here."""
        self._answer(self.first.number, "19", 435, FIRST).action_post()
        self.second.action_undo_sending()
        self.second.action_send()
        self.assertEqual(self.second.state, "sent")
        self.assertTrue(self.second.exchange_id)

    def test_cut_that_asks_is_nobodys_yet(self):
        """The payer says that another one comes first: not hers before somebody has looked."""
        cuts = [("PR", "22", 1150)]
        self._answer(self.first.number, "1", 0, cuts).action_post()
        self.assertEqual(self.first.state, "answered")
        self.assertEqual(self.second.state, "held")

    def test_void_of_the_first_brings_up_the_second(self):
        """It would wait for an answer that cannot come: somebody is told today, not in a month."""
        self.first.action_undo_sending()
        self.first.action_void()
        self.assertRecordValues(
            self.second,
            [
                {
                    "state": "held",
                    "hold_reason": "The claim before it was voided",
                    "next_action": "File the one before anew, or make this plan the first",
                    "next_date": date.today(),
                }
            ],
        )
        self.first.line_ids.procedure_id.with_user(self.billing).action_make_claims()
        self.assertTrue(self.second._waits_for_payer())
