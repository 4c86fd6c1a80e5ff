# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading 835 (005010X221A1 and 004010X091A1), as a stream or as a whole."""

from dataclasses import fields, replace

from .envelope import element, sets_of
from .errors import ERROR, Finding, X12Error
from .parties import Party, contacts_of, name_of, ref_of
from .remittance import (
    ZERO,
    Adjustment,
    ClaimPayment,
    Payment,
    PaymentFoot,
    PaymentHead,
    ProviderAdjustment,
    Remittance,
    ServicePayment,
)
from .remittance_balance import check_claim, check_payment
from .values import day, number

_REMEDY = "Ask the payer for a corrected file, or enter the remittance by hand."


def read_835(source):
    """Remittance of a file: every payment with its claims.

    :param source: bytes or an open binary file
    :raises X12Error: for a file that is cut, foreign or has amounts that are no amounts
    """
    document, sets = sets_of(source, "835")
    payments = []
    for transaction in sets:
        head, *claims, foot = _SetReader(transaction).events()
        own = {field.name: getattr(head, field.name) for field in fields(PaymentHead)}
        own["findings"] = (
            *head.findings,
            *(finding for claim in claims for finding in claim.findings),
            *foot.findings,
        )
        payments.append(
            Payment(claims=tuple(claims), provider_adjustments=foot.provider_adjustments, **own)
        )
    return Remittance(tuple(payments), tuple(document.findings))


def iter_835(source):
    """The same as a stream: PaymentHead, its ClaimPayments, PaymentFoot, next PaymentHead …

    Nothing is kept, so that a file of any size takes little memory. Post nothing before the
    PaymentFoot has come: only there it is known whether the payment adds up.
    """
    _document, sets = sets_of(source, "835")
    for transaction in sets:
        yield from _SetReader(transaction).events()


class _Service:
    """SVC and what follows it."""

    __slots__ = ("adjustments", "amounts", "dates", "parts", "position", "refs", "remarks")

    def __init__(self, parts, position):
        self.parts = parts
        self.position = position
        self.adjustments = []
        self.amounts = []
        self.dates = []
        self.refs = []
        self.remarks = []


class _Claim(_Service):
    """CLP and what follows it up to the next one."""

    __slots__ = ("contacts", "lines", "names")

    def __init__(self, parts, position):
        super().__init__(parts, position)
        self.lines = []
        self.names = []
        self.contacts = []


