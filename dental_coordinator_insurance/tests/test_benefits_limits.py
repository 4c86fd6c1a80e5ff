# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Age, waiting period, clauses, exclusion, coverage dates, precertification, typed figures."""

from datetime import date
from decimal import Decimal

from ..benefits import Area, Overrides, Patient, Precert, Received
from .benefits_common import (
    DAY,
    BenefitsCase,
    benefit,
    coverage,
    deductible,
    frequency,
    maximum,
    pays,
    service,
    used,
)

FULL = pays(100)


class TestAge(BenefitsCase):
    def _paid(self, *rows, birth=date(2010, 6, 14), given=None):
        _line, got = self.run_one(coverage(FULL, *rows), given, patient=Patient(birth))
        return got.paid

    def test_through_an_age_is_inclusive(self):
        self.assertEqual(self._paid(benefit("age", "D2391", max_age=14)), 100)
        self.assertEqual(self._paid(benefit("age", "D2391", max_age=13)), 0)
        self.assertEqual(self._paid(benefit("age", "D2391", min_age=14)), 100)
        self.assertEqual(self._paid(benefit("age", "D2391", min_age=15)), 0)

    def test_the_day_of_the_service_decides(self):
        row = benefit("age", "D2391", max_age=13)
        self.assertEqual(self._paid(row, given=service(date=date(2024, 6, 13))), 100)

    def test_all_limits_are_checked(self):
        rows = (benefit("age", "D2391", max_age=30), benefit("age", ["D2391"], max_age=12))
        self.assertEqual(self._paid(*rows), 0)
        self.assertEqual(self._paid(benefit("age", ["D239"], max_age=12)), 100)

    def test_an_unknown_birth_date_is_named(self):
        plan = coverage(FULL, benefit("age", "D2391", max_age=13))
        line, got = self.run_one(plan)
        self.assertEqual(got.paid, 100)
        self.assertIn("unknown_age", [step.rule for step in line.unknowns])

    def test_an_age_that_the_caller_knows_comes_first(self):
        row = benefit("age", "D2391", max_age=13)
        self.assertEqual(self._paid(row, given=service(age=13)), 100)

    def test_the_deductible_stays_taken(self):
        """As the source of the rules has it: age does not give the deductible back."""
        rows = (FULL, deductible(50), benefit("age", "D2391", max_age=5))
        result = self.run_engine(
            coverage(*rows), service(), service("D2140"), patient=Patient(date(2010, 1, 1))
        )
        self.assert_deductibles(result, 50, 0)


class TestWaiting(BenefitsCase):
    def _paid(self, *rows, starts=date(2024, 1, 1), day=DAY, **values):
        plan = coverage(FULL, *rows, starts=starts, **values)
        _line, got = self.run_one(plan, service(date=day))
        self.assertEqual(got.waiting, got.paid == 0)
        return got

    def test_over_on_the_day_itself(self):
        row = benefit("waiting", "Restorative", quantity=6, period="months")
        got = self._paid(row, day=date(2024, 6, 30))
        self.assertEqual((got.paid, got.free_on), (0, date(2024, 7, 1)))
        self.assertEqual(self._paid(row, day=date(2024, 7, 1)).paid, 100)
        self.assertEqual(self._paid(row, day=date(2024, 1, 1)).paid, 0)
        self.assertEqual(self._paid(row, starts=date(2023, 8, 31), day=date(2024, 2, 28)).paid, 0)
        self.assertEqual(self._paid(row, starts=date(2023, 8, 31), day=date(2024, 2, 29)).paid, 100)

    def test_years(self):
        row = benefit("waiting", "Restorative", quantity=1, period="years")
        self.assertEqual(self._paid(row).paid, 0)
        self.assertEqual(self._paid(row, day=date(2025, 1, 1)).paid, 100)

    def test_days(self):
        row = benefit("waiting", "Restorative", quantity=90, period="days")
        self.assertEqual(self._paid(row, day=date(2024, 3, 30)).paid, 0)
        self.assertEqual(self._paid(row, day=date(2024, 3, 31)).paid, 100)

    def test_the_most_specific_row_counts(self):
        rows = (
            benefit("waiting", "Restorative", quantity=12, period="months"),
            benefit("waiting", "D2391", quantity=0, period="months"),
        )
        self.assertEqual(self._paid(*rows).paid, 100)

    def test_it_may_run_from_another_day_than_the_coverage(self):
        row = benefit("waiting", "Restorative", quantity=6, period="months")
        self.assertEqual(self._paid(row, waiting_from=date(2023, 1, 1)).paid, 100)

    def test_an_unknown_start_is_named(self):
        row = benefit("waiting", "Restorative", quantity=6, period="months")
        line, got = self.run_one(coverage(FULL, row))
        self.assertEqual(got.paid, 100)
        self.assertIn("unknown_waiting", [step.rule for step in line.unknowns])

    def test_the_later_of_two_limits_tells_when_it_frees(self):
        waiting = benefit("waiting", "Restorative", quantity=6, period="months")
        for months, expected in ((1, date(2024, 7, 2)), (12, date(2025, 6, 2))):
            plan = coverage(
                FULL, waiting, frequency(months, "months", "D2391"), starts=date(2024, 1, 2)
            )
            _line, got = self.run_one(plan, history=[used("D2391", 1, date(2024, 6, 1))])
            self.assertEqual(got.free_on, expected)
        for forever in (
            benefit("exclusion", "D2391"),
            benefit("age", "D2391", max_age=3),
            frequency(1, "lifetime", "D2391"),
        ):
            plan = coverage(FULL, waiting, forever, starts=date(2024, 1, 2))
            history = [used("D2391", 1)]
            self.assertIsNone(self.run_one(plan, service(age=9), history=history)[1].free_on)


