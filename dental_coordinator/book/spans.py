# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Arithmetic of spans: sorted lists of disjoint ``(start, stop)``, each step linear."""

from bisect import bisect_left


def merged(spans):
    """Sorted and disjoint: overlapping and touching spans become one, empty ones go."""
    return joined(span for span in spans if span[0] < span[1])


def joined(ranges):
    """Like :func:`merged` for ranges that include both their ends, single moments among them."""
    result = []
    for start, stop in sorted(ranges):
        if result and start <= result[-1][1]:
            if stop > result[-1][1]:
                result[-1] = (result[-1][0], stop)
        else:
            result.append((start, stop))
    return result


def overlapping(spans, start, stop):
    """Those of sorted disjoint spans that share time with ``start``..``stop``, uncut."""
    first = bisect_left(spans, (start,))
    if first and spans[first - 1][1] > start:
        first -= 1
    return spans[first : bisect_left(spans, (stop,))]


def clipped(spans, start, stop):
    """Sorted disjoint spans cut to ``start``..``stop``."""
    found = overlapping(spans, start, stop)
    if found:
        found[0] = (max(found[0][0], start), found[0][1])
        found[-1] = (found[-1][0], min(found[-1][1], stop))
    return found


def subtract(spans, holes):
    """Sorted disjoint spans without the sorted disjoint holes."""
    result = []
    rest = iter(holes)
    hole = next(rest, None)
    for start, stop in spans:
        while hole and hole[1] <= start:
            hole = next(rest, None)
        while hole and hole[0] < stop:
            if start < hole[0]:
                result.append((start, hole[0]))
            start = hole[1]
            if start >= stop:
                break
            hole = next(rest, None)
        if start < stop:
            result.append((start, stop))
    return result


def intersect(first, second):
    """Time in both of two sorted disjoint lists."""
    return [span for span in _common(first, second) if span[0] < span[1]]


def meeting(first, second):
    """Like :func:`intersect`, lazily, for ranges that include both their ends.

    Two ranges of possible starts that touch have one start in common.
    """
    return (span for span in _common(first, second) if span[0] <= span[1])


def meet(first, second):
    """:func:`meeting` as a list."""
    return list(meeting(first, second))


def _common(first, second):
    here = there = 0
    while here < len(first) and there < len(second):
        (begin, end), (other_begin, other_end) = first[here], second[there]
        yield max(begin, other_begin), min(end, other_end)
        if end < other_end:
            here += 1
        else:
            there += 1
