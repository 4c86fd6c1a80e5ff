# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Time patterns: which minutes of a visit need the provider."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import gcd

PROVIDER = "X"
ASSISTANT = "/"


@dataclass(frozen=True)
class Pattern:
    """A visit as a row of equal units.

    :param units: one character a unit, ``X`` provider, ``/`` assistant
    :param minutes: length of one unit, in minutes
    :raises ValueError: for another character, no unit at all, or a unit without length
    """

    units: str
    minutes: int = 10

    def __post_init__(self):
        if not self.units or set(self.units) - {PROVIDER, ASSISTANT}:
            raise ValueError(f"pattern {self.units!r}: use X and / only, at least one")
        if self.minutes < 1:
            raise ValueError(f"pattern {self.units!r}: a unit of {self.minutes} minutes is no time")

    @property
    def length(self):
        """Minutes from first to last unit."""
        return self.minutes * len(self.units)

    @property
    def duration(self):
        return timedelta(minutes=self.length)

    @property
    def lead(self):
        """Units before the provider comes; all of them when he never does."""
        return len(self.units) - len(self.units.lstrip(ASSISTANT))

    @property
    def tail(self):
        """Units after the provider has left; none when he never came."""
        return len(self.units[self.lead :]) - len(self.core)

    @property
    def core(self):
        """Units from the provider's first to his last."""
        return self.units.strip(ASSISTANT)

    def provider_spans(self, start: datetime):
        """Spans (begin, end) in which the provider is busy, in order, touching ones joined."""
        unit = timedelta(minutes=self.minutes)
        spans = []
        for index, kind in enumerate(self.units):
            if kind != PROVIDER:
                continue
            begin = start + index * unit
            if spans and spans[-1][1] == begin:
                spans[-1] = (spans[-1][0], begin + unit)
            else:
                spans.append((begin, begin + unit))
        return spans

    def in_units(self, minutes):
        """The same pattern in smaller units.

        :raises ValueError: when the present unit is not a multiple of ``minutes``
        """
        if self.minutes % minutes:
            raise ValueError(f"pattern {self.units!r}: {self.minutes} is no multiple of {minutes}")
        times = self.minutes // minutes
        return Pattern("".join(unit * times for unit in self.units), minutes)

    def resized(self, length):
        """The pattern of a visit that someone made ``length`` minutes long.

        Time is added to the provider's last stretch, and taken from there first, because the
        chair is prepared and cleaned however long the treatment is.

        :raises ValueError: when nothing would be left
        """
        if length < 1:
            raise ValueError(f"pattern {self.units!r}: a visit of {length} minutes is no visit")
        pattern = self.in_units(gcd(self.minutes, length))
        units, lead, tail = length // pattern.minutes, pattern.lead, pattern.tail
        if not pattern.core:
            return replace(pattern, units=ASSISTANT * units)
        inner = max(units - lead - tail, 1)
        core = pattern.core[:inner].ljust(inner, PROVIDER)
        core = core[:-1] + PROVIDER
        lead = min(lead, units - 1)
        return replace(
            pattern, units=ASSISTANT * lead + core + ASSISTANT * (units - lead - len(core))
        )


def merge(patterns):
    """Pattern of several procedures in one visit.

    Provider time adds up; assistant time before and after is the longest one, not the sum,
    because the chair is prepared and cleaned once. Different units become their common divisor.

    :raises ValueError: without any pattern
    """
    patterns = list(patterns)
    if not patterns:
        raise ValueError("no procedure has a pattern: choose an appointment type or a length")
    unit = gcd(*(pattern.minutes for pattern in patterns))
    patterns = [pattern.in_units(unit) for pattern in patterns]
    lead = max(pattern.lead for pattern in patterns)
    tail = max(pattern.tail for pattern in patterns)
    core = "".join(pattern.core for pattern in patterns)
    return Pattern(ASSISTANT * lead + core + ASSISTANT * tail, unit)


def visit_pattern(procedures, kind=None, locked=None, default=None):
    """Pattern a visit has now.

    :param procedures: patterns of its procedures
    :param kind: pattern that the appointment type imposes, if it does
    :param locked: pattern someone set by hand; more procedures no longer change it
    :param default: for a visit without procedures
    """
    procedures = list(procedures)
    return locked or kind or (merge(procedures) if procedures or not default else default)
