# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DentalInsuranceCase
from .x12 import answers
from .x12.checker import check


@tagged("post_install", "-at_install")
class TestPrecert(DentalInsuranceCase):
    """The payer is asked beforehand; its answer overrides the estimate and goes to the claim."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.procedure = cls._new_procedure("crown", prosthesis="initial")
        estimate = cls.procedure.with_user(cls.coordinator)._make_estimate()
        cls.precert = cls.env["dental.precert"].browse(
            estimate.with_user(cls.coordinator).action_precert()["res_id"]
        )
        cls.precert.env["dental.claim.enclosure"].create(
            {"precert_id": cls.precert.id, "kind": "RB", "how": "BM", "control": "NEA123"}
        )
        cls.precert = cls.precert.with_user(cls.coordinator)

    def _send(self):
        self.precert.action_send()
        return self.precert.sudo().exchange_id._bytes()

    def _answer(self, **vals):
        action = self.precert.action_answer()
        wizard = (
            self.env["dental.precert.answer"]
            .with_user(self.coordinator)
            .with_context(**action["context"])
            .create({"number": "PD-4711", "valid_until": date.today() + timedelta(days=180)})
        )
        wizard.line_ids.write({"allowed": 900.0, "plan_amount": 450.0, **vals})
        wizard.action_record()

    def test_file_has_no_service_date_and_passes_the_checker(self):
        raw = self._send()
        (said,) = answers.parse_837d(raw)
        self.assertTrue(said["predetermination"], "CLM19 PB")
        self.assertNotIn(b"DTP*472", raw)
        self.assertIn(b"PWK*RB*BM***AC*NEA123~", raw)
        self.assertIn(b"SV3*AD:X2740*1150***I*1~", raw)
        self.assertEqual(check(raw), [])

    def test_sent_waits_for_the_payers_usual_time(self):
        self.payer.dental_precert_days = 21
        self._send()
        self.assertRecordValues(
            self.precert,
            [
                {
                    "state": "sent",
                    "sent_on": date.today(),
                    "expected_on": date.today() + timedelta(days=21),
                    "next_date": date.today() + timedelta(days=21),
                }
            ],
        )
        exchange = self.precert.sudo().exchange_id
        self.assertRecordValues(exchange, [{"direction": "out", "kind": "837D"}])

    def test_gaps_are_told_and_nothing_is_sent(self):
        self.coverage.policy_id.member_id = False
        with self.assertRaisesRegex(UserError, "member id is missing. Enter the member id"):
            self.precert.action_send()
        self.assertEqual(self.precert.state, "to_prepare")

    def test_answer_by_hand_overrides_the_estimate(self):
        before = self.procedure._make_estimate().line_ids
        self.assertEqual(before.plan_amount, 435.0)
        self._send()
        self._answer()
        self.assertRecordValues(
            self.precert,
            [
                {
                    "state": "approved",
                    "answer_number": "PD-4711",
                    "plan_amount": 450.0,
                    "patient_amount": 450.0,
                }
            ],
        )
        after = self.procedure._make_estimate()
        self.assertEqual(after.line_ids.plan_amount, 450.0)
        step = next(s for s in after.line_ids.trace if s["rule"] == "precert")
        self.assertIn("PD-4711", step["text"])
        self.assertEqual(
            after.valid_until, min(date.today() + timedelta(days=90), self.precert.valid_until)
        )

    def test_answer_without_a_figure_is_none(self):
        self._send()
        with self.assertRaisesRegex(UserError, "X2740: enter what the payer allows"):
            self._answer(allowed=0.0, plan_amount=0.0)
        self.assertEqual(self.precert.state, "sent")

    def test_expired_answer_counts_no_more(self):
        self._send()
        self._answer()
        later = self.precert.valid_until + timedelta(days=1)
        line = self.procedure._make_estimate(as_of=later).line_ids
        self.assertEqual(line.plan_amount, 435.0)

    def test_refusal_counts_as_nothing_paid(self):
        self._send()
        self._answer(approved="no")
        self.assertEqual(self.precert.state, "denied")
        self.assertEqual(self.procedure._make_estimate().line_ids.plan_amount, 0.0)

    def test_answer_by_file_is_kept_and_never_posted(self):
        raw = self._send()
        era = answers.era_for(
            raw, lambda c, line: [("CO", "45", 230), ("PR", "2", 460)], when=date.today()
        )
        exchange = self._receive(era)
        remittance = exchange.remittance_ids
        self.assertRecordValues(remittance, [{"state": "closed", "amount": 0.0}])
        self.assertRecordValues(
            self.precert,
            [
                {
                    "state": "approved",
                    "answer_number": "P000001",
                    "plan_amount": 460.0,
                    "patient_amount": 460.0,
                }
            ],
        )
        self.assertEqual(self.precert.sudo().answer_exchange_id, exchange)
        self.assertEqual(self._balances()["allocate"], 0.0)
        self.assertEqual(self.procedure._make_estimate().line_ids.plan_amount, 460.0)

    def test_number_travels_to_the_claim(self):
        self._send()
        self._answer()
        visit = self._new_visit()
        self.procedure.appointment_id = visit
        self._check_out(visit)
        claim = self._claims(visit)
        self.assertRecordValues(claim, [{"precert_id": self.precert.id, "expected": 450.0}])
        claim.action_send()
        raw = claim.exchange_id._bytes()
        self.assertIn(b"REF*G3*PD-4711~", raw)
        self.assertNotIn(b"*PB~", raw)
        self.assertEqual(check(raw), [])

    def test_refused_file_comes_back(self):
        raw = self._send()
        self._receive(answers.ack_999(raw, rejected=("0001",)))
        self.assertRecordValues(
            self.precert, [{"state": "to_prepare", "next_action": "Correct and send again"}]
        )

    def test_answered_is_not_sent_again(self):
        self._send()
        self._answer()
        with self.assertRaisesRegex(UserError, "is approved. Make a new one"):
            self.precert.action_send()
