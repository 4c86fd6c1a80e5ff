# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations, product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..benefits import Coverage, Limits, Patient, Plan, Request, breakpoints, estimate, plan_dates
from .benefits_common import (
    BenefitsCase,
    benefit,
    deductible,
    frequency,
    maximum,
    pays,
    service,
    used,
)

TODAY = date(2026, 11, 2)
NEXT_YEAR = date(2027, 1, 1)


def planned(code, fee, ref):
    return replace(service(code, fee, ref=ref), date=None, planned=True)


def request(rows, services, history=(), **coverage):
    cover = Coverage(1, 1, Plan("percentage", tuple(rows)), **coverage)
    return Request((cover,), tuple(services), tuple(history), Patient(date(1990, 1, 1)), TODAY)


def brute_force(asked, limits):
    """The least the patient can pay, by every order on every day of the calendar that matters."""
    days = list(breakpoints(asked, limits.horizon))
    best = None
    for order in permutations(asked.procedures):
        for chosen in product(days, repeat=len(order)):
            if list(chosen) != sorted(chosen) or not lawful(order, chosen, limits):
                continue
            way = tuple(replace(one, date=day) for one, day in zip(order, chosen, strict=True))
            cost = estimate(replace(asked, procedures=way)).patient
            best = cost if best is None else min(best, cost)
    return best


def lawful(order, days, limits):
    seen = set()
    for one, day in zip(order, days, strict=True):
        if day > limits.latest.get(one.ref, day) or limits.after.get(one.ref, set()) - seen:
            return False
        seen.add(one.ref)
    return True


rows = st.lists(
    st.one_of(
        st.sampled_from([50, 80, 100]).map(pays),
        st.sampled_from([0, 50]).map(lambda n: pays(n, "Crowns")),
        st.sampled_from([50, 100]).map(lambda n: deductible(Decimal(n))),
        st.sampled_from([300, 800, 1500]).map(lambda n: maximum(Decimal(n))),
        st.sampled_from([6, 12]).map(
            lambda n: benefit("waiting", "Crowns", quantity=n, period="months")
        ),
        st.just(frequency(1, "calendar_year", ("D2391",))),
    ),
    min_size=1,
    max_size=4,
)
bills = st.lists(
    st.tuples(st.sampled_from(["D2391", "D2740", "D1110"]), st.sampled_from([100, 600, 1200])),
    min_size=1,
    max_size=3,
)
latest = st.sampled_from([None, TODAY + timedelta(days=20), NEXT_YEAR])


class TestPlanner(BenefitsCase):
    """Dates and order that cost the patient least, and only within what the treatment allows."""

    @settings(
        max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(rows, bills, latest, st.booleans(), st.sampled_from([0, 500]))
    def test_no_other_way_is_cheaper(self, benefits, bill, until, chained, spent):
        services = [planned(code, fee, f"s{number}") for number, (code, fee) in enumerate(bill)]
        limits = Limits(
            {"s0": until} if until else {},
            {"s1": {"s0"}} if chained and len(bill) > 1 else {},
            14,
        )
        history = [used("D1110", Decimal(spent), TODAY - timedelta(days=60))] if spent else []
        asked = request(benefits, services, history, starts=date(2026, 6, 1))
        found = plan_dates(asked, limits)
        self.assertTrue(found.proven)
        self.assertEqual(found.then, brute_force(asked, limits))
        self.assertLessEqual(found.then, found.now)
        days = {one.ref: one.day for one in found.advices}
        self.assertLessEqual(days["s0"], until or days["s0"])
        if limits.after:
            self.assertLessEqual(days["s0"], days["s1"])

    def test_two_crowns_are_split_across_the_year_end(self):
        asked = request(
            [pays(50), maximum(Decimal(600))],
            [planned("D2740", 1200, "one"), planned("D2740", 1200, "two")],
        )
        found = plan_dates(asked)
        self.assertEqual((found.now, found.then, found.saved), (1800, 1200, 600))
        self.assertEqual(sorted(one.day for one in found.advices), [TODAY, NEXT_YEAR])
        later = max(found.advices, key=lambda one: one.day)
        self.assertEqual(later.reasons, ("new_year",))

    def test_a_waiting_period_is_waited_for(self):
        asked = request(
            [pays(50), benefit("waiting", "Crowns", quantity=12, period="months")],
            [planned("D2740", 1000, "crown")],
            starts=date(2026, 2, 15),
        )
        (advice,) = plan_dates(asked).advices
        self.assertEqual((advice.day, advice.reasons), (date(2027, 2, 15), ("waiting",)))
        self.assertEqual((advice.patient_now, advice.patient_then), (1000, 500))

    def test_a_frequency_is_waited_for(self):
        asked = request(
            [pays(100), frequency(6, "months", ("D1110",))],
            [planned("D1110", 100, "cleaning")],
            [used("D1110", 100, date(2026, 8, 10))],
        )
        (advice,) = plan_dates(asked).advices
        self.assertEqual((advice.day, advice.reasons), (date(2027, 2, 11), ("frequency",)))
        self.assertEqual(advice.patient_then, 0)

    def test_what_cannot_wait_does_not(self):
        asked = request(
            [pays(50), maximum(Decimal(600))],
            [planned("D2740", 1200, "one"), planned("D2740", 1200, "two")],
        )
        soon = TODAY + timedelta(days=14)
        found = plan_dates(asked, Limits({"one": soon, "two": soon}, {}))
        self.assertEqual(found.saved, 0)
        self.assertEqual({one.day for one in found.advices}, {TODAY})

    def test_the_deductible_goes_where_it_costs_least(self):
        """On the service that is paid at half rather than on the one paid in full."""
        asked = request(
            [pays(100), pays(50, "Crowns"), deductible(Decimal(100))],
            [planned("D2391", 500, "filling"), planned("D2740", 500, "crown")],
        )
        found = plan_dates(asked)
        self.assertEqual((found.now, found.then), (350, 300))
        self.assertEqual([one.ref for one in found.advices], ["crown", "filling"])

    def test_nothing_to_gain_is_done_now(self):
        found = plan_dates(request([pays(80)], [planned("D2391", 100, "filling")]))
        self.assertEqual((found.advices[0].day, found.saved), (TODAY, 0))

    def test_many_services_are_improved_though_not_proven(self):
        services = [planned("D2740", 1200, f"s{number}") for number in range(8)]
        found = plan_dates(request([pays(50), maximum(Decimal(1200))], services))
        self.assertFalse(found.proven)
        self.assertEqual(found.saved, 2400, "two new years lie within fourteen months")

    def test_days_that_matter(self):
        asked = request(
            [pays(50)], [planned("D2391", 100, 1)], starts=date(2026, 1, 1), ends=date(2027, 3, 31)
        )
        self.assertEqual(
            breakpoints(asked),
            {
                TODAY: (),
                NEXT_YEAR: ("new_year",),
                date(2027, 4, 1): ("cover_ends",),
                date(2028, 1, 1): ("new_year",),
            },
        )
