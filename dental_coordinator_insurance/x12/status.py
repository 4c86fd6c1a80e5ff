# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""277CA: which claims were taken. 277: how far a claim is. Never book money from either."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from .codes import STATUSES, category_refused, category_text, words
from .envelope import element, sets_of
from .errors import Reading
from .parties import DateRange, Name, name_of, range_of, ref_of
from .remittance import ZERO, first_of
from .values import plain

LEVELS = {"20": "source", "21": "receiver", "19": "provider"}  # all others are people
_DEEPEST = 8
_TAKEN = ("A0", "A1", "A2", "A5")


@dataclass(frozen=True, slots=True)
class StatusCode:
    category: str
    status: str
    entity: str = ""

    @property
    def text(self):
        return f"{category_text(self.category)}: {words(STATUSES, self.status)}"


@dataclass(frozen=True, slots=True)
class Status:
    """STC. The category tells a refusal, the action code does not."""

    codes: tuple[StatusCode, ...]
    date: dt.date | None = None
    action: str = ""
    charge: Decimal | None = None
    paid: Decimal | None = None
    final_date: dt.date | None = None
    payment_date: dt.date | None = None
    cheque: str = ""
    message: str = ""

    @property
    def category(self):
        return self.codes[0].category if self.codes else ""

    @property
    def refused(self):
        return any(category_refused(code.category) for code in self.codes)

    @property
    def text(self):
        return "; ".join(filter(None, (*(code.text for code in self.codes), self.message)))


@dataclass(frozen=True, slots=True)
class LineStatus:
    """SVC; ``key`` is our line key (REF FJ)."""

    code: str
    charge: Decimal | None
    paid: Decimal | None
    key: str
    dates: tuple[DateRange, ...]
    statuses: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class StatusLevel:
    """What is said of the source, the receiver, a provider or a claim.

    :param name: who stands at the level; for a claim the patient
    :param trace: our number: the batch (BHT03) at the receiver, the claim at a claim
    :param above: statuses of the levels over this one
    """

    level: str
    name: Name | None
    trace: str
    claim_number: str
    statuses: tuple[Status, ...] = ()
    refs: tuple = ()
    quantities: tuple = ()
    amounts: tuple = ()
    dates: tuple[DateRange, ...] = ()
    lines: tuple[LineStatus, ...] = ()
    above: tuple[Status, ...] = ()
    position: int = 0

    @property
    def patient(self):
        return self.name if self.level == "claim" else None

    @property
    def payer_number(self):
        return first_of(self.refs, "1K", "")

    @property
    def refusal(self):
        """The first Status that refuses it, here, above or on a line; None when nothing does."""
        on_lines = (status for line in self.lines for status in line.statuses)
        every = (*self.statuses, *on_lines, *self.above)
        return next((status for status in every if status.refused), None)

    @property
    def refused(self):
        return self.refusal is not None

    @property
    def verdict(self):
        """``rejected``, ``accepted``, or empty when neither is said."""
        if self.refused:
            return "rejected"
        return "accepted" if any(s.category in _TAKEN for s in self.statuses) else ""

    @property
    def charge(self):
        return next((s.charge for s in self.statuses if s.charge is not None), None)

    @property
    def paid(self):
        return next((s.paid for s in self.statuses if s.paid is not None), None)

    @property
    def service_dates(self):
        return next((one for one in self.dates if one.qualifier == "472"), None)


@dataclass(frozen=True, slots=True)
class StatusReport:
    """One set. ``reference`` is the sender's BHT03."""

    kind: str
    reference: str
    date: dt.date | None
    levels: tuple[StatusLevel, ...]

    def of(self, level):
        return tuple(one for one in self.levels if one.level == level)

    @property
    def claims(self):
        return self.of("claim")

    @property
    def receiver(self):
        return next(iter(self.of("receiver")), None)

    @property
    def providers(self):
        return self.of("provider")

    @property
    def batch_rejected(self):
        """True when the whole batch was refused, so that claims need not be listed."""
        source = next(iter(self.of("source")), None)
        if any(one is not None and one.refused for one in (source, self.receiver)):
            return True
        # a provider of whom nothing is said does not stand among the providers, its claims do
        said = (*self.providers, *self.claims)
        return bool(self.providers) and all(one.refused for one in said)

    def verdict(self, claim_number):
        """``accepted``, ``rejected``, or empty when nothing is said of that claim."""
        for claim in self.claims:
            if claim.claim_number == claim_number:
                return claim.verdict
        return "rejected" if self.batch_rejected else ""


def read_277ca(source):
    """Reading of StatusReport, of claim acknowledgments."""
    return _read(source, "277CA")


def read_277(source):
    """Reading of StatusReport, of answers to our inquiries."""
    return _read(source, "277")


def _read(source, kind):
    document, sets = sets_of(source, kind)
    found = []
    for transaction in sets:
        report = _Reader(transaction).read()
        if kind == "277CA":
            _check_totals(document, report)
        found.append(report)
    return Reading(tuple(found), tuple(document.findings))


