# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who stands in a claim: submitter, dentist, payer, subscriber, patient."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    street: str
    city: str
    state: str
    zip: str
    street2: str = ""
    country: str = ""  # only outside of the United States


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to ask; at least one of phone, mail and fax."""

    name: str
    phone: str = ""
    extension: str = ""
    email: str = ""
    fax: str = ""


@dataclass(frozen=True, slots=True)
class Submitter:
    """Who sends the file; ``id`` is the number that the receiver gave."""

    name: str
    id: str
    contact: Contact
    first: str = ""  # given name, when the submitter is a person


@dataclass(frozen=True, slots=True)
class Receiver:
    name: str
    id: str


@dataclass(frozen=True, slots=True)
class Provider:
    """A treating, referring, assisting or supervising dentist, or a place of service.

    :param name: family name, or the whole name of an organization
    :param payer_number: number that the payer gave (REF G2)
    """

    name: str
    npi: str = ""
    first: str = ""
    middle: str = ""
    suffix: str = ""
    organization: bool = False
    taxonomy: str = ""
    license: str = ""
    payer_number: str = ""
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class PayTo:
    """Where the money goes when that is not the billing address; a PO box may stand here."""

    address: Address
    organization: bool = True


@dataclass(frozen=True, slots=True)
class BillingProvider:
    """Who bills. The address is a street, never a PO box.

    :param tax_kind: ``EI`` employer number, ``SY`` social security number
    :param payer_number: number that the payer gave
    """

    name: str
    npi: str
    address: Address
    tax_id: str
    tax_kind: str = "EI"
    first: str = ""
    middle: str = ""
    suffix: str = ""
    organization: bool = True
    taxonomy: str = ""
    license: str = ""
    payer_number: str = ""
    contact: Contact | None = None
    pay_to: PayTo | None = None


@dataclass(frozen=True, slots=True)
class Subscriber:
    """The insured person. Birth, sex and address are needed when it is the patient.

    :param sequence: place of this payer: ``P``, ``S``, ``T``, then ``A`` to ``H``
    :param sex: ``F``, ``M`` or ``U``
    :param filing: kind of plan, such as ``CI`` commercial, ``BL`` Blue, ``17`` dental HMO
    """

    last: str
    first: str
    member_id: str
    birth: dt.date | None = None
    sex: str = ""
    address: Address | None = None
    middle: str = ""
    suffix: str = ""
    sequence: str = "P"
    group_number: str = ""
    group_name: str = ""
    filing: str = "CI"
    ssn: str = ""
    organization: bool = False


@dataclass(frozen=True, slots=True)
class Payer:
    """:param ids: further (qualifier 2U EI FY NF, number) pairs, at most three"""

    name: str
    id: str
    address: Address | None = None
    ids: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Patient:
    """The patient when it is not the subscriber.

    :param relation: ``01`` spouse, ``19`` child, ``20`` employee, ``21`` unknown, ``53`` partner,
        ``39`` and ``40`` donors, ``G8`` other
    """

    last: str
    first: str
    relation: str
    birth: dt.date | None
    sex: str
    address: Address | None
    middle: str = ""
    suffix: str = ""
