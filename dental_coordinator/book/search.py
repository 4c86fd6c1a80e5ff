# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The questions people ask the book for a single visit."""

from datetime import timedelta
from itertools import islice

from . import local
from .finder import Finder
from .proposal import Reason
from .reasons import days_without


def search(diary, request):
    """The first opening on each of the next ``request.days`` days that have one.

    :return: :class:`Proposal` rows in order, fewer when the horizon ends first
    """
    return list(islice(iter_openings(diary, request), request.days))


def iter_openings(diary, request):
    """Like :func:`search` without an end but the horizon, one proposal at a time."""
    finder = Finder(diary, request)
    causes = []
    for day in finder.days():
        place = finder.first(day)
        if place:
            yield finder.proposal(*place, reasons=days_without(causes))
            causes = []
        else:
            causes.append(finder.why_none(day))


def openings(diary, request, day):
    """All openings of one local day, one for each start, in order."""
    finder = Finder(diary, request)
    return [finder.proposal(*place) for place in finder.every(day)]


def nearest_free(diary, request, wanted, count=3):
    """The free places nearest to a moment, for whoever found that moment taken.

    They do not overlap one another, so that each is another choice, and none begins before
    ``request.earliest``. Of two equally near the later one comes first: people rather wait.

    :return: up to ``count`` :class:`Proposal` rows, nearest first
    """
    finder = Finder(diary, request)
    today = local.day_of(wanted, request.tz)
    found, chosen = [], []
    for ring in range(request.horizon):
        for day in dict.fromkeys((today - timedelta(days=ring), today + timedelta(days=ring))):
            found += finder.every(day)
        chosen = _spread(found, wanted, request.pattern.duration, count)
        known = min(
            wanted - local.day_span(today - timedelta(days=ring), request.tz)[0],
            local.day_span(today + timedelta(days=ring), request.tz)[1] - wanted,
        )
        if len(chosen) == count and abs(chosen[-1][0] - wanted) <= known:
            break
    return [finder.proposal(*place, reasons=_distance(place, wanted)) for place in chosen]


def _spread(places, wanted, duration, count):
    """The nearest places that lie at least a visit's length apart."""
    chosen = []
    for place in sorted(places, key=lambda p: (abs(p[0] - wanted), p[0] < wanted)):
        if all(abs(place[0] - other[0]) >= duration for other in chosen):
            chosen.append(place)
            if len(chosen) == count:
                break
    return chosen


def _distance(place, wanted):
    minutes = (place[0] - wanted) // timedelta(minutes=1)
    return (Reason("nearest", {"minutes": minutes}),)
