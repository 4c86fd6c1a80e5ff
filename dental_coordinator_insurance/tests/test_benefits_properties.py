# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What holds for every plan: over 10,000 random ones in each run.

Amounts are drawn in cents and percents in whole numbers, as plans state them.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..benefits import Coverage, Patient, Plan, Request, Settings, Substitution, estimate
from ..benefits.ledger import open_ledgers
from ..benefits.plan import PLAN_KINDS
from .benefits_common import (
    DAY,
    BenefitsCase,
    benefit,
    deductible,
    fees,
    frequency,
    maximum,
    pays,
    service,
    used,
)

CODES = ("D0120", "D0220", "D1110", "D2391", "D2740", "D8090")
SCOPES = (
    "general",
    "Diagnostic",
    "Restorative",
    "Crowns",
    "Orthodontics",
    "D2391",
    ("D0220", "D2740"),
)
LIMIT_SCOPES = (*CODES, ("D1110", "D0120"), ("D2391", "D2740"))
COB = ("basic", "standard", "carve_out", "maintenance", "none", "secondary_medicaid", "")
YEARS = ("benefit_year", "lifetime")
FLAGS = tuple(n for n, field in Settings.__dataclass_fields__.items() if field.type == "bool")

RANDOM = Random(20240614)


def some(*values):
    return RANDOM.choice(values)


def cent_amount(most):
    return Decimal(RANDOM.randint(0, most * 100)) / 100


def random_row():
    """One row of a benefit breakdown; rows of money are three times as frequent as limits."""
    scope = some(*SCOPES)
    where = {"level": some("individual", "individual", "family"), "period": some(*YEARS)}
    return some(
        lambda: pays(some(0, 10, 33, 50, 67, 80, 100), scope),
        lambda: pays(some(0, 10, 33, 50, 67, 80, 100), "general"),
        lambda: deductible(cent_amount(300), scope, **where),
        lambda: deductible(cent_amount(300)),
        lambda: maximum(cent_amount(2000), scope, counts_toward_general=some(True, False), **where),
        lambda: maximum(cent_amount(2000)),
        random_limit,
        random_limit,
    )()


def random_limit():
    scope = some(*LIMIT_SCOPES)
    counts = ("calendar_year", "last_12_months", "lifetime", "months", "years")
    return some(
        lambda: frequency(RANDOM.randint(1, 3), some(*counts), scope),
        lambda: benefit("age", some(*SCOPES), max_age=RANDOM.randint(5, 60)),
        lambda: benefit("waiting", scope, quantity=RANDOM.randint(0, 24), period="months"),
        lambda: benefit("exclusion", scope),
        lambda: benefit("copay", scope, amount=cent_amount(300)),
    )()


def random_schedule():
    codes = RANDOM.sample((*CODES, "D2140"), RANDOM.randint(0, 5))
    return some(None, fees({code: cent_amount(2000) for code in codes}))


def random_history():
    return used(
        some("", *CODES),
        cent_amount(1000),
        DAY - timedelta(RANDOM.randint(0, 800)),
        deductible=cent_amount(100),
        own=some(True, False),
    )


def pool(make, size):
    """A choice among many drawn once: far quicker than drawing each part of each."""
    return st.sampled_from([make() for _number in range(size)])


def plan_of(kind, rows, allowed, renewal=1, downgrade=False):
    rules = (Substitution("D2391", "D2140"),) if downgrade else ()
    return Plan(kind, tuple(rows), renewal, allowed=allowed, fees=allowed, substitutions=rules)


def services_of(rows):
    return tuple(
        service(code, fee, ref=number, quantity=quantity)
        for number, (code, fee, quantity) in enumerate(rows)
    )


