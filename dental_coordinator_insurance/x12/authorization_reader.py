# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading 278 responses."""

from dataclasses import dataclass, field

from .authorization import AuthorizationAnswer, Decision, ServiceDecision
from .eligibility import Frequency, Rejection
from .envelope import element, sets_of
from .errors import Reading, X12Error
from .parties import name_of, range_of, ref_of

LEVELS = {
    "20": "payer",
    "21": "requester",
    "22": "subscriber",
    "23": "dependent",
    "EV": "event",
    "SS": "service",
}
_PEOPLE = ("payer", "requester", "subscriber", "dependent")
_REQUEST = "13"


def read_278(source):
    """Reading of AuthorizationAnswer, one for each event; refused levels give one without.

    :param source: bytes or an open binary file
    :raises X12Error: for a file that is cut or foreign, or a request instead of an answer
    """
    document, sets = sets_of(source, "278")
    answers = [answer for one in sets for answer in _Reader(one).answers()]
    return Reading(tuple(answers), tuple(document.findings))


@dataclass
class _Said:
    """What an event or a service says."""

    position: int
    values: dict = field(default_factory=dict)
    decision: Decision | None = None
    code: str = ""
    teeth: list = field(default_factory=list)
    dates: list = field(default_factory=list)
    frequencies: list = field(default_factory=list)
    rejections: list = field(default_factory=list)
    refs: list = field(default_factory=list)
    attachments: list = field(default_factory=list)
    messages: list = field(default_factory=list)
    providers: list = field(default_factory=list)
    services: list = field(default_factory=list)

    def date(self, qualifier):
        return next((one for one in self.dates if one.qualifier == qualifier), None)


class _Reader:
    def __init__(self, transaction):
        self.transaction = transaction
        self.reference = self.purpose = self.level = ""
        self.people = {}
        self.event = None
        self.at = _Said(transaction.position)  # where segments belong: event, service or level
        self.found = []

    def answers(self):
        for parts in self.transaction:
            handler = _HANDLERS.get(parts[0])
            if handler:
                handler(self, parts)
        self._close()
        return self.found

    def _bht(self, parts):
        self.reference, self.purpose = element(parts, 3), element(parts, 6)
        if element(parts, 2) == _REQUEST:
            raise X12Error(
                "this is a request for review, not the payer's answer",
                "BHT",
                self.transaction.document.position,
                "Import the answer (BHT02 11).",
            )

    def _hl(self, parts):
        level = LEVELS.get(element(parts, 3), "service")
        said = _Said(self.transaction.document.position)
        if level != "service":
            self._close()
        if level == "event":
            self.event = said
        elif level == "service":
            self.event = self.event or _Said(said.position)
            self.event.services.append(said)
        self.at, self.level = said, level
        if level in _PEOPLE:
            for below in _PEOPLE[_PEOPLE.index(level) :]:
                self.people.pop(below, None)

    def _close(self):
        """An answer for the event that ends, or for a level that was refused."""
        said = self.event or self.at
        if self.event or said.rejections:
            self.found.append(
                AuthorizationAnswer(
                    reference=self.reference,
                    purpose=self.purpose,
                    **self.people,
                    **said.values,
                    decision=said.decision,
                    valid=said.date("AAH"),
                    rejections=tuple(said.rejections),
                    services=tuple(map(_service, said.services)),
                    frequencies=tuple(said.frequencies),
                    refs=tuple(said.refs),
                    attachments=tuple(said.attachments),
                    messages=tuple(said.messages),
                    providers=tuple(said.providers),
                    position=said.position,
                )
            )
        self.event, self.at = None, _Said(self.transaction.document.position)

    def _nm1(self, parts):
        if self.level in _PEOPLE and self.level not in self.people:
            self.people[self.level] = name_of(parts)
        else:
            self.at.providers.append(name_of(parts))

    def _trn(self, parts):
        if element(parts, 1) == "2" or "trace" not in self.at.values:
            self.at.values["trace"] = element(parts, 2)

    def _um(self, parts):
        self.at.values |= {"category": element(parts, 1), "kind": element(parts, 2)}

    def _hcr(self, parts):
        self.at.decision = Decision(*(element(parts, n) for n in (1, 2, 3)))

    def _aaa(self, parts):
        position = self.transaction.document.position
        valid, reason, action = (element(parts, n) for n in (1, 3, 4))
        self.at.rejections.append(Rejection(self.level, valid, reason, action, position))

    def _dtp(self, parts):
        if when := range_of(parts):
            self.at.dates.append(when)

    def _hsd(self, parts):
        amount = self.transaction.amount
        self.at.frequencies.append(
            Frequency(
                element(parts, 1),
                amount(parts, 2),
                element(parts, 3),
                element(parts, 5),
                amount(parts, 6),
            )
        )

    def _ref(self, parts):
        self.at.refs.append(ref_of(parts))

    def _pwk(self, parts):
        self.at.attachments.append((element(parts, 1), element(parts, 2), element(parts, 6)))

    def _msg(self, parts):
        self.at.messages.append(element(parts, 1))

    def _sv(self, parts):
        # SV1 and SV3 begin with the procedure, SV2 has it second
        place = 2 if parts[0] == "SV2" else 1
        procedure = element(parts, place).split(self.transaction.component)
        self.at.code = procedure[1] if len(procedure) > 1 else ""

    def _too(self, parts):
        self.at.teeth.append(element(parts, 2))


def _service(said):
    return ServiceDecision(
        said.code,
        tuple(said.teeth),
        said.decision,
        said.date("AAH"),
        said.date("472"),
        tuple(said.frequencies),
        tuple(said.rejections),
        tuple(said.messages),
    )


_HANDLERS = {
    "BHT": _Reader._bht,
    "HL": _Reader._hl,
    "NM1": _Reader._nm1,
    "TRN": _Reader._trn,
    "UM": _Reader._um,
    "HCR": _Reader._hcr,
    "AAA": _Reader._aaa,
    "DTP": _Reader._dtp,
    "HSD": _Reader._hsd,
    "REF": _Reader._ref,
    "PWK": _Reader._pwk,
    "MSG": _Reader._msg,
    "SV1": _Reader._sv,
    "SV2": _Reader._sv,
    "SV3": _Reader._sv,
    "TOO": _Reader._too,
}
