# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The planner against every day and every order of small random plans with limits of all kinds."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations, product

from hypothesis import given
from hypothesis import strategies as st

from ..benefits import Limits, Patient, Request, estimate, plan_dates
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
from .test_benefits_properties import examples

# Small plans whose limits all fall into a few weeks: every day and every order can be tried.
START = date(2026, 12, 20)
DAYS = [START + timedelta(number) for number in range(30)]
BIRTH = date(2000, 1, 5)
CODES = ("D1110", "D2391", "D2740")


def some_rules():
    amounts = st.sampled_from((0, 40, 50, 100, 300)).map(Decimal)
    percents = st.sampled_from((0, 50, 80, 100))
    return st.builds(
        lambda rows, extra: (*rows, *extra),
        st.tuples(
            st.builds(pays, percents),
            st.builds(pays, percents, st.just("Crowns")),
            st.builds(deductible, amounts),
            st.builds(maximum, st.sampled_from((100, 300, 500, 1000))),
        ),
        st.lists(
            st.one_of(
                st.builds(
                    lambda days, code: benefit("waiting", code, quantity=days, period="days"),
                    st.integers(1, 40),
                    st.sampled_from(CODES),
                ),
                st.builds(
                    lambda days, code: frequency(days, "days", code),
                    st.integers(3, 25),
                    st.sampled_from(CODES),
                ),
                st.builds(lambda code: frequency(1, "calendar_year", code), st.sampled_from(CODES)),
                st.just(benefit("age", "D2391", min_age=27)),
                st.just(maximum(200, "D2740", counts_toward_general=True)),
                st.just(benefit("same_day", "D2391", other_codes=frozenset(("D1110",)))),
            ),
            max_size=2,
        ),
    )


small_requests = st.builds(
    lambda rules, second, codes, fees, past: Request(
        tuple(
            coverage(*rows, order=number, starts=starts, cob="standard", renewal_month=number)
            for number, (rows, starts) in enumerate(
                ((rules, date(2026, 12, 1)), *([second] if second else [])), 1
            )
        ),
        tuple(
            service(code, fee, ref=number, date=None)
            for number, (code, fee) in enumerate(zip(codes, fees, strict=False))
        ),
        (used(codes[0], 60, START - timedelta(past)),),
        Patient(BIRTH),
        as_of=START,
    ),
    some_rules(),
    st.none() | st.tuples(some_rules(), st.sampled_from((date(2026, 1, 1), date(2027, 1, 10)))),
    st.lists(st.sampled_from(CODES), min_size=1, max_size=2),
    st.tuples(*[st.sampled_from((60, 100, 250, 800))] * 2),
    st.integers(1, 20),
)


def brute_force(request):
    """The least that the patient can pay, on any day and in any order."""
    best = None
    for days in product(DAYS, repeat=len(request.procedures)):
        dated = [replace(p, date=d) for p, d in zip(request.procedures, days, strict=True)]
        for order in permutations(dated):
            if list(order) == sorted(order, key=lambda one: one.date):
                cost = estimate(replace(request, procedures=order)).patient
                best = cost if best is None else min(best, cost)
    return best


class TestAgainstBruteForce(BenefitsCase):
    @examples(40)
    @given(small_requests)
    def test_nothing_cheaper_exists(self, request):
        latest = {one.ref: DAYS[-1] for one in request.procedures}
        schedule = plan_dates(request, Limits(latest, {}))
        self.assertTrue(schedule.proven)
        self.assertEqual(schedule.then, brute_force(request))
        self.assertGreaterEqual(schedule.saved, 0)


class TestDaysOfOneService(BenefitsCase):
    """Limits that begin or end on a day of their own, not with the benefit year."""

    def _days(self, plan, *services, patient=None, latest=None):
        services = tuple(replace(one, date=None) for one in services)
        request = Request((plan,), services, (), patient or Patient(), as_of=date(2026, 11, 25))
        schedule = plan_dates(request, Limits(latest or {}, {}))
        self.assertTrue(schedule.proven)
        return {one.ref: (one.day, one.reasons) for one in schedule.advices}

    def test_a_birthday(self):
        plan = coverage(pays(100), benefit("age", min_age=14))
        for birth, day in (
            (date(2013, 2, 28), date(2027, 2, 28)),
            (date(2012, 2, 29), date(2026, 11, 25)),
        ):
            with self.subTest(birth):
                found = self._days(plan, service(fee=100, ref="a"), patient=Patient(birth))
                self.assertEqual(found["a"][0], day)

    def test_born_on_a_leap_day(self):
        plan = coverage(pays(100), benefit("age", min_age=15))
        found = self._days(plan, service(fee=100, ref="a"), patient=Patient(date(2012, 2, 29)))
        self.assertEqual(found["a"], (date(2027, 3, 1), ("age",)))

    def test_the_second_one_counts_from_the_first_wherever_that_is_put(self):
        plan = coverage(
            pays(100),
            frequency(6, "months", "D1110"),
            benefit("waiting", "D1110", quantity=2, period="months"),
            starts=date(2026, 11, 1),
        )
        found = self._days(plan, service("D1110", 90, ref="a"), service("D1110", 91, ref="b"))
        self.assertEqual(
            sorted(found.values()),
            [(date(2027, 1, 1), ("new_year", "waiting")), (date(2027, 7, 2), ("frequency",))],
        )

    def test_two_that_are_not_paid_on_one_day(self):
        exclusive = {"other_codes": frozenset(("D1110", "D2391"))}
        plan = coverage(
            pays(100),
            benefit("same_day", "D1110", **exclusive),
            benefit("same_day", "D2391", **exclusive),
        )
        found = self._days(plan, service("D1110", 60, ref="a"), service(fee=100, ref="b"))
        self.assertEqual(
            sorted(found.values()),
            [(date(2026, 11, 25), ()), (date(2026, 11, 26), ("same_day",))],
        )
