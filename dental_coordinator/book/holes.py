# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Holes of a day: time in which a chair is open and empty and somebody who works there is free."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .spans import intersect, merged


@dataclass(frozen=True)
class Hole:
    """Empty time of a chair.

    :param chair: key of the chair in the diary
    :param providers: keys of those who are free in it for long enough, in their order
    """

    chair: object
    start: datetime
    stop: datetime
    providers: tuple

    @property
    def minutes(self):
        return int((self.stop - self.start).total_seconds()) // 60


def holes(diary, staffing, start, stop, minimum):
    """Holes of the chairs that are staffed, by start and in the order of the chairs.

    :param staffing: {chair: keys of the providers who work there that day}; a chair without any is
        closed rather than empty
    :param minimum: minutes below which a hole is only a pause
    """
    found = []
    least = timedelta(minutes=minimum)
    for chair, providers in staffing.items():
        free = {key: diary.free(key, start, stop) for key in providers}
        anyone = merged([span for spans in free.values() for span in spans])
        for begin, end in intersect(diary.free(chair, start, stop), anyone):
            if end - begin >= least:
                who = [key for key in providers if _shares(free[key], begin, end, least)]
                found.append(Hole(chair, begin, end, tuple(who)))
    return sorted(found, key=lambda hole: hole.start)


def _shares(spans, begin, end, least):
    return any(min(stop, end) - max(start, begin) >= least for start, stop in spans)