class TestClauses(BenefitsCase):
    def test_missing_tooth(self):
        plan = coverage(FULL, benefit("missing_tooth", "Restorative"), starts=date(2024, 1, 1))
        for lost, expected in ((date(2023, 12, 31), 0), (date(2024, 1, 1), 100), (None, 100)):
            line, got = self.run_one(plan, service(tooth_lost_on=lost))
            self.assertEqual(got.paid, expected)
            named = "unknown_missing_tooth" in [step.rule for step in line.unknowns]
            self.assertEqual(named, lost is None)

    def test_same_day(self):
        row = benefit("same_day", "D0140", other_codes=frozenset({"D0150", "D0120"}))
        plan = coverage(FULL, row, pays(0, "D0120"))
        for first, day, expected in (
            ("D0150", DAY, 0),
            ("D0150", date(2024, 6, 13), 100),
            ("D0120", DAY, 100),
            ("D0274", DAY, 100),
        ):
            result = self.run_engine(plan, service(first, date=day), service("D0140"))
            self.assertEqual(result.line("D0140").paid, expected)
        history = [used("D0150", 40)]
        _line, got = self.run_one(plan, service("D0140"), history=history)
        self.assertEqual((got.paid, got.limits), (0, ("same_day",)))
        self.assertEqual(got.free_on, date(2024, 6, 15))

    def test_replacement_years_are_a_frequency_per_tooth(self):
        plan = coverage(FULL, frequency(5, "years", "D2740", area="tooth"))
        history = [used("D2740", status="elsewhere", day=date(2020, 1, 1), area=Area("14"))]
        for tooth, expected in (("14", 0), ("15", 100)):
            given = service("D2740", area=Area(tooth))
            self.assertEqual(self.run_one(plan, given, history=history)[1].paid, expected)


class TestExclusion(BenefitsCase):
    def _excluded(self, **values):
        plan = coverage(
            FULL,
            deductible(50),
            benefit("exclusion", "Restorative"),
            kind="ppo",
            allowed={"D2391": 80},
            **values,
        )
        return self.run_one(plan)

    def test_nothing_is_paid_and_the_contract_stays(self):
        _line, got = self._excluded()
        self.assertEqual((got.paid, got.deductible, got.write_off), (0, 0, 20))
        self.assertTrue(got.excluded)
        self.assertFalse(got.do_not_bill)

    def test_the_usual_fee_may_be_charged(self):
        line, got = self._excluded(usual_fee_when_excluded=True)
        self.assertEqual((got.write_off, line.patient), (0, 100))

    def test_coverage_at_zero_is_like_an_exclusion(self):
        for rows in ((pays(0),), ()):
            plan = coverage(*rows, kind="ppo", allowed={"D2391": 80}, usual_fee_when_excluded=True)
            line, got = self.run_one(plan)
            self.assertEqual((got.paid, got.write_off, line.patient), (0, 0, 100))

    def test_it_may_be_marked_as_not_to_bill(self):
        plan = coverage(FULL, benefit("exclusion", "Restorative"))
        _line, got = self.run_one(plan, mark_excluded_do_not_bill=True)
        self.assertTrue(got.do_not_bill)

    def test_capitation_ignores_exclusions_unless_the_usual_fee_is_charged(self):
        row = benefit("exclusion", "Restorative")
        for charged, write_off in ((False, 100), (True, 0)):
            plan = coverage(row, kind="capitation", usual_fee_when_excluded=charged)
            self.assertEqual(self.run_one(plan)[1].write_off, write_off)


