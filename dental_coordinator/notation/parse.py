# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What people type into one field: a tooth with surfaces, a list, a range."""

import re
from typing import NamedTuple

from .errors import ToothError
from .surfaces import parse_surfaces
from .systems import parse_tooth
from .teeth import PERMANENT, PRIMARY, is_supernumerary

#: the longest beginning of a text that can be a tooth, by system
_TOOTH = {
    "fdi": re.compile(r"#?\s*(\d\.?\d?S?)", re.IGNORECASE),
    "universal": re.compile(r"#?\s*(\d{1,2}|[A-T]S?)", re.IGNORECASE),
    "palmer": re.compile(
        r"([UL][RL]\s*[1-8A-E]S?|[1-8A-E]S?\s*[┘┐⏌⏋]|[└┌⎿⎾]\s*[1-8A-E]S?)", re.IGNORECASE
    ),
}


class Site(NamedTuple):
    """A place on a tooth.

    :param tooth: canonical
    :param surfaces: letters in canonical order, empty for the whole tooth
    """

    tooth: str
    surfaces: str


def parse_site(text, system="fdi"):
    """Tooth and surfaces from one text: ``36 mo``, ``36MO``, ``#19-MO`` (Universal).

    :param system: the notation the user writes in
    :raises ToothError: for an unknown tooth, or a surface it does not have
    """
    typed = str(text).strip()
    match = _TOOTH.get(system, _TOOTH["fdi"]).match(typed)
    if not match:
        parse_tooth(typed, system)  # raises, naming what was typed
        raise ToothError(f"{text!r} does not begin with a tooth: type the tooth, then surfaces.")
    tooth = parse_tooth(match.group(1), system)
    return Site(tooth, parse_surfaces(typed[match.end() :], tooth))


def parse_teeth(text, system="fdi"):
    """Teeth from a list: ``11, 12``; ``13-23`` is the row between them as the chart shows it.

    :return: canonical teeth, each once, in the order typed
    :raises ToothError: for an unknown tooth, or a range that is not within one row
    """
    teeth = []
    typed = re.sub(r"\s*[-\u2013]\s*", "-", str(text).strip())
    for part in re.split(r"[,;\s]+", typed) if typed else ():
        first, dash, last = part.partition("-")
        found = _between(first, last, system) if dash else [parse_tooth(first, system)]
        teeth += [tooth for tooth in found if tooth not in teeth]
    return tuple(teeth)


def _between(first, last, system):
    ends = [parse_tooth(end, system) for end in (first, last)]
    for row in (PERMANENT, PRIMARY):
        if all(end in row for end in ends):
            begin, stop = sorted(row.index(end) for end in ends)
            return row[begin : stop + 1]
    kind = "a supernumerary tooth" if any(map(is_supernumerary, ends)) else "two sets of teeth"
    raise ToothError(f"{first}-{last} runs over {kind}: list the teeth instead.")
