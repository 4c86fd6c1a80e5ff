# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading 271 (005010X279A1 and 004010X092A1)."""

from dataclasses import dataclass, field

from .eligibility import BenefitRow, EligibilityAnswer, Frequency, Rejection
from .envelope import element, sets_of
from .errors import Reading
from .parties import name_of, range_of, ref_of

LEVELS = ("source", "provider", "subscriber", "dependent")
_CODES = {"20": "source", "21": "provider", "22": "subscriber", "23": "dependent"}
_NAMES = {"source": "payer"}
_YES_NO = {"Y": True, "N": False}


def read_271(source):
    """Reading of EligibilityAnswer, one for each person answered for.

    :param source: bytes or an open binary file
    :raises X12Error: for a file that is cut or foreign
    """
    document, sets = sets_of(source, "271")
    answers = [answer for one in sets for answer in _Reader(one).answers()]
    return Reading(tuple(answers), tuple(document.findings))


@dataclass
class _Level:
    """What one HL says. ``values`` are fields of EligibilityAnswer."""

    values: dict = field(default_factory=dict)
    refs: list = field(default_factory=list)
    dates: list = field(default_factory=list)
    rejections: list = field(default_factory=list)
    rows: list = field(default_factory=list)


@dataclass
class _Row:
    parts: list
    position: int
    frequencies: list = field(default_factory=list)
    dates: list = field(default_factory=list)
    refs: list = field(default_factory=list)
    messages: list = field(default_factory=list)
    entities: list = field(default_factory=list)


class _Reader:
    """Walks one set. Names, numbers and dates of a level hold for the levels below it."""

    def __init__(self, transaction):
        self.transaction = transaction
        self.levels = {"": _Level()}
        self.level = ""
        self.row = None
        self.found = []

    def answers(self):
        for parts in self.transaction:
            handler = _HANDLERS.get(parts[0])
            if handler:
                handler(self, parts)
        self._close("")
        return self.found

    @property
    def here(self):
        return self.levels[self.level]

    def _bht(self, parts):
        self.levels[""].values = {
            "reference": element(parts, 3),
            "date": self.transaction.day(parts, 4),
        }

    # ---- levels ----

    def _hl(self, parts):
        level = _CODES.get(element(parts, 3), "dependent")
        self._close(level)
        self.level, self.row = level, None
        for below in LEVELS[LEVELS.index(level) :]:
            self.levels.pop(below, None)
        self.levels[level] = _Level()

    def _close(self, following):
        """Make an answer of the level that ends, unless it only introduces the next one."""
        ends = self.here
        person = self.level == "dependent"
        person = person or (self.level == "subscriber" and following != "dependent")
        if person or ends.rejections or ends.rows:
            self.found.append(self._answer())

    def _answer(self):
        values, refs, dates = {"reference": "", "date": None}, [], []
        for one in self.levels.values():
            values |= one.values
            refs += one.refs
            dates += one.dates
        rows = (self._finish(number, row) for number, row in enumerate(self.here.rows, 1))
        return EligibilityAnswer(
            **values,
            refs=tuple(refs),
            dates=tuple(dates),
            rejections=tuple(self.here.rejections),
            rows=tuple(rows),
            version=self.transaction.version,
            position=self.transaction.position,
        )

    # ---- person ----

    def _nm1(self, parts):
        if self.row:
            self.row.entities.append(name_of(parts))
        elif self.level:
            self.here.values[_NAMES.get(self.level, self.level)] = name_of(parts)

    def _trn(self, parts):
        # 2 answers ours, 1 is the number of a clearinghouse on the way
        if element(parts, 1) == "2" or "trace" not in self.here.values:
            self.here.values["trace"] = element(parts, 2)

    def _address(self, parts):
        if not self.row:
            lines = filter(None, parts[1:])
            self.here.values["address"] = (*self.here.values.get("address", ()), *lines)

    def _dmg(self, parts):
        self.here.values |= {"birth": self.transaction.day(parts, 2), "sex": element(parts, 3)}

    def _ins(self, parts):
        self.here.values["relation"] = element(parts, 2)

    def _aaa(self, parts):
        level = "benefit" if self.row else self.level
        valid, reason, action = (element(parts, n) for n in (1, 3, 4))
        position = self.transaction.document.position
        self.here.rejections.append(Rejection(level, valid, reason, action, position))

    def _ref(self, parts):
        (self.row or self.here).refs.append(ref_of(parts))

    def _dtp(self, parts):
        if when := range_of(parts):
            (self.row or self.here).dates.append(when)
        elif element(parts, 3):
            self.transaction.day(parts, 3)  # leaves the finding

    # ---- rows ----

    def _eb(self, parts):
        self.row = _Row(parts, self.transaction.document.position)
        self.here.rows.append(self.row)

    def _hsd(self, parts):
        if self.row:
            amount = self.transaction.amount
            self.row.frequencies.append(
                Frequency(
                    element(parts, 1),
                    amount(parts, 2),
                    element(parts, 3),
                    element(parts, 5),
                    amount(parts, 6),
                    "/".join(filter(None, parts[7:9])),
                )
            )

    def _msg(self, parts):
        if self.row:
            self.row.messages.append(element(parts, 1))

    def _finish(self, number, row):
        transaction, parts = self.transaction, row.parts
        procedure = element(parts, 13).split(transaction.component) + ["", ""]
        return BenefitRow(
            number=number,
            info=element(parts, 1),
            level=element(parts, 2),
            service_types=tuple(filter(None, transaction.repeated(element(parts, 3)))),
            insurance_type=element(parts, 4),
            plan_name=element(parts, 5),
            period=element(parts, 6),
            amount=transaction.amount(parts, 7),
            share=transaction.amount(parts, 8),
            quantity_qualifier=element(parts, 9),
            quantity=transaction.amount(parts, 10),
            authorization=_YES_NO.get(element(parts, 11)),
            in_network=_YES_NO.get(element(parts, 12)),
            procedure_code=procedure[1],
            modifiers=tuple(filter(None, procedure[2:6])),
            frequencies=tuple(row.frequencies),
            dates=tuple(row.dates),
            refs=tuple(row.refs),
            messages=tuple(row.messages),
            entities=tuple(row.entities),
            position=row.position,
        )


_HANDLERS = {
    "BHT": _Reader._bht,
    "HL": _Reader._hl,
    "NM1": _Reader._nm1,
    "TRN": _Reader._trn,
    "N3": _Reader._address,
    "N4": _Reader._address,
    "DMG": _Reader._dmg,
    "INS": _Reader._ins,
    "AAA": _Reader._aaa,
    "REF": _Reader._ref,
    "DTP": _Reader._dtp,
    "EB": _Reader._eb,
    "HSD": _Reader._hsd,
    "MSG": _Reader._msg,
}
