# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.tests import tagged

from .. import x12
from ..x12 import claim_file
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

    def test_word_on_a_file_that_was_sent_once_more_since(self):
        """The refusal of the first file comes late: the second one is on its way all the same."""
        _visit, claim, raw = self._sent("crown")
        first = claim.exchange_id
        claim.action_undo_sending()
        claim.action_send()
        for answer in (
            answers.ack_999(raw, rejected=("0001",)),
            answers.claim_ack(raw, rejected={claim.number: "A7:164"}),
            answers.ack_ta1(raw, "R", "006"),
        ):
            self._receive(answer)
            self.assertEqual(claim.state, "sent")
            last = claim.event_ids.sorted("id")[-1]
            self.assertEqual(last.kind, "note")
            self.assertIn(f"{first.number}, sent before", last.text)
        self._receive(answers.claim_ack(claim.exchange_id._bytes()))
        self.assertEqual(claim.state, "accepted")

    def test_not_found_is_neither_taken_nor_refused(self):
        _visit, claim, raw = self._sent("crown")
        self._receive(answers.claim_ack(raw, rejected={claim.number: "A4:35"}))
        self.assertRecordValues(
            claim, [{"state": "sent", "next_action": "Look at the acknowledgment"}]
        )

    def test_group_that_is_refused_takes_its_sets_with_it(self):
        """The set itself was fine, its group was not: nothing of it was read."""
        _visit, claim, raw = self._sent("crown")
        self._receive(answers.ack_999(raw).replace(b"AK9*A*1*1*1", b"AK9*R*1*1*0*4"))
        self.assertEqual(claim.state, "rejected")
        self.assertIn("Group refused", claim.hold_reason)
        self.assertEqual(claim.exchange_id.state, "rejected")

    def test_sets_that_an_old_acknowledgment_does_not_list(self):
        """A 997 may name the group alone, taken in part or as a whole."""
        for code, state, file in (("A", "sent", "acknowledged"), ("X", "rejected", "rejected")):
            _visit, claim, raw = self._sent("exam")
            rows = [["AK1", "HC", claim.exchange_id.group_control], ["AK9", code, "1", "1", "1"]]
            self._receive(answers._file("FA", "997", "004010", rows))
            self.assertEqual((claim.state, claim.exchange_id.state), (state, file))

    def test_refusal_of_the_second_set_leaves_the_first(self):
        with patch.object(x12, "SETS", 1), patch.object(claim_file, "SETS", 1):
            _visit, one = self._done("crown")
            _visit, two = self._done("exam")
            (one | two).action_send()
            self.assertEqual(one.exchange_id.headline, f"{one.number} and 1 more")
            self.assertIn(two.number, one.exchange_id.summary)
            raw = one.exchange_id._bytes()
            answer = answers.claim_ack(raw, batch_rejected="A3:24:41")
            reference = one.exchange_id.reference
            trace = f"TRN*2*{reference}".encode()
            self._receive(answer.replace(trace + b"~", trace + b"-2~"))
        self.assertEqual((one.state, two.state), ("sent", "rejected"))

    def test_receiver_that_counts_by_its_own_numbers(self):
        """Its number of the batch is none of ours, but the claim that it refuses is."""
        _visit, claim, raw = self._sent("crown")
        answer = answers.claim_ack(raw, rejected={claim.number: "A7:164"})
        trace = f"TRN*2*{claim.exchange_id.reference}~".encode()
        exchange = self._receive(answer.replace(trace, b"TRN*2*HUB0042~"))
        self.assertEqual((exchange.state, claim.state), ("read", "rejected"))
