# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where in the mouth a service stands, and whether two services share that place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Area:
    """Place of a service, prepared by the caller in one notation (the engine knows none).

    :param tooth: the tooth
    :param text: surfaces, or the arch, quadrant or sextant as the line states it
    :param teeth: tooth range of the line
    :param covers: every tooth the service stands on, e.g. all of its arch for a full denture;
        empty means the range or the tooth
    :param arch: a token equal for equal arches
    :param quadrant: likewise
    :param is_region: the code is charged by arch, quadrant or sextant
    :param classes: subset of ``second_molar``, ``molar``, ``posterior``
    """

    tooth: str = ""
    text: str = ""
    teeth: frozenset = frozenset()
    covers: frozenset = frozenset()
    arch: str = ""
    quadrant: str = ""
    is_region: bool = False
    classes: frozenset = frozenset()

    @property
    def footprint(self):
        own = frozenset((self.tooth,)) if self.tooth else frozenset()
        return self.covers or self.teeth or own

    @property
    def is_blank(self):
        return not (self.tooth or self.text or self.teeth)


NOWHERE = Area()


def same_area(limit: str, past: Area, current: Area) -> bool:
    """Whether an earlier service counts against a limit stated per ``limit``.

    :param limit: ``mouth``, ``arch``, ``quadrant``, ``tooth``, ``tooth_range`` or empty
    """
    return _TESTS[limit](past, current)


def _same_place(past, current):
    if past.is_blank and current.is_blank:
        return True
    if past.text != current.text:
        return False
    same_tooth = bool(past.tooth) and past.tooth == current.tooth
    return (
        same_tooth
        or past.tooth in current.teeth
        or current.tooth in past.teeth
        or bool(past.teeth & current.teeth)
        or _is_region(past, current)
    )


def _is_region(past, current):
    return bool(past.text) and (past.is_region or current.is_region)


_TESTS = {
    "": _same_place,
    "mouth": lambda past, current: True,
    "arch": lambda past, current: past.arch == current.arch,
    "quadrant": lambda past, current: past.quadrant == current.quadrant,
    "tooth": lambda past, current: past.tooth == current.tooth,
    "tooth_range": lambda past, current: bool(past.footprint & current.footprint),
}
AREAS = frozenset(_TESTS)
_KEYS = {"tooth", "arch", "quadrant"}


def place_key(limit: str, area: Area):
    """Services with different keys never share a place under a limit stated per ``limit``."""
    return getattr(area, limit) if limit in _KEYS else None
