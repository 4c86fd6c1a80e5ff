# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Time that comes again on the same weekdays at the same local hours."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from . import local


@dataclass(frozen=True)
class Recurrence:
    """A span, and when it comes again.

    :param start: begin of the first one, naive UTC
    :param stop: its end, naive UTC
    :param tz: zone whose clock decides the weekday and the hours
    :param weekdays: days on which it begins, 0 Monday to 6 Sunday; none when it comes only once
    :param weeks: every how many weeks, counted from the week of ``start``
    :param until: last local date on which it begins, or None for no end
    :raises ValueError: for a span without length, or a distance below one week
    """

    start: datetime
    stop: datetime
    tz: ZoneInfo
    weekdays: frozenset = frozenset()
    weeks: int = 1
    until: date | None = None

    def __post_init__(self):
        if self.start >= self.stop:
            raise ValueError(f"Blocked time {self.start} to {self.stop}: the end comes first.")
        if self.weeks < 1:
            raise ValueError("Blocked time comes every week, or every so many weeks.")

    def spans(self, begin, end):
        """Those of its spans that share time with ``begin``..``end``, uncut and in order."""
        if not self.weekdays:
            found = [(self.start, self.stop)]
        else:
            found = local.repeat(self.start, self.stop, self.tz, self._days(begin, end))
        return [span for span in found if span[0] < end and span[1] > begin]

    def _days(self, begin, end):
        """Local dates on which it begins, those from which one may reach into the span."""
        first = local.day_of(self.start, self.tz)
        monday = first - timedelta(days=first.weekday())
        reach = self.stop - self.start + timedelta(days=1)
        day = max(first, local.day_of(begin - reach, self.tz))
        last = local.day_of(end, self.tz)
        last = min(last, self.until) if self.until else last
        while day <= last:
            if day.weekday() in self.weekdays and (day - monday).days // 7 % self.weeks == 0:
                yield day
            day += timedelta(days=1)