def _check_totals(document, report):
    """Accepted and refused amounts of the receiver against the claims that are listed."""
    receiver = report.receiver
    if receiver is None or not report.claims:
        return
    for qualifier, verdict in (("YU", "accepted"), ("YY", "rejected")):
        said = first_of(receiver.amounts, qualifier)
        listed = sum((c.charge or ZERO for c in report.claims if c.verdict == verdict), ZERO)
        if said is not None and said != listed:
            message = f"The batch says {plain(said)} {verdict}, its claims come to {plain(listed)}"
            document.warn("totals", message, "AMT", receiver.trace)


@dataclass
class _Draft:
    """A level, or a line of one, while it is read."""

    head: list
    level: str = ""
    name: object = None
    above: tuple = ()
    position: int = 0
    statuses: list = field(default_factory=list)
    refs: list = field(default_factory=list)
    quantities: list = field(default_factory=list)
    amounts: list = field(default_factory=list)
    dates: list = field(default_factory=list)
    lines: list = field(default_factory=list)


class _Reader:
    """Walks HL by HL. A level with neither TRN nor STC only lends its name to those below."""

    def __init__(self, transaction):
        self.transaction = transaction
        self.reference, self.date = "", None
        self.level, self.name = "", None
        self.parents = {}  # HL01: (parent, drafts of that level)
        self.current = ""
        self.drafts = []
        self.draft = None  # the level that is open
        self.at = None  # the level or its line

    def read(self):
        for parts in self.transaction:
            handler = _HANDLERS.get(parts[0])
            if handler:
                handler(self, parts)
        levels = tuple(map(self._finish, self.drafts))
        return StatusReport(self.transaction.kind, self.reference, self.date, levels)

    def _bht(self, parts):
        self.reference, self.date = element(parts, 3), self.transaction.day(parts, 4)

    def _hl(self, parts):
        self.current, kind = element(parts, 1), element(parts, 3)
        self.parents[self.current] = (element(parts, 2), [])
        self.level = LEVELS.get(kind, "claim")
        self.name = self.draft = self.at = None

    def _nm1(self, parts):
        if self.name is None:
            self.name = name_of(parts)

    def _open(self, parts):
        self.draft = self.at = _Draft(
            parts, self.level, self.name, self._above(), self.transaction.document.position
        )
        self.drafts.append(self.draft)
        if self.current in self.parents:
            self.parents[self.current][1].append(self.draft)

    def _above(self):
        """Drafts over the current level; a wrong parent number may lead in a circle."""
        above, seen, number = [], {self.current}, self.current
        while number in self.parents:
            number = self.parents[number][0]
            if number in seen or len(seen) > _DEEPEST:
                break
            seen.add(number)
            above += self.parents.get(number, ("", []))[1]
        return tuple(above)

    def _stc(self, parts):
        if self.at is None:
            self._open(["TRN"])
        get, amount, day = element, self.transaction.amount, self.transaction.day
        codes = (self._code(get(parts, n)) for n in (1, 10, 11))
        self.at.statuses.append(
            Status(
                tuple(filter(None, codes)),
                day(parts, 2),
                get(parts, 3),
                amount(parts, 4),
                amount(parts, 5),
                day(parts, 6),
                day(parts, 8),
                get(parts, 9),
                get(parts, 12),
            )
        )

    def _code(self, text):
        if not text:
            return None
        return StatusCode(*(text.split(self.transaction.component) + ["", ""])[:3])

    def _svc(self, parts):
        if self.draft is None:
            self._open(["TRN"])
        self.at = _Draft(parts)
        self.draft.lines.append(self.at)

    def _ref(self, parts):
        if self.at is not None:
            self.at.refs.append(ref_of(parts))

    def _qty(self, parts):
        self._figure("quantities", parts)

    def _amt(self, parts):
        self._figure("amounts", parts)

    def _figure(self, kind, parts):
        value = self.transaction.amount(parts, 2)
        if self.at is not None and value is not None:
            getattr(self.at, kind).append((element(parts, 1), value))

    def _dtp(self, parts):
        if self.at is not None and (when := range_of(parts)):
            self.at.dates.append(when)

    def _finish(self, draft):
        trace = element(draft.head, 2)
        ours = first_of(draft.refs, "EJ", "") if self.transaction.kind == "277" else ""
        return StatusLevel(
            draft.level,
            draft.name,
            trace,
            (ours or trace) if draft.level == "claim" else "",
            tuple(draft.statuses),
            tuple(draft.refs),
            tuple(draft.quantities),
            tuple(draft.amounts),
            tuple(draft.dates),
            tuple(map(self._line, draft.lines)),
            tuple(status for above in draft.above for status in above.statuses),
            draft.position,
        )

    def _line(self, draft):
        procedure = element(draft.head, 1).split(self.transaction.component) + [""]
        return LineStatus(
            procedure[1],
            self.transaction.amount(draft.head, 2),
            self.transaction.amount(draft.head, 3),
            first_of(draft.refs, "FJ", ""),
            tuple(draft.dates),
            tuple(draft.statuses),
        )


_HANDLERS = {
    "BHT": _Reader._bht,
    "HL": _Reader._hl,
    "NM1": _Reader._nm1,
    "TRN": _Reader._open,
    "STC": _Reader._stc,
    "SVC": _Reader._svc,
    "REF": _Reader._ref,
    "QTY": _Reader._qty,
    "AMT": _Reader._amt,
    "DTP": _Reader._dtp,
}
