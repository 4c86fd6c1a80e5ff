# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A place in the book that is proposed, and why."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Reason:
    """One reason for a proposal; screens put it into words by its code.

    ======================  =====================================================================
    code                    values
    ======================  =====================================================================
    ``after_gap``           ``gap`` (Interval), ``since`` and ``earliest`` (dates)
    ``within_limit``        ``latest`` (date)
    ``days_without``        ``count`` of days just before on which there is nothing, ``causes``
                            {cause: count}: weekday, provider_away, chair_closed, not_free
    ``part_of_day``         ``from_time``, ``to_time`` (local, or None)
    ``weekday``             ``weekday`` (0 Monday)
    ``preferred_provider``  ``provider``: the first of those wanted
    ``other_provider``      ``provider``, ``wanted``: the first one is not free then
    ``preferred_chair``     ``chair``
    ``other_chair``         ``chair``, ``wanted``
    ``kept_for_kind``       ``kind``, ``resource``: in a template block for this kind; ``filled``:
                            (filled, pieces) of its past, or None
    ``released``            the same: in a template block that has opened
    ``shares_provider``     ``provider``, ``minutes``: is busy elsewhere in the assistant's minutes
    ``leaves_no_hole``      ``side``: before, after, both; chair or provider is taken right there
    ``side_by_side``        ``members``: all begin together
    ``back_to_back``        ``place``, ``members``: one after the other
    ``nearest``             ``minutes`` from the time wanted, negative when earlier
    ======================  =====================================================================
    """

    code: str
    values: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """A visit's place.

    :param start: naive UTC
    :param stop: naive UTC
    :param provider: key, or None when none is needed
    :param chair: key, or None when none is needed
    :param holds: rows (key, start, stop) it would take
    :param reasons: ordered :class:`Reason` rows
    """

    start: datetime
    stop: datetime
    provider: Hashable
    chair: Hashable
    patient: Hashable
    holds: tuple
    reasons: tuple = ()