class _SetReader:
    """One 835 set. ``self.at`` is what CAS, DTM, REF, AMT and LQ belong to: a claim or a line."""

    def __init__(self, transaction):
        self.transaction = transaction
        self.component = transaction.component
        self.document = transaction.document
        self.head = {"refs": [], "findings": []}
        self.parties = {}
        self.party = None
        self.claim = None
        self.at = None
        self.paid = ZERO
        self.provider_adjustments = []
        self.findings = []

    def events(self):
        head = None
        for parts in self.transaction:
            tag = parts[0]
            if tag == "CLP":
                if self.claim:
                    yield self._close_claim()
                elif head is None:
                    yield (head := self._close_head())
                self.claim = self.at = _Claim(parts, self.document.position)
                continue
            handler = (_IN_CLAIM if self.claim else _IN_HEAD).get(tag)
            if handler:
                handler(self, parts)
            elif tag not in _SKIPPED:
                self._warn("segment", f"{tag[:10]!r} is no segment of a remittance; skipped", tag)
        if self.claim:
            yield self._close_claim()
        elif head is None:
            yield (head := self._close_head())
        yield self._close_foot(head)

    # ---- values ----

    def amount(self, parts, index, default=ZERO, position=0):
        text = parts[index] if len(parts) > index else ""
        if not text:
            return default
        value = number(text)
        if value is None:
            raise X12Error(
                f"element {index} holds {text[:30]!r}, which is no amount",
                parts[0],
                position or self.document.position,
                _REMEDY,
            )
        return value

    def day(self, parts, index):
        text = element(parts, index)
        value = day(text)
        if value is None and text:
            self._warn("date", f"{text[:30]!r} is no date", parts[0])
        return value

    def _warn(self, code, message, segment, level="warning"):
        ref = element(self.claim.parts, 1) if self.claim else ""
        finding = Finding(code, message, segment, self.document.position, level, ref)
        (self.findings if self.claim else self.head["findings"]).append(finding)

    # ---- head ----

    def _bpr(self, parts):
        self.head.update(
            handling=element(parts, 1),
            amount=self.amount(parts, 2),
            credit_debit=element(parts, 3),
            method=element(parts, 4),
            date=self.day(parts, 16),
            position=self.document.position,
        )

    def _trn(self, parts):
        self.head.update(trace=element(parts, 2), originator=element(parts, 3))

    def _cur(self, parts):
        self.head["currency"] = element(parts, 2)

    def _head_dtm(self, parts):
        if element(parts, 1) == "405":
            self.head["production_date"] = self.day(parts, 2)

    def _n1(self, parts):
        role = element(parts, 1)
        self.party = self.parties[role] = {
            "name": element(parts, 2),
            "id_qualifier": element(parts, 3),
            "id": element(parts, 4),
            "ids": [],
            "contacts": [],
        }

    def _n3(self, parts):
        if self.party is not None:
            self.party.update(street=element(parts, 1), street2=element(parts, 2))

    def _n4(self, parts):
        if self.party is not None:
            self.party.update(
                city=element(parts, 1), state=element(parts, 2), zip=element(parts, 3)
            )

    def _head_ref(self, parts):
        (self.head["refs"] if self.party is None else self.party["ids"]).append(ref_of(parts))

    def _head_per(self, parts):
        if self.party is not None:
            self.party["contacts"] += contacts_of(parts)

    def _close_head(self):
        head = self.head
        if "handling" not in head:
            raise X12Error(
                "the set has no BPR, so no amount", "ST", self.transaction.position, _REMEDY
            )
        if not head.get("trace"):
            message = "The payment has no trace number (TRN02), so it cannot be told from another"
            self._warn("trace", message, "TRN", ERROR)
        transaction = self.transaction
        return PaymentHead(
            **head | {"refs": tuple(head["refs"]), "findings": tuple(head["findings"])},
            payer=self._party("PR"),
            payee=self._party("PE"),
            set_control=transaction.control,
            group_control=transaction.group.control,
            interchange_control=transaction.interchange.control,
            sender=transaction.interchange.sender,
            receiver=transaction.interchange.receiver,
            version=transaction.version,
            test=transaction.interchange.test,
        )

    def _party(self, role):
        values = self.parties.get(role, {})
        return Party(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})

    def _too_early(self, parts):
        raise X12Error(
            "it stands before the first claim (CLP)", parts[0], self.document.position, _REMEDY
        )

    # ---- claim and line ----

    def _svc(self, parts):
        self.at = _Service(parts, self.document.position)
        self.claim.lines.append(self.at)

    def _cas(self, parts):
        group = element(parts, 1)
        # triples of reason, amount, quantity; any of them may be empty in the middle
        for index in range(2, max(len(parts), 3), 3):
            reason, value = element(parts, index), self.amount(parts, index + 1)
            if reason or value:
                quantity = self.amount(parts, index + 2, None)
                self.at.adjustments.append(Adjustment(group, reason, value, quantity))

    def _nm1(self, parts):
        self.claim.names.append(name_of(parts))

    def _dtm(self, parts):
        if value := self.day(parts, 2):
            self.at.dates.append((element(parts, 1), value))

    def _ref(self, parts):
        self.at.refs.append(ref_of(parts))

    def _amt(self, parts):
        self.at.amounts.append((element(parts, 1), self.amount(parts, 2)))

    def _lq(self, parts):
        self.at.remarks.append(element(parts, 2))

    def _moa(self, parts):
        self.claim.remarks += filter(None, parts[3:8])

    def _mia(self, parts):
        self.claim.remarks += filter(None, (element(parts, n) for n in (5, 20, 21, 22, 23)))

    def _per(self, parts):
        self.claim.contacts += contacts_of(parts)

    def _plb(self, parts):
        provider, year_end = element(parts, 1), self.day(parts, 2)
        for index in range(3, len(parts), 2):
            reason, _separator, reference = parts[index].partition(self.component)
            value = self.amount(parts, index + 1)
            if reason or value:
                self.provider_adjustments.append(
                    ProviderAdjustment(
                        provider, year_end, reason, reference, value, self.document.position
                    )
                )

    def _close_claim(self):
        draft, self.claim = self.claim, None
        parts, position = draft.parts, draft.position
        claim = ClaimPayment(
            claim_number=element(parts, 1),
            status=element(parts, 2),
            charge=self.amount(parts, 3, ZERO, position),
            paid=self.amount(parts, 4, ZERO, position),
            patient_share=self.amount(parts, 5, None, position),
            filing=element(parts, 6),
            payer_number=element(parts, 7),
            place=element(parts, 8),
            frequency=element(parts, 9),
            adjustments=tuple(draft.adjustments),
            lines=tuple(map(self._line, draft.lines)),
            names=tuple(draft.names),
            refs=tuple(draft.refs),
            dates=tuple(draft.dates),
            amounts=tuple(draft.amounts),
            remarks=tuple(draft.remarks),
            contacts=tuple(draft.contacts),
            position=position,
        )
        self.paid += claim.paid
        findings = (*self.findings, *check_claim(claim))
        self.findings.clear()
        return replace(claim, findings=findings) if findings else claim

    def _line(self, draft):
        parts, position = draft.parts, draft.position
        qualifier, code, modifiers, text = self._procedure(element(parts, 1))
        refs, dates = dict(draft.refs), dict(draft.dates)
        return ServicePayment(
            code,
            qualifier,
            modifiers,
            text,
            self._procedure(element(parts, 6))[1],
            self.amount(parts, 2, ZERO, position),
            self.amount(parts, 3, ZERO, position),
            self.amount(parts, 5, None, position),
            self.amount(parts, 7, None, position),
            refs.get("6R", ""),
            dates.get("472") or dates.get("150"),
            dates.get("151"),
            tuple(draft.adjustments),
            tuple(draft.refs),
            tuple(draft.amounts),
            tuple(draft.remarks),
            position,
        )

    def _procedure(self, text):
        """(qualifier, code, modifiers, description) of a composite like ``AD:code``."""
        if not text:
            return "", "", (), ""
        qualifier, code, *more = text.split(self.component)[:7] + [""] * 6
        return qualifier, code, tuple(filter(None, more[:4])), more[4]

    def _close_foot(self, head):
        adjustments = tuple(self.provider_adjustments)
        balance = check_payment(head, self.paid, adjustments, head.position)
        return PaymentFoot(adjustments, (*self.findings, *balance))


_SKIPPED = frozenset(("LX", "QTY", "RDM", "TS2", "TS3"))
_IN_HEAD = {
    "CAS": _SetReader._too_early,
    "SVC": _SetReader._too_early,
    "BPR": _SetReader._bpr,
    "TRN": _SetReader._trn,
    "CUR": _SetReader._cur,
    "DTM": _SetReader._head_dtm,
    "N1": _SetReader._n1,
    "N3": _SetReader._n3,
    "N4": _SetReader._n4,
    "REF": _SetReader._head_ref,
    "PER": _SetReader._head_per,
    "PLB": _SetReader._plb,
}
_IN_CLAIM = {
    "SVC": _SetReader._svc,
    "CAS": _SetReader._cas,
    "NM1": _SetReader._nm1,
    "DTM": _SetReader._dtm,
    "REF": _SetReader._ref,
    "AMT": _SetReader._amt,
    "LQ": _SetReader._lq,
    "MOA": _SetReader._moa,
    "MIA": _SetReader._mia,
    "PER": _SetReader._per,
    "PLB": _SetReader._plb,
}
