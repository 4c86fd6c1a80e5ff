# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Maximums: purses of their own, family, lifetime, rollover, and the remaining grid."""

from datetime import date
from decimal import Decimal

from ..benefits import Rollover, remaining
from .benefits_common import DAY, BenefitsCase, coverage, deductible, maximum, pays, service, used

FULL = pays(100)
ORTHO = pays(100, "Orthodontics")


class TestMaximum(BenefitsCase):
    def _paid(self, rows, *services, history=(), expected=(), **values):
        result = self.run_engine(coverage(*rows, **values), *services, history=history)
        self.assert_paid(result, *expected)
        return result

    def test_reduces_to_what_is_left_then_to_nothing(self):
        lines = self._paid(
            (pays(80), maximum(100)),
            service(),
            service(ref="b"),
            service(ref="c"),
            expected=(80, 20, 0),
        ).lines
        self.assertEqual([line.plans[0].max_exhausted for line in lines], [False, False, True])
        self.assertEqual(lines[1].plans[0].limits, ("maximum_individual",))

    def test_after_deductible_and_percentage(self):
        rows = (pays(80), deductible(50), maximum(60))
        self._paid(rows, service(fee=150), expected=(60,))

    def test_used_is_paid_pending_and_noted_by_hand_in_this_year(self):
        history = (
            used("D2740", 30),
            used("D2740", estimated=20, status="pending"),
            used(paid=10, status="adjustment"),
            used("D2740", 500, status="elsewhere"),
            used("D2740", 500, date(2023, 12, 31)),
            used("D2740", 500, status="precert"),
            used("D2740", 500, own=False),
        )
        self._paid((FULL, maximum(100)), service(), history=history, expected=(40,))

    def test_the_year_is_that_of_the_service(self):
        history = [used("D2740", 80, date(2024, 3, 31))]
        rows = (FULL, maximum(100))
        for day, renewal, expected in (
            (date(2024, 6, 14), 1, 20),
            (date(2024, 6, 14), 4, 100),
            (date(2024, 3, 1), 4, 20),
            (date(2025, 1, 1), 1, 100),
        ):
            self._paid(
                rows,
                service(date=day),
                history=history,
                expected=(expected,),
                renewal_month=renewal,
            )

    def test_planned_work_of_next_year_uses_next_years_maximum(self):
        services = (service(), service(ref="b", date=date(2025, 1, 2)), service(ref="c"))
        self._paid((FULL, maximum(150)), *services, expected=(100, 100, 50))

    def test_a_narrower_maximum_is_a_purse_of_its_own(self):
        rows = (FULL, maximum(50), maximum(70, "D2391"))
        self._paid(rows, service(), service("D2140"), expected=(70, 50))

    def test_unless_it_counts_towards_the_general_one(self):
        rows = (FULL, maximum(100), maximum(70, "D2391", counts_toward_general=True))
        self._paid(rows, service(), service("D2140"), expected=(70, 30))
        self._paid(rows, service("D2140", 60), service(), expected=(60, 40))
        rows = (*rows, maximum(10, "Restorative"))
        self._paid(rows, service(), expected=(70,))

    def test_one_of_two_rows_of_a_scope_that_counts_is_enough(self):
        rows = (
            FULL,
            maximum(50),
            maximum(90, "D2391", counts_toward_general=True),
            maximum(80, "D2391", period="lifetime"),
        )
        self._paid(rows, service(), expected=(50,))

    def test_what_does_not_count_has_an_unlimited_purse(self):
        rows = (FULL, maximum(100), maximum(None, "Preventive", unlimited=True))
        services = (service("D1110"), service(), service("D2140"))
        self._paid(rows, *services, expected=(100, 100, 0))

    def test_a_group_maximum_is_shared_by_its_codes_only(self):
        rows = (FULL, maximum(120, ["D2391", "D2140"]))
        services = (service(), service("D2140"), service("D2740"))
        self._paid(rows, *services, expected=(100, 20, 100))

    def test_a_row_given_twice_is_one_purse(self):
        row = maximum(150)
        self._paid((FULL, row, row), service(), service(ref="b"), expected=(100, 50))

    def test_the_family_maximum_stands_alone_or_beside(self):
        family = maximum(120, level="family")
        history = [used("D2740", 90, own=False)]
        self._paid((FULL, family), service(), history=history, expected=(30,))
        self._paid((FULL, maximum(20), family), service(), history=history, expected=(20,))
        result = self._paid((FULL, maximum(60), family), service(), history=history, expected=(30,))
        self.assertEqual(result.lines[0].plans[0].limits, ("maximum_individual", "maximum_family"))

    def test_orthodontics_and_the_general_maximum_do_not_touch(self):
        rows = (FULL, ORTHO, maximum(100), maximum(150, "Orthodontics", period="lifetime"))
        history = [used("D8090", 60, date(2020, 1, 1))]
        services = (service("D8090", 500), service())
        self._paid(rows, *services, history=history, expected=(90, 100))

    def test_a_yearly_and_a_lifetime_amount_of_one_scope_both_limit(self):
        rows = (FULL, maximum(100), maximum(130, period="lifetime"))
        history = [used("D2740", 60, date(2020, 1, 1))]
        self._paid(rows, service(), history=history, expected=(70,))

    def test_unattached_use_counts_to_the_general_maximum_only(self):
        rows = (FULL, maximum(100), maximum(100, "Crowns"))
        history = [used(paid=80, status="adjustment")]
        self._paid(rows, service("D2740"), service(), history=history, expected=(100, 20))

    def test_zero_is_zero_unlimited_is_unlimited_blank_is_unknown(self):
        for row, expected, named in (
            (maximum(0), 0, False),
            (maximum(None, unlimited=True), 100, False),
            (maximum(None), 100, True),
        ):
            result = self._paid((FULL, row), service(), expected=(expected,))
            rules = [step.rule for step in result.lines[0].unknowns]
            self.assertEqual("unknown_maximum" in rules, named)

    def test_a_rollover_helps_until_it_expires(self):
        rollover = Rollover(Decimal(50), date(2024, 1, 1), date(2024, 6, 30))
        values = {"rollovers": (rollover,), "expected": (70,)}
        self._paid((FULL, maximum(20)), service(), **values)
        for day, expected in ((date(2024, 1, 1), 70), (date(2024, 6, 30), 70)):
            given = service(date=day)
            self._paid((FULL, maximum(20)), given, **(values | {"expected": (expected,)}))
        rows = (FULL, maximum(20), maximum(30, "Restorative"))
        self._paid(rows, service(), **(values | {"expected": (30,)}))
        family = (FULL, maximum(25, level="family"))
        self._paid(family, service(), **(values | {"expected": (25,)}))
        values["expected"] = (20,)
        self._paid((FULL, maximum(20)), service(date=date(2024, 7, 1)), **values)

    def test_a_reversal_gives_back(self):
        history = [used("D2740", 80, service="s"), used("D2740", -80, service="s")]
        self._paid((FULL, maximum(100)), service(), history=history, expected=(100,))


