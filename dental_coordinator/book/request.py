# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is asked for when a place in the book is wanted."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, time
from zoneinfo import ZoneInfo

from .pattern import Pattern


@dataclass(frozen=True)
class Request:
    """A visit that wants a place.

    :param pattern: which minutes need the provider; the chair, devices and patient are needed
        throughout
    :param providers: keys in order of preference; none when no provider is needed
    :param chairs: keys in order of preference; none when no chair is needed
    :param earliest: no visit begins before this moment (naive UTC)
    :param tz: zone of the clinic
    :param patient: key of the patient, kept from being in two places at once
    :param equipment: keys that are all needed for the whole visit
    :param kind: kind of visit, as template blocks name it
    :param groups: groups that the patient belongs to, as template blocks name them
    :param now: moment at which template blocks are judged; ``earliest`` if not given
    :param days: how many days to propose
    :param horizon: how many local days are looked at, the first included
    :param from_time: local time at or after which it begins
    :param to_time: local time before which it begins
    :param weekdays: days wanted, 0 Monday to 6 Sunday; all if not given
    :param step: visits begin when the local clock shows a multiple of this many minutes
    :param chairs_of: {provider: chairs} for those who work in certain chairs only
    :raises ValueError: for values with which nothing can ever be found
    """

    pattern: Pattern
    providers: tuple
    chairs: tuple
    earliest: datetime
    tz: ZoneInfo
    patient: Hashable = None
    equipment: tuple = ()
    kind: Hashable = None
    now: datetime | None = None
    days: int = 10
    horizon: int = 90
    from_time: time | None = None
    to_time: time | None = None
    weekdays: frozenset | None = None
    step: int = 10
    chairs_of: dict = field(default_factory=dict)
    groups: frozenset = frozenset()

    def __post_init__(self):
        if self.earliest.tzinfo:
            raise ValueError("Slot search: earliest is in UTC without a zone, as Odoo stores it.")
        if self.step < 1 or self.days < 1 or self.horizon < 1:
            raise ValueError("Slot search: step, days and horizon are at least 1.")
        if self.from_time and self.to_time and self.from_time >= self.to_time:
            raise ValueError(
                f"Slot search: from {self.from_time:%H:%M} to {self.to_time:%H:%M} is no time"
                " of the day; put the earlier time first."
            )
        if self.weekdays is not None and not set(self.weekdays) & set(range(7)):
            raise ValueError("Slot search: choose at least one weekday, 0 Monday to 6 Sunday.")

    @property
    def judged_at(self):
        return self.now or self.earliest

    def chairs_for(self, provider):
        """Chairs in which that provider may treat, in order of preference."""
        if provider not in self.chairs_of:
            return self.chairs or (None,)
        return tuple(chair for chair in self.chairs if chair in self.chairs_of[provider])

    def holds(self, start, provider, chair):
        """Rows (key, start, stop) that the visit would take at that place."""
        stop = start + self.pattern.duration
        whole = [key for key in (chair, *self.equipment, self.patient) if key is not None]
        rows = [(key, start, stop) for key in whole]
        if provider is not None:
            rows += [(provider, *span) for span in self.pattern.provider_spans(start)]
        return tuple(rows)
