# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the receiver's machine says of our file: TA1 of the interchange, 999 or 997 of its sets."""

import datetime as dt
from dataclasses import dataclass

from .codes import ELEMENT_ERRORS, INTERCHANGE_NOTES, SEGMENT_ERRORS, SET_ERRORS, words
from .envelope import element, sets_of
from .errors import Reading, X12Error
from .values import count_of, day

ACCEPTED, WITH_ERRORS, REJECTED = "accepted", "accepted_with_errors", "rejected"
_VERDICTS = {"A": ACCEPTED, "E": WITH_ERRORS, "R": REJECTED, "M": REJECTED, "W": REJECTED}
_VERDICTS["X"] = REJECTED


@dataclass(frozen=True, slots=True)
class ElementError:
    """IK4/AK4. ``value`` is a copy of the bad data when one was sent."""

    element: str
    component: str
    repetition: str
    reference: str
    code: str
    value: str

    @property
    def text(self):
        return words(ELEMENT_ERRORS, self.code)


@dataclass(frozen=True, slots=True)
class SegmentError:
    """IK3/AK3: ``position`` counts the segments of our set, ST being the first."""

    segment: str
    position: int
    loop: str
    code: str
    elements: tuple[ElementError, ...] = ()
    contexts: tuple[str, ...] = ()

    @property
    def text(self):
        return words(SEGMENT_ERRORS, self.code)

    @property
    def claim_number(self):
        """Number of the claim, when a context (CTX) tells it."""
        for context in self.contexts:
            name, _colon, value = context.partition(":")
            if name == "CLM01":
                return value
        return ""


@dataclass(frozen=True, slots=True)
class SetAck:
    """Answer to one of our sets; ``control`` is our ST02."""

    kind: str
    control: str
    version: str
    code: str
    errors: tuple[str, ...] = ()
    segments: tuple[SegmentError, ...] = ()

    @property
    def verdict(self):
        return _VERDICTS.get(self.code, "")

    @property
    def accepted(self):
        return self.verdict in (ACCEPTED, WITH_ERRORS)

    @property
    def text(self):
        return ", ".join(words(SET_ERRORS, code) for code in self.errors)


@dataclass(frozen=True, slots=True)
class GroupAck:
    """Answer to one of our groups; ``group_control`` is our GS06.

    :param code: ``A``, ``E``, ``P`` in part, ``R``
    """

    functional: str
    group_control: str
    version: str
    code: str
    included: int | None
    received: int | None
    accepted: int | None
    errors: tuple[str, ...] = ()
    sets: tuple[SetAck, ...] = ()

    def verdict(self, set_control):
        """``accepted``, ``accepted_with_errors``, ``rejected``, or empty when it is not told.

        A set that is not listed has the group's verdict, unless that is "in part".
        """
        wanted = set_control.lstrip("0")
        for one in self.sets:
            if one.control.lstrip("0") == wanted:
                return one.verdict
        return _VERDICTS.get(self.code, "")


@dataclass(frozen=True, slots=True)
class InterchangeAck:
    """TA1; ``control`` is our ISA13. Code ``A`` accepted, ``E`` with errors, ``R`` refused."""

    control: str
    date: dt.date | None
    time: str
    code: str
    note: str

    @property
    def accepted(self):
        return self.code in ("A", "E")

    @property
    def text(self):
        return words(INTERCHANGE_NOTES, self.note)


def read_ta1(source):
    """Reading of InterchangeAck."""
    document, sets = sets_of(source, "TA1")
    found = []
    for transaction in sets:
        for parts in transaction:
            control, when, time, code, note = (element(parts, n) for n in range(1, 6))
            if code not in ("A", "E", "R"):
                raise X12Error(
                    f"{code!r} tells neither acceptance nor refusal",
                    "TA1",
                    document.position,
                    "Ask the receiver whether the file arrived.",
                )
            # six digits without a century: nothing older than 2000 is answered
            sent = day(f"20{when}" if len(when) == 6 else when)
            found.append(InterchangeAck(control, sent, time, code, note))
    return Reading(tuple(found), tuple(document.findings))


def read_999(source):
    """Reading of GroupAck, of 999 and 997 files."""
    document, sets = sets_of(source, "999", "997")
    found = [_Group(transaction).read() for transaction in sets]
    return Reading(tuple(found), tuple(document.findings))


def claim_at(source, set_control, position):
    """Number of the claim of our 837D that a segment belongs to; empty before the first claim.

    For an answer that names the segment alone.

    :param set_control: our ST02
    :param position: of the segment in its set, ST being the first
    """
    _document, sets = sets_of(source, "837D")
    found = ""
    for transaction in sets:
        if transaction.control.lstrip("0") != set_control.lstrip("0"):
            continue
        for number, parts in enumerate(transaction, 2):
            if number > position:
                break
            if parts[0] == "CLM":
                found = element(parts, 1)
    return found


class _Group:
    """Reads one 999 or 997; AK3, AK4 and AK5 of the latter are IK3, IK4 and IK5."""

    def __init__(self, transaction):
        self.transaction = transaction
        self.head = ("", "", "")
        self.end = None
        self.sets = []

    def read(self):
        for parts in self.transaction:
            handler = _HANDLERS.get(parts[0])
            if handler:
                handler(self, parts)
        if self.end is None:
            raise X12Error(
                "the acknowledgment has no verdict (AK9)",
                "ST",
                self.transaction.position,
                "Ask the receiver for the file again.",
            )
        code, included, received, accepted, *errors = self.end
        sets = tuple(SetAck(*one[:4], one[4], _segments(one[5])) for one in self.sets)
        counts = map(count_of, (included, received, accepted))
        return GroupAck(*self.head, code, *counts, tuple(filter(None, errors)), sets)

    def _ak1(self, parts):
        self.head = tuple(element(parts, n) for n in (1, 2, 3))

    def _ak2(self, parts):
        self.sets.append([*(element(parts, n) for n in (1, 2, 3)), "", (), []])

    def _ik3(self, parts):
        if self.sets:
            self.sets[-1][5].append((parts, [], []))

    def _ik4(self, parts):
        if self._open():
            place, component, repetition, *_rest = element(parts, 1).split(
                self.transaction.component
            ) + ["", ""]
            error = ElementError(
                place, component, repetition, *(element(parts, n) for n in (2, 3, 4))
            )
            self._open()[1].append(error)

    def _ctx(self, parts):
        if self._open():
            name, _separator, value = element(parts, 1).partition(self.transaction.component)
            self._open()[2].append(f"{name}:{value}" if value else name)

    def _open(self):
        return self.sets[-1][5][-1] if self.sets and self.sets[-1][5] else None

    def _ik5(self, parts):
        if self.sets:
            self.sets[-1][3:5] = element(parts, 1), tuple(filter(None, parts[2:7]))

    def _ak9(self, parts):
        self.end = [*parts[1:10], "", "", "", ""][:9]


_HANDLERS = {
    "AK1": _Group._ak1,
    "AK2": _Group._ak2,
    "IK3": _Group._ik3,
    "AK3": _Group._ik3,
    "IK4": _Group._ik4,
    "AK4": _Group._ik4,
    "CTX": _Group._ctx,
    "IK5": _Group._ik5,
    "AK5": _Group._ik5,
    "AK9": _Group._ak9,
}


def _segments(drafts):
    return tuple(
        SegmentError(
            element(parts, 1),
            count_of(element(parts, 2)) or 0,
            element(parts, 3),
            element(parts, 4),
            tuple(elements),
            tuple(contexts),
        )
        for parts, elements, contexts in drafts
    )
