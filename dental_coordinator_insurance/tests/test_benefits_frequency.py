# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Frequency limits: what counts, in which window, in which place, and when it frees."""

from datetime import date, timedelta

from ..benefits import Area
from ..benefits.dates import add_months
from .benefits_common import DAY, BenefitsCase, coverage, frequency, pays, service, used

FULL = pays(100)
CLEANING = "D1110"


class TestFrequency(BenefitsCase):
    def _met(self, row, *past, given=None, renewal=1, own=()):
        plan = coverage(FULL, row, *own, renewal_month=renewal)
        history = [p if hasattr(p, "paid") else used(CLEANING, 80, p) for p in past]
        _line, got = self.run_one(plan, given or service(CLEANING), history=history)
        self.assertEqual(got.paid == 0, got.frequency_met)
        return got

    def _check(self, row, cases, **values):
        for past, met, free_on in cases:
            with self.subTest(past=past):
                past = past if isinstance(past, tuple) else (past,)
                got = self._met(row, *past, **values)
                self.assertEqual((got.frequency_met, got.free_on), (met, free_on))

    def test_a_number_each_calendar_year(self):
        new_year = date(2025, 1, 1)
        self._check(
            frequency(2, "calendar_year", CLEANING),
            (
                ((), False, None),
                (date(2024, 1, 1), False, None),
                ((date(2024, 1, 1), date(2024, 3, 10)), True, new_year),
                ((date(2023, 12, 31), date(2024, 3, 10)), False, None),
                ((date(2024, 3, 10), date(2024, 12, 31)), True, new_year),
            ),
        )

    def test_a_number_each_benefit_year(self):
        row = frequency(1, "benefit_year", CLEANING)
        self._check(
            row,
            (
                (date(2024, 4, 1), True, date(2025, 4, 1)),
                (date(2024, 3, 31), False, None),
            ),
            renewal=4,
        )
        given = service(CLEANING, date=date(2025, 3, 31))
        self.assertTrue(self._met(row, date(2024, 4, 1), given=given, renewal=4).frequency_met)

    def test_a_number_in_the_last_twelve_months_without_the_day_a_year_ago(self):
        self._check(
            frequency(1, "last_12_months", CLEANING),
            (
                (date(2023, 6, 14), False, None),
                (date(2023, 6, 15), True, date(2024, 6, 15)),
                (DAY, True, date(2025, 6, 14)),
                (DAY + timedelta(1), False, None),
            ),
        )
        self._check(
            frequency(2, "last_12_months", CLEANING),
            (((date(2023, 7, 1), date(2023, 9, 1), date(2024, 2, 1)), True, date(2024, 9, 1)),),
        )

    def test_one_in_months_or_years_through_the_anniversary(self):
        self._check(
            frequency(6, "months", CLEANING),
            (
                (date(2023, 12, 14), True, date(2024, 6, 15)),
                (date(2023, 12, 13), False, None),
                ((date(2022, 1, 1), date(2024, 2, 1)), True, date(2024, 8, 2)),
            ),
        )
        self._check(
            frequency(5, "years", CLEANING),
            ((date(2019, 6, 14), True, date(2024, 6, 15)), (date(2019, 6, 13), False, None)),
        )

    def test_a_number_in_some_months_frees_with_the_oldest_that_counts(self):
        self._check(
            frequency(36, "months", CLEANING, count=2),
            (
                (date(2024, 1, 1), False, None),
                ((date(2021, 6, 13), date(2024, 1, 1)), False, None),
                ((date(2021, 6, 14), date(2024, 1, 1)), True, date(2024, 6, 15)),
                (
                    (date(2021, 7, 1), date(2022, 3, 1), date(2024, 1, 1)),
                    True,
                    date(2025, 3, 2),
                ),
            ),
        )

    def test_days_are_counted(self):
        self._check(
            frequency(180, "days", CLEANING),
            (
                (DAY - timedelta(180), True, DAY + timedelta(1)),
                (DAY - timedelta(181), False, None),
            ),
        )

    def test_the_end_of_a_month_is_clamped(self):
        for past, day, met in (
            (date(2019, 2, 28), date(2019, 3, 28), True),
            (date(2019, 2, 28), date(2019, 3, 29), False),
            (date(2024, 1, 31), date(2024, 2, 29), True),
            (date(2024, 1, 29), date(2024, 2, 29), True),
            (date(2024, 1, 28), date(2024, 2, 29), False),
        ):
            got = self._met(
                frequency(1, "months", CLEANING), past, given=service(CLEANING, date=day)
            )
            self.assertEqual(got.frequency_met, met)

    def test_once_in_a_lifetime(self):
        row = frequency(1, "lifetime", CLEANING)
        self._check(row, ((date(1999, 1, 1), True, None), ((), False, None)))

    def test_the_day_it_frees_is_the_first_one_that_is_covered(self):
        """Checked day by day for every form of limit, over a leap day."""
        for row in (
            frequency(1, "months", CLEANING),
            frequency(1, "years", CLEANING),
            frequency(30, "days", CLEANING),
            frequency(1, "last_12_months", CLEANING),
            frequency(1, "calendar_year", CLEANING),
            frequency(1, "benefit_year", CLEANING),
        ):
            for past in (date(2024, 2, 29), date(2023, 2, 28), date(2023, 12, 31)):
                free_on = self._met(
                    row, past, given=service(CLEANING, date=past), renewal=3
                ).free_on
                for day, met in ((free_on - timedelta(1), True), (free_on, False)):
                    got = self._met(row, past, given=service(CLEANING, date=day), renewal=3)
                    self.assertEqual(got.frequency_met, met, (row.period, past, day))

    def test_what_counts(self):
        row = frequency(1, "calendar_year", CLEANING)
        for past, met in (
            (used(CLEANING, 80), True),
            (used(CLEANING, estimated=80, status="pending"), True),
            (used(CLEANING, status="elsewhere"), True),
            (used(CLEANING, 0), False),
            (used(CLEANING, estimated=0, status="pending"), False),
            (used(CLEANING, 80, do_not_bill=True), False),
            (used(CLEANING, 80, own=False), False),
            (used(CLEANING, 80, status="precert"), False),
            (used(paid=80, status="adjustment"), False),
            (used(CLEANING, 80, coverage=2), False),
            (used("D1120", 80), False),
        ):
            plans = (coverage(FULL, row), coverage(FULL, order=2, cob="standard"))
            _line, got = self.run_one(plans, service(CLEANING), history=[past])
            self.assertEqual(got.frequency_met, met, past)

    def test_a_service_counts_once_however_often_it_was_paid(self):
        row = frequency(2, "calendar_year", CLEANING)
        paid_twice = [used(CLEANING, 50, service="s"), used(CLEANING, 30, service="s")]
        self.assertFalse(self._met(row, *paid_twice).frequency_met)
        over_two_years = [
            used(CLEANING, 50, date(2024, 1, 5), service="s"),
            used(CLEANING, 30, date(2023, 12, 30), service="s"),
        ]
        self.assertFalse(
            self._met(frequency(1, "calendar_year", CLEANING), *over_two_years).frequency_met
        )
        not_billed = [used(CLEANING, 50, service="s", do_not_bill=flag) for flag in (True, False)]
        self.assertFalse(
            self._met(frequency(1, "calendar_year", CLEANING), *not_billed).frequency_met
        )
        noted_twice = [
            used(CLEANING, status="elsewhere", service="s"),
            used(CLEANING, 0, service="s"),
        ]
        self.assertTrue(
            self._met(frequency(1, "calendar_year", CLEANING), *noted_twice).frequency_met
        )
        taken_back = [used(CLEANING, 50, service="s"), used(CLEANING, -50, service="s")]
        once = frequency(1, "calendar_year", CLEANING)
        self.assertFalse(self._met(once, *taken_back).frequency_met)
        self.assertTrue(self._met(once, *paid_twice).frequency_met)

    def test_a_service_never_counts_against_itself(self):
        row = frequency(1, "calendar_year", CLEANING)
        pending = used(CLEANING, estimated=80, status="pending", service="mine")
        given = service(CLEANING, ref="mine")
        self.assertFalse(self._met(row, pending, given=given).frequency_met)

    def test_earlier_services_of_the_visit_count_if_they_are_paid(self):
        rows = (FULL, pays(0, "D1120"), frequency(2, "calendar_year", [CLEANING, "D1120"]))
        services = [service(CLEANING, ref=n) for n in (1, 2, 3)]
        result = self.run_engine(coverage(*rows), service("D1120"), *services)
        self.assert_paid(result, 0, 100, 100, 0)

    def test_groups_share_the_count_and_the_strictest_limit_wins(self):
        rows = (
            FULL,
            frequency(1, "calendar_year", CLEANING),
            frequency(3, "calendar_year", [CLEANING, "D1120", "D4910"]),
        )
        codes = (CLEANING, CLEANING, "D1120", "D1120", "D1120")
        services = [service(code, ref=n) for n, code in enumerate(codes)]
        result = self.run_engine(coverage(*rows), *services)
        self.assert_paid(result, 100, 0, 100, 100, 0)

    def test_of_two_limits_the_one_that_stops_longer_is_named(self):
        year, months = frequency(1, "calendar_year", CLEANING), frequency(12, "months", CLEANING)
        for rows in ((year, months), (months, year)):
            got = self._met(rows[0], DAY, own=rows[1:])
            self.assertEqual(got.free_on, date(2025, 6, 15))
        once = frequency(1, "lifetime", CLEANING)
        self.assertIsNone(self._met(year, DAY, own=(once,)).free_on)

    def test_limits_of_the_patient_replace_the_plans(self):
        plan_row = frequency(1, "calendar_year", CLEANING)
        own = frequency(3, "calendar_year", CLEANING, patient_level=True)
        past = (date(2024, 1, 1), date(2024, 2, 1))
        self.assertFalse(self._met(plan_row, *past, own=(own,)).frequency_met)
        self.assertTrue(self._met(plan_row, *past).frequency_met)

    def test_a_limit_per_tooth_knows_the_tooth_only(self):
        row = frequency(5, "years", "D2391", area="tooth")
        for past, met in ((Area("29", "M"), True), (Area("30", "O"), False)):
            got = self._met(
                row,
                used("D2391", 80, area=past),
                given=service("D2391", area=Area("29", "O")),
            )
            self.assertEqual(got.frequency_met, met)

    def test_without_a_stated_place_the_same_place_counts(self):
        row = frequency(1, "calendar_year", "D4341")
        for past, met in (("UL", True), ("UR", False)):
            got = self._met(
                row,
                used("D4341", 80, area=Area(text=past, is_region=True)),
                given=service(
                    "D4341", area=Area(text="UL", is_region=True), categories=("general",)
                ),
            )
            self.assertEqual(got.frequency_met, met)

    def test_a_limit_per_mouth_counts_all_teeth(self):
        row = frequency(2, "calendar_year", ["D2391", "D2392"], area="mouth")
        past = (used("D2391", 1, area=Area("1")), used("D2392", 1, area=Area("2")))
        got = self._met(row, *past, given=service("D2391", area=Area("3")))
        self.assertTrue(got.frequency_met)

    def test_met_spares_the_deductible_and_keeps_the_write_off(self):
        row = frequency(1, "calendar_year", CLEANING)
        plan = coverage(FULL, row, kind="ppo", allowed={CLEANING: 80})
        line, got = self.run_one(plan, service(CLEANING), history=[used(CLEANING, 1)])
        self.assertEqual((got.paid, got.deductible, got.write_off, line.patient), (0, 0, 20, 80))

    def test_zero_is_never_and_zero_months_is_no_limit(self):
        self.assertTrue(self._met(frequency(0, "calendar_year", CLEANING)).frequency_met)
        self.assertFalse(self._met(frequency(0, "months", CLEANING), DAY).frequency_met)

    def test_months_agree_with_the_calendar(self):
        for months in range(1, 40):
            edge = add_months(DAY, -months)
            got = self._met(frequency(months, "months", CLEANING), edge)
            self.assertEqual(got.frequency_met, add_months(edge, months) >= DAY)
