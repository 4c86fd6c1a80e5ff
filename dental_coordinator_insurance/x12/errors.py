# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What goes wrong with a file: an error stops it, a finding is shown beside it."""

from dataclasses import dataclass

WARNING = "warning"
ERROR = "error"


class X12Error(ValueError):
    """The file, or the data for one, cannot be used.

    :param reason: what is wrong, in plain words
    :param segment: segment id, such as ``CLP``; empty when the whole file is meant
    :param position: number of the segment in the file, counted from 1; 0 for the whole file
    :param remedy: what a person can do about it
    :param gaps: of a refused claim file, every :class:`Gap` found
    """

    def __init__(self, reason, segment="", position=0, remedy="", gaps=()):
        self.reason = reason
        self.segment = segment
        self.position = position
        self.remedy = remedy
        self.gaps = tuple(gaps)
        super().__init__(self._text())

    def _text(self):
        where = ""
        if self.position:
            where = f"Segment {self.position} ({self.segment}): "
        elif self.segment:
            where = f"{self.segment}: "
        text = f"{where}{self.reason}."
        return f"{text} {self.remedy}" if self.remedy else text


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell about a file that could be read.

    :param code: stable word, such as ``line_balance``
    :param level: ``warning`` to show, ``error`` to hold the set for review
    :param ref: the claim number or line key it speaks of
    """

    code: str
    message: str
    segment: str = ""
    position: int = 0
    level: str = WARNING
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in a file, in the file's order, and what is to be said about it."""

    items: tuple
    findings: tuple[Finding, ...] = ()

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)
