# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import DentalInsuranceCase
from .x12 import answers


@tagged("post_install", "-at_install")
class TestClaimBulk(DentalInsuranceCase):
    """What is covered and on no claim is found, and filed for many visits at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()

    def _to_claim(self):
        return (
            self.env["dental.procedure"].with_user(self.billing).search([("to_claim", "=", True)])
        )

    def _uninsured_visit(self, *kinds, **vals):
        """A visit checked out before anybody knew of the plan."""
        self.coverage.active = False
        visit = self._new_visit(*kinds, **vals)
        self._check_out(visit)
        self.coverage.active = True
        return visit

    def test_insurance_found_later_is_claimed_in_bulk(self):
        one = self._uninsured_visit("crown", "exam", days_ago=3)
        two = self._uninsured_visit("cleaning", days_ago=1)
        self.assertEqual(self._balances()["guarantor"], 1330.0)
        waiting = self._to_claim()
        self.assertEqual(waiting, (one | two).procedure_ids.with_user(self.billing))
        action = waiting.action_make_claims()
        claims = self.env["dental.claim"].search(action["domain"], order="id")
        self.assertEqual(set(claims.mapped("appointment_id")), {one, two})
        self.assertEqual(sum(claims.mapped("charge")), 1330.0)
        self.assertEqual(set(claims.mapped("state")), {"made"})
        self.assertEqual(self._balances()["insurance"], sum(claims.mapped("expected")))
        self.assertFalse(self._to_claim())
        with self.assertRaisesRegex(UserError, "Nothing to claim"):
            waiting.action_make_claims()

    def test_good_ones_go_and_bad_ones_say_what_they_lack(self):
        other = self._new_patient("Ida", "Holm", birth_date="1990-01-01", sex="F")
        other.guarantor_id = self.guarantor
        good = self._uninsured_visit("exam")
        bad = self._new_visit("exam", patient=other)
        self._check_out(bad)
        self._cover(other, self.plan, "M300")
        self._to_claim().action_make_claims()
        claims = self._claims(good) | self._claims(bad)
        self.assertRecordValues(claims, [{"state": "made"}, {"state": "held"}])
        claims.action_send()
        self.assertRecordValues(claims, [{"state": "sent"}, {"state": "held"}])
        gap = claims[1].gaps[0]
        self.assertEqual((gap["model"], gap["res_id"]), ("dental.patient", other.id))
        self.assertIn(f"/odoo/dental.patient/{other.id}", claims[1].gaps_html)

    def test_second_plan_found_later_is_asked_alone(self):
        visit, first = self._done("crown")
        union = self._new_plan("Union", payer=self._second_payer(), kind="percentage")
        union.cob_rule = "standard"
        self._rule("percent", union, category="crowns", percent=80)
        second = self._cover(self.patient, union, "U1", sequence=2)
        self._to_claim().action_make_claims()
        claims = self._claims(visit)
        self.assertEqual(len(claims), 2)
        self.assertRecordValues(
            claims - first, [{"coverage_id": second.id, "state": "held", "gap_count": 0}]
        )

    def test_only_what_was_covered_on_its_day(self):
        today = fields.Date.today()
        self._uninsured_visit("exam", days_ago=40)
        self.coverage.date_from = today - timedelta(days=30)
        self.assertFalse(self._to_claim())
        self.coverage.date_from = today - timedelta(days=50)
        self.assertTrue(self._to_claim())
        self.coverage.policy_id.date_to = today - timedelta(days=45)
        self.assertFalse(self._to_claim())

    def test_cover_known_later_or_begun_later(self):
        today = fields.Date.today()
        seen = self.env["dental.procedure"].with_user(self.billing)
        visit = self._uninsured_visit("exam", days_ago=40)
        exam = visit.procedure_ids.with_user(self.billing)
        later, known = ("cover_entered_later", "=", True), ("cover_entered_later", "=", False)
        self.assertEqual(seen.search([later]), exam)
        self.assertFalse(seen.search([("to_claim", "=", True), known]))
        self.assertEqual((exam.cover_entered_later, exam.cover_began_later), (True, False))
        self.coverage.date_from = today - timedelta(days=30)
        exam.invalidate_recordset()
        self.assertEqual((exam.cover_entered_later, exam.cover_began_later), (False, True))
        with self.assertRaisesRegex(UserError, "Nothing to claim"):
            exam.action_make_claims()
        self.coverage.date_from = today - timedelta(days=60)
        self.assertFalse(seen.search([("cover_began_later", "=", True)]))
        exam.action_make_claims()
        self.assertFalse(seen.search([later]))

    def test_cover_that_begins_years_later_is_not_told(self):
        self._uninsured_visit("exam", days_ago=40)
        self.coverage.date_from = fields.Date.today() + timedelta(days=400)
        self.assertFalse(self.env["dental.procedure"].search([("cover_began_later", "=", True)]))

    def test_voided_claim_leaves_its_services_to_claim(self):
        visit, claim = self._done("crown")
        self.assertFalse(self._to_claim())
        claim.action_void()
        self.assertEqual(self._to_claim(), visit.procedure_ids.with_user(self.billing))

    def test_kept_from_the_plan(self):
        visit = self._new_visit("crown", "exam")
        crown, _exam = visit.procedure_ids.sorted("sequence")
        crown.keep_from_plan = True
        self._check_out(visit)
        (claim,) = self._claims(visit)
        self.assertEqual(claim.line_ids.mapped("code"), ["X0150"])
        self.assertEqual(self._invoice(visit).amount_residual, 1150.0)
        self.assertFalse(self._to_claim())
        self.assertNotIn(b"X2740", self._bytes(claim))

    def test_what_the_plan_knows_cannot_be_kept_from_it(self):
        visit, claim = self._done("crown")
        with self.assertRaisesRegex(ValidationError, claim.number):
            visit.procedure_ids.keep_from_plan = True

    def test_plan_that_pays_the_patient(self):
        """She owes the plan's part; the claim is filed for her and closed once it is sent."""
        self.coverage.policy_id.assignment = "patient"
        visit, claim = self._done("crown")
        self.assertEqual(self._balances()["insurance"], 0.0)
        self.assertEqual(self._invoice(visit).amount_residual, 920.0)
        self.assertRecordValues(claim, [{"expected": 435.0, "open_amount": 0.0}])
        claim.action_send()
        self.assertEqual(claim.state, "closed")
        raw = claim.exchange_id._bytes()
        self.assertIn(b"*Y*A*N*", raw)
        self.assertEqual(self._invoice(visit).amount_residual, 920.0)
        self._receive(answers.claim_ack(raw, {claim.number: "A7:21"}))
        self.assertEqual(claim.state, "rejected")

    def test_place_of_the_visit(self):
        visit = self._new_visit("exam", claim_place="31")
        self._check_out(visit)
        claim = self._claims(visit)
        self.assertEqual(claim.place, "31")
        self.assertIn(b"*31:B:1*", self._bytes(claim))

    def test_more_than_fifty_services_become_two_claims(self):
        visit = self._new_visit(*["exam"] * 52)
        self._check_out(visit)
        claims = self._claims(visit)
        self.assertEqual([len(claim.line_ids) for claim in claims], [50, 2])
        self.assertEqual(sum(claims.mapped("charge")), 52 * 80.0)

    def test_work_of_several_visits_waits_until_it_is_finished(self):
        visit = self._new_visit("crown", days_ago=30)
        crown = visit.procedure_ids
        seat = self._new_procedure("exam")
        crown.finished_by_id = seat
        self._check_out(visit)
        claim = self._claims(visit)
        begun = crown.date_done
        self.assertRecordValues(
            claim,
            [
                {
                    "state": "held",
                    "date_service": begun,
                    "hold_reason": f"Waits until {seat.number} finishes {crown.number}",
                }
            ],
        )
        with self.assertRaisesRegex(UserError, seat.number):
            claim.action_send()
        seat.action_done()
        self.assertRecordValues(claim, [{"state": "made", "date_service": fields.Date.today()}])
        self.assertEqual(claim.line_ids.date, fields.Date.today())
        claim.action_send()
        self.assertEqual(claim.state, "sent")

    def test_finished_by_the_same_patients_work_only(self):
        crown = self._new_procedure("crown")
        with self.assertRaisesRegex(ValidationError, "last step"):
            crown.finished_by_id = crown

    def test_split(self):
        visit, claim = self._done("crown", "exam")
        before = self._balances()
        exam = claim.line_ids.filtered(lambda line: line.code == "X0150")
        wizard = claim.env["dental.claim.split"].create(
            {"claim_id": claim.id, "line_ids": [(6, 0, exam.ids)]}
        )
        wizard.action_split()
        new = self._claims(visit) - claim
        self.assertEqual(claim.line_ids.mapped("code"), ["X2740"])
        self.assertEqual(new.line_ids.mapped("code"), ["X0150"])
        self.assertEqual(self._balances(), before)
        self.assertEqual(claim.open_amount + new.open_amount, before["insurance"])
        (claim | new).action_send()
        self.assertEqual(set((claim | new).mapped("state")), {"sent"})
        with self.assertRaisesRegex(UserError, "with the payer"):
            claim._split_off(claim.line_ids)

    def test_split_leaves_something(self):
        _visit, claim = self._done("crown")
        with self.assertRaisesRegex(UserError, "not all of them"):
            claim._split_off(claim.line_ids)

    def test_front_desk_does_not_make_claims_in_bulk(self):
        visit = self._uninsured_visit("exam")
        with self.assertRaises(AccessError):
            visit.procedure_ids.with_user(self.front_desk).action_make_claims()

    def _bytes(self, claim):
        claim.action_send()
        return claim.exchange_id._bytes()

    def _second_payer(self):
        return self.env["res.partner"].create(
            {"name": "Union Dental", "is_company": True, "dental_payer_code": "UNI1"}
        )
