# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Visits of a family on one day: all at once in several chairs, or one after the other."""

from datetime import timedelta
from itertools import accumulate, islice, permutations

from .finder import Finder
from .proposal import Reason
from .reasons import days_without
from .spans import joined, meet

MODES = ("side_by_side", "back_to_back")
#: of more people only the order given is tried; 24 orders of four are soon gone through
_MOST_TO_REORDER = 4


def search_family(diary, requests, mode="side_by_side"):
    """The first set of places on each of the next days that have one.

    Side by side, all begin at the same moment; back to back, each begins when another ends, in
    the order given if no other order begins earlier. Nobody of the set takes what another takes:
    a dentist may serve two chairs when his minutes differ.

    :param requests: one :class:`Request` a person; the first one's days, horizon, zone and step
        count for the set, everything else is each person's own
    :return: list of sets, each a tuple of proposals in the order of the requests
    :raises ValueError: for another mode, or no request
    """
    if mode not in MODES or not requests:
        raise ValueError(
            f"Family search {mode!r}: use {' or '.join(MODES)}, for one person or more."
        )
    finders = [Finder(diary, request) for request in requests]
    return list(islice(_sets(finders, mode), requests[0].days))


def _sets(finders, mode):
    arrangements = list(_arrangements(finders, mode))
    causes = []
    for day in finders[0].days():
        options = [_options(finder, day) for finder in finders]
        best = None
        for order, offsets in arrangements if all(options) else ():
            found = _first_set(finders, options, offsets, best and best[0])
            best = (*found, order) if found else best
        if best:
            yield tuple(_proposals(finders, mode, best, days_without(causes)))
            causes = []
        else:
            causes.append(next((f.why_none(day) for f in finders if not f.first(day)), "not_free"))


def _arrangements(finders, mode):
    """Orders of the people, each with everyone's offset from the start of the set."""
    given = tuple(range(len(finders)))
    if mode == "side_by_side":
        yield given, [timedelta()] * len(finders)
        return
    for order in permutations(given) if len(given) <= _MOST_TO_REORDER else [given]:
        lengths = [finders[who].request.pattern.duration for who in order]
        begins = dict(zip(order, accumulate(lengths, initial=timedelta()), strict=False))
        yield order, [begins[who] for who in given]


def _options(finder, day):
    """Provider, chair and their ranges of starts on a day, those without any left out."""
    window = finder.window(day)
    found = finder.pairs(window) if window else ()
    options = ((provider, chair, list(ranges)) for provider, chair, ranges in found)
    return [option for option in options if option[2]]


def _first_set(finders, options, offsets, before):
    """Earliest (start, places) of the set in one arrangement, or None."""
    common = None
    for choices, offset in zip(options, offsets, strict=True):
        ranges = joined((a - offset, b - offset) for *_pair, ranges in choices for a, b in ranges)
        common = ranges if common is None else meet(common, ranges)
    for start in finders[0].starts_in(common):
        if before and start >= before:
            break
        starts = [start + offset for offset in offsets]
        pairs = _assign(finders, options, starts)
        if pairs:
            return start, list(zip(starts, pairs, strict=True))
    return None


def _assign(finders, options, starts):
    """Pairs (provider, chair), one a person, none taking what another takes; or None.

    Chairs and providers are first given out apart: who is free does not depend on the chair, and
    trying every pair with every other would take the product of both. Only where providers are
    tied to chairs the pairs themselves must be tried.
    """
    free = [
        [(provider, chair) for provider, chair, ranges in choices if _within(start, ranges)]
        for choices, start in zip(options, starts, strict=True)
    ]
    chairs = _apart(finders, starts, [dict.fromkeys((None, c) for _p, c in row) for row in free])
    if not chairs:
        return None
    providers = _apart(finders, starts, [dict.fromkeys((p, None) for p, _c in row) for row in free])
    if not providers:
        return None
    pairs = [(p, c) for (p, _), (_, c) in zip(providers, chairs, strict=True)]
    if all(pair in row for pair, row in zip(pairs, free, strict=True)):
        return pairs
    return _apart(finders, starts, free)


def _within(start, ranges):
    return any(first <= start <= last for first, last in ranges)


def _apart(finders, starts, choices, chosen=(), taken=()):
    """The first of each person's pairs with which no two collide, or None."""
    who = len(chosen)
    if who == len(finders):
        return chosen
    for pair in choices[who]:
        holds = finders[who].request.holds(starts[who], *pair)
        if not _collide(holds, taken):
            rest = _apart(finders, starts, choices, (*chosen, pair), (*taken, *holds))
            if rest:
                return rest
    return None


def _collide(holds, others):
    return any(
        key == other and start < end and begin < stop
        for key, start, stop in holds
        for other, begin, end in others
    )


def _proposals(finders, mode, best, reasons):
    _start, places, order = best
    for who, (start, pair) in enumerate(places):
        values = {"members": len(finders)}
        if mode == "back_to_back":
            values["place"] = order.index(who) + 1
        yield finders[who].proposal(start, *pair, (*reasons, Reason(mode, values)))
