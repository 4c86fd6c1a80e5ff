# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Areas of the mouth by their two-digit codes (ISO 3950, also used by 837D and the claim form)."""

from .errors import ToothError
from .teeth import PERMANENT, PRIMARY, base, position, side

AREAS = {
    "00": "whole mouth",
    "01": "upper arch",
    "02": "lower arch",
    "03": "upper right sextant",
    "04": "upper front sextant",
    "05": "upper left sextant",
    "06": "lower left sextant",
    "07": "lower front sextant",
    "08": "lower right sextant",
    "10": "upper right quadrant",
    "20": "upper left quadrant",
    "30": "lower left quadrant",
    "40": "lower right quadrant",
}
_ABBREVIATIONS = {
    "FM": "00",
    "UA": "01",
    "U": "01",
    "MAX": "01",
    "LA": "02",
    "L": "02",
    "MAND": "02",
    "UR": "10",
    "UL": "20",
    "LL": "30",
    "LR": "40",
    **{f"S{number}": f"0{number + 2}" for number in range(1, 7)},
}


def quadrant(tooth):
    """``10`` upper right, ``20`` upper left, ``30`` lower left, ``40`` lower right."""
    return f"{side(tooth) + 1}0"


def arch(tooth):
    """``01`` upper, ``02`` lower."""
    return "01" if side(tooth) < 2 else "02"


def sextant(tooth):
    """``03`` to ``08``: right, front and left above, then left, front and right below.

    The front sextants hold incisors and canines of both sides.
    """
    if position(tooth) <= 3:
        return "04" if arch(tooth) == "01" else "07"
    return ("03", "05", "06", "08")[side(tooth)]


def area_label(area):
    """Words for an area code.

    :raises ToothError: when there is no such area
    """
    return AREAS[parse_area(area)]


def area_teeth(area, primary=False):
    """Teeth of an area in chart order, without supernumerary ones."""
    area = parse_area(area)
    row = PRIMARY if primary else PERMANENT
    return tuple(tooth for tooth in row if _covers(area, tooth))


def _covers(area, tooth):
    tooth = base(tooth)
    return area in ("00", arch(tooth), quadrant(tooth), sextant(tooth))


def parse_area(text):
    """Area code for what was typed: a code, or UR UL LL LR, U L, FM, S1 to S6 (sextants).

    :raises ToothError: when there is no such area
    """
    typed = str(text).strip().upper()
    code = typed if typed in AREAS else _ABBREVIATIONS.get(typed)
    if code is None:
        raise ToothError(
            f"{text!r} is not an area of the mouth: use 00 whole mouth, 01 upper, 02 lower,"
            " 03 to 08 sextants, 10 20 30 40 quadrants, or UR UL LL LR."
        )
    return code
