# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every value a claim puts into a file: where it stands, what it is, which field it comes from.

The preview of a claim shows these beside the records that the fields were filled from. Qualifiers
and other constants are left out.
"""

import re
from dataclasses import dataclass
from functools import reduce

from .claim_segments import billing_rows, claim_rows, patient_rows, subscriber_rows
from .segments import COMPONENT

_PEOPLE = {
    "2000A": "Billing dentist",
    "2010AA": "Billing dentist",
    "2010AB": "Pay-to address",
    "2000B": "Subscriber",
    "2010BA": "Subscriber",
    "2010BB": "Payer",
    "2000C": "Patient",
    "2010CA": "Patient",
    "2310A": "Referring dentist",
    "2310B": "Treating dentist",
    "2310C": "Place of service",
    "2310D": "Assisting surgeon",
    "2310E": "Supervising dentist",
    "2320": "Other payer",
    "2330A": "Other subscriber",
    "2330B": "Other payer",
    "2420A": "Treating dentist of the line",
    "2420B": "Assisting surgeon of the line",
    "2420C": "Supervising dentist of the line",
    "2430": "Other payer's answer",
}
# Segments whose first element says what the others are.
_QUALIFIED = ("REF", "DTP", "AMT")
# place: (attributes, of which the source has one; our words)
_PLACES = {
    "NM103": ("last name", "name"),
    "NM104": ("first", "given name"),
    "NM105": ("middle", "middle name"),
    "NM107": ("suffix", "suffix"),
    "NM109": ("npi member_id id", "number"),
    "N301": ("street", "street"),
    "N302": ("street2", "second line"),
    "N401": ("city", "city"),
    "N402": ("state", "state"),
    "N403": ("zip", "ZIP code"),
    "N404": ("country", "country"),
    "PER02": ("name", "contact"),
    "PER TE": ("phone", "telephone"),
    "PER EX": ("extension", "extension"),
    "PER EM": ("email", "mail"),
    "PER FX": ("fax", "fax"),
    "PRV03": ("taxonomy", "specialty"),
    "DMG02": ("birth", "birth date"),
    "DMG03": ("sex", "sex"),
    "PAT01": ("relation", "relation"),
    "SBR01": ("sequence", "order of payers"),
    "SBR02": ("relation patient", "relation"),
    "SBR03": ("group_number", "group number"),
    "SBR04": ("group_name", "group name"),
    "SBR09": ("filing", "kind of plan"),
    "REF EI": ("tax_id", "tax number"),
    "REF SY": ("tax_id ssn", "social security number"),
    "REF 0B": ("license", "licence"),
    "REF G2": ("payer_number", "number at the payer"),
    "REF 2U": ("ids", "further number"),
    "REF FY": ("ids", "further number"),
    "REF NF": ("ids", "further number"),
    "REF G3": ("predetermination_number", "predetermination number"),
    "REF G1": ("prior_authorization", "prior authorization"),
    "REF 9F": ("referral", "referral"),
    "REF F8": ("payer_number claim_number", "payer's claim number"),
    "REF 4N": ("authorization_exception", "exception from authorization"),
    "REF D9": ("trace_number", "clearinghouse's number"),
    "REF 6R": ("key", "line key"),
    "CLM01": ("number", "claim number"),
    "CLM02": ("charge", "total charge"),
    "CLM05-1": ("place", "place of service"),
    "CLM05-3": ("frequency", "original, replacement or void"),
    "CLM06": ("signature_on_file", "signature on file"),
    "CLM07": ("assignment", "assignment"),
    "CLM08": ("benefits_assigned", "payment to the dentist"),
    "CLM09": ("release", "release of information"),
    "CLM11-1": ("accident", "accident"),
    "CLM11-2": ("accident", "accident"),
    "CLM11-3": ("accident", "accident"),
    "CLM11-4": ("accident", "state of the accident"),
    "CLM11-5": ("accident", "country of the accident"),
    "CLM12": ("special_program", "special program"),
    "CLM19": ("kind", "predetermination"),
    "CLM20": ("delay_reason", "reason of delay"),
    "DTP 439": ("date", "date of accident"),
    "DTP 452": ("placed appliance_placed", "appliance placed"),
    "DTP 472": ("service_date date", "service date"),
    "DTP 441": ("prior_placement", "prior placement"),
    "DTP 446": ("appliance_replaced", "appliance replaced"),
    "DTP 196": ("started", "treatment started"),
    "DTP 198": ("completed", "treatment completed"),
    "DTP 573": ("date", "date of the answer"),
    "DN101": ("months_total", "months of treatment"),
    "DN102": ("months_remaining", "months remaining"),
    "DN104": ("months_unknown", "months unknown"),
    "DN201": ("tooth", "tooth"),
    "DN202": ("status", "missing or to be extracted"),
    "PWK01": ("kind", "attachment"),
    "PWK02": ("how", "sent by"),
    "PWK06": ("control", "attachment number"),
    "AMT F5": ("patient_paid", "paid by the patient"),
    "AMT T": ("tax", "tax"),
    "AMT D": ("paid", "paid"),
    "AMT EAF": ("owed", "patient still owes"),
    "AMT A8": ("non_covered", "not covered"),
    "K301": ("fixed_format", "fixed remark"),
    "NTE02": ("notes", "remark"),
    "OI03": ("assigned", "payment to the dentist"),
    "OI06": ("release", "release of information"),
    "SV301-2": ("code", "procedure code"),
    "SV301-7": ("description", "description"),
    "SV302": ("charge", "fee"),
    "SV303": ("place", "place of service"),
    "SV305": ("prosthesis", "first or replacement"),
    "SV306": ("quantity", "quantity"),
    "TOO02": ("number", "tooth"),
    "SVD01": ("payer_id", "payer"),
    "SVD02": ("paid", "paid"),
    "SVD03-2": ("code", "procedure code judged"),
    "SVD05": ("quantity", "quantity"),
}
# The same for places whose components are a list: any component of them.
_LISTS = {
    "SV301": ("modifiers", "modifier"),
    "SVD03": ("modifiers", "modifier"),
    "SV304": ("areas", "area of the mouth"),
    "SV311": ("pointers", "diagnosis pointer"),
    "TOO03": ("surfaces", "surface"),
}
_CONSTANT = frozenset(
    (
        *("SV301-1", "SVD03-1", "CLM05-2", "NM101", "NM102", "NM108", "PER01", "PRV01", "PRV02"),
        *("DMG01", "DN206", "PWK05", "NTE01", "TOO01", "LX01"),
    )
)
_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class Element:
    """A value of a claim.

    :param place: segment and element, such as ``CLM05-1`` or ``REF G3``
    :param label: our words for it
    :param field: place in the Claim, such as ``lines[0].charge``
    """

    loop: str
    place: str
    value: str
    label: str
    field: str


def elements(claim):
    """Every Element of a claim in the order of the file."""
    rows = [*billing_rows(claim.billing), *subscriber_rows(claim)]
    if claim.patient:
        rows += patient_rows(claim.patient)
    rows += claim_rows(claim)
    return tuple(element for row in rows for element in _of_row(claim, row))


def _of_row(claim, row):
    tag, *values = row.parts
    if tag in _QUALIFIED:
        yield _element(claim, row, f"{tag} {values[0]}", values[-1])
    elif tag == "PER":
        yield _element(claim, row, "PER02", values[1])
        for qualifier, value in zip(values[2::2], values[3::2], strict=True):
            yield _element(claim, row, f"PER {qualifier}", value)
    elif tag == "HI":
        for index, value in enumerate(values):
            code = value.partition(COMPONENT)[2]
            yield Element(row.loop, f"HI{index + 1:02}", code, "Diagnosis", f"diagnoses[{index}]")
    elif tag == "CAS":
        yield from _adjustments(row, values)
    else:
        for place, value in _values(tag, values):
            if value and place not in _CONSTANT:
                yield _element(claim, row, place, value)


def _values(tag, values):
    """(place, value) of each element and component."""
    for index, value in enumerate(values, 1):
        place = f"{tag}{index:02}"
        if COMPONENT in value or f"{place}-1" in _PLACES:
            for number, part in enumerate(value.split(COMPONENT), 1):
                yield f"{place}-{number}", part
        else:
            yield place, value


def _adjustments(row, values):
    """CAS02, 05 … are reasons, CAS03, 06 … amounts, CAS04, 07 … quantities."""
    names = ["group", *("reason", "amount", "quantity") * 6]
    for index, (name, value) in enumerate(zip(names, values, strict=False), 1):
        if value:
            label = f"{_PEOPLE[row.loop]}: adjustment {name}"
            yield Element(row.loop, f"CAS{index:02}", value, label, f"{row.path}.adjustments")


def _element(claim, row, place, value):
    # a claim that has gaps is shown as well: what is no place of the guide is shown by its place
    known = _PLACES.get(place) or _LISTS.get(place.partition("-")[0])
    attributes, label = known or ("", place)
    source = _at(claim, row.path)
    name = next((name for name in attributes.split() if hasattr(source, name)), "")
    field = ".".join(filter(None, (row.path, name)))
    who = _PEOPLE.get(row.loop)
    words = f"{who}: {label}" if who else label[:1].upper() + label[1:]
    return Element(row.loop, place, value, words, field)


def _at(claim, path):
    """The object at a path such as ``others[0].subscriber``."""
    return reduce(_step, filter(None, path.split(".")), claim)


def _step(source, text):
    name, index = _STEP.fullmatch(text).groups()
    found = getattr(source, name)
    return found[int(index)] if index else found
