# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Surfaces of a tooth: the seven letters of the trade, their order, and which tooth has which."""

from .errors import ToothError
from .teeth import is_anterior, label, side

SURFACES = {
    "M": "mesial",
    "O": "occlusal",
    "I": "incisal",
    "D": "distal",
    "B": "buccal",
    "F": "facial",
    "L": "lingual",
}
#: the order in which they are written: MOD, MODBL, MIDFL
ORDER = "MOIDBFL"
_ANTERIOR, _POSTERIOR = "MIDFL", "MODBL"
#: one surface, two letters: front teeth have a facial, back teeth a buccal surface
_OUTER = {"B": "F", "F": "B"}


def valid_surfaces(tooth):
    """Letters a tooth can have, in canonical order: ``MIDFL`` in front, ``MODBL`` behind."""
    return _ANTERIOR if is_anterior(tooth) else _POSTERIOR


def parse_surfaces(text, tooth=None):
    """Surfaces in canonical order, each once.

    Spaces, commas and colons are ignored. V (vestibular) is the outer surface, P (palatal) the
    inner one of an upper tooth. With a tooth, B and F become the letter that tooth uses.

    :param tooth: canonical; without it only the letters are checked
    :raises ToothError: for a letter that is no surface, or one this tooth does not have
    """
    found = set()
    for letter in str(text or "").upper():
        if letter in " ,:;/-":
            continue
        found.add(_surface(letter, text, tooth))
    return "".join(letter for letter in ORDER if letter in found)


def _surface(letter, text, tooth):
    letter = _synonym(letter, tooth)
    if letter not in SURFACES:
        raise ToothError(f"{letter!r} in {text!r} is not a surface: use M O D B L F I.")
    if tooth is None or letter in valid_surfaces(tooth):
        return letter
    if letter in _OUTER:
        return _OUTER[letter]
    use = "I (incisal)" if letter == "O" else "O (occlusal)"
    raise ToothError(
        f"Tooth {tooth} ({label(tooth)}) has no {SURFACES[letter]} surface"
        f" ({letter} in {text!r}): use {use}."
    )


def _synonym(letter, tooth):
    if letter == "V":
        return "F" if tooth is None or is_anterior(tooth) else "B"
    if letter == "P" and (tooth is None or side(tooth) < 2):
        return "L"
    return letter
