# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.dental_coordinator.tests.clinical import PNG

from .common import DentalInsuranceCase


@tagged("post_install", "-at_install")
class TestEstimateChange(DentalInsuranceCase):
    """A fact behind quotes changes: the quotes concerned are found, the others left alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.changes = cls.env["dental.estimate.change"]
        cls.checks = cls.env["dental.estimate.check"]
        cls.crowns = cls.plan.benefit_ids.filtered(lambda rule: rule.percent == 50)
        cls.estimate = cls._new_procedure("crown")._make_estimate()
        other_plan = cls._new_plan("Union", crown=900.0)
        cls._usual_rules(other_plan)
        cls.stranger = cls._new_patient("Pia", "Other", birth_date="1980-01-01", **cls.address)
        cls._cover(cls.stranger, other_plan, "U-1")
        cls.other = cls._new_procedure("crown", cls.stranger)._make_estimate()
        cls.checks.search([]).unlink()

    def _work(self):
        self.env.flush_all()
        self.checks._check_batch()
        return self.changes.search([("state", "=", "open")])

    def test_percentage_of_one_plan_flags_exactly_its_quotes(self):
        """80 instead of 50 %: 870 x 30 % less for the patient, and nobody else."""
        self.crowns.percent = 80
        change = self._work()
        self.assertRecordValues(
            change,
            [
                {
                    "estimate_id": self.estimate.id,
                    "told_patient": 485.0,
                    "new_patient": 224.0,
                    "difference": -261.0,
                    "amount": 261.0,
                    "is_large": True,
                }
            ],
        )
        self.assertIn("485.00", change.message)
        self.assertIn("224.00", change.message)
        self.assertFalse(self.checks.search([]))

    def test_one_that_cannot_be_reckoned_stops_no_other_and_is_tried_again(self):
        (self.crowns | self.other.line_ids.share_ids.plan_id.benefit_ids).percent = 80
        reckoned = type(self.changes)._reckoned

        def broken(changes, estimates):
            if self.estimate in estimates:
                raise ValueError("Marta Kowalski")
            return reckoned(changes, estimates)

        with patch.object(type(self.changes), "_reckoned", broken):
            self.assertEqual(self._work().estimate_id, self.other)
        check = self.checks.search([])
        self.assertEqual(check.patient_id, self.patient)
        self.assertIn("ValueError", check.problem)
        self.assertNotIn("Kowalski", check.problem)
        self.assertFalse(self.checks._check_batch())
        check.with_user(self.billing).action_try_again()
        self.assertEqual(self._work().estimate_id, self.estimate | self.other)
        self.assertFalse(self.checks.search([]))

    def test_what_was_told_stays(self):
        self.crowns.percent = 80
        self._work()
        self.assertEqual(self.estimate.total_patient, 485.0)
        self.assertEqual(self.estimate.state, "current")

    def test_signed_version_stays_and_stands_beside_the_new_one(self):
        self.estimate.write({"signature": PNG, "signed_by": "Jan"})
        self.estimate.action_sign()
        self.crowns.percent = 80
        change = self._work()
        self.assertEqual(change.estimate_state, "signed")
        change.with_user(self.coordinator).action_renew()
        self.assertEqual(self.estimate.state, "signed")
        self.assertEqual(self.estimate.total_patient, 485.0)
        self.assertEqual(self.estimate.superseded_by_id.total_patient, 224.0)
        self.assertEqual(change.state, "renewed")

    def test_small_change_is_no_work(self):
        self.company.dental_change_threshold = 300
        self.crowns.percent = 80
        change = self._work()
        self.assertFalse(change.is_large)

    def test_every_kind_of_fact(self):
        facts = {
            "a fee": lambda: self.plan.pricelist_id.item_ids[:1].write({"fixed_price": 800}),
            "used benefits": lambda: self.env["dental.insurance.usage"].create(
                {"coverage_id": self.coverage.id, "kind": "maximum", "amount": 1900}
            ),
            "end of cover": lambda: self.coverage.write(
                {"date_to": date.today() - timedelta(days=1)}
            ),
            "a rule of the patient": lambda: self._rule(
                "percent", category="crowns", percent=10, coverage_id=self.coverage.id
            ),
            "a term": lambda: self.plan.write({"kind": "percentage"}),
            "a typed figure": lambda: self.env["dental.estimate.override"].create(
                {
                    "procedure_id": self.estimate.line_ids.procedure_id.id,
                    "coverage_id": self.coverage.id,
                    "kind": "total",
                    "amount": 1,
                    "reason": "Told by phone",
                }
            ),
        }
        for name, change in facts.items():
            with self.subTest(name):
                self.changes.search([]).unlink()
                change()
                self.assertEqual(self._work().estimate_id, self.estimate)

    def test_no_cover_any_more_means_the_whole_fee(self):
        self.coverage.date_to = date.today() - timedelta(days=1)
        self.assertEqual(self._work().new_patient, 1150.0)

    def test_changed_back_is_no_change(self):
        self.crowns.percent = 80
        self.assertTrue(self._work())
        self.crowns.percent = 50
        self.assertFalse(self._work())

    def test_changed_twice_is_one_line(self):
        self.crowns.percent = 80
        self._work()
        self.crowns.percent = 60
        change = self._work()
        self.assertEqual(len(change), 1)
        self.assertEqual(change.new_patient, 398.0)

    def test_done_treatment_is_left_alone(self):
        self.estimate.line_ids.procedure_id.action_done()
        self.crowns.percent = 80
        self.assertFalse(self.checks.search([]), "nobody is woken for it")
        self.assertFalse(self._work())

    def test_done_treatment_hides_no_other_quote_of_the_patient(self):
        ahead = self._new_procedure("crown", tooth="46")._make_estimate()
        self.estimate.line_ids.procedure_id.action_done()
        self.crowns.percent = 80
        self.assertEqual(self._work().estimate_id, ahead)

    def test_other_fields_of_a_plan_wake_nobody(self):
        self.plan.note = "Ask for Ms Reed"
        self.assertFalse(self.checks.search([]))

    def test_telling_leaves_a_contact(self):
        self.crowns.percent = 80
        change = self._work().with_user(self.coordinator)
        change.action_told()
        self.assertEqual(change.state, "told")
        log = self.env["dental.contact.log"].search([("patient_id", "=", self.patient.id)])
        self.assertIn(self.estimate.number, log.note)

    def test_figures_of_a_change_are_nobodys_to_write(self):
        self.crowns.percent = 80
        change = self._work()
        with self.assertRaises(AccessError):
            self.changes.with_user(self.coordinator).create({"estimate_id": self.estimate.id})
        with self.assertRaises(AccessError):
            change.with_user(self.clinician).action_leave()

    def test_message_in_the_patients_language_tells_no_treatment(self):
        self.crowns.percent = 80
        change = self._work()
        self.assertNotIn("Crown", change.message)
        self.assertNotIn("Kowalski", change.message)

    def test_queries_do_not_grow_with_the_patients(self):
        for number in range(40):
            patient = self._new_patient(f"P{number}", "Many")
            self._cover(patient, self.plan, f"N{number}")
            self._new_procedure("crown", patient)._make_estimate()
        self._work()
        self.crowns.percent = 80
        self.env.flush_all()
        self.env.invalidate_all()
        self._work_counted(limit=45)
        self.assertEqual(self.changes.search_count([]), 41)

    def _work_counted(self, limit):
        with self.assertQueryCount(limit):
            self.checks._check_batch()
            self.env.flush_all()

    def test_engine_takes_few_queries_for_a_hundred_patients(self):
        groups = {}
        for number in range(100):
            patient = self._new_patient(f"P{number}", "Hundred")
            self._cover(patient, self.plan, f"H{number}")
            groups[patient.id] = self._new_procedure("crown", patient)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(25):
            result = self.env["dental.estimate.engine"]._estimate_groups(groups, date.today())
        self.assertEqual({one[0].patient for one in result.values()}, {485})


@tagged("post_install", "-at_install")
class TestPayerMemory(DentalInsuranceCase):
    """Where no schedule says what a plan allows, its own answers do."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls._rule("percent", category="restorative", percent=80)

    def _answered(self, allowed):
        """A filling was paid: the payer cut the fee of 180 to what it allows."""
        _visit, _claims, raw = self._sent("filling")
        cut = 180.0 - allowed
        self._pay(raw, lambda claim, line: [("CO", "45", cut), ("PR", "2", allowed * 0.2)])
        self.env["dental.remittance"].search([("state", "=", "open")]).action_post()

    def _line(self):
        return self._new_procedure("filling")._make_estimate().line_ids

    def test_nobody_answered_yet(self):
        line = self._line()
        self.assertEqual(line.allowed, 180.0)
        self.assertIn("unknown_allowed", [step["rule"] for step in line.trace])

    def test_last_answer_is_taken_and_named(self):
        self._answered(130.0)
        line = self._line()
        self.assertEqual(line.allowed, 130.0)
        step = next(one for one in line.trace if one["rule"] == "allowed_schedule")
        self.assertIn("Payer's explanation", step["source"])
        self.assertEqual(step["verified_on"], date.today().isoformat())

    def test_median_of_several(self):
        for allowed in (100.0, 130.0, 135.0):
            self._answered(allowed)
        self.assertEqual(self._line().allowed, 130.0)

    def test_another_plan_of_the_payer_helps_out(self):
        self._answered(130.0)
        plan = self._new_plan("Harbor Gold")
        self._rule("percent", plan, category="restorative", percent=80)
        patient = self._new_patient("Gold", "Member")
        self._cover(patient, plan, "G1")
        line = self._new_procedure("filling", patient)._make_estimate().line_ids
        self.assertEqual(line.allowed, 130.0)

    def test_schedule_goes_first(self):
        self._answered(130.0)
        self.plan.pricelist_id._dental_set_fee(self.codes["filling"]._product(), 140.0)
        self.assertEqual(self._line().allowed, 140.0)

    def test_can_be_switched_off(self):
        self._answered(130.0)
        self.company.dental_payer_memory = False
        self.assertEqual(self._line().allowed, 180.0)
