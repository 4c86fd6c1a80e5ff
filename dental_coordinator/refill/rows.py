# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What goes in and what comes out."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Hole:
    """Free time of a provider and a chair.

    :param start: naive UTC
    :param stop: naive UTC
    :param provider: key of who is free
    :param pattern: one character for ten minutes, X where the provider is free; all if not given
    :param tz: the clinic's zone
    :param now: the moment of asking, naive UTC
    """

    start: datetime
    stop: datetime
    provider: Hashable
    tz: ZoneInfo
    now: datetime
    pattern: str = ""

    @property
    def minutes(self):
        return int((self.stop - self.start) / timedelta(minutes=1))

    @property
    def notice(self):
        """Hours until it begins."""
        return (self.start - self.now) / timedelta(hours=1)


@dataclass(frozen=True)
class Candidate:
    """Somebody who wants to come, or to come sooner.

    :param minutes: length of the visit
    :param pattern: one character for ten minutes, X where the provider is needed
    :param provider: key of the provider wanted, or None for any
    :param provider_only: nobody else will do
    :param since: day since which the patient waits
    :param current: moment of the visit booked already (naive UTC), or None
    :param date_from: not before this day
    :param date_to: not after this day
    :param weekdays: 0 Monday to 6 Sunday; empty for any
    :param part: morning, afternoon, evening, or None for any
    :param notice: hours that the patient needs beforehand
    :param priority: 0 to 3, as the coordinator set it
    :param urgent: in pain, or medically pressing
    :param asked: how often asked lately
    :param asked_today: asked on this very day already
    :param broken: missed or late cancelled visits
    :param visits: visits kept, to see the broken ones in proportion
    :param value: worth of the planned work, 0 to 1 of the most valuable one
    :param busy: spans at which the patient is elsewhere in the clinic
    """

    key: Hashable
    minutes: int
    since: date
    pattern: str = ""
    provider: Hashable = None
    provider_only: bool = False
    current: datetime | None = None
    date_from: date | None = None
    date_to: date | None = None
    weekdays: frozenset = frozenset()
    part: str | None = None
    notice: float = 0
    priority: int = 0
    urgent: bool = False
    asked: int = 0
    asked_today: bool = False
    broken: int = 0
    visits: int = 0
    value: float = 0
    busy: tuple = ()


@dataclass(frozen=True)
class Weights:
    """Points for each part at its best; a clinic sets its own."""

    length: float = 20
    provider: float = 15
    waited: float = 20
    priority: float = 15
    urgency: float = 30
    fairness: float = 40
    broken: float = 15
    value: float = 0


@dataclass(frozen=True)
class Part:
    """One reason for a place in the order.

    :param code: field of :class:`Weights`
    :param share: 0 to 1, how far it is met
    :param points: share times weight
    :param fact: the number behind it, for the words on the screen
    """

    code: str
    share: float
    points: float
    fact: float | None = None


@dataclass(frozen=True)
class Score:
    """A candidate's place, with the parts that make it up."""

    key: Hashable
    total: float
    parts: tuple = field(default_factory=tuple)
