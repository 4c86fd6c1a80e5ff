# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Prior authorization (278, 005010X217): what we ask and what the payer decides."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from .claim import Attachment, Tooth
from .claim_parties import Contact, Patient, Payer, Provider, Subscriber
from .codes import DECISIONS, words
from .eligibility import Frequency, Rejection
from .parties import DateRange, Name

# Whether a decision lets the work be done: None while it is open.
_APPROVED = {"A1": True, "A6": True, "NA": True, "A2": None, "A3": False, "C": False}


@dataclass(frozen=True, slots=True)
class AuthorizationService:
    """One service asked for.

    :param areas: quadrants and such when no tooth tells it
    """

    code: str
    teeth: tuple[Tooth, ...] = ()
    areas: tuple[str, ...] = ()
    charge: Decimal | None = None
    quantity: Decimal = Decimal(1)
    date: dt.date | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class AuthorizationRequest:
    """A request for review.

    :param category: ``HS`` service, ``SC`` referral to a specialist, ``AR`` admission
    :param kind: ``I`` first, ``R`` renewal, ``S`` revised, ``3`` cancel; these name ``earlier``
    :param service_type: as in EB03: 35 dental, 38 orthodontics …
    :param trace: our own number; the answer returns it
    :param originator: ten characters that name us
    """

    payer: Payer
    requester: Provider
    subscriber: Subscriber
    trace: str
    originator: str
    services: tuple[AuthorizationService, ...] = ()
    patient: Patient | None = None
    contact: Contact | None = None
    category: str = "HS"
    kind: str = "I"
    service_type: str = "35"
    place: str = "11"
    date: dt.date | None = None
    date_to: dt.date | None = None
    diagnoses: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    message: str = ""
    earlier: str = ""
    service_provider: Provider | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """HCR. ``number`` goes on the claim as prior authorization (REF G1)."""

    code: str
    number: str = ""
    reason: str = ""

    @property
    def approved(self):
        """True or False, None while it is open or granted only in part."""
        return _APPROVED.get(self.code)

    @property
    def text(self):
        return words(DECISIONS, self.code)


@dataclass(frozen=True, slots=True)
class ServiceDecision:
    """What is said of one service; its own decision overrides that of the whole."""

    code: str
    teeth: tuple[str, ...]
    decision: Decision | None
    valid: DateRange | None
    date: DateRange | None
    frequencies: tuple[Frequency, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuthorizationAnswer:
    """One event as the payer sees it.

    :param purpose: BHT06: 18 final, 19 more will follow, RU reservation …
    :param trace: our own number (TRN 2)
    :param category, kind: UM01 and UM02
    """

    reference: str
    purpose: str
    payer: Name | None = None
    requester: Name | None = None
    subscriber: Name | None = None
    dependent: Name | None = None
    trace: str = ""
    category: str = ""
    kind: str = ""
    decision: Decision | None = None
    valid: DateRange | None = None
    rejections: tuple[Rejection, ...] = ()
    services: tuple[ServiceDecision, ...] = ()
    frequencies: tuple[Frequency, ...] = ()
    refs: tuple = ()
    attachments: tuple = ()
    messages: tuple[str, ...] = ()
    providers: tuple[Name, ...] = ()
    position: int = 0

    @property
    def final(self):
        return self.purpose in ("18", "RU", "")

    @property
    def valid_from(self):
        return self.valid.start if self.valid else None

    @property
    def valid_to(self):
        return self.valid.end if self.valid else None

    def decision_of(self, code):
        """Decision about a service: its own, else that of the whole."""
        own = (one.decision for one in self.services if one.code == code and one.decision)
        return next(own, self.decision)
