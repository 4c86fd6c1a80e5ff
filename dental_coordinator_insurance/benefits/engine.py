# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The estimate: services in order, each under every plan in order, each seeing what is used."""

from decimal import Decimal

from . import plan_line, write_off
from .fees import FeeSchedule
from .ledger import open_ledgers
from .limits import excluded
from .outputs import Estimate, Line
from .substitution import allowed
from .trace import Track
from .work import Work

ZERO = Decimal(0)


def estimate(request):
    """Estimate of a :class:`~.inputs.Request`.

    Services consume deductible, maximum and frequency in the given order; what plans have
    already answered for any of them is used up before all of them.

    :raises ValueError: for a coverage or a date that is missing, or two equal refs or orders
    """
    coverages = tuple(sorted(request.coverages, key=lambda coverage: coverage.order))
    _check(coverages, request.procedures)
    refs = frozenset(procedure.ref for procedure in request.procedures)
    ledgers = open_ledgers(coverages, request.history, skip=refs)
    for procedure in request.procedures:
        _record_answers(procedure, ledgers, procedure.date_as_of(request.as_of))
    lines = (_line(procedure, coverages, ledgers, request) for procedure in request.procedures)
    return Estimate(tuple(lines))


def _check(coverages, procedures):
    for name, values in (
        ("order", [coverage.order for coverage in coverages]),
        ("key", [coverage.key for coverage in coverages]),
        ("ref", [procedure.ref for procedure in procedures]),
    ):
        if len(set(values)) != len(values):
            raise ValueError(f"two coverages or procedures have the same {name}: {values}")
    keys = {coverage.key for coverage in coverages}
    for procedure in procedures:
        for row in (*procedure.overrides, *procedure.received, *procedure.precerts):
            if row.coverage not in keys:
                raise ValueError(f"procedure {procedure.ref}: no coverage {row.coverage!r}")


def _record_answers(procedure, ledgers, day):
    for answer in procedure.received:
        ledger = ledgers[answer.coverage]
        ledger.record(procedure.subject, day, answer.paid, answer.deductible)
        if answer.paid > 0:
            ledger.count(procedure.subject, day, procedure.area, procedure.ref)


def _line(procedure, coverages, ledgers, request):
    day = procedure.date_as_of(request.as_of)
    fee, known = posted_fee(procedure, coverages, day, request.settings)
    works = []
    for coverage in coverages:
        lower = [work for work in works if work.coverage.in_force(day)]
        work = Work(procedure, coverage, ledgers[coverage.key], request, fee, day, lower)
        plan_line.compute(work)
        works.append(work)
    write_off.shrink(fee, works)
    for work in works:
        _consume(work)
    return _finish(procedure, day, fee, known, works)


def posted_fee(procedure, coverages, day, settings):
    """(fee for all units, whether it is known).

    A ppo posts the usual office fee; other plans with a schedule post the schedule's fee, 0 if
    it has none, unless the service is not covered and the plan says to use the usual fee.
    Without any fee the plan's own amount is taken.
    """
    if procedure.fee is not None:
        return procedure.fee * procedure.quantity, True
    primary = next((c for c in coverages if c.in_force(day)), None)
    if primary and _posts_own_fee(primary, procedure, settings):
        row = _row(primary.plan.fees, procedure)
        return (row.amount * procedure.quantity if row else ZERO), True
    row = settings.usual_fees and _row(settings.usual_fees, procedure)
    if row:
        return row.amount * procedure.quantity, True
    found = primary and primary.plan.kind != "discount" and allowed(primary, procedure, settings)
    return (found and found.amount) or ZERO, False


def _posts_own_fee(coverage, procedure, settings):
    plan = coverage.plan
    if plan.fees is None or plan.kind in ("ppo", "discount"):
        return False
    if not plan.options.usual_fee_when_excluded:
        return True
    return not _is_uncovered(coverage, procedure, settings)


def _is_uncovered(coverage, procedure, settings):
    rules = coverage.index.of(procedure.subject)
    if excluded(rules):
        return True
    if coverage.plan.pays_in_full:
        return False
    row = rules.coinsurance
    return (settings.assumed_percent if row is None or row.percent is None else row.percent) == 0


def _row(schedule: FeeSchedule, procedure):
    return schedule.lookup(procedure.code, procedure.provider, procedure.clinic)


def _consume(work):
    """Let the next services see what this one uses."""
    procedure = work.procedure
    if work.plan.kind == "discount":
        if work.discount.value:
            work.ledger.record_discount(work.day, procedure.discount_class, work.discount.value)
        return
    if work.received:
        return
    work.ledger.record(procedure.subject, work.day, work.benefit.value, work.deductible)
    if work.benefit.value > 0:
        work.ledger.count(procedure.subject, work.day, procedure.area, procedure.ref)


def _finish(procedure, day, fee, known, works):
    plans = tuple(plan_line.result(work) for work in works)
    steps = [step for work in works for step in work.steps]
    track = Track("patient", None, steps)
    track.move("patient_fee" if known else "unknown_fee", fee, code=procedure.code)
    for work in works:
        label = work.coverage.label or work.plan.label or str(work.coverage.key)
        for rule, amount in (
            ("patient_plan", work.benefit.value),
            ("patient_write_off", work.write_off.value),
            ("patient_discount", work.discount.value),
        ):
            if amount:
                track.move(rule, track.value - amount, plan=label)
    overpaid = max(-track.value, ZERO)
    if overpaid:
        track.move("patient_overpaid", ZERO)
    return Line(procedure.ref, procedure.code, day, fee, plans, track.value, overpaid, tuple(steps))