class TestCoverageDates(BenefitsCase):
    def test_outside_its_dates_a_plan_pays_and_writes_off_nothing(self):
        for starts, ends in ((date(2024, 6, 15), None), (None, date(2024, 6, 13))):
            plan = coverage(FULL, kind="ppo", allowed={"D2391": 80}, starts=starts, ends=ends)
            line, got = self.run_one(plan)
            self.assertEqual((got.paid, got.write_off, line.patient), (0, 0, 100))
            self.assertEqual(self.rules(line), ["not_in_force"])

    def test_the_first_and_the_last_day_are_in_force(self):
        self.assertEqual(self.run_one(coverage(FULL, starts=DAY, ends=DAY))[1].paid, 100)

    def test_the_next_plan_is_then_primary(self):
        first = coverage(FULL, ends=date(2024, 1, 1))
        second = coverage(
            pays(50), order=2, cob="secondary_medicaid", kind="ppo", allowed={"D2391": 80}
        )
        line = self.run_engine((first, second), service()).lines[0]
        self.assertEqual((line.plans[1].paid, line.plans[1].write_off), (40, 20))

    def test_a_service_that_is_not_billed_is_the_patients(self):
        line, got = self.run_one(coverage(FULL, kind="ppo"), service(do_not_bill=True))
        self.assertEqual((got.paid, got.write_off, line.patient), (0, 0, 100))


class TestAnswers(BenefitsCase):
    PPO = {"kind": "ppo", "allowed": {"D2391": 80}}

    def test_an_answered_precertification_replaces_the_estimate_only(self):
        plan = coverage(pays(80), deductible(50), **self.PPO)
        answer = Precert(1, Decimal(50), "PA-7")
        line, got = self.run_one(plan, service(precerts=(answer,)))
        self.assertEqual((got.paid, got.write_off, got.deductible, line.patient), (50, 20, 50, 30))
        self.assertIn("precert", self.rules(line))

    def test_it_consumes_the_maximum(self):
        plan = coverage(FULL, maximum(120))
        answer = Precert(1, Decimal(50))
        result = self.run_engine(plan, service(precerts=(answer,)), service(ref="b"))
        self.assert_paid(result, 50, 70)

    def _typed(self, **values):
        values = {name: Decimal(value) for name, value in values.items()}
        plan = coverage(pays(80), deductible(10), benefit("copay", "D2391", amount=5), **self.PPO)
        return self.run_one(plan, service(overrides=(Overrides(1, **values),)))[1]

    def test_typed_figures_replace_their_step(self):
        self.assertEqual(self._typed().paid, 52)
        self.assertEqual(self._typed(allowed=60).paid, 36)
        self.assertEqual(self._typed(allowed=60).write_off, 40)
        self.assertEqual(self._typed(copay=15).paid, 44)
        self.assertEqual(self._typed(deductible=0).paid, 60)
        self.assertEqual(self._typed(deductible=25).deductible, 25)
        self.assertEqual(self._typed(percent=100).paid, 65)
        self.assertEqual(self._typed(write_off=5).write_off, 5)

    def test_a_typed_total_changes_no_other_step(self):
        got = self._typed(total=7)
        self.assertEqual((got.paid, got.base, got.deductible, got.write_off), (7, 52, 10, 20))

    def test_a_typed_estimate_before_limits_meets_the_limits(self):
        plan = coverage(maximum(40))
        typed = Overrides(1, before_limits=Decimal(60))
        self.assertEqual(self.run_one(plan, service(overrides=(typed,)))[1].paid, 40)

    def test_a_typed_payment_of_others_coordinates(self):
        plans = (coverage(pays(50)), coverage(FULL, order=2, cob="standard"))
        typed = Overrides(2, paid_other=Decimal(70))
        line = self.run_engine(plans, service(overrides=(typed,))).lines[0]
        self.assertEqual(line.plans[1].paid, 30)

    def test_a_received_line_is_a_fact(self):
        plan = coverage(FULL, deductible(50), maximum(100), **self.PPO)
        answer = Received(1, Decimal(40), Decimal(15), Decimal(45))
        result = self.run_engine(plan, service(received=(answer,)), service(ref="b"))
        first, second = (line.plans[0] for line in result.lines)
        self.assertEqual((first.paid, first.write_off, first.deductible), (40, 15, 45))
        self.assertEqual((second.paid, second.deductible), (60, 5))

    def test_a_received_line_does_not_limit_itself(self):
        plan = coverage(FULL, frequency(1, "calendar_year", "D2391"))
        answer = Received(1, Decimal(40))
        result = self.run_engine(plan, service(received=(answer,)), service(ref="b"))
        met = [line.plans[0].frequency_met for line in result.lines]
        self.assertEqual(met, [False, True])

    def test_a_denied_line_limits_nothing(self):
        plan = coverage(FULL, frequency(1, "calendar_year", "D2391"))
        answer = Received(1, Decimal(0))
        result = self.run_engine(plan, service(received=(answer,)), service(ref="b"))
        self.assert_paid(result, 0, 100)

    def test_what_is_paid_counts_before_what_is_estimated(self):
        plan = coverage(FULL, maximum(100))
        answer = Received(1, Decimal(80))
        result = self.run_engine(plan, service(), service(ref="b", received=(answer,)))
        self.assert_paid(result, 20, 80)

    def test_more_than_the_fee_is_shown_as_overpaid(self):
        answer = Received(1, Decimal(130))
        line, _got = self.run_one(coverage(FULL), service(received=(answer,)))
        self.assertEqual((line.patient, line.overpaid), (0, 30))
