# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a claim lacks before a payer would take it: people, numbers, dates, the whole."""

import re
from collections import Counter
from datetime import date

from .claim import CLAIM, MAX_LINES, ORIGINAL, PREDETERMINATION, REPLACEMENT, VOID
from .claim_line_gaps import check_amount, check_lines, check_tooth
from .cob_gaps import FILINGS, ORDER, RELATIONS, check_others
from .gaps import Gap, Gaps
from .values import clean, digits, plain

PAYER_IDS = ("2U", "EI", "FY", "NF")
HOWS = ("AA", "BM", "EL", "EM", "FT", "FX")
_DIAGNOSIS = re.compile(r"[A-Z][0-9][0-9A-Z]{1,5}")
_PLACE = re.compile(r"[0-9]{2}")


def gaps(claim, today=None):
    """Every Gap of a claim, in the order of its segments; empty when it may go.

    :param today: services after this day are refused; default: the day of the call
    """
    found = Gaps()
    today = today or date.today()
    _billing(found, claim.billing)
    _coverage(found, claim, today)
    _header(found, claim)
    _dates(found, claim, today)
    _particulars(found, claim)
    _providers(found, claim)
    check_others(found, claim)
    check_lines(found, claim, today)
    return tuple(found.found)


def batch_gaps(batch, today=None):
    """Gaps of a whole batch; fields of its claims start with ``claims[n].``."""
    found = Gaps()
    _envelope(found, batch)
    for index, claim in enumerate(batch.claims):
        for gap in gaps(claim, today or batch.envelope.when.date()):
            field, message = f"claims[{index}].{gap.field}", f"Claim {claim.number}: {gap.message}"
            found.found.append(Gap(gap.loop, gap.element, field, message, gap.remedy))
    numbers = Counter(clean(claim.number) for claim in batch.claims)
    for index, claim in enumerate(batch.claims):
        if numbers[clean(claim.number)] > 1:
            message = f"Claim number {claim.number} is in the batch {numbers[claim.number]} times"
            remedy = "Give each claim its own number."
            found.add("2300", "CLM01", f"claims[{index}].number", message, remedy)
    return tuple(found.found)


def _envelope(found, batch):
    envelope = batch.envelope
    for name in ("sender_id", "receiver_id"):
        what = f"The {name.removesuffix('_id')}'s interchange id"
        found.text("", "ISA", f"envelope.{name}", getattr(envelope, name), what, 15)
    for name, element in (("interchange_control", "ISA13"), ("group_control", "GS06")):
        value = getattr(envelope, name)
        message = f"Control number {value} is not between 1 and 999999999"
        good = 1 <= value <= 999_999_999
        found.require(good, "", element, f"envelope.{name}", message, "Take the next free number.")
    found.text("", "BHT03", "reference", batch.reference, "The batch number", 28)
    sender, receiver = batch.submitter, batch.receiver
    found.text("1000A", "NM103", "submitter.name", sender.name, "The submitter's name", 60)
    found.text("1000A", "NM109", "submitter.id", sender.id, "The submitter's id", 80)
    found.contact("1000A", "submitter.contact", sender.contact, "The submitter")
    found.text("1000B", "NM103", "receiver.name", receiver.name, "The receiver's name", 60)
    found.text("1000B", "NM109", "receiver.id", receiver.id, "The receiver's id", 80)
    message = "The batch has no claim"
    found.require(batch.claims, "2300", "CLM", "claims", message, "Add a claim.")


def _billing(found, billing):
    who = "The billing dentist"
    found.names("2010AA", "billing", billing, who, family="name")
    found.npi("2010AA", "billing.npi", billing.npi, who)
    found.taxonomy("2000A", "billing.taxonomy", billing.taxonomy, who)
    found.address("2010AA", "billing.address", billing.address, who, zip9=True, street=True)
    message = f"{who}: tax number {billing.tax_id!r} does not have nine digits"
    good = len(digits(billing.tax_id)) == 9
    found.require(good, "2010AA", "REF02", "billing.tax_id", message, "Enter all nine digits.")
    kinds = ("EI", "SY")
    found.chosen("2010AA", "REF01", "billing.tax_kind", billing.tax_kind, "Tax number kind", kinds)
    if billing.contact:
        found.contact("2010AA", "billing.contact", billing.contact, who)
    if billing.pay_to:
        found.address(
            "2010AB", "billing.pay_to.address", billing.pay_to.address, "The pay-to address"
        )


