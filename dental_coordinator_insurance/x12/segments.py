# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Segments to be written, and the interchange around them.

Text is made fit for a file here (see ``values.clean``): ``X12Writer`` escapes nothing.
"""

from io import StringIO
from itertools import count
from typing import NamedTuple

from pyx12.segment import Segment
from pyx12.x12file import X12Writer

from .values import ccyymmdd, clean, digits, extension, plain, telephone

TERMINATOR, ELEMENT, COMPONENT, REPETITION = "~", "*", ":", "^"


class Row(NamedTuple):
    """A segment: its loop, its elements with the segment id first, and where it comes from.

    ``path`` is the place in the Claim, such as ``lines[2]``; empty for the claim itself.
    """

    loop: str
    parts: list
    path: str = ""


def row(loop, *parts, path=""):
    parts = [part or "" for part in parts]
    while not parts[-1]:
        parts.pop()
    return Row(loop, parts, path)


def composite(*parts):
    return ":".join(part or "" for part in parts).rstrip(":")


def pairs(loop, tag, values, path=""):
    """A segment ``tag*qualifier*value`` for each value that is there."""
    for qualifier, value in values:
        if value:
            yield row(loop, tag, qualifier, clean(value), path=path)


def dates(loop, values, path=""):
    for qualifier, value in values:
        if value:
            yield row(loop, "DTP", qualifier, "D8", ccyymmdd(value), path=path)


def amounts(loop, values, path=""):
    for qualifier, value in values:
        if value is not None:
            yield row(loop, "AMT", qualifier, plain(value), path=path)


def person(loop, role, someone, id_qualifier="", id_="", path=""):
    """NM1 of a dataclass with ``last``, ``first``, ``middle``, ``suffix``."""
    firm = getattr(someone, "organization", False)
    given = ("", "", "", "") if firm else (someone.first, someone.middle, "", someone.suffix)
    return row(
        loop,
        "NM1",
        role,
        "2" if firm else "1",
        clean(someone.last),
        *map(clean, given),
        id_qualifier if id_ else "",
        clean(id_),
        path=path,
    )


def provider(loop, role, someone, path):
    """NM1 of a Provider or BillingProvider, whose family name is ``name``."""
    firm = someone.organization
    given = ("", "", "", "") if firm else (someone.first, someone.middle, "", someone.suffix)
    return row(
        loop,
        "NM1",
        role,
        "2" if firm else "1",
        clean(someone.name),
        *map(clean, given),
        "XX" if someone.npi else "",
        clean(someone.npi),
        path=path,
    )


def firm(loop, role, name, id_qualifier="", id_="", path=""):
    return row(
        loop, "NM1", role, "2", clean(name), "", "", "", "", id_qualifier, clean(id_), path=path
    )


def address(loop, place, path=""):
    if place is None:
        return
    yield row(loop, "N3", clean(place.street), clean(place.street2), path=path)
    country = clean(place.country)
    yield row(
        loop,
        "N4",
        clean(place.city),
        clean(place.state),
        digits(place.zip) if not country else clean(place.zip),
        country,
        path=path,
    )


def contact(loop, someone, path=""):
    numbers = []
    for qualifier, value in (
        ("TE", telephone(someone.phone)),
        ("EX", (digits(someone.extension) or extension(someone.phone)) if someone.phone else ""),
        ("EM", clean(someone.email)),
        ("FX", telephone(someone.fax)),
    ):
        if value and len(numbers) < 6:
            numbers += [qualifier, value]
    return row(loop, "PER", "IC", clean(someone.name), *numbers, path=path)


def birth(loop, someone, path):
    when = ccyymmdd(someone.birth) if someone.birth else ""
    return row(loop, "DMG", "D8", when, someone.sex, path=path)


def interchange(envelope, functional, code, bodies):
    """Bytes of an interchange with one group.

    :param functional: GS01, such as ``HC``
    :param code: ST01, such as ``837``
    :param bodies: rows of each set, ST and SE left out
    """
    when = envelope.when
    out = StringIO()
    writer = X12Writer(out, TERMINATOR, ELEMENT, COMPONENT, "\n", REPETITION)

    def write(*parts):
        text = ELEMENT.join(parts)
        writer.Write(Segment(text, TERMINATOR, ELEMENT, COMPONENT, REPETITION))

    sender, receiver = clean(envelope.sender_id), clean(envelope.receiver_id)
    write(
        *("ISA", "00", " " * 10, "00", " " * 10),
        *(envelope.sender_qualifier, f"{sender:15}", envelope.receiver_qualifier, f"{receiver:15}"),
        *(f"{when:%y%m%d}", f"{when:%H%M}", REPETITION, "00501"),
        *(f"{envelope.interchange_control:09}", "0", "T" if envelope.test else "P", COMPONENT),
    )
    write(
        *("GS", functional, clean(envelope.app_sender) or sender),
        *(clean(envelope.app_receiver) or receiver, ccyymmdd(when), f"{when:%H%M}"),
        *(str(envelope.group_control), "X", envelope.version),
    )
    for number, body in zip(count(envelope.first_set_control), bodies, strict=False):
        write("ST", code, f"{number:04}", envelope.version)
        for one in body:
            write(*one.parts)
        write("SE")
    writer.close()
    return out.getvalue().encode("ascii")
