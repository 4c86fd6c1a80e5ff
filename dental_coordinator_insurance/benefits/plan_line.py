# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One service under one plan: fee, allowed, copay, deductible, percentage, limits."""

from decimal import Decimal

from . import coordination, discount, limits, maximum, write_off
from .deductible import owed
from .frequency import limit_met
from .outputs import PlanLine
from .scope import Subject
from .source import NO_SOURCE
from .substitution import allowed as find_allowed

ZERO = Decimal(0)
FULL = Decimal(100)


def compute(work):
    """Run all steps of one plan on a :class:`Work`."""
    if work.procedure.do_not_bill:
        work.benefit.note("not_billed")
    elif not work.coverage.in_force(work.day):
        work.benefit.note("not_in_force", date=work.day)
    elif work.plan.kind == "discount":
        discount.compute(work)
    else:
        _benefit(work)
        _answers(work)
        write_off.compute(work)
    if work.received:
        work.benefit.move("received", work.received.paid)
        work.write_off.move("write_off_received", work.received.write_off)
        work.deductible = work.received.deductible


def _benefit(work):
    work.benefit.move("fee", work.fee)
    _allow(work)
    work.excluded = limits.excluded(work.rules)
    _copay(work)
    if work.plan.kind == "capitation":
        work.percent = FULL
        work.benefit.move("capitation", ZERO)
        return
    _check_limits(work)
    _percentage(work)
    rule = _coordination_rule(work)
    if rule == "maintenance":
        left = max(work.benefit.value - work.paid_before, ZERO)
        work.benefit.move("cob_maintenance", left, paid=work.paid_before)
    _deduct(work)
    _apply_percent(work)
    if rule:
        _coordinate(work, rule)
    _stop_and_cap(work)


def _allow(work):
    work.allowed = find_allowed(work.coverage, work.procedure, work.settings)
    found, typed = work.allowed, work.typed("allowed")
    known = found.amount if found.amount is not None else work.fee
    amount = min(known, work.fee)
    work.network = found.network
    if found.ignored:
        work.benefit.note(f"alternate_{found.ignored}", alternate=found.alternate)
    if typed is not None:
        amount = min(typed, work.fee)
        if not found.uses_alternate:
            work.network = typed
        work.benefit.move("allowed_typed", amount)
    else:
        work.benefit.move(
            found.rule,
            amount,
            found.source,
            code=work.procedure.code,
            alternate=found.alternate,
            fee=known,
            schedule=found.schedule,
        )
    work.allowed_amount = amount


def _copay(work):
    typed = work.typed("copay")
    if typed is not None:
        _take_copay(work, "copay_typed", typed, NO_SOURCE)
    elif work.plan.options.fixed_benefits:
        _fixed_benefit(work)
    else:
        row = _copay_row(work)
        if row is not None and row.amount:
            _take_copay(work, "copay", row.amount * work.procedure.quantity, row.source)


def _take_copay(work, rule, copay, source, **params):
    work.copay = min(copay, work.benefit.value)
    left = work.benefit.value - work.copay
    work.benefit.move(rule, left, source, copay=work.copay, **params)


def _copay_row(work):
    """The alternate's copay if a rule names one, even if it has no fee of its own."""
    alternate = work.allowed.alternate
    if alternate and work.allowed.ignored != "higher_fee":
        row = _amount_row(work, "copay", work.plan.copays, alternate)
        if row is not None or work.allowed.uses_alternate:
            return row
    return _amount_row(work, "copay", work.plan.copays, work.procedure.code)


def _amount_row(work, kind, schedule, code):
    procedure = work.procedure
    row = schedule and schedule.lookup(code, procedure.provider, procedure.clinic)
    if not row:
        row = getattr(work.coverage.index.of(Subject(code, procedure.categories)), kind)
    return None if row is None or row.amount is None else row


def _fixed_benefit(work):
    """The plan pays a fixed amount: what the allowed amount exceeds it by is the copay."""
    code = work.allowed.alternate if work.allowed.uses_alternate else work.procedure.code
    row = _amount_row(work, "fixed_benefit", work.plan.fixed, code)
    if row is None and not work.settings.blank_fixed_is_zero:
        work.benefit.note("unknown_fixed_benefit", code=code)
        return
    fixed = row.amount * work.procedure.quantity if row else ZERO
    copay = max(work.benefit.value - fixed, ZERO)
    _take_copay(work, "fixed_benefit", copay, row.source if row else NO_SOURCE, fixed=fixed)


def _check_limits(work):
    """Find every reason to pay nothing before the deductible, which some of them spare."""
    rules, day = work.rules, work.day
    years = limits.age_of(work.procedure, work.patient, day)
    work.frequency = limit_met(rules, work.ledger, work.procedure, day)
    found = (
        limits.age(rules, years),
        limits.waiting(work.coverage, rules, day),
        limits.missing_tooth(work.coverage, rules, work.procedure),
        limits.same_day(rules, work.ledger, day),
    )
    work.stops = [stop for stop in found if stop]
    work.waiting = next((stop for stop in work.stops if stop.rule == "waiting"), None)


def _percentage(work):
    """Percentage in effect; an unknown one is assumed, and named when it is applied."""
    typed = work.typed("percent")
    row = work.rules.coinsurance
    if typed is not None:
        work.percent, work.percent_step = typed, ("percent_typed", NO_SOURCE, {})
    elif work.plan.pays_in_full:
        work.percent, work.percent_step = FULL, None
    elif row is None or row.percent is None:
        work.percent = work.settings.assumed_percent
        work.percent_step = ("unknown_percent", NO_SOURCE, {"code": work.procedure.code})
    else:
        work.percent = row.percent
        work.percent_step = ("percent", row.source, {"scope": row.scope.name})


