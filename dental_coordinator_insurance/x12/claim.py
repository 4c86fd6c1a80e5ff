# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A dental claim or predetermination as it is written to an 837D."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from .claim_parties import (
    Address,
    BillingProvider,
    Patient,
    Payer,
    Provider,
    Receiver,
    Submitter,
    Subscriber,
)
from .remittance import ZERO, Adjustment

CLAIM = "claim"
PREDETERMINATION = "predetermination"
ORIGINAL, REPLACEMENT, VOID = "1", "7", "8"
MAX_LINES = 50
SETS = 100  # claims a set: one bad set then refuses few


@dataclass(frozen=True, slots=True)
class Accident:
    """:param kinds: ``AA`` car, ``EM`` work, ``OA`` other; a car accident needs the state"""

    kinds: tuple[str, ...]
    date: dt.date | None
    state: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Orthodontics:
    """:param months_unknown: orthodontic, but how long is not known"""

    months_total: int | None = None
    months_remaining: int | None = None
    placed: dt.date | None = None
    months_unknown: bool = False


@dataclass(frozen=True, slots=True)
class ToothStatus:
    """:param status: ``M`` missing, ``E`` to be extracted"""

    tooth: str
    status: str = "M"


@dataclass(frozen=True, slots=True)
class Attachment:
    """:param kind: ``RB`` films, ``P6`` perio chart, ``DA`` models, ``EB`` earlier answer, ``OZ``
    :param how: ``BM`` mail, ``FX`` fax, ``EL`` file, ``EM`` mail, ``FT`` FTP, ``AA`` when asked
    :param control: number by which the payer finds it
    """

    kind: str
    how: str
    control: str = ""


@dataclass(frozen=True, slots=True)
class Tooth:
    """:param number: Universal: 1-32, A-T, supernumerary 51-82 and AS-TS
    :param surfaces: letters of M O D B L F I, together
    """

    number: str
    surfaces: str = ""


