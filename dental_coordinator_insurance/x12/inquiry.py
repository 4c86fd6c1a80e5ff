# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Asking a payer: 270 about a person's coverage, 276 about the state of claims."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count

from .claim_parties import Patient, Payer, Provider, Submitter, Subscriber
from .errors import X12Error
from .gaps import Gaps
from .segments import (
    REPETITION,
    amounts,
    birth,
    composite,
    firm,
    interchange,
    pairs,
    person,
    provider,
    row,
)
from .values import ccyymmdd, clean

ELIGIBILITY = "005010X279A1"
STATUS = "005010X212"


@dataclass(frozen=True, slots=True)
class EligibilityInquiry:
    """What is asked about one person.

    :param trace: our own number; the answer returns it
    :param originator: ten characters that name us, such as 9 and the tax number
    :param patient: None when the subscriber is asked about
    :param date_to: end of a range of dates, as far as the payer allows
    :param procedure_code: asks for one code instead of ``service_types``
    """

    payer: Payer
    provider: Provider
    subscriber: Subscriber
    trace: str
    originator: str
    patient: Patient | None = None
    date: dt.date | None = None
    date_to: dt.date | None = None
    service_types: tuple[str, ...] = ("35",)
    procedure_code: str = ""


@dataclass(frozen=True, slots=True)
class StatusInquiry:
    """A claim asked about; ``claim_number`` is ours, ``payer_number`` the payer's when known."""

    subscriber: Subscriber
    trace: str
    claim_number: str
    patient: Patient | None = None
    payer_number: str = ""
    charge: Decimal | None = None
    date: dt.date | None = None
    date_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class StatusRequest:
    """Claims of one provider at one payer; ``submitter`` receives the answer."""

    payer: Payer
    submitter: Submitter
    provider: Provider
    claims: tuple[StatusInquiry, ...]


def write_270(envelope, inquiries, reference):
    """Bytes of an interchange, a set for each EligibilityInquiry.

    :param reference: our number (BHT03); further sets add ``-2`` and so on
    :raises X12Error: when anything needed is missing; its ``gaps`` has all of it
    """
    for index, one in enumerate(inquiries):
        refuse(eligibility_gaps(one, f"inquiries[{index}]."))
    bodies = (
        _eligibility_rows(one, envelope.when, reference + (f"-{number}" if number > 1 else ""))
        for number, one in enumerate(inquiries, 1)
    )
    return interchange(replace(envelope, version=ELIGIBILITY), "HS", "270", bodies)


def write_276(envelope, request, reference):
    """Bytes of an interchange with one set for a StatusRequest.

    :raises X12Error: when anything needed is missing; its ``gaps`` has all of it
    """
    refuse(status_gaps(request))
    body = _status_rows(request, envelope.when, reference)
    return interchange(replace(envelope, version=STATUS), "HR", "276", [body])


def refuse(found):
    """Raise X12Error with the first of these gaps, if there is one."""
    if found:
        first = found[0]
        raise X12Error(first.message, first.element, remedy=first.remedy, gaps=found)


def ask_gaps(found, path, payer, someone, patient, dentist, field="provider"):
    """Checks that every question to a payer shares; ``field`` names the dentist's."""
    found.text("2100A", "NM103", f"{path}payer.name", payer.name, "The payer's name", 60)
    found.text("2100A", "NM109", f"{path}payer.id", payer.id, "The payer id", 80)
    found.names("2100B", f"{path}{field}", dentist, "The dentist", family="name")
    found.npi("2100B", f"{path}{field}.npi", dentist.npi, "The dentist")
    found.names("2100C", f"{path}subscriber", someone, "The subscriber")
    member = someone.member_id
    found.text("2100C", "NM109", f"{path}subscriber.member_id", member, "The member id", 80)
    if patient:
        found.names("2100D", f"{path}patient", patient, "The patient")