class TestRemaining(BenefitsCase):
    def test_grid(self):
        plan = coverage(
            maximum(1000),
            maximum(2000, level="family"),
            maximum(500, "Crowns"),
            maximum(None),
            maximum(9, unlimited=True),
            deductible(50),
            maximum(1500, "Orthodontics", period="lifetime"),
            renewal_month=4,
        )
        history = (
            used("D2391", 100, deductible=20),
            used("D2391", estimated=40, status="pending"),
            used("D2740", 300),
            used("D2391", 60, own=False),
            used("D8090", 200, date(2019, 1, 1)),
            used("D2391", 999, coverage="another"),
        )
        rows = [
            (r.kind, r.level, r.scope, r.limit, r.used, r.pending, r.left, r.resets_on)
            for r in remaining(plan, history, DAY)
        ]
        renewal = date(2025, 4, 1)
        self.assertEqual(
            rows,
            [
                ("maximum", "individual", "general", 1000, 140, 40, 860, renewal),
                ("maximum", "family", "general", 2000, 500, 40, 1500, renewal),
                ("maximum", "individual", "Crowns", 500, 300, 0, 200, renewal),
                ("maximum", "individual", "general", None, 140, 40, None, renewal),
                ("maximum", "individual", "general", None, 140, 40, None, renewal),
                ("maximum", "individual", "Orthodontics", 1500, 200, 0, 1300, None),
                ("deductible", "individual", "general", 50, 20, 0, 30, renewal),
            ],
        )
