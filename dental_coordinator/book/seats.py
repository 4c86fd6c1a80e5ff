# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rooms for several people at once: when they are full, and which place is free.

Taken time is rows ``(start, stop, seat)``; seat 0 takes the whole room, as closed time does.
"""

from collections import defaultdict

from .spans import merged


def crowded(taken, capacity):
    """Sorted disjoint spans in which no place of the room is left."""
    changes = defaultdict(int)
    for start, stop, seat in taken:
        changes[start] += 1 if seat else capacity
        changes[stop] -= 1 if seat else capacity
    full, places, since = [], 0, None
    for moment in sorted(changes):
        if places >= capacity:
            full.append((since, moment))
        places += changes[moment]
        since = moment
    return merged(full)


def seated(start, stop, taken, capacity):
    """Places that are free from ``start`` to ``stop``, changed only where one must.

    As long as the room is not full at any moment there is an answer, however its places were
    given out before.

    :return: list of (start, stop, seat), seats from 1 to ``capacity``; None if the room is full
    """
    near = [row for row in taken if row[0] < stop and row[1] > start]
    cuts = sorted({start, stop, *(edge for row in near for edge in row[:2] if start < edge < stop)})
    found = []
    for begin, end in zip(cuts, cuts[1:], strict=False):
        used = {seat for a, b, seat in near if a < end and b > begin}
        free = [seat for seat in range(1, capacity + 1) if seat not in used]
        if not free or 0 in used:
            return None
        if found and found[-1][2] in free:
            found[-1] = (found[-1][0], end, found[-1][2])
        else:
            found.append((begin, end, free[0]))
    return found