def _coordination_rule(work):
    if not work.lower:
        return None
    if not work.coverage.cob_rule:
        work.benefit.note("unknown_cob")
    return coordination.rule_of(work.coverage, work.position)


def _deduct(work):
    found = owed(work.rules, work.ledger, work.day)
    typed = work.typed("deductible")
    work.deductible_owed = found.amount
    if typed is None and _spares_deductible(work):
        return
    if typed is None and not found.known:
        work.benefit.note("unknown_deductible")
        return
    taken = min(found.amount if typed is None else typed, work.benefit.value)
    work.deductible = taken
    if taken:
        rule = "deductible" if typed is None else "deductible_typed"
        source = found.row.source if found.row else NO_SOURCE
        work.benefit.move(rule, work.benefit.value - taken, source, owed=found.amount)


def _spares_deductible(work):
    stops = {stop.rule for stop in work.stops}
    return (
        work.excluded
        or work.frequency
        or work.percent == 0
        or stops & {"waiting", "missing_tooth", "same_day"}
    )


def _apply_percent(work):
    if work.percent_step:
        rule, source, params = work.percent_step
        after = work.benefit.value * work.percent / FULL
        work.benefit.move(rule, after, source, percent=work.percent, **params)


def _coordinate(work, rule):
    if rule == "maintenance":
        return
    after = coordination.coordinate(
        rule,
        work.fee,
        work.allowed_amount,
        work.benefit.value,
        work.paid_before,
        work.written_off,
    )
    work.benefit.move(f"cob_{rule}", after, paid=work.paid_before)


def _stop_and_cap(work):
    """Exclusion, age, maximums, rounding, then what cancels the service altogether."""
    if work.excluded:
        _zero(work, work.excluded.rule, work.excluded.row, work.excluded.params)
    typed = work.typed("before_limits")
    if typed is not None:
        work.benefit.move("before_limits_typed", typed)
    work.base = work.settings.round(work.benefit.value)
    _stop(work, "age", "unknown_age")
    work.age_limited = "age" in work.limits
    _cap(work)
    rounded = work.settings.round(work.benefit.value)
    if rounded != work.benefit.value:
        work.benefit.move("rounding", rounded)
    if work.frequency:
        met = work.frequency
        params = {"last": max(met.dates, default=None), "free_on": met.free_on}
        _zero(work, "frequency", met.row, params | {"count": len(met.dates)})
    _stop(work, "waiting", "unknown_waiting", "missing_tooth", "unknown_missing_tooth", "same_day")


def _stop(work, *rules):
    for stop in work.stops:
        if stop.rule in rules and stop.is_unknown:
            work.benefit.note(stop.rule, stop.row.source, **stop.params)
        elif stop.rule in rules:
            _zero(work, stop.rule, stop.row, stop.params)


def _zero(work, rule, row, params):
    work.limits.append(rule)
    work.benefit.move(rule, ZERO, row.source, **params)


def _cap(work):
    purses = maximum.purses(work.coverage, work.rules, work.ledger, work.day)
    if work.benefit.value and not maximum.is_stated(work.rules):
        work.benefit.note("unknown_maximum")
    for purse in purses:
        if work.benefit.value <= purse.left:
            continue
        row = purse.row
        rule = f"{'lifetime' if row.period == 'lifetime' else 'maximum'}_{row.level}"
        work.max_exhausted = work.max_exhausted or purse.left == 0
        work.limits.append(rule)
        work.benefit.move(
            rule,
            purse.left,
            row.source,
            limit=purse.limit,
            used=purse.used,
            left=purse.left,
            scope=row.scope.name,
        )


def _answers(work):
    """What the plan or a person said about the total; no other step changes."""
    if work.precert:
        precert = work.precert
        work.benefit.move("precert", precert.amount, precert.source, number=precert.number)
    typed = work.typed("total")
    if typed is not None:
        work.benefit.move("total_typed", typed)


def _free_on(work):
    """First day on which nothing stops the service any more; None if nothing does or for ever."""
    certain = [stop for stop in work.stops if not stop.is_unknown]
    days = [stop.free_on for stop in (work.excluded, work.frequency, *certain) if stop]
    return None if None in days else max(days, default=None)


def result(work):
    """The finished :class:`~.outputs.PlanLine`."""
    alternate = work.allowed
    return PlanLine(
        coverage=work.coverage.key,
        order=work.order,
        fee=work.fee,
        allowed=work.allowed_amount,
        copay=work.copay,
        deductible=work.deductible,
        deductible_owed=work.deductible_owed,
        percent=work.percent,
        base=work.base,
        paid=work.benefit.value,
        write_off=work.write_off.value,
        discount=work.discount.value,
        alternate=alternate.alternate if alternate else None,
        alternate_used=bool(alternate and alternate.uses_alternate),
        excluded=bool(work.excluded),
        frequency_met=bool(work.frequency),
        waiting=bool(work.waiting),
        age_limited=work.age_limited,
        max_exhausted=work.max_exhausted,
        do_not_bill=work.procedure.do_not_bill
        or bool(work.excluded and work.settings.mark_excluded_do_not_bill),
        received=bool(work.received),
        free_on=_free_on(work),
        limits=tuple(work.limits),
    )
