# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The clinic's wall clock: local times to UTC and back, days of 23 to 25 hours included."""

from datetime import datetime, time, timedelta, timezone

UTC = timezone.utc


def to_utc(moment, tz, later=False):
    """Naive UTC for a naive local time.

    :param later: which one to take when clocks go back and the time comes twice
    A time that clocks skip is read as if they had not yet moved: 02:30 becomes 03:30.
    """
    aware = moment.replace(tzinfo=tz, fold=int(later))
    return aware.astimezone(UTC).replace(tzinfo=None)


def to_local(moment, tz):
    """Naive local time for a naive UTC one."""
    return moment.replace(tzinfo=UTC).astimezone(tz).replace(tzinfo=None)


def day_of(moment, tz):
    """Local date of a naive UTC moment."""
    return to_local(moment, tz).date()


def day_span(day, tz):
    """Span of a local day in UTC, from midnight to midnight."""
    midnights = (datetime.combine(day + timedelta(days=days), time()) for days in (0, 1))
    return tuple(to_utc(midnight, tz) for midnight in midnights)


def align(moment, minutes, tz):
    """The first moment not before this one at which the local clock shows a multiple of minutes."""
    shown = to_local(moment, tz)
    past = timedelta(
        minutes=shown.hour * 60 + shown.minute,
        seconds=shown.second,
        microseconds=shown.microsecond,
    ) % timedelta(minutes=minutes)
    return moment + (timedelta(minutes=minutes) - past if past else timedelta())


def repeat(start, stop, tz, days):
    """The span start..stop (UTC) at the same local times on other days, for recurring blockouts.

    A blockout that would begin and end in the hour that clocks skip is left out; one that ends
    in the hour that comes twice lasts through both.

    :param days: local dates on which it begins
    """
    begin, end = to_local(start, tz), to_local(stop, tz)
    result = []
    for day in days:
        moved = day - begin.date()
        span = (to_utc(begin + moved, tz), to_utc(end + moved, tz, later=True))
        if span[0] < span[1]:
            result.append(span)
    return result
