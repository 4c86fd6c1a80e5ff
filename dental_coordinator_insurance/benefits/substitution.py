# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Allowed amount of a service, and the alternate code on which a plan may compute it."""

from dataclasses import dataclass, replace
from decimal import Decimal

from .source import NO_SOURCE, Source

# The narrowest condition wins; "never" switches every other rule for the code off.
_ORDER = ("never", "second_molar", "molar", "posterior", "always")


@dataclass(frozen=True)
class Allowed:
    """What a plan allows for a service.

    :param amount: for all units, not yet capped at the fee; None if nothing says
    :param rule: trace rule of the amount
    :param network: the plan's own fee of the code performed, for all units; None without
    :param alternate: alternate code that a rule names, or None
    :param uses_alternate: whether ``amount`` is the alternate's
    :param ignored: why a named alternate is not used
    """

    amount: Decimal | None
    rule: str
    network: Decimal | None
    alternate: str | None = None
    uses_alternate: bool = False
    ignored: str = ""
    source: Source = NO_SOURCE
    schedule: str = ""


def choose(code, area, plan_rules, office_rules):
    """The substitution that applies to a code on a tooth, or None.

    Any rule of the plan for the code hides the office-wide ones, even if its condition fails.
    """
    own = [rule for rule in plan_rules if rule.code == code]
    rules = own or [rule for rule in office_rules if rule.code == code]
    if not rules:
        return None
    for condition in _ORDER:
        rule = next((r for r in rules if r.condition == condition), None)
        if rule and condition == "never":
            return None
        if rule and (condition == "always" or condition in area.classes):
            return rule
    return None


def allowed(coverage, procedure, settings):
    """Allowed amount by the plan's schedule; the alternate's if one applies and has a fee."""
    plan = coverage.plan
    schedule = _schedule(plan)
    own = schedule and _row(schedule, procedure.code, procedure)
    base = _own_amount(own, schedule, plan, procedure, settings)
    rule = _choose(plan, procedure, settings)
    if rule is None:
        return base
    if schedule is None and plan.kind == "percentage":
        # A percentage plan without a schedule goes by the office's usual fees.
        schedule = settings.usual_fees
        own = schedule and _row(schedule, procedure.code, procedure)
    other = schedule and _row(schedule, rule.alternate, procedure)
    if not other:
        return replace(base, alternate=rule.alternate, ignored="no_fee")
    if own and other.amount > own.amount:
        return replace(base, alternate=rule.alternate, ignored="higher_fee")
    return replace(
        base,
        amount=other.amount * procedure.quantity,
        rule="allowed_alternate",
        alternate=rule.alternate,
        uses_alternate=True,
        source=rule.source if rule.source != NO_SOURCE else other.source,
        schedule=schedule.label,
    )


def _choose(plan, procedure, settings):
    if not plan.options.substitutions_allowed:
        return None
    own = plan.substitutions_by_code.get(procedure.code, ())
    return choose(procedure.code, procedure.area, own, settings.substitutions)


def _own_amount(own, schedule, plan, procedure, settings):
    if own:
        amount = own.amount * procedure.quantity
        return Allowed(
            amount, "allowed_schedule", amount, source=own.source, schedule=schedule.label
        )
    if schedule and settings.missing_fee_is_zero:
        return Allowed(Decimal(0), "allowed_missing_zero", None, schedule=schedule.label)
    if schedule or plan.kind == "ppo":
        return Allowed(None, "unknown_allowed", None)
    return Allowed(None, "allowed_office_fee", None)


def _schedule(plan):
    if plan.allowed is not None:
        return plan.allowed
    return plan.fees if plan.kind in ("flat_copay", "capitation") else None


def _row(schedule, code, procedure):
    return schedule.lookup(code, procedure.provider, procedure.clinic)
