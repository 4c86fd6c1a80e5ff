# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Frequency limits: how often a service is covered, and from when on it is again."""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from typing import NamedTuple

from .area import same_area
from .dates import add_months, window_end, window_start

DAY = timedelta(days=1)
MONTHS = {"months": 1, "years": 12}


class LimitMet(NamedTuple):
    """A frequency row that is used up.

    :param dates: the services that count
    :param free_on: first day on which the service is covered again; None for never
    """

    row: object
    dates: tuple
    free_on: date | None


def limit_met(coverage, ledger, procedure, day):
    """The first used-up frequency row for a service on ``day``, or None. All rows are checked."""
    renewal = coverage.plan.renewal_month
    for row in coverage.index.frequencies(procedure.subject):
        dates = _counted(row, ledger.visits(row), procedure, day, renewal)
        allowed = 1 if row.period in MONTHS else row.quantity
        if len(dates) >= allowed:
            return LimitMet(row, tuple(dates), _free_on(row, dates, day, renewal))
    return None


def _counted(row, visits, procedure, day, renewal):
    first, last = _window(row, day, renewal)
    by_date = {"key": lambda visit: visit.date}
    nearby = visits[bisect_left(visits, first, **by_date) : bisect_right(visits, last, **by_date)]
    others = (v for v in nearby if v.service is None or v.service != procedure.ref)
    dates = [v.date for v in others if same_area(row.area, v.area, procedure.area)]
    if row.period in MONTHS:
        months = row.quantity * MONTHS[row.period]
        return [past for past in dates if months and add_months(past, months) >= day]
    return dates


def _window(row, day, renewal):
    """First and last day of which services can count."""
    if row.period in MONTHS:
        # Up to three days earlier: the end of a month is clamped forwards, not backwards.
        return add_months(day, -row.quantity * MONTHS[row.period]) - 3 * DAY, day
    if row.period == "last_12_months":
        return add_months(day, -12) + DAY, day
    if row.period == "lifetime":
        return date.min, date.max
    return window_start(day, row.period, renewal), window_end(day, row.period, renewal)


def _free_on(row, dates, day, renewal):
    if row.period == "lifetime" or not dates:
        return None
    if row.period in MONTHS:
        return add_months(dates[-1], row.quantity * MONTHS[row.period]) + DAY
    if row.period == "last_12_months":
        return _year_after(dates[len(dates) - row.quantity])
    return window_end(day, row.period, renewal) + DAY


def _year_after(past):
    """First day on which ``past`` is out of the last twelve months."""
    day = add_months(past, 12)
    return day if add_months(day, -12) >= past else day + DAY
