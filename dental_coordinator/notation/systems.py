# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The three ways to write a tooth, each to and from the canonical form.

Universal: ADA numbering, 1-32 from the upper right third molar round to the lower right one,
A-T for primary teeth; supernumerary 51-82 (number + 50) and AS-TS (letter + S).
Palmer: quadrant and place, ``UR8``, primary ``URE``; also with the grid drawn, ``8┘ └8 ┌8 8┐``.
"""

import re

from .errors import ToothError
from .teeth import (
    PERMANENT,
    PRIMARY,
    TEETH,
    check,
    is_primary,
    is_supernumerary,
    position,
    side,
    unknown,
)

SYSTEMS = ("fdi", "universal", "palmer")

_UNIVERSAL = {tooth: str(number) for number, tooth in enumerate(PERMANENT, 1)}
_UNIVERSAL |= {f"{tooth}S": str(number + 50) for number, tooth in enumerate(PERMANENT, 1)}
_UNIVERSAL |= {tooth: chr(ord("A") + index) for index, tooth in enumerate(PRIMARY)}
_UNIVERSAL |= {f"{tooth}S": f"{_UNIVERSAL[tooth]}S" for tooth in PRIMARY}
_FROM_UNIVERSAL = {number: tooth for tooth, number in _UNIVERSAL.items()}

_QUADRANTS = ("UR", "UL", "LL", "LR")
_GRID = ("{}┘", "└{}", "┌{}", "{}┐")


def to_universal(tooth):
    """``36`` -> ``19``; this is what claims carry."""
    return _UNIVERSAL[check(tooth)]


def from_universal(text):
    """``19`` -> ``36``; a leading # and zeros are allowed.

    :raises ToothError: when there is no such tooth
    """
    typed = _clean(text).lstrip("0")
    if typed not in _FROM_UNIVERSAL:
        raise ToothError(
            f"{text!r} is not a tooth in Universal numbering: use 1 to 32, A to T for a primary"
            " tooth, 51 to 82 or AS to TS for a supernumerary one." + _mixed_up(typed, to_universal)
        )
    return _FROM_UNIVERSAL[typed]


def to_palmer(tooth, symbols=False):
    """``18`` -> ``UR8``, ``55`` -> ``URE``, ``18S`` -> ``UR8S``; with symbols ``8┘``."""
    place = "ABCDE"[position(tooth) - 1] if is_primary(tooth) else str(position(tooth))
    place += "S" if is_supernumerary(tooth) else ""
    form = _GRID[side(tooth)] if symbols else _QUADRANTS[side(tooth)] + "{}"
    return form.format(place)


_FROM_PALMER = {to_palmer(tooth, symbols): tooth for tooth in TEETH for symbols in (False, True)}
#: the dental symbols of Unicode beside the box drawing ones that every font has
_DRAWN = str.maketrans("⏌⎿⎾⏋", "┘└┌┐")


def from_palmer(text):
    """``UR8``, ``8┘`` -> ``18``.

    :raises ToothError: when there is no such tooth
    """
    typed = _clean(text).translate(_DRAWN)
    if typed not in _FROM_PALMER:
        raise ToothError(
            f"{text!r} is not a tooth in Palmer notation: use UR, UL, LL or LR and 1 to 8,"
            " or A to E for a primary tooth, as in UR6." + _mixed_up(typed, to_palmer)
        )
    return _FROM_PALMER[typed]


def _from_fdi(text):
    typed = re.sub(r"^(\d)\.(\d)", r"\1\2", _clean(text))
    if typed in _UNIVERSAL:
        return typed
    meant = _FROM_UNIVERSAL.get(typed)
    raise unknown(text, f" Universal {typed} is {meant} here." if meant else "")


_READERS = {"fdi": _from_fdi, "universal": from_universal, "palmer": from_palmer}
_WRITERS = {"fdi": check, "universal": to_universal, "palmer": to_palmer}


def parse_tooth(text, system="fdi"):
    """Canonical tooth for one written in the given system.

    :param system: one of :data:`SYSTEMS`
    :raises ToothError: when there is no such tooth
    """
    return _choose(_READERS, system)(text)


def format_tooth(tooth, system="fdi"):
    """A canonical tooth as the reader of that system expects it."""
    return _choose(_WRITERS, system)(tooth)


def _choose(functions, system):
    if system not in functions:
        raise ToothError(f"{system!r} is not a notation: use {', '.join(SYSTEMS)}.")
    return functions[system]


def _clean(text):
    return str(text).strip().upper().removeprefix("#").replace(" ", "")


def _mixed_up(typed, write):
    """What an FDI number would be in the system it was typed into by mistake."""
    return f" ISO (FDI) {typed} is {write(typed)} here." if typed in _UNIVERSAL else ""
