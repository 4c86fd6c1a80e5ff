# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What holds for every plan: over 10,000 random ones in each run.

Amounts are drawn in cents and percents in whole numbers, as plans state them.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..benefits import Coverage, Patient, Plan, Request, Settings, Substitution, estimate
from ..benefits.ledger import open_ledgers
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
FLAGS = tuple(n for n, field in Settings.__dataclass_fields__.items() if field.type == "bool")

cents = st.integers(0, 200_000).map(lambda n: Decimal(n) / 100)
small = st.integers(0, 30_000).map(lambda n: Decimal(n) / 100)
percents = st.sampled_from((0, 10, 33, 50, 67, 80, 100))
scopes = st.sampled_from(SCOPES)
limit_scopes = st.sampled_from(LIMIT_SCOPES)
levels = st.sampled_from(("individual", "individual", "family"))
periods = st.sampled_from(("benefit_year", "lifetime"))
days = st.integers(-800, 0).map(lambda n: DAY + timedelta(n))
schedules = st.one_of(
    st.none(), st.dictionaries(st.sampled_from((*CODES, "D2140")), cents, max_size=5).map(fees)
)

coinsurances = st.builds(lambda p, s: pays(p, s), percents, scopes)
deductibles = st.builds(
    lambda a, s, level, period: deductible(a, s, level=level, period=period),
    small,
    scopes,
    levels,
    periods,
)
maximums = st.builds(
    lambda a, s, level, period, nested: maximum(
        a, s, level=level, period=period, counts_toward_general=nested
    ),
    cents,
    scopes,
    levels,
    periods,
    st.booleans(),
)
limitations = st.one_of(
    st.builds(
        lambda n, p, s: frequency(n, p, s),
        st.integers(1, 3),
        st.sampled_from(("calendar_year", "last_12_months", "months", "years", "lifetime")),
        limit_scopes,
    ),
    st.builds(lambda a, s: benefit("age", s, max_age=a), st.integers(5, 60), scopes),
    st.builds(
        lambda n, s: benefit("waiting", s, quantity=n, period="months"), st.integers(0, 24), scopes
    ),
    st.builds(lambda s: benefit("exclusion", s), limit_scopes),
    st.builds(lambda a, s: benefit("copay", s, amount=a), small, limit_scopes),
)
money_rows = st.lists(st.one_of(coinsurances, deductibles, maximums), min_size=1, max_size=5)
all_rows = st.builds(
    lambda rows, limits: (*rows, *limits), money_rows, st.lists(limitations, max_size=2)
)


def plan_of(kind, rows, allowed, renewal, downgrade=False):
    rules = (Substitution("D2391", "D2140"),) if downgrade else ()
    return Plan(kind, tuple(rows), renewal, allowed=allowed, fees=allowed, substitutions=rules)


plans = st.builds(
    plan_of,
    st.sampled_from(("ppo", "ppo", "percentage", "flat_copay", "capitation")),
    all_rows,
    schedules,
    st.integers(1, 12),
    st.booleans(),
)
histories = st.lists(
    st.builds(
        lambda code, paid, day, plan, collected, own: used(
            code, paid, day, coverage=plan, deductible=collected, own=own
        ),
        st.sampled_from(("", *CODES)),
        cents,
        days,
        st.just(1),
        small,
        st.booleans(),
    ),
    max_size=3,
)
bills = st.lists(
    st.tuples(st.sampled_from(CODES), cents, st.integers(1, 2)), min_size=1, max_size=4
)


def services_of(rows):
    return tuple(
        service(code, fee, ref=number, quantity=quantity)
        for number, (code, fee, quantity) in enumerate(rows)
    )


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
    st.tuples(*[st.sampled_from(COB)] * 3),
    bills,
    histories,
    st.sets(st.sampled_from(FLAGS), max_size=2),
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
        self._check_maximums(request, result)

    def _check_parts(self, line):
        self.assertEqual(line.fee, line.paid + line.write_off + line.patient)
        self.assertEqual(line.overpaid, 0)
        self.assertGreaterEqual(line.patient, 0)
        for plan in line.plans:
            for amount in (plan.paid, plan.write_off, plan.deductible, plan.copay, plan.base):
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

    def _check_maximums(self, request, result):
        """All payments together, summed up anew, against each maximum of each plan."""
        before = open_ledgers(request.coverages, request.history)
        for coverage in request.coverages:
            paid = defaultdict(Decimal)
            for given_service, line in zip(request.procedures, result.lines, strict=True):
                for row in coverage.index.of(given_service.subject).maximums:
                    paid[id(row)] += line.plan(coverage.key).paid
            for row in coverage.index.all("maximum"):
                left = row.amount - before[coverage.key].paid(row, DAY)
                self.assertLessEqual(paid[id(row)], max(left, 0))

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
simple = st.builds(
    lambda percent, amount, limit, allowed, kind: (percent, amount, limit, allowed, kind),
    percents,
    small,
    cents,
    schedules,
    st.sampled_from(("ppo", "percentage")),
)


def simple_plan(percent, amount, limit, allowed, kind):
    rows = (pays(percent), pays(percent, "Orthodontics"), deductible(amount), maximum(limit))
    return Coverage(1, 1, plan_of(kind, rows, allowed, 1))


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
    @given(requests, orders, st.lists(cents, min_size=5, max_size=5))
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
    @given(simple, orders, st.lists(cents, min_size=5, max_size=5))
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
