# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The teeth themselves: which there are, of what kind, and their names."""

from .errors import ToothError

SIDES = ("upper right", "upper left", "lower left", "lower right")
_PERMANENT_NAMES = (
    "central incisor",
    "lateral incisor",
    "canine",
    "first premolar",
    "second premolar",
    "first molar",
    "second molar",
    "third molar",
)
_PRIMARY_NAMES = (*_PERMANENT_NAMES[:3], "first molar", "second molar")

#: narrowest class of a tooth; a second molar is also a molar (see :func:`in_class`)
CLASSES = ("incisor", "canine", "premolar", "molar", "second_molar")


def _row(first_quadrant, size):
    """Teeth as a chart shows them: along the upper jaw, then back along the lower one."""
    row = []
    for side in range(len(SIDES)):
        positions = range(size, 0, -1) if side % 2 == 0 else range(1, size + 1)
        row += [f"{first_quadrant + side}{position}" for position in positions]
    return tuple(row)


PERMANENT = _row(1, 8)
PRIMARY = _row(5, 5)
SUPERNUMERARY = tuple(f"{tooth}S" for tooth in PERMANENT + PRIMARY)
TEETH = PERMANENT + PRIMARY + SUPERNUMERARY
_KNOWN = frozenset(TEETH)


def check(tooth):
    """The tooth itself.

    :raises ToothError: when it is not canonical
    """
    if tooth not in _KNOWN:
        raise unknown(tooth)
    return tooth


def unknown(text, hint=""):
    return ToothError(
        f"{text!r} is not a tooth: use 11 to 48, 51 to 85 for a primary tooth,"
        f" with S for a supernumerary one (18S).{hint}"
    )


def base(tooth):
    """The tooth of the normal row: itself, or the one a supernumerary stands beside."""
    return check(tooth)[:2]


def side(tooth):
    """0 upper right, 1 upper left, 2 lower left, 3 lower right (the patient's)."""
    return (int(check(tooth)[0]) - 1) % 4


def position(tooth):
    """Place counted from the midline: 1 to 8, primary 1 to 5."""
    return int(check(tooth)[1])


def is_supernumerary(tooth):
    return check(tooth).endswith("S")


def is_primary(tooth):
    return check(tooth)[0] in "5678"


def is_permanent(tooth):
    return not is_primary(tooth)


def is_anterior(tooth):
    """Incisors and canines."""
    return position(tooth) <= 3


def is_posterior(tooth):
    """Premolars and molars."""
    return not is_anterior(tooth)


def tooth_class(tooth):
    """Narrowest of :data:`CLASSES`.

    Only the permanent second molar is ``second_molar``: plans name it in rules for fillings and
    crowns, and never mean the second primary molar, which is ``molar``.
    """
    place = position(tooth)
    if place <= 2:
        return "incisor"
    if place == 3:
        return "canine"
    if is_primary(tooth):
        return "molar"
    if place <= 5:
        return "premolar"
    return "second_molar" if place == 7 else "molar"


def in_class(tooth, name):
    """Whether the tooth is of that class; classes nest.

    :param name: one of :data:`CLASSES`, ``anterior`` or ``posterior``
    :raises ToothError: for another name
    """
    narrow = tooth_class(tooth)
    if name == "anterior":
        return is_anterior(tooth)
    if name == "posterior":
        return is_posterior(tooth)
    if name not in CLASSES:
        raise ToothError(
            f"{name!r} is not a class of teeth: use {', '.join(CLASSES)}, anterior or posterior."
        )
    return narrow == name or (name == "molar" and narrow == "second_molar")


def label(tooth):
    """Name in words: ``upper right first molar``, ``lower left primary canine``."""
    names = _PRIMARY_NAMES if is_primary(tooth) else _PERMANENT_NAMES
    name = names[position(tooth) - 1]
    words = f"{SIDES[side(tooth)]} {'primary ' if is_primary(tooth) else ''}{name}"
    return f"supernumerary beside {words}" if is_supernumerary(tooth) else words
