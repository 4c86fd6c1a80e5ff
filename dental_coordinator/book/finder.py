# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where a visit can begin on a given day.

A resource that must be free from ``begin`` to ``end`` after the start turns each free span
``a..b`` into a range of starts ``a - begin .. b - end``, both ends included. What the whole visit
allows is where the ranges of all that it needs meet, so assistant minutes never hold the provider.
"""

from datetime import datetime, timedelta

from . import local
from .proposal import Proposal
from .reasons import explain
from .spans import meet, meeting, subtract

_ZERO = datetime(2000, 1, 1)


class Finder:
    """The places of one request in one diary, day by day."""

    def __init__(self, diary, request):
        self.diary = diary
        self.request = request
        self._closed = diary.closed_to(request.kind, request.judged_at, request.groups)
        spans = request.pattern.provider_spans(_ZERO)
        self._treating = [(begin - _ZERO, end - _ZERO) for begin, end in spans]
        self._throughout = [(timedelta(), request.pattern.duration)]

    def days(self):
        """Local days looked at, in order."""
        first = local.day_of(self.request.earliest, self.request.tz)
        return (first + timedelta(days=days) for days in range(self.request.horizon))

    def window(self, day, not_before=None):
        """Span of the starts wished for on a local day, or None."""
        request = self.request
        if request.weekdays is not None and day.weekday() not in request.weekdays:
            return None
        start, stop = local.day_span(day, request.tz)
        if request.from_time:
            start = local.to_utc(datetime.combine(day, request.from_time), request.tz)
        if request.to_time:
            stop = local.to_utc(datetime.combine(day, request.to_time), request.tz, later=True)
        start = max(filter(None, (start, request.earliest, not_before)))
        return (start, stop) if start < stop else None

    def pairs(self, window):
        """Provider, chair and ranges of possible starts, in order of preference.

        The ranges come lazily: whoever needs only the first one does not pay for the rest.
        """
        chair_starts = {}
        common = self._common_starts(window)
        for provider in self.request.providers or (None,):
            starts = meet(common, self._starts(provider, window, self._treating)) if common else ()
            for chair in self.request.chairs_for(provider) if starts else ():
                if chair not in chair_starts:
                    chair_starts[chair] = self._starts(chair, window, self._throughout)
                yield (
                    provider,
                    chair,
                    meeting(self._together(starts, provider, chair, window), chair_starts[chair]),
                )

    def _together(self, starts, provider, chair, window):
        """Those of the starts from which the provider stays in that chair to the end."""
        length = self.request.pattern.duration
        spans = self.diary.together(provider, chair, window[0], window[1] + length)
        if len(spans) == 1 and spans[0] == (window[0], window[1] + length):
            return starts
        return meet(starts, [(a, b - length) for a, b in spans if b - a >= length])

    def _common_starts(self, window):
        """Ranges of starts that patient and devices allow."""
        ranges = [(window[0], window[1] - datetime.resolution)]
        for key in (self.request.patient, *self.request.equipment):
            if ranges:
                ranges = meet(ranges, self._starts(key, window, self._throughout))
        return ranges

    def _starts(self, key, window, needed):
        ranges = [(window[0], window[1] - datetime.resolution)]
        if key is None:
            return ranges
        free = self.diary.free(key, window[0], window[1] + self.request.pattern.duration)
        if key in self._closed:
            free = subtract(free, self._closed[key])
        for begin, end in needed:
            ranges = meet(ranges, [(a - begin, b - end) for a, b in free if b - a >= end - begin])
        return ranges

    def first(self, day, not_before=None):
        """Earliest (start, provider, chair) of a local day, or None."""
        window = self.window(day, not_before)
        best = None
        for provider, chair, ranges in self.pairs(window) if window else ():
            start = self._first_start(ranges, best and best[0])
            if start:
                best = (start, provider, chair)
        return best

    def _first_start(self, ranges, before):
        for first, last in ranges:
            if before and first >= before:
                return None
            start = local.align(first, self.request.step, self.request.tz)
            if start <= last:
                return start if not before or start < before else None
        return None

    def every(self, day, not_before=None):
        """All (start, provider, chair) of a local day, in order, the preferred pair for each."""
        window = self.window(day, not_before)
        found = {}
        for provider, chair, ranges in self.pairs(window) if window else ():
            for start in self.starts_in(ranges):
                found.setdefault(start, (start, provider, chair))
        return [found[start] for start in sorted(found)]

    def starts_in(self, ranges):
        """Moments within ranges at which the local clock shows a whole step."""
        request = self.request
        for first, last in ranges:
            start = local.align(first, request.step, request.tz)
            while start <= last:
                yield start
                start = local.align(start + datetime.resolution, request.step, request.tz)

    def proposal(self, start, provider, chair, reasons=()):
        """The place as a :class:`Proposal`, with the given reasons before its own."""
        request = self.request
        return Proposal(
            start=start,
            stop=start + request.pattern.duration,
            provider=provider,
            chair=chair,
            patient=request.patient,
            holds=request.holds(start, provider, chair),
            reasons=(*reasons, *explain(self.diary, request, start, provider, chair)),
        )

    def why_none(self, day):
        """Cause for a day without any opening, as :class:`Reason` ``days_without`` names it."""
        window = self.window(day)
        if not window:
            return "weekday" if self._unwished(day) else "not_free"
        working = self.diary.working
        if self.request.providers and not any(
            working(key, *window) for key in self.request.providers
        ):
            return "provider_away"
        if self.request.chairs and not any(working(key, *window) for key in self.request.chairs):
            return "chair_closed"
        return "not_free"

    def _unwished(self, day):
        return self.request.weekdays is not None and day.weekday() not in self.request.weekdays
