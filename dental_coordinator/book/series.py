# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Treatment in several visits with healing time between them."""

from dataclasses import dataclass
from datetime import date, timedelta

from . import local
from .finder import Finder
from .interval import Interval
from .proposal import Reason
from .reasons import days_without
from .request import Request


@dataclass(frozen=True)
class Step:
    """One visit of a series.

    :param request: what it needs; its ``days`` is not used
    :param gap: least time since the step before, for healing or the laboratory
    :param limit: most time since the step before, or None
    """

    request: Request
    gap: Interval = Interval()
    limit: Interval | None = None

    def bounds(self, since):
        """First and last date allowed after a step on ``since``; the last may be None."""
        return self.gap.after(since), self.limit and self.limit.after(since)


@dataclass(frozen=True)
class GapConflict:
    """A step that stands, or finds no place, outside two local dates.

    :param step: index in the series
    :param earliest: first date that the gap allows
    :param latest: last date that the limit allows, or None without a limit
    """

    step: int
    earliest: date
    latest: date | None


@dataclass(frozen=True)
class Series:
    """A chain of proposals; ``conflict`` is the step where it breaks off, None if complete."""

    proposals: tuple
    conflict: GapConflict | None = None


def plan_series(diary, steps):
    """The earliest chain of visits that keeps every gap and limit.

    A step moves to a later day only when a step after it would otherwise find no place within its
    limit. When there is no such chain, the longest beginning of one comes with the conflict.

    :param steps: :class:`Step` rows in order; gap and limit of the first are not used
    """
    planner = _Planner(diary, steps)
    chain = planner.extend(())
    return planner.longest if chain is None else Series(chain)


def gap_conflicts(steps, dates):
    """Steps too early or too late after the one before, once someone has moved one.

    :param dates: local date of each step, None for one without a date yet
    :return: :class:`GapConflict` rows
    """
    conflicts = []
    for index, step in enumerate(steps[1:], 1):
        since, day = dates[index - 1], dates[index]
        if since and day:
            earliest, latest = step.bounds(since)
            if day < earliest or (latest and day > latest):
                conflicts.append(GapConflict(index, earliest, latest))
    return conflicts


class _Planner:
    """Depth first over days; what failed or was found for a day is never looked up twice."""

    def __init__(self, diary, steps):
        self.longest = Series(())
        self._steps = steps
        self._finders = [Finder(diary, step.request) for step in steps]
        self._known = {}
        self._failed = set()

    def extend(self, chain):
        """The chain with all remaining steps, or None."""
        index = len(chain)
        if index == len(self._steps):
            return chain
        since = self._day(index - 1, chain[-1]) if chain else None
        if (index, since) in self._failed:
            return None
        causes = []
        for day in self._days(index, since):
            place = self._place(index, day, chain[-1] if day == since else None)
            if isinstance(place, str):
                causes.append(place)
                continue
            reasons = (*self._gap_reasons(index, since), *days_without(causes))
            whole = self.extend((*chain, self._finders[index].proposal(*place, reasons)))
            if whole:
                return whole
        self._give_up(index, since, chain)
        return None

    def _day(self, index, proposal):
        return local.day_of(proposal.start, self._steps[index].request.tz)

    def _days(self, index, since):
        """Local days on which a step may be, in order."""
        request = self._steps[index].request
        first = local.day_of(request.earliest, request.tz)
        latest = None
        if since:
            earliest, latest = self._steps[index].bounds(since)
            first = max(first, earliest)
        count = (latest - first).days + 1 if latest else request.horizon
        return (first + timedelta(days=days) for days in range(count))

    def _place(self, index, day, previous):
        """(start, provider, chair) of a step on a day, or the cause why there is none."""
        finder = self._finders[index]
        if previous:
            return finder.first(day, not_before=previous.stop) or "not_free"
        if (index, day) not in self._known:
            self._known[index, day] = finder.first(day) or finder.why_none(day)
        return self._known[index, day]

    def _gap_reasons(self, index, since):
        if not since:
            return
        step = self._steps[index]
        earliest, latest = step.bounds(since)
        if step.gap:
            values = {"gap": step.gap, "since": since, "earliest": earliest}
            yield Reason("after_gap", values)
        if latest:
            yield Reason("within_limit", {"latest": latest})

    def _give_up(self, index, since, chain):
        self._failed.add((index, since))
        if self.longest.conflict and len(self.longest.proposals) >= index:
            return
        if since:
            bounds = self._steps[index].bounds(since)
        else:
            request = self._steps[index].request
            bounds = (local.day_of(request.earliest, request.tz), None)
        self.longest = Series(chain, GapConflict(index, *bounds))
