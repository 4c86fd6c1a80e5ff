# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import DentalInsuranceCase
from .x12 import answers


@tagged("post_install", "-at_install")
class TestAcknowledgment(DentalInsuranceCase):
    """TA1, 999 and 277CA are put on the claims they speak of."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()

    def _events(self, claim):
        return [
            (event.kind, event.verdict)
            for event in claim.event_ids.sorted("id")
            if event.kind not in ("made", "note")
        ]

    def test_file_accepted_then_claim_accepted(self):
        _visit, claim, raw = self._sent("crown")
        exchange = self._receive(answers.ack_999(raw))
        self.assertRecordValues(exchange, [{"kind": "999", "state": "read"}])
        self.assertRecordValues(claim.exchange_id, [{"state": "acknowledged"}])
        self.assertEqual(claim.state, "sent")
        self._receive(answers.claim_ack(raw))
        self.assertRecordValues(claim, [{"state": "accepted", "payer_number": "P000001"}])
        self.assertEqual(
            self._events(claim), [("sent", False), ("999", "accepted"), ("277CA", "accepted")]
        )

    def test_refused_set_brings_its_claims_back(self):
        _visit, claim, raw = self._sent("crown")
        self._receive(answers.ack_999(raw, rejected=("0001",)))
        self.assertEqual(claim.state, "rejected")
        self.assertIn("CLM", claim.hold_reason)
        self.assertEqual(claim.exchange_id.state, "rejected")
        self.assertEqual(self._balances()["insurance"], 435.0, "nothing is booked by it")
        claim.action_send()
        self.assertEqual(claim.state, "sent")

    def test_refused_claim_names_the_reason(self):
        _visit, claim, raw = self._sent("crown")
        self._receive(answers.claim_ack(raw, rejected={claim.number: "A7:164"}))
        self.assertEqual(claim.state, "rejected")
        self.assertTrue(claim.hold_reason)
        self.assertEqual(claim.next_action, "Correct and send again")

    def test_refused_at_the_receiver_refuses_all(self):
        _visit, claim, raw = self._sent("crown")
        self._receive(answers.claim_ack(raw, batch_rejected="A3:24:41"))
        self.assertEqual(claim.state, "rejected")
        self.assertEqual(claim.exchange_id.state, "rejected")

    def test_interchange_refused(self):
        _visit, claim, raw = self._sent("crown")
        exchange = self._receive(answers.ack_ta1(raw, "R", "006"))
        self.assertEqual(exchange.kind, "TA1")
        self.assertEqual(claim.state, "rejected")
        self.assertIn("sender", claim.hold_reason)

    def test_interchange_accepted(self):
        _visit, claim, raw = self._sent("crown")
        self._receive(answers.ack_ta1(raw))
        self.assertEqual(claim.state, "sent")
        self.assertEqual(self._events(claim)[-1], ("TA1", "accepted"))

    def test_acknowledgment_of_somebody_elses_file_is_refused(self):
        _visit, claim, raw = self._sent("crown")
        group = claim.exchange_id.group_control
        strange = answers.ack_999(raw).replace(f"AK1*HC*{group}*".encode(), b"AK1*HC*987654321*")
        exchange = self._receive(strange)
        self.assertRecordValues(exchange, [{"state": "refused", "segment": "AK1"}])
        self.assertIn("987654321, which is none of ours", exchange.error)
        self.assertEqual(claim.state, "sent")

    def test_late_refusal_does_not_touch_an_answered_claim(self):
        _visit, claim, raw = self._sent("crown")
        self._pay(
            raw, lambda claim, line: [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435)]
        ).action_post()
        self._receive(answers.claim_ack(raw, rejected={claim.number: "A7:164"}))
        self.assertEqual(claim.state, "closed")
