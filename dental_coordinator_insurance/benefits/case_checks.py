# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The figures that a case expects, and the engine's own for each of them."""

from decimal import Decimal
from typing import NamedTuple

from .case_fields import CaseError
from .case_reader import TODAY
from .dates import benefit_year_start
from .remaining import deductible_left, remaining

ZERO = Decimal(0)
_LIMIT_NOTES = {
    "maximum_individual": "over annual maximum",
    "maximum_family": "over family annual maximum",
    "lifetime_individual": "over lifetime maximum",
    "lifetime_family": "over family lifetime maximum",
    "frequency": "frequency limitation",
    "age": "age limitation",
    "waiting": "waiting period",
    "excluded": "exclusion",
}


class Difference(NamedTuple):
    """A figure that is not the expected one; ``trace`` is words."""

    what: str
    expected: object
    got: object
    trace: str = ""

    def __str__(self):
        text = f"{self.what}: expected {_show(self.expected)}, got {_show(self.got)}"
        return f"{text} | {self.trace}" if self.trace else text


def _show(value):
    return f"{value.normalize():f}" if isinstance(value, Decimal) else repr(value)


_OF_PLAN = {
    "insurance_estimate": lambda p: p.paid,
    "insurance_estimate_positive": lambda p: p.paid > 0,
    "insurance_paid": lambda p: p.paid,
    "base_estimate": lambda p: p.base,
    "write_off": lambda p: p.write_off,
    "copay": lambda p: p.copay,
    "allowed": lambda p: p.allowed,
    "percent": lambda p: p.percent,
    "deductible_applied": lambda p: p.deductible,
    "deductible_remaining": lambda p: p.deductible_owed,
    "frequency_limit_met": lambda p: p.frequency_met,
    "waiting_period_applies": lambda p: p.waiting,
    "age_limit_applies": lambda p: p.age_limited,
    "excluded": lambda p: p.excluded,
    "do_not_bill": lambda p: p.do_not_bill,
    "alternate_code": lambda p: p.alternate,
    "discount": lambda p: p.discount,
    "limitation_note": lambda p: _LIMIT_NOTES.get(p.limits[-1]) if p.limits else None,
}
_OF_LINE = {
    "patient_portion": lambda line: line.patient,
    "procedure_fee": lambda line: line.fee,
    "insurance_estimate": lambda line: line.paid,
    "insurance_paid": lambda line: line.paid,
    "write_off": lambda line: line.write_off,
    "discount": lambda line: line.discount,
    "deductible_applied": lambda line: sum((p.deductible for p in line.plans), ZERO),
}
_ABOUT_LINE = ("patient_portion", "procedure_fee")


def compare(row, case, request, result):
    """Differences of one row of ``expect``; the engine's answer may be a plan's or a line's."""
    row = dict(row)
    ref, plan = row.pop("procedure", None), row.pop("plan", "all")
    row.pop("note", None)
    for what, expected in row.items():
        if ref is None:
            got, trace = _of_coverage(what, plan, case, request, result), ""
        else:
            line = result.line(ref)
            got = _figure(what, line, plan)
            trace = " ".join(_sentences(line, plan))
        if not same(expected, got):
            where = f"{ref or 'coverage'}, plan {plan}, {what}"
            yield Difference(where, expected, got, trace)


def _figure(what, line, plan):
    if plan == "all" or what in _ABOUT_LINE:
        if what in _OF_LINE:
            return _OF_LINE[what](line)
        plan = line.plans[0].coverage if line.plans else None
    found = line.plan(plan)
    if found is None or what not in _OF_PLAN:
        raise CaseError(f"expect: {what!r} of plan {plan!r} is not something the engine computes")
    return _OF_PLAN[what](found)


def _sentences(line, plan):
    from .trace import sentence

    return [sentence(s) for s in line.trace if plan == "all" or s.coverage in (plan, None)]


def _of_coverage(what, plan, case, request, result):
    coverage = next((c for c in request.coverages if c.key == plan), None)
    if coverage is None:
        raise CaseError(f"expect: there is no plan {plan!r}")
    if what == "benefit_year_start":
        return benefit_year_start(request.as_of or TODAY, coverage.plan.renewal_month).isoformat()
    history, day = request.history, request.as_of or TODAY
    if what == "deductible_remaining":
        return deductible_left(coverage, history, day)
    if what == "deductible_remaining_ignoring_family":
        return deductible_left(coverage, history, day, family=False)
    name, _dot, column = what.rpartition("_")
    kinds = {
        "annual_max": ("maximum", "individual", False),
        "family_max": ("maximum", "family", False),
        "lifetime_max": ("maximum", "individual", True),
        "family_deductible": ("deductible", "family", False),
        "deductible": ("deductible", "individual", False),
    }
    columns = {"used": "used", "pending": "pending", "remaining": "left"}
    if name not in kinds or column not in columns:
        raise CaseError(f"expect: {what!r} of a plan is not something the engine computes")
    return getattr(_grid_row(kinds[name], coverage, history, day), columns[column], None)


def _grid_row(wanted, coverage, history, day):
    kind, level, lifetime = wanted
    rows = [
        r
        for r in remaining(coverage, history, day)
        if (r.kind, r.level, r.period == "lifetime") == (kind, level, lifetime)
    ]
    general = [r for r in rows if r.benefit.scope.is_general]
    return (general or rows or [None])[0]


def same(expected, got):
    """Equal to the cent; an amount that the case leaves null is zero."""
    if isinstance(got, Decimal):
        expected = ZERO if expected is None else expected
        if isinstance(expected, bool) or not isinstance(expected, (int, float, Decimal)):
            return False
        return abs(Decimal(str(expected)) - got) < Decimal("0.005")
    return expected == got
