# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The remaining-benefits grid: maximums and deductibles, used, pending, left."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from . import maximum
from .dates import window_end
from .ledger import open_ledgers

ZERO = Decimal(0)


@dataclass(frozen=True)
class Remaining:
    """One maximum or deductible of a coverage as of a day.

    :param limit: None if the plan's amount is unknown or there is none; then ``left`` is None too
    :param used: paid, pending and noted by hand; a deductible: collected
    :param pending: part of ``used`` that is on open claims
    :param resets_on: first day of the next period; None for a lifetime
    """

    kind: str
    level: str
    period: str
    scope: str
    limit: Decimal | None
    used: Decimal
    pending: Decimal
    left: Decimal | None
    resets_on: date | None
    benefit: object


def remaining(coverage, history, as_of):
    """Rows of the grid, maximums first, in the order of the plan.

    :param history: rows of any coverage; only this one's are read
    """
    own = [row for row in history if row.coverage == coverage.key]
    ledger = open_ledgers((coverage,), own)[coverage.key]
    rows = [*coverage.index.all("maximum"), *coverage.index.all("deductible")]
    return tuple(_row(coverage, ledger, benefit, as_of) for benefit in rows)


def _row(coverage, ledger, benefit, as_of):
    is_maximum = benefit.kind == "maximum"
    used = ledger.paid(benefit, as_of) if is_maximum else ledger.collected(benefit, as_of)
    pending = ledger.pending(benefit, as_of) if is_maximum else ZERO
    limit = None
    if benefit.amount is not None and not benefit.unlimited:
        limit = maximum.limit(coverage, benefit, as_of) if is_maximum else benefit.amount
    left = None if limit is None else max(limit - used, ZERO)
    last = window_end(as_of, benefit.period, coverage.plan.renewal_month)
    return Remaining(
        kind=benefit.kind,
        level=benefit.level,
        period=benefit.period,
        scope=benefit.scope.name,
        limit=limit,
        used=used,
        pending=pending,
        left=left,
        resets_on=last and last + timedelta(days=1),
        benefit=benefit,
    )


def deductible_left(coverage, history, as_of, family=True):
    """General deductible that the patient still owes.

    :param family: also respect what the family has already met
    """
    rows = remaining(coverage, history, as_of)
    general = [r for r in rows if r.kind == "deductible" and r.benefit.scope.is_general]
    levels = ("individual", "family") if family else ("individual",)
    if not any(r.level == "individual" and r.left is not None for r in general):
        return ZERO
    return min(r.left for r in general if r.level in levels and r.left is not None)