def _coverage(found, claim, today):
    someone, who = claim.subscriber, "The subscriber"
    found.chosen("2000B", "SBR01", "subscriber.sequence", someone.sequence, "Sequence", ORDER)
    found.chosen("2000B", "SBR09", "subscriber.filing", someone.filing, "Plan kind", FILINGS)
    found.names("2010BA", "subscriber", someone, who)
    found.text("2010BA", "NM109", "subscriber.member_id", someone.member_id, "The member id", 80)
    found.text(
        "2000B", "SBR03", "subscriber.group_number", someone.group_number, "Group", 50, False
    )
    found.text(
        "2000B", "SBR04", "subscriber.group_name", someone.group_name, "Group name", 60, False
    )
    found.text("2010BB", "NM103", "payer.name", claim.payer.name, "The payer's name", 60)
    found.text("2010BB", "NM109", "payer.id", claim.payer.id, "The payer id", 80)
    message = f"The subscriber's social security number {someone.ssn!r} does not have nine digits"
    good = len(digits(someone.ssn)) in (0, 9)
    found.require(good, "2010BA", "REF SY", "subscriber.ssn", message, "Correct or remove it.")
    kinds = {qualifier for qualifier, _number in claim.payer.ids}
    message = f"The payer's further numbers are not up to three of {', '.join(PAYER_IDS)}"
    good = kinds <= set(PAYER_IDS) and len(claim.payer.ids) <= 3
    found.require(good, "2010BB", "REF01", "payer.ids", message, "Correct them at the payer.")
    if claim.payer.address:
        found.address("2010BB", "payer.address", claim.payer.address, "The payer")
    if claim.patient is None:
        found.address("2010BA", "subscriber.address", someone.address, who)
        found.person_facts("2010BA", "subscriber", someone, who, today)
        return
    who = "The patient"
    found.names("2010CA", "patient", claim.patient, who)
    found.address("2010CA", "patient.address", claim.patient.address, who)
    found.person_facts("2010CA", "patient", claim.patient, who, today)
    relation = claim.patient.relation
    found.chosen("2000C", "PAT01", "patient.relation", relation, "Relation", RELATIONS)


def _header(found, claim):
    if found.text("2300", "CLM01", "number", claim.number, "The claim number", 20):
        message = f"Claim number {claim.number!r} has characters that a file cannot carry"
        good = clean(claim.number) == claim.number
        remedy = "Use capital letters, digits and dashes."
        found.require(good, "2300", "CLM01", "number", message, remedy)
    if claim.total is not None:
        message = f"The claim comes to {plain(claim.total)}, its lines to {plain(claim.charge)}"
        good = claim.total == claim.charge
        found.require(good, "2300", "CLM02", "total", message, "Correct the lines or the total.")
    message = f"Place of service {claim.place!r} does not have two digits"
    good = _PLACE.fullmatch(claim.place or "")
    found.require(good, "2300", "CLM05-1", "place", message, "Choose the place, such as 11 office.")
    for element, field, what, allowed in (
        ("CLM05-3", "frequency", "Frequency", (ORIGINAL, REPLACEMENT, VOID)),
        ("CLM07", "assignment", "Assignment", ("A", "B", "C")),
        ("CLM08", "benefits_assigned", "Assignment of benefits", ("N", "W", "Y")),
        ("CLM09", "release", "Release of information", ("I", "Y")),
        ("CLM19", "kind", "Kind", (CLAIM, PREDETERMINATION)),
        ("CLM12", "special_program", "Special program", ("", "01", "02", "03", "05")),
    ):
        found.chosen("2300", element, field, getattr(claim, field), what, allowed)
    if claim.frequency != ORIGINAL:
        what = "The payer's number of the claim that this one replaces or voids"
        found.text("2300", "REF02 F8", "payer_number", claim.payer_number, what, 50)
        message = "A predetermination can only be sent as an original"
        good = not claim.is_predetermination
        found.require(good, "2300", "CLM05-3", "frequency", message, "Send a new one.")
    message = "The claim has no line" if not claim.lines else f"It has {len(claim.lines)} lines"
    remedy = "Add a service." if not claim.lines else f"Split it: {MAX_LINES} lines fit."
    found.require(1 <= len(claim.lines) <= MAX_LINES, "2400", "LX01", "lines", message, remedy)


def _dates(found, claim, today):
    """Birth <= service <= today; each line has a day; a predetermination has none."""
    if claim.is_predetermination:
        return
    someone = claim.patient or claim.subscriber
    places = [("2300", "service_date", claim.service_date)]
    places += [("2400", f"lines[{n}].date", line.date) for n, line in enumerate(claim.lines)]
    for loop, field, day in places:
        if day is None:
            missing = loop == "2400" and claim.service_date is None
            if missing:
                found.add(loop, "DTP 472", field, "The service date is missing", "Enter the date.")
            continue
        message = f"The service date {day} is in the future"
        remedy = "Correct the date, or send a predetermination."
        found.require(day <= today, loop, "DTP 472", field, message, remedy)
        if someone.birth and day < someone.birth:
            message = f"The service date {day} is before the patient's birth on {someone.birth}"
            found.add(loop, "DTP 472", field, message, "Correct one of the dates.")


