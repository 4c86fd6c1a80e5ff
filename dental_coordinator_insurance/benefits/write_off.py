# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Write-offs: what a contract with a plan forbids to charge."""

from decimal import Decimal

from . import coordination

ZERO = Decimal(0)


def compute(work):
    """Move the write-off track of a :class:`~.work.Work` to its result."""
    if work.plan.kind == "capitation":
        _capitation(work)
    elif coordination.rule_of(work.coverage, work.position) == "secondary_medicaid":
        work.write_off.move("write_off_medicaid", max(work.unpaid - work.benefit.value, ZERO))
    elif work.plan.kind == "ppo":
        _contract(work)
    typed = work.overrides and work.overrides.write_off
    if typed is not None:
        work.write_off.move("write_off_typed", typed)


def _capitation(work):
    if work.excluded and work.plan.options.usual_fee_when_excluded:
        work.write_off.move("write_off_excluded", ZERO)
        return
    work.write_off.move("write_off_capitation", work.fee - work.copay)
    _limit(work)


def _contract(work):
    network = work.network if work.network is not None else work.fee
    normal = max(work.fee - network, ZERO)
    work.write_off.move("write_off_contract", normal, network=network)
    refused = normal and _refusal(work)
    if refused:
        work.write_off.move(refused, ZERO)
    _limit(work)


def _refusal(work):
    """Rule that takes the contracted write-off away, or None."""
    options, settings = work.plan.options, work.settings
    uncovered = work.excluded or work.percent == 0
    if work.allowed.uses_alternate and options.no_write_off_on_substitution:
        return "write_off_substituted"
    if uncovered and options.usual_fee_when_excluded:
        return "write_off_excluded"
    if work.max_exhausted and _choice(options.zero_write_off_max, settings.zero_write_off_max):
        return "write_off_maximum"
    limited = work.frequency or work.age_limited
    if limited and _choice(options.zero_write_off_limits, settings.zero_write_off_limits):
        return "write_off_limits"
    return "write_off_other_plan" if _another_plan_acts(work) else None


def _another_plan_acts(work):
    if not work.lower:
        return False
    if work.settings.secondary_write_offs:
        return work.written_off > 0
    return work.written_off > 0 or work.paid_before > 0


def _choice(of_plan, of_practice):
    return of_practice if of_plan is None else of_plan


def _limit(work):
    most = max(work.unpaid - work.benefit.value, ZERO)
    if work.write_off.value > most:
        work.write_off.move("write_off_limited", most)


def shrink(fee, works):
    """Cut write-offs and discounts, the first plan's first, until all parts fit the fee.

    Final only after all plans: a later plan may pay into the primary's write-off.
    """
    tracks = [work.write_off for work in works] + [work.discount for work in works]
    paid = sum((work.benefit.value for work in works), ZERO)
    excess = paid + sum((track.value for track in tracks), ZERO) - fee
    for track in tracks:
        cut = min(excess, track.value)
        if cut > 0:
            track.move(f"{track.name}_shrinks", track.value - cut)
            excess -= cut
