# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Dates of installments, always counted from the first one."""

from calendar import monthrange
from datetime import date, timedelta

#: periods of a year by frequency: what the yearly rate is divided by
FREQUENCIES = {
    "weekly": 52,
    "every_other_week": 26,
    "ordinal_weekday": 12,
    "monthly": 12,
    "quarterly": 4,
}


def period_date(first, frequency, periods):
    """Date ``periods`` periods after the first one.

    A short month does not shift later dates: 31 January, 29 February, 31 March. With
    ``ordinal_weekday`` it is the same weekday of the month, as in second Friday; a fifth one is
    taken as the fourth, since few months have it.
    """
    if not periods:
        return first
    if frequency in ("weekly", "every_other_week"):
        return first + timedelta(weeks=periods * (1 if frequency == "weekly" else 2))
    month = first.year * 12 + first.month - 1 + periods * (3 if frequency == "quarterly" else 1)
    year, month = month // 12, month % 12 + 1
    if frequency == "ordinal_weekday":
        return _nth_weekday(year, month, first)
    return date(year, month, min(first.day, monthrange(year, month)[1]))


def _nth_weekday(year, month, like):
    first = date(year, month, 1)
    weeks = min((like.day - 1) // 7, 3)
    return first + timedelta(days=(like.weekday() - first.weekday()) % 7, weeks=weeks)
