# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""People, firms and dates that several kinds of files name in the same way."""

from dataclasses import dataclass
from datetime import date

from .envelope import element
from .values import day


@dataclass(frozen=True, slots=True)
class Name:
    """NM1. ``role`` is NM101: QC patient, IL subscriber, 03 dependent, 82 treating …"""

    role: str
    person: bool
    last: str  # the whole name of a firm
    first: str = ""
    middle: str = ""
    suffix: str = ""
    id_qualifier: str = ""
    id: str = ""

    @property
    def text(self):
        given = " ".join(filter(None, (self.first, self.middle)))
        return ", ".join(filter(None, (self.last, given, self.suffix)))


@dataclass(frozen=True, slots=True)
class Party:
    """N1 with its address: payer and payee of a payment.

    :param ids: further (qualifier, number) pairs
    :param contacts: telephone numbers, mail and web addresses as written
    """

    name: str = ""
    id_qualifier: str = ""
    id: str = ""
    ids: tuple = ()
    street: str = ""
    street2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateRange:
    """DTP. ``end`` is None for a single day."""

    qualifier: str
    start: date
    end: date | None = None


def name_of(parts):
    first, middle, _prefix, suffix, id_qualifier, id_ = (element(parts, n) for n in range(4, 10))
    return Name(
        parts[1] if len(parts) > 1 else "",
        element(parts, 2) != "2",
        element(parts, 3),
        first,
        middle,
        suffix,
        id_qualifier,
        id_,
    )


def range_of(parts):
    """DateRange of a DTP segment, None when it holds no such day."""
    text = element(parts, 3)
    first, _dash, last = text.partition("-")
    start, end = day(first), day(last)
    if start is None or (last and end is None):
        return None
    return DateRange(element(parts, 1), start, end if end != start else None)


def contacts_of(parts):
    """Numbers and addresses of a PER segment, an extension joined to its number."""
    found = []
    for index in (3, 5, 7):
        kind, value = element(parts, index), element(parts, index + 1)
        if kind == "EX" and found and value:
            found[-1] = f"{found[-1]} x{value}"
        elif value:
            found.append(value)
    return tuple(found)


def ref_of(parts):
    return element(parts, 1), element(parts, 2)