cents = st.integers(0, 200_000).map(lambda n: Decimal(n) / 100)
small = st.integers(0, 30_000).map(lambda n: Decimal(n) / 100)
percents = st.sampled_from((0, 10, 33, 50, 67, 80, 100))
schedules = pool(random_schedule, 200)
plans = st.builds(
    plan_of,
    st.sampled_from((*PLAN_KINDS, "ppo", "percentage")),
    st.lists(pool(random_row, 1000), min_size=1, max_size=6),
    schedules,
    st.integers(1, 12),
    st.booleans(),
)
histories = st.lists(pool(random_history, 300), max_size=3)
bills = st.lists(
    pool(lambda: (some(*CODES), cent_amount(2000), some(1, 1, 2)), 1000), min_size=1, max_size=4
)
amounts_of_five = pool(lambda: [cent_amount(2000) for _code in CODES[:5]], 1000)
requests = st.builds(
    lambda chosen, rules, rows, history, flags: Request(
        tuple(
            Coverage(n, n, plan, rules[n - 1], starts=date(2024, 1, 1))
            for n, plan in enumerate(chosen, 1)
        ),
        services_of(rows),
        tuple(history),
        Patient(date(1994, 1, 1)),
        settings=Settings(**dict.fromkeys(flags, True)),
    ),
    st.lists(plans, min_size=1, max_size=3),
    pool(lambda: (some(*COB), some(*COB), some(*COB)), 200),
    bills,
    histories,
    pool(lambda: RANDOM.sample(FLAGS, RANDOM.randint(0, 2)), 50),
)


def examples(number):
    return settings(
        max_examples=number,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )


class TestEveryEstimate(BenefitsCase):
    @examples(5000)
    @given(requests)
    def test_parts_sum_nothing_is_negative_no_maximum_is_exceeded(self, request):
        result = estimate(request)
        for line in result.lines:
            self._check_parts(line)
            self._check_trace(line)
        self._check_shared(request, result)

    def _check_parts(self, line):
        parts = line.paid + line.write_off + line.discount + line.patient
        self.assertEqual(line.fee, parts)
        self.assertEqual(line.overpaid, 0)
        self.assertGreaterEqual(line.patient, 0)
        for plan in line.plans:
            for amount in (
                plan.paid,
                plan.write_off,
                plan.discount,
                plan.deductible,
                plan.copay,
                plan.base,
            ):
                self.assertGreaterEqual(amount, 0)
            self.assertLessEqual(plan.deductible, plan.deductible_owed)
            self.assertLessEqual(plan.deductible + plan.copay + plan.paid, plan.allowed)
            self.assertLessEqual(plan.allowed, line.fee)
            self.assertEqual(plan.paid, plan.paid.quantize(Decimal("0.01")))

    def _check_trace(self, line):
        sums, last = defaultdict(Decimal), {}
        for step in line.trace:
            track = step.coverage, step.track
            self.assertEqual(step.before, last.get(track, 0))
            last[track] = step.after
            sums[track] += step.amount
        self.assertEqual(sums[None, "patient"], line.patient)
        for plan in line.plans:
            self.assertEqual(sums[plan.coverage, "benefit"], plan.paid)
            self.assertEqual(sums[plan.coverage, "write_off"], plan.write_off)
            self.assertEqual(sums[plan.coverage, "discount"], plan.discount)

    def _check_shared(self, request, result):
        """Payments and deductibles of all services, summed up anew, against every row."""
        before = open_ledgers(request.coverages, request.history)
        for coverage in request.coverages:
            paid, taken = defaultdict(Decimal), defaultdict(Decimal)
            for given_service, line in zip(request.procedures, result.lines, strict=True):
                rules, plan = coverage.index.of(given_service.subject), line.plan(coverage.key)
                for row in rules.maximums:
                    paid[id(row)] += plan.paid
                general, family = rules.deductible_caps
                for row in {id(r): r for r in (rules.deductible, *general, *family)}.values():
                    taken[id(row)] += plan.deductible
            ledger = before[coverage.key]
            for row in coverage.index.all("maximum"):
                self.assertLessEqual(paid[id(row)], max(row.amount - ledger.paid(row, DAY), 0))
            for row in coverage.index.all("deductible"):
                left = row.amount - ledger.collected(row, DAY)
                self.assertLessEqual(taken[id(row)], max(left, 0))

    @examples(1500)
    @given(requests)
    def test_a_plan_that_comes_after_never_costs_the_patient(self, request):
        """Holds for each line of every request: what plans before it pay does not change."""
        fewer = replace(request, coverages=request.coverages[:-1], history=())
        more = replace(request, history=())
        for less, line in zip(estimate(fewer).lines, estimate(more).lines, strict=True):
            self.assertLessEqual(line.patient, less.patient)
            self.assertEqual(
                [plan.paid for plan in line.plans[:-1]], [plan.paid for plan in less.plans]
            )


