# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Deductibles: which one, how much is left, who takes it first."""

from datetime import date

from ..benefits import deductible_left
from .benefits_common import (
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
LAST_YEAR = date(2023, 12, 31)


class TestDeductible(BenefitsCase):
    def _taken(self, rows, *services, history=(), expected=(), **values):
        result = self.run_engine(coverage(*rows, **values), *services, history=history)
        self.assert_deductibles(result, *expected)
        return result

    def test_before_the_percentage_and_up_to_the_allowed_amount(self):
        result = self._taken(
            (pays(80), deductible(120)), service(fee=90), service(ref="b"), expected=(90, 30)
        )
        self.assert_paid(result, 0, 56)

    def test_not_for_each_unit(self):
        self._taken((FULL, deductible(50)), service(quantity=3), expected=(50,))

    def test_the_most_specific_starts_and_zero_waives(self):
        rows = (FULL, deductible(50), deductible(0, "Preventive"), deductible(25, "D2391"))
        self._taken(rows, service("D1110"), service(), expected=(0, 25))

    def test_specific_amounts_count_to_the_general_one_and_are_capped_by_it(self):
        rows = (FULL, deductible(50), deductible(45, "D0330"), deductible(25, "D0220"))
        self._taken(rows, service("D0330"), service("D0220"), service(), expected=(45, 5, 0))

    def test_a_general_amount_of_zero_does_not_cap_a_specific_one(self):
        self._taken((FULL, deductible(0), deductible(30, "D2391")), service(), expected=(30,))

    def test_a_code_counts_to_its_group_and_a_group_to_its_category(self):
        rows = (FULL, deductible(100, "D0220"), deductible(100, ["D0220", "D1110"]))
        self._taken(rows, service("D0220", 70), service("D1110"), expected=(70, 30))
        rows = (FULL, deductible(70, ["D2391"]), deductible(100, "Restorative"))
        self._taken(rows, service(), service("D2140"), expected=(70, 30))

    def test_none_on_what_is_not_covered(self):
        rows = (
            pays(80),
            pays(0, "D2140"),
            deductible(50),
            benefit("exclusion", "D2150"),
            frequency(1, "calendar_year", "D2160"),
            benefit("waiting", "D2161", quantity=12, period="months"),
        )
        covered = [service(code) for code in ("D2140", "D2150", "D2160", "D2161", "D2391")]
        self._taken(
            rows,
            *covered,
            history=[used("D2160", 1)],
            expected=(0, 0, 0, 0, 50),
            starts=date(2024, 6, 1),
        )

    def test_history_of_this_benefit_year_counts_paid_or_open(self):
        for row, expected in (
            (used("D1110", 10, deductible=30), 20),
            (used("D1110", estimated=10, deductible=30, status="pending"), 20),
            (used(deductible=30, status="adjustment"), 20),
            (used("D1110", 10, LAST_YEAR, deductible=30), 50),
            (used("D1110", 10, deductible=30, own=False), 50),
            (used("D1110", deductible=30, status="elsewhere"), 50),
            (used("D1110", deductible=30, status="precert"), 50),
        ):
            with self.subTest(row.status):
                self._taken((FULL, deductible(50)), service(), history=[row], expected=(expected,))

    def test_a_lifetime_deductible_is_met_once(self):
        rows = (FULL, deductible(50, period="lifetime"))
        history = [used("D1110", 10, LAST_YEAR, deductible=50)]
        self._taken(rows, service(), history=history, expected=(0,))

    def test_unattached_use_meets_a_specific_one_only_if_there_is_no_general_one(self):
        history = [used(deductible=30, status="adjustment")]
        crowns = deductible(50, "Crowns")
        self._taken((FULL, crowns), service("D2740"), history=history, expected=(20,))
        rows = (FULL, crowns, deductible(200))
        self._taken(rows, service("D2740"), history=history, expected=(50,))

    def test_a_family_deductible_caps_and_never_creates(self):
        family = deductible(150, level="family")
        history = [used("D2740", 1, deductible=125, own=False)]
        self._taken((FULL, family), service(), history=history, expected=(0,))
        self._taken((FULL, deductible(75), family), service(), history=history, expected=(25,))

    def test_own_use_counts_to_the_family(self):
        rows = (FULL, deductible(50), deductible(60, level="family"))
        history = [used("D2740", 1, deductible=45, own=False)]
        self._taken(rows, service(fee=10), service(ref="b"), history=history, expected=(10, 5))

    def test_each_plan_takes_its_own(self):
        plans = (
            coverage(pays(80), deductible(100)),
            coverage(pays(70), deductible(100), order=2, cob="basic"),
        )
        result = self.run_engine(plans, service(fee=90), service(fee=90, ref="b"))
        taken = [[plan.deductible for plan in line.plans] for line in result.lines]
        self.assertEqual(taken, [[90, 90], [10, 10]])

    def test_an_unknown_deductible_is_named_and_a_known_none_is_not(self):
        for rows, expected in (
            ((FULL,), True),
            ((FULL, deductible(None)), True),
            ((FULL, deductible(0)), False),
            ((FULL, benefit("deductible", unlimited=True)), False),
        ):
            line, _plan = self.run_one(coverage(*rows))
            named = "unknown_deductible" in [step.rule for step in line.unknowns]
            self.assertEqual(named, expected)

    def test_what_is_left_for_the_grid(self):
        rows = (deductible(75), deductible(150, level="family"))
        plan = coverage(*rows)
        history = [used("D2750", 304, deductible=125, own=False), used("D1110", 5, deductible=60)]
        day = date(2024, 6, 14)
        self.assertEqual(deductible_left(plan, history, day), 0)
        self.assertEqual(deductible_left(plan, history, day, family=False), 15)
        self.assertEqual(deductible_left(plan, history[:1], day), 25)
        crowns = coverage(deductible(5, "Crowns"), maximum(3), *rows)
        self.assertEqual(deductible_left(crowns, history[:1], day), 25)
        self.assertEqual(deductible_left(coverage(rows[1]), history, day), 0)
        self.assertEqual(deductible_left(coverage(rows[1]), history, day, family=False), 0)