def eligibility_gaps(inquiry, path=""):
    """Gaps of one EligibilityInquiry; ``path`` is put before each field."""
    found = Gaps()
    patient = inquiry.patient
    ask_gaps(found, path, inquiry.payer, inquiry.subscriber, patient, inquiry.provider)
    found.text("2000C", "TRN02", f"{path}trace", inquiry.trace, "The number of the inquiry", 50)
    good = len(clean(inquiry.originator)) == 10
    message = f"The originator {inquiry.originator!r} does not have ten characters"
    remedy = "Enter 9 and the nine-digit tax number."
    found.require(good, "2000C", "TRN03", f"{path}originator", message, remedy)
    someone, who = (patient, "patient") if patient else (inquiry.subscriber, "subscriber")
    message, field = f"The {who}'s birth date is missing", f"{path}{who}.birth"
    found.require(someone.birth, "2100C", "DMG02", field, message, "Enter the birth date.")
    asked = inquiry.procedure_code or inquiry.service_types
    message, remedy = "Nothing is asked", "Choose a service type or a code."
    found.require(asked, "2110C", "EQ01", f"{path}service_types", message, remedy)
    return tuple(found.found)


def status_gaps(request):
    """Gaps of a StatusRequest."""
    found = Gaps()
    submitter = request.submitter
    found.text("2100B", "NM103", "submitter.name", submitter.name, "The submitter's name", 60)
    found.text("2100B", "NM109", "submitter.id", submitter.id, "The submitter's id", 80)
    for index, one in enumerate(request.claims):
        path = f"claims[{index}]."
        ask_gaps(found, path, request.payer, one.subscriber, one.patient, request.provider)
        found.text("2200D", "TRN02", f"{path}trace", one.trace, "The number of the inquiry", 50)
        what = "Our claim number"
        found.text("2200D", "REF EJ", f"{path}claim_number", one.claim_number, what, 50)
    found.require(request.claims, "2200D", "TRN", "claims", "No claim is asked about", "Add one.")
    return tuple(found.found)


def days(qualifier, first, last):
    """DTP of a day or a range, nothing without a day."""
    if first and last and last != first:
        text = f"{ccyymmdd(first)}-{ccyymmdd(last)}"
        yield row("", "DTP", qualifier, "RD8", text)
    elif first:
        yield row("", "DTP", qualifier, "D8", ccyymmdd(first))


def _eligibility_rows(one, when, reference):
    yield row("", "BHT", "0022", "13", clean(reference), ccyymmdd(when), f"{when:%H%M}")
    yield row("", "HL", "1", "", "20", "1")
    yield firm("", "PR", one.payer.name, "PI", one.payer.id)
    yield row("", "HL", "2", "1", "21", "1")
    yield provider("", "1P", one.provider, "")
    trace = row("", "TRN", "1", clean(one.trace), clean(one.originator))
    yield row("", "HL", "3", "2", "22", "1" if one.patient else "0")
    if not one.patient:
        yield trace
    yield person("", "IL", one.subscriber, "MI", one.subscriber.member_id)
    if one.patient:
        yield row("", "HL", "4", "3", "23", "0")
        yield trace
        yield person("", "03", one.patient)
        yield birth("", one.patient, "")
        yield row("", "INS", "N", one.patient.relation)
    else:
        yield birth("", one.subscriber, "")
    yield from days("291", one.date, one.date_to)
    if one.procedure_code:
        yield row("", "EQ", "", composite("AD", clean(one.procedure_code)))
    else:
        yield row("", "EQ", REPETITION.join(one.service_types))


def _status_rows(request, when, reference):
    yield row("", "BHT", "0010", "13", clean(reference), ccyymmdd(when), f"{when:%H%M}")
    yield row("", "HL", "1", "", "20", "1")
    yield firm("", "PR", request.payer.name, "PI", request.payer.id)
    yield row("", "HL", "2", "1", "21", "1")
    yield firm("", "41", request.submitter.name, "46", request.submitter.id)
    yield row("", "HL", "3", "2", "19", "1")
    yield provider("", "1P", request.provider, "")
    numbers = count(4)
    for one in request.claims:
        yield from _claim_rows(one, numbers)


def _claim_rows(one, numbers):
    level = str(next(numbers))
    yield row("", "HL", level, "3", "22", "1" if one.patient else "0")
    if one.patient is None and one.subscriber.birth:
        yield birth("", one.subscriber, "")
    yield person("", "IL", one.subscriber, "MI", one.subscriber.member_id)
    if one.patient:
        yield row("", "HL", str(next(numbers)), level, "23")
        yield birth("", one.patient, "")
        yield person("", "QC", one.patient)
    yield row("", "TRN", "1", clean(one.trace))
    yield from pairs("", "REF", [("1K", one.payer_number), ("EJ", one.claim_number)])
    yield from amounts("", [("T3", one.charge)])
    yield from days("472", one.date, one.date_to)
