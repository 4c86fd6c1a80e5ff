# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DentalInsuranceCase


@tagged("post_install", "-at_install")
class TestEstimateModels(DentalInsuranceCase):
    """From records to figures: what a plan pays, what is written off, what the patient pays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()

    def _estimate(self, *kinds, as_of=None, **vals):
        procedures = self.env["dental.procedure"].union(
            *(self._new_procedure(kind, **vals) for kind in kinds)
        )
        return procedures.with_user(self.coordinator)._make_estimate(as_of)

    def _steps(self, estimate, track="benefit"):
        return [step["rule"] for step in estimate.line_ids.trace if step.get("track") == track]

    def test_crown_of_the_handbook(self):
        """Fee 1150, contract 920, deductible 50, half of 870, of which 402 are left this year."""
        self.env["dental.insurance.usage"].create(
            {
                "coverage_id": self.coverage.id,
                "kind": "maximum",
                "amount": 1598,
                "source": "phone",
            }
        )
        estimate = self._estimate("crown")
        self.assertRecordValues(
            estimate.line_ids,
            [
                {
                    "fee": 1150.0,
                    "allowed": 920.0,
                    "plan_amount": 402.0,
                    "write_off": 230.0,
                    "patient_amount": 518.0,
                }
            ],
        )
        self.assertRecordValues(
            estimate.line_ids.share_ids,
            [
                {
                    "coverage_id": self.coverage.id,
                    "amount": 402.0,
                    "deductible": 50.0,
                    "percent": 50.0,
                    "write_off": 230.0,
                }
            ],
        )
        rules = self._steps(estimate)
        self.assertEqual(
            [rule for rule in rules if not rule.startswith("unknown_")],
            ["office_fee", "allowed_schedule", "deductible", "percent", "maximum_individual"],
        )
        steps = [step for step in estimate.line_ids.trace if step.get("track") == "benefit"]
        self.assertAlmostEqual(sum(step["change"] for step in steps), 402.0)

    def test_trace_names_who_said_it(self):
        estimate = self._estimate("crown")
        step = next(s for s in estimate.line_ids.trace if s["rule"] == "deductible")
        self.assertEqual(step["source"], "Phone, 88213")
        self.assertEqual(step["verified_on"], "2026-01-12")

    def test_what_nobody_said_is_named_and_assumed(self):
        estimate = self._estimate("filling")
        texts = " ".join(row["text"] for row in estimate.line_ids.unknowns)
        self.assertIn("Coverage of X2391 is not known; 0 % is assumed", texts)
        self.assertEqual(estimate.line_ids.plan_amount, 0.0)
        self.assertTrue(estimate.can_ask_payer)

    def test_zero_is_not_unknown(self):
        self._rule("percent", category="restorative", percent=0)
        estimate = self._estimate("filling")
        texts = " ".join(row["text"] for row in estimate.line_ids.unknowns)
        self.assertNotIn("Coverage of", texts)

    def test_first_service_uses_up_the_deductible(self):
        first, second = self._estimate("crown", "crown").line_ids
        self.assertEqual([first.share_ids.deductible, second.share_ids.deductible], [50.0, 0.0])

    def test_next_year_has_a_new_deductible_and_maximum(self):
        self.env["dental.insurance.usage"].create(
            {"coverage_id": self.coverage.id, "kind": "maximum", "amount": 2000}
        )
        self.assertEqual(self._estimate("crown").line_ids.plan_amount, 0.0)
        new_year = date(date.today().year + 1, 1, 1)
        estimate = self._estimate("crown", as_of=new_year)
        self.assertEqual(estimate.line_ids.plan_amount, 435.0)
        self.assertEqual(estimate.as_of, new_year)

    def test_no_coverage_then_no_plan(self):
        self.coverage.date_to = fields.Date.today() - timedelta(days=1)
        line = self._estimate("crown").line_ids
        self.assertEqual((line.plan_amount, line.patient_amount), (0.0, 1150.0))
        self.assertFalse(line.share_ids)

    def test_estimate_holds_no_longer_than_the_cover(self):
        self.coverage.date_to = fields.Date.today() + timedelta(days=10)
        self.assertEqual(self._estimate("crown").valid_until, self.coverage.date_to)

    def test_second_plan_pays_the_rest(self):
        other = self._new_plan(
            "Union", payer=self._payer("Union Dental", "UNI1"), kind="percentage"
        )
        other.cob_rule = "standard"
        self._rule("percent", other, category="crowns", percent=80)
        self._rule("deductible", other, amount=0)
        second = self._cover(self.patient, other, "U1", sequence=2)
        line = self._estimate("crown").line_ids
        shares = {share.coverage_id: share for share in line.share_ids}
        self.assertEqual(shares[self.coverage].amount, 435.0)
        self.assertEqual(shares[second].amount, 485.0)
        self.assertEqual(line.patient_amount, 0.0)

    def test_own_rule_of_a_patient_goes_first(self):
        self._rule("percent", category="crowns", percent=60, coverage_id=self.coverage.id)
        self.assertEqual(self._estimate("crown").line_ids.plan_amount, 522.0)

    def test_claims_of_the_family_use_the_family_deductible(self):
        self._rule("deductible", amount=50, level="family", period="service_year")
        brother = self._new_patient("Ola", "Kowalski", birth_date="2012-01-01", **self.address)
        self.env["dental.insurance.coverage"].create(
            {
                "patient_id": brother.id,
                "policy_id": self.coverage.policy_id.id,
                "relation": "child",
            }
        )
        brother.guarantor_id = self.guarantor
        self._done("crown", patient=brother)
        self.assertEqual(self._estimate("crown").line_ids.share_ids.deductible, 0.0)

    def test_rules_of_the_other_network_do_not_count(self):
        self._rule("percent", category="restorative", percent=80, network_name="Alliance")
        self._rule("percent", category="restorative", percent=50, network_name="Plus")
        unknown = self._estimate("filling").line_ids
        self.assertEqual(unknown.plan_amount, 0.0)
        self.assertIn("which one is ours", " ".join(row["text"] for row in unknown.unknowns))
        self.plan.network = "Plus"
        self.assertEqual(self._estimate("filling").line_ids.plan_amount, 65.0)

    def test_payers_total_includes_our_own_claims(self):
        """The payer says 600 are used in all; 435 of it are for our claim."""
        _visit, _claims, raw = self._sent("crown")
        self._pay(raw, lambda claim, line: [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435)])
        self.env["dental.remittance"].search([]).action_post()
        self.env["dental.insurance.usage"].create(
            {
                "coverage_id": self.coverage.id,
                "kind": "maximum",
                "amount": 600,
                "is_total": True,
                "source": "portal",
            }
        )
        engine = self.env["dental.estimate.engine"]
        history = list(engine._history(self.coverage, date.today()))
        self.assertEqual(sum(row.used for row in history), 600)

    def test_frequency_counts_what_was_done_elsewhere(self):
        self._rule("frequency", category="diagnostic", quantity=1, period="months", period_count=6)
        self.assertEqual(self._estimate("exam").line_ids.plan_amount, 80.0)
        self.env["dental.insurance.usage"].create(
            {
                "coverage_id": self.coverage.id,
                "kind": "service",
                "category_id": self._category("diagnostic").id,
                "date": fields.Date.today() - timedelta(days=60),
            }
        )
        estimate = self._estimate("exam")
        self.assertEqual(estimate.line_ids.plan_amount, 0.0)
        self.assertIn("frequency", self._steps(estimate))

    def test_same_facts_same_estimate(self):
        procedure = self._new_procedure("crown").with_user(self.coordinator)
        first = procedure.action_estimate()["res_id"]
        self.assertEqual(procedure.action_estimate()["res_id"], first)
        self._rule("percent", category="crowns", percent=60, coverage_id=self.coverage.id)
        self.assertNotEqual(procedure.action_estimate()["res_id"], first)

    def test_shares_stay_as_they_were_told(self):
        estimate = self._estimate("crown")
        with self.assertRaises(UserError):
            estimate.line_ids.share_ids.sudo().amount = 1.0

    def test_few_queries_for_many_procedures(self):
        procedures = self.env["dental.procedure"].union(
            *(self._new_procedure("crown") for _index in range(20))
        )
        self.env.flush_all()
        self.env.invalidate_all()
        engine = self.env["dental.estimate.engine"]
        engine._estimate(procedures[:2], date.today())
        self.env.invalidate_all()
        with self.assertQueryCount(60):
            engine._estimate(procedures, date.today())

    def _payer(self, name, code):
        return self.env["res.partner"].create(
            {"name": name, "is_company": True, "dental_payer_code": code}
        )