# Where more coverage is sure to help: one plan, no frequency limit (a service that is paid may use
# up another's), no option that gives up a write-off, and one percentage for all services (else a
# lower one might use the deductible or the maximum first).
simple = st.tuples(percents, small, cents, schedules, st.sampled_from(("ppo", "percentage")))


def simple_plan(percent, amount, limit, allowed, kind):
    rows = (pays(percent), pays(percent, "Orthodontics"), deductible(amount), maximum(limit))
    return Coverage(1, 1, plan_of(kind, rows, allowed))


class TestMoreCoverage(BenefitsCase):
    def _patient(self, values, rows):
        return estimate(Request((simple_plan(*values),), services_of(rows))).patient

    @examples(1500)
    @given(simple, bills, percents, small, cents)
    def test_a_better_plan_never_costs_more(self, values, rows, percent, amount, limit):
        patient = self._patient(values, rows)
        old_percent, old_amount, old_limit, allowed, kind = values
        for better in (
            (max(percent, old_percent), old_amount, old_limit, allowed, kind),
            (old_percent, min(amount, old_amount), old_limit, allowed, kind),
            (old_percent, old_amount, max(limit, old_limit), allowed, kind),
        ):
            # A cent for each service: each is rounded by itself.
            self.assertLessEqual(self._patient(better, rows), patient + len(rows) * Decimal("0.01"))


class TestOrder(BenefitsCase):
    """Unrelated services of one day: different codes, no shared limit but the money."""

    orders = st.permutations(CODES[:5])

    @examples(1000)
    @given(requests, orders, amounts_of_five)
    def test_without_shared_money_the_order_changes_no_line(self, request, order, amounts):
        rows = {"coinsurance", "age", "waiting", "exclusion", "copay"}
        coverages = tuple(
            replace(
                c,
                plan=replace(
                    c.plan, benefits=tuple(row for row in c.plan.benefits if row.kind in rows)
                ),
            )
            for c in request.coverages
        )
        bill = {code: service(code, fee) for code, fee in zip(CODES, amounts, strict=False)}
        usual, other = (
            estimate(
                replace(
                    request,
                    coverages=coverages,
                    history=(),
                    procedures=tuple(bill[code] for code in codes),
                )
            )
            for codes in (CODES[:5], order)
        )
        for code in order:
            self.assertEqual(usual.line(code), other.line(code))

    @examples(1500)
    @given(simple, orders, amounts_of_five)
    def test_shared_deductible_and_maximum_move_between_lines_only(self, values, order, amounts):
        bill = {code: service(code, fee) for code, fee in zip(CODES, amounts, strict=False)}
        totals = []
        for codes in (CODES[:5], order):
            request = Request((simple_plan(*values),), tuple(bill[code] for code in codes))
            result = estimate(request)
            taken = sum(line.plans[0].deductible for line in result.lines)
            totals.append((result.paid, result.write_off, result.patient, taken))
        usual, other = totals
        for one, two in zip(usual, other, strict=True):
            # Each of the five services is rounded by itself.
            self.assertAlmostEqual(one, two, delta=Decimal("0.05"))
