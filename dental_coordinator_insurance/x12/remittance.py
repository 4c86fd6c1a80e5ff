# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an 835 says: payments, the claims they answer, the lines of these, and why less was paid."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from .errors import ERROR, Finding
from .parties import Name, Party
from .values import ccyymmdd, plain

ZERO = Decimal(0)
NOBODY = Party()
REVERSAL, FORWARDED, PREDETERMINATION = "22", "23", "25"
_KINDS = {
    "4": "denial",
    REVERSAL: "reversal",
    FORWARDED: "forwarded",
    PREDETERMINATION: "predetermination",
}


def first_of(pairs, qualifier, default=None):
    """Value of the first (qualifier, value) pair."""
    return next((value for key, value in pairs if key == qualifier), default)


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One reason of a CAS segment: amounts lower what is paid, negative ones raise it."""

    group: str
    reason: str
    amount: Decimal
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ServicePayment:
    """SVC: one service as the payer saw it.

    ``code`` is the one it was judged by, ``submitted_code`` the one sent when that differs.
    ``line_key`` is our own REF 6R; several services may carry the same one.
    """

    code: str
    qualifier: str = ""
    modifiers: tuple[str, ...] = ()
    description: str = ""
    submitted_code: str = ""
    charge: Decimal = ZERO
    paid: Decimal = ZERO
    units: Decimal | None = None
    submitted_units: Decimal | None = None
    line_key: str = ""
    date: dt.date | None = None
    date_to: dt.date | None = None
    adjustments: tuple[Adjustment, ...] = ()
    refs: tuple = ()
    amounts: tuple = ()
    remarks: tuple[str, ...] = ()
    position: int = 0

    @property
    def allowed(self):
        """AMT B6. Payers fill it differently, so it informs and proves nothing."""
        return first_of(self.amounts, "B6")

    @property
    def downgraded(self):
        return bool(self.submitted_code) and self.submitted_code != self.code

    def amount(self, qualifier):
        return first_of(self.amounts, qualifier)

    def ref(self, qualifier):
        return first_of(self.refs, qualifier, "")


@dataclass(frozen=True, slots=True)
class ClaimPayment:
    """CLP: one claim. ``patient_share`` (CLP05) is None when the payer left it empty."""

    claim_number: str
    status: str
    charge: Decimal
    paid: Decimal
    patient_share: Decimal | None = None
    filing: str = ""
    payer_number: str = ""
    place: str = ""
    frequency: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    lines: tuple[ServicePayment, ...] = ()
    names: tuple[Name, ...] = ()
    refs: tuple = ()
    dates: tuple = ()
    amounts: tuple = ()
    remarks: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    position: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def kind(self):
        return _KINDS.get(self.status, "payment")

    @property
    def crossed_over(self):
        """True when the payer itself sent the claim on to the next payer."""
        return self.status in ("19", "20", "21", FORWARDED)

    def name(self, role):
        return next((name for name in self.names if name.role == role), None)

    @property
    def patient(self):
        return self.name("QC")

    @property
    def subscriber(self):
        return self.name("IL")

    @property
    def corrected(self):
        return self.name("74")

    @property
    def rendering(self):
        return self.name("82")

    @property
    def service_from(self):
        days = [line.date for line in self.lines if line.date]
        return first_of(self.dates, "232") or min(days, default=None)

    @property
    def service_to(self):
        days = [line.date_to or line.date for line in self.lines if line.date]
        return first_of(self.dates, "233") or max(days, default=None)

    @property
    def original_number(self):
        """The payer's number of the claim that this one corrects."""
        return self.ref("F8")

    @property
    def patient_responsibility(self):
        """Sum of group PR over claim and lines."""
        every = [self.adjustments, *(line.adjustments for line in self.lines)]
        return sum((a.amount for some in every for a in some if a.group == "PR"), ZERO)

    def amount(self, qualifier):
        return first_of(self.amounts, qualifier)

    def ref(self, qualifier):
        return first_of(self.refs, qualifier, "")


@dataclass(frozen=True, slots=True)
class ProviderAdjustment:
    """One reason of a PLB segment: a positive amount lowers the payment, a negative raises it."""

    provider: str
    fiscal_year_end: dt.date | None
    reason: str
    reference: str
    amount: Decimal
    position: int = 0

    @property
    def cash(self):
        return -self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentHead:
    """Who pays whom how much, and the numbers to accept it once by."""

    handling: str
    amount: Decimal
    credit_debit: str = ""
    method: str = ""
    date: dt.date | None = None
    currency: str = ""
    trace: str = ""
    originator: str = ""
    production_date: dt.date | None = None
    payer: Party = NOBODY
    payee: Party = NOBODY
    refs: tuple = ()
    set_control: str = ""
    group_control: str = ""
    interchange_control: str = ""
    sender: str = ""
    receiver: str = ""
    version: str = ""
    test: bool = False
    position: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def key(self):
        """Originator, trace, day and amount: the same payment in another file has the same key."""
        when = ccyymmdd(self.date) if self.date else ""
        return "|".join((self.originator, self.trace, when, plain(self.amount)))

    @property
    def notification(self):
        """True when no money moves by this set (BPR01 H)."""
        return self.handling == "H"

    @property
    def signed_amount(self):
        """What the payee receives; negative when the payer debits."""
        return -self.amount if self.credit_debit == "D" else self.amount


@dataclass(frozen=True, slots=True)
class PaymentFoot:
    """End of a payment that is read as a stream."""

    provider_adjustments: tuple[ProviderAdjustment, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(PaymentHead):
    """A whole set. ``findings`` are those of the head, of every claim and of the foot."""

    claims: tuple[ClaimPayment, ...] = ()
    provider_adjustments: tuple[ProviderAdjustment, ...] = ()

    @property
    def errors(self):
        return tuple(finding for finding in self.findings if finding.level == ERROR)

    @property
    def balanced(self):
        return not self.errors


@dataclass(frozen=True, slots=True)
class Remittance:
    """A file of payments; ``findings`` are those of its envelope."""

    payments: tuple[Payment, ...]
    findings: tuple[Finding, ...] = ()
