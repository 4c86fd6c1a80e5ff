# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Working time of a weekly timetable, as the ERP's working schedules keep it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from . import local
from .spans import clipped, merged


@dataclass(frozen=True)
class Hours:
    """One row of a timetable.

    :param weekday: 0 Monday to 6 Sunday
    :param start: minutes after midnight, local time
    :param stop: minutes after midnight, up to 1440
    :param week: 0 or 1 in a timetable of two weeks, None in one that is the same every week
    """

    weekday: int
    start: int
    stop: int
    week: int | None = None

    @classmethod
    def from_floats(cls, weekday, start, stop, week=None):
        """From hours as decimal numbers: 8.5 is half past eight."""
        return cls(weekday, round(start * 60), round(stop * 60), week)


def working_spans(rows, tz, begin, end):
    """Working time between two moments (naive UTC): sorted disjoint spans."""
    by_day = {}
    for row in rows:
        for week in (0, 1) if row.week is None else (row.week,):
            by_day.setdefault((week, row.weekday), []).append(row)
    found = []
    day = local.day_of(begin, tz)
    while day <= local.day_of(end, tz):
        midnight = datetime.combine(day, time())
        for row in by_day.get((week_of(day), day.weekday()), ()):
            start, stop = (midnight + timedelta(minutes=m) for m in (row.start, row.stop))
            found.append((local.to_utc(start, tz), local.to_utc(stop, tz)))
        day += timedelta(days=1)
    return clipped(merged(found), begin, end)


def week_of(day):
    """Which of two weeks a date is in: they alternate since the first of January of year 1."""
    return (day.toordinal() - 1) // 7 % 2