def _particulars(found, claim):
    _accident(found, claim.accident)
    ortho = claim.orthodontics
    if ortho:
        known = ortho.months_unknown or ortho.months_total is not None
        message = "Orthodontic claim without the months of treatment"
        remedy = "Enter the months, or say that they are unknown."
        known = known or ortho.months_remaining is not None
        found.require(known, "2300", "DN101", "orthodontics.months_total", message, remedy)
    for index, tooth in enumerate(claim.missing_teeth):
        field = f"missing_teeth[{index}]"
        check_tooth(found, "2300", "DN201", f"{field}.tooth", tooth.tooth)
        found.chosen("2300", "DN202", f"{field}.status", tooth.status, "Tooth status", ("E", "M"))
    for index, sent in enumerate(claim.attachments):
        field = f"attachments[{index}]"
        found.chosen("2300", "PWK02", f"{field}.how", sent.how, "Way of sending", HOWS)
        found.text("2300", "PWK01", f"{field}.kind", sent.kind, "The kind of attachment", 2)
        what, needed = "The attachment's control number", sent.how != "AA"
        found.text("2300", "PWK06", f"{field}.control", sent.control, what, 50, needed)
    for field, element, most, limit in (
        ("missing_teeth", "DN2", 35, 0),
        ("attachments", "PWK", 10, 0),
        ("fixed_format", "K3", 10, 80),
        ("notes", "NTE02", 5, 80),
        ("diagnoses", "HI", 4, 0),
    ):
        values = getattr(claim, field)
        message = f"There are {len(values)} {field.replace('_', ' ')}, at most {most} fit"
        found.require(len(values) <= most, "2300", element, field, message, "Leave some out.")
        for index, text in enumerate(values if limit else ()):
            found.text("2300", element, f"{field}[{index}]", text, "The remark", limit)
    for index, code in enumerate(claim.diagnoses):
        message = f"{code!r} is no ICD-10 code"
        good = _DIAGNOSIS.fullmatch(clean(code).replace(".", ""))
        found.require(good, "2300", "HI", f"diagnoses[{index}]", message, "Correct the diagnosis.")
    if claim.patient_paid is not None:
        check_amount(
            found, "2300", "AMT F5", "patient_paid", claim.patient_paid, "Patient's payment"
        )


def _accident(found, accident):
    if accident is None:
        return
    message, remedy = "The date of the accident is missing", "Enter the date."
    found.require(accident.date, "2300", "DTP 439", "accident.date", message, remedy)
    message, remedy = "The kind of accident is missing", "Choose car, work or other."
    found.require(accident.kinds, "2300", "CLM11-1", "accident.kinds", message, remedy)
    for kind in accident.kinds:
        found.chosen("2300", "CLM11-1", "accident.kinds", kind, "Accident", ("AA", "EM", "OA"))
    if "AA" in accident.kinds and not (accident.state or accident.country):
        message = "The state of the car accident is missing"
        found.add("2300", "CLM11-4", "accident.state", message, "Enter the state.")


def _providers(found, claim):
    if claim.rendering is None and claim.billing.organization:
        message = "The treating dentist is missing, and a firm bills"
        found.add("2310B", "NM1", "rendering", message, "Choose who treated.")
    for loop, field, who, specialty in (
        ("2310A", "referring", "The referring dentist", False),
        ("2310B", "rendering", "The treating dentist", True),
        ("2310D", "assistant", "The assisting surgeon", True),
        ("2310E", "supervising", "The supervising dentist", False),
    ):
        check_provider(found, loop, field, getattr(claim, field), who, specialty)
    for index, line in enumerate(claim.lines):
        for loop, field, who, specialty in (
            ("2420A", "rendering", "The treating dentist", True),
            ("2420B", "assistant", "The assisting surgeon", True),
            ("2420C", "supervising", "The supervising dentist", False),
        ):
            path = f"lines[{index}].{field}"
            check_provider(found, loop, path, getattr(line, field), who, specialty)
    place = claim.service_place
    if place:
        who = "The place of service"
        found.names("2310C", "service_place", place, who, family="name")
        found.npi("2310C", "service_place.npi", place.npi, who, needed=False)
        found.address("2310C", "service_place.address", place.address, who)


def check_provider(found, loop, path, someone, who, specialty):
    if someone is None:
        return
    found.names(loop, path, someone, who, family="name")
    found.npi(loop, f"{path}.npi", someone.npi, who)
    found.taxonomy(loop, f"{path}.taxonomy", someone.taxonomy, who, needed=specialty)
