# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A small clinic for the tests of the book: two dentists, two chairs, New York."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ..book import Diary, Pattern, Request, local

TZ = ZoneInfo("America/New_York")
MONDAY = date(2026, 3, 2)  # clocks go forward on the Sunday after


def at(hour, minute=0, day=MONDAY):
    """Naive UTC of a local time."""
    return local.to_utc(datetime.combine(day, time(hour, minute)), TZ)


def week(*hours, days=14, start=MONDAY):
    """Working time of ``days`` days; hours are pairs of local hours."""
    return [
        (at(begin, day=day), at(end, day=day))
        for day in (start + timedelta(days=n) for n in range(days))
        for begin, end in hours
    ]


def request(units="XXX", **values):
    values = {"providers": ("Ng",), "chairs": ("A",), "earliest": at(0), "tz": TZ} | values
    return Request(Pattern(units), **values)


def clinic(busy=(), blocks=(), **working):
    working = {"Ng": week((9, 12)), "Ola": week((9, 12)), "A": week((8, 18))} | working
    working.setdefault("B", working["A"])
    return Diary(working, busy, blocks)


def shown(proposals):
    """Local day and time of each proposal."""
    return [f"{local.to_local(p.start, TZ):%a %H:%M}" for p in proposals]


def codes(proposal):
    return [reason.code for reason in proposal.reasons]
