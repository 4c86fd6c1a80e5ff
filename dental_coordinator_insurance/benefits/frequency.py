# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Frequency limits: how often a service is covered, and from when on it is again."""

from datetime import date, timedelta
from typing import NamedTuple

from .area import same_area
from .dates import add_months, add_span, window_end, window_start
from .plan import SPAN_PERIODS

DAY = timedelta(days=1)


class LimitMet(NamedTuple):
    """A frequency row that is used up.

    :param dates: the services that count, the newest first
    :param free_on: first day on which the service is covered again; None for never
    """

    row: object
    dates: tuple
    free_on: date | None


def limit_met(rules, ledger, procedure, day):
    """The used-up frequency row that stops a service on ``day`` the longest, or None."""
    renewal = ledger.coverage.plan.renewal_month
    met = []
    for row in rules.frequencies:
        allowed = row.count if row.period in SPAN_PERIODS else row.quantity
        dates = _latest(row, ledger, procedure, day, renewal, allowed)
        if len(dates) >= allowed:
            met.append(LimitMet(row, tuple(dates), _free_on(row, dates, day, renewal)))
    return max(met, key=lambda limit: limit.free_on or date.max, default=None)


def _latest(row, ledger, procedure, day, renewal, most):
    """Dates of the services that count, the newest first; no more than decide the question."""
    dates = []
    for visit in ledger.visits(row, procedure.area, *_window(row, day, renewal)):
        if len(dates) == most:
            break
        if visit.service is not None and visit.service == procedure.ref:
            continue
        if _is_near(row, visit.date, day) and same_area(row.area, visit.area, procedure.area):
            dates.append(visit.date)
    return dates


def _is_near(row, past, day):
    """Whether a service still blocks ``day`` under "one per N": through the anniversary."""
    if row.period not in SPAN_PERIODS:
        return True
    return row.quantity > 0 and add_span(past, row.quantity, row.period) >= day


def _window(row, day, renewal):
    """First and last day of which services can count."""
    if row.period in SPAN_PERIODS:
        # Up to three days earlier: the end of a month is clamped forwards, not backwards.
        return add_span(day, -row.quantity, row.period) - 3 * DAY, day
    if row.period == "last_12_months":
        return add_months(day, -12) + DAY, day
    if row.period == "lifetime":
        return date.min, date.max
    return window_start(day, row.period, renewal), window_end(day, row.period, renewal)


def _free_on(row, dates, day, renewal):
    if row.period == "lifetime" or not dates:
        return None
    if row.period in SPAN_PERIODS:
        return add_span(dates[-1], row.quantity, row.period) + DAY
    if row.period == "last_12_months":
        return year_after(dates[-1])
    return window_end(day, row.period, renewal) + DAY


def year_after(past):
    """First day on which ``past`` is out of the last twelve months."""
    day = add_months(past, 12)
    return day if add_months(day, -12) >= past else day + DAY