@dataclass(frozen=True, slots=True)
class LineAdjudication:
    """What an earlier payer did with a line: charge = paid + adjustments.

    :param payer_id: the id of one of the claim's other payers
    :param code: code judged by, empty for the line's own; quantity likewise
    :param owed: what the patient still owes
    """

    payer_id: str
    paid: Decimal
    date: dt.date | None
    code: str = ""
    quantity: Decimal | None = None
    adjustments: tuple[Adjustment, ...] = ()
    owed: Decimal | None = None
    qualifier: str = "AD"
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherPayer:
    """Another coverage of the patient, with its answer when it has answered.

    :param relation: of the patient to that subscriber, ``18`` self
    :param adjustments: at claim level only; those of lines stand in LineAdjudication
    :param paid: None when that payer has not answered, 0 when it paid nothing
    """

    name: str
    id: str
    sequence: str
    relation: str
    subscriber: Subscriber
    group_number: str = ""
    group_name: str = ""
    filing: str = "CI"
    adjustments: tuple[Adjustment, ...] = ()
    paid: Decimal | None = None
    owed: Decimal | None = None
    non_covered: Decimal | None = None
    assigned: str = "Y"
    release: str = "Y"
    date: dt.date | None = None
    claim_number: str = ""
    predetermination_number: str = ""
    prior_authorization: str = ""
    referral: str = ""
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service.

    :param key: our own key of the line; the 835 returns it
    :param charge: of the whole line, with the ``tax`` in it
    :param teeth: one Tooth each; ranges are not known to X12
    :param areas: mouth, arch or quadrant, when no tooth tells it: 00 01 02 10 20 30 40 …
    :param prosthesis: ``I`` first, ``R`` replacement of one placed at ``prior_placement``
    :param date: when it differs from the claim's
    :param pointers: numbers, from 1, of the claim's diagnoses
    :param needs: what the code demands of ``tooth``, ``surface``, ``area``: checked, not written
    """

    key: str
    code: str
    charge: Decimal
    quantity: Decimal = Decimal(1)
    modifiers: tuple[str, ...] = ()
    description: str = ""
    teeth: tuple[Tooth, ...] = ()
    areas: tuple[str, ...] = ()
    prosthesis: str = ""
    prior_placement: dt.date | None = None
    date: dt.date | None = None
    place: str = ""
    pointers: tuple[int, ...] = ()
    appliance_placed: dt.date | None = None
    appliance_replaced: dt.date | None = None
    started: dt.date | None = None
    completed: dt.date | None = None
    predetermination_number: str = ""
    prior_authorization: str = ""
    referral: str = ""
    tax: Decimal | None = None
    fixed_format: tuple[str, ...] = ()
    rendering: Provider | None = None
    assistant: Provider | None = None
    supervising: Provider | None = None
    adjudications: tuple[LineAdjudication, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim to one payer.

    :param number: our own, unique for ever, at most 20 characters; the 835 returns it
    :param patient: None when the subscriber is the patient
    :param kind: ``claim`` or ``predetermination``; the latter carries no service date at all
    :param frequency: ``1`` original, ``7`` replacement, ``8`` void; these need ``payer_number``
    :param total: what the claim comes to by the caller's books; must be the sum of the lines
    :param assignment: ``A``, ``B`` or ``C``; benefits_assigned ``Y`` pays the dentist, ``N`` the
        subscriber, ``W`` when the patient refuses; release ``Y`` or ``I``
    :param trace_number: a clearinghouse's number of the claim (REF D9)
    """

    number: str
    billing: BillingProvider
    subscriber: Subscriber
    payer: Payer
    lines: tuple[ServiceLine, ...]
    patient: Patient | None = None
    kind: str = CLAIM
    frequency: str = ORIGINAL
    payer_number: str = ""
    total: Decimal | None = None
    place: str = "11"
    signature_on_file: bool = True
    assignment: str = "A"
    benefits_assigned: str = "Y"
    release: str = "Y"
    accident: Accident | None = None
    special_program: str = ""
    delay_reason: str = ""
    service_date: dt.date | None = None
    orthodontics: Orthodontics | None = None
    missing_teeth: tuple[ToothStatus, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    patient_paid: Decimal | None = None
    predetermination_number: str = ""
    prior_authorization: str = ""
    referral: str = ""
    trace_number: str = ""
    authorization_exception: str = ""
    notes: tuple[str, ...] = ()
    fixed_format: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()
    referring: Provider | None = None
    rendering: Provider | None = None
    service_place: Provider | None = None
    assistant: Provider | None = None
    supervising: Provider | None = None
    others: tuple[OtherPayer, ...] = ()

    @property
    def charge(self):
        return sum((line.charge for line in self.lines), ZERO)

    @property
    def is_predetermination(self):
        return self.kind == PREDETERMINATION


@dataclass(frozen=True, slots=True)
class Envelope:
    """The numbers and names around the sets.

    :param interchange_control: 1 to 999,999,999, never used before; likewise group_control
    :param when: date and time of writing
    :param first_set_control: number of the first set
    """

    sender_id: str
    receiver_id: str
    interchange_control: int
    group_control: int
    when: dt.datetime
    test: bool = False
    sender_qualifier: str = "ZZ"
    receiver_qualifier: str = "ZZ"
    app_sender: str = ""
    app_receiver: str = ""
    first_set_control: int = 1
    version: str = "005010X224A2"


@dataclass(frozen=True, slots=True)
class Batch:
    """Claims for one receiver, written to one interchange.

    :param reference: our number of the batch, unique, at most 28 characters (a further set adds
        ``-2`` and so on)
    :param resend: True when the same batch goes out again
    """

    envelope: Envelope
    submitter: Submitter
    receiver: Receiver
    claims: tuple[Claim, ...]
    reference: str
    resend: bool = False
