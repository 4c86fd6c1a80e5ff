# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is open and what is taken: working time, reservations, template blocks."""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta

from .spans import clipped, merged, overlapping, subtract


@dataclass(frozen=True)
class Block:
    """Time of a chair or provider kept for some kinds of visit, or for some groups of patients.

    :param resource: key of the chair or provider in the diary
    :param kinds: kinds of visit that may always use it; none for a plain blockout
    :param releases: pairs (minutes before start, kinds or None for all) at which it opens further,
        on the very minute: ``((2880, {"recall"}), (1440, None))`` opens 48 hours before to recalls
        and 24 hours before to everyone
    :param name: what people call it
    :param hard: whether others are refused; else whoever books is only warned
    :param groups: groups of patients that may always use it, within the kinds if there are some
    :param filled: of how many past pieces of it how many had filled: (filled, pieces), or None
    """

    resource: Hashable
    start: datetime
    stop: datetime
    kinds: frozenset = frozenset()
    releases: tuple = ()
    name: str = ""
    hard: bool = False
    groups: frozenset = frozenset()
    filled: tuple | None = None

    def kept_for(self, kind, groups=frozenset()):
        """Whether it is kept for visits of that kind by patients of those groups."""
        if not self.groups:
            return kind in self.kinds
        return bool(self.groups & groups) and (not self.kinds or kind in self.kinds)

    def open_to(self, kind, now, groups=frozenset()):
        """Whether a visit of that kind may be put here at that moment."""
        return self.kept_for(kind, groups) or any(
            self.start - timedelta(minutes=before) <= now and (kinds is None or kind in kinds)
            for before, kinds in self.releases
        )

    def next_release(self, now):
        """The coming (moment, kinds or None for all) at which it opens further, or None."""
        coming = (
            (self.start - timedelta(minutes=before), kinds) for before, kinds in self.releases
        )
        return min((step for step in coming if step[0] > now), default=None, key=lambda s: s[0])


class Diary:
    """Working time minus what is taken, by resource.

    A resource is known by any hashable key: a provider, chair, device or patient. One that has no
    working time given is open day and night (patients, devices). Built in one pass over the
    reservations; each question afterwards costs only what lies in the span asked about.

    :param working: {key: spans}, hours minus leaves
    :param busy: rows (key, start, stop) that block, in any order
    :param blocks: :class:`Block` rows
    :param apart: {(provider, chair): spans} in which the provider is not in that chair
    """

    def __init__(self, working, busy, blocks=(), apart=None):
        self._apart = {pair: merged(spans) for pair, spans in (apart or {}).items()}
        self._working = {key: merged(spans) for key, spans in working.items()}
        self._blocks = tuple(blocks)
        self._busy = defaultdict(list)
        for key, start, stop in busy:
            self._busy[key].append((start, stop))
        self._sorted = {}

    def working(self, key, start, stop):
        """Working time of a resource within a span."""
        if key not in self._working:
            return [(start, stop)]
        return clipped(self._working[key], start, stop)

    def busy(self, key):
        """Everything that the resource is taken by, sorted and disjoint."""
        if key not in self._sorted:
            self._sorted[key] = merged(self._busy.get(key, ()))
        return self._sorted[key]

    def free(self, key, start, stop):
        """Open and untaken spans of a resource within a span; template blocks do not count."""
        return subtract(self.working(key, start, stop), overlapping(self.busy(key), start, stop))

    def together(self, provider, chair, start, stop):
        """Spans in which the provider may work in the chair."""
        return subtract([(start, stop)], self._apart.get((provider, chair), ()))

    def conflicts(self, holds):
        """Those of the rows (key, start, stop) that are taken already."""
        return [row for row in holds if overlapping(self.busy(row[0]), row[1], row[2])]

    def blocks_at(self, key, start, stop):
        """Template blocks of a resource that share time with a span."""
        return [
            block
            for block in self._blocks
            if block.resource == key and block.start < stop and block.stop > start
        ]

    def closed_to(self, kind, now, groups=frozenset()):
        """{key: spans} that template blocks keep from a kind of visit at that moment."""
        closed = defaultdict(list)
        for block in self._blocks:
            if not block.open_to(kind, now, groups):
                closed[block.resource].append((block.start, block.stop))
        return {key: merged(spans) for key, spans in closed.items()}
