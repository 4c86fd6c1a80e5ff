# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The segments of a dental claim (005010X224A2), in the guide's order.

Each function yields rows of one loop. Nothing is checked here: see ``claim_gaps``.
"""

from .segments import (
    address,
    amounts,
    birth,
    composite,
    contact,
    dates,
    firm,
    pairs,
    person,
    provider,
    row,
)
from .values import clean, digits, plain

# ---- billing provider, subscriber, patient ----


def billing_rows(billing):
    if billing.taxonomy:
        yield row("2000A", "PRV", "BI", "PXC", billing.taxonomy, path="billing")
    yield provider("2010AA", "85", billing, "billing")
    yield from address("2010AA", billing.address, "billing.address")
    tax = digits(billing.tax_id)
    yield row("2010AA", "REF", billing.tax_kind, tax, path="billing")
    yield from pairs("2010AA", "REF", [("0B", billing.license)], "billing")
    if billing.contact:
        yield contact("2010AA", billing.contact, "billing.contact")
    if billing.pay_to:
        kind = "2" if billing.pay_to.organization else "1"
        yield row("2010AB", "NM1", "87", kind, path="billing.pay_to")
        yield from address("2010AB", billing.pay_to.address, "billing.pay_to.address")


def subscriber_rows(claim):
    someone, payer, self_ = claim.subscriber, claim.payer, claim.patient is None
    group = clean(someone.group_number)
    yield row(
        "2000B",
        "SBR",
        someone.sequence,
        "18" if self_ else "",
        group,
        "" if group else clean(someone.group_name),
        *[""] * 4,
        someone.filing,
        path="subscriber",
    )
    yield person("2010BA", "IL", someone, "MI", someone.member_id, "subscriber")
    if self_:
        yield from address("2010BA", someone.address, "subscriber.address")
        yield birth("2010BA", someone, "subscriber")
    yield from pairs("2010BA", "REF", [("SY", digits(someone.ssn))], "subscriber")
    yield firm("2010BB", "PR", payer.name, "PI", payer.id, "payer")
    yield from address("2010BB", payer.address, "payer.address")
    yield from pairs("2010BB", "REF", payer.ids, "payer")
    yield from pairs("2010BB", "REF", [("G2", claim.billing.payer_number)], "billing")


def patient_rows(patient):
    yield row("2000C", "PAT", patient.relation, path="patient")
    yield person("2010CA", "QC", patient, path="patient")
    yield from address("2010CA", patient.address, "patient.address")
    yield birth("2010CA", patient, "patient")


# ---- claim ----


def claim_rows(claim):
    """Rows of loops 2300 to 2430."""
    yield _clm(claim)
    accident, ortho = claim.accident, claim.orthodontics
    service_date = None if claim.is_predetermination else claim.service_date
    yield from dates("2300", [("439", accident.date if accident else None)], "accident")
    yield from dates("2300", [("452", ortho.placed if ortho else None)], "orthodontics")
    yield from dates("2300", [("472", service_date)])
    yield from _orthodontics(ortho)
    for index, tooth in enumerate(claim.missing_teeth):
        parts = ("DN2", tooth.tooth, tooth.status, "", "", "", "JP")
        yield row("2300", *parts, path=f"missing_teeth[{index}]")
    for index, sent in enumerate(claim.attachments):
        numbers = ("", "", "AC", clean(sent.control)) if sent.control else ()
        yield row("2300", "PWK", sent.kind, sent.how, *numbers, path=f"attachments[{index}]")
    yield from amounts("2300", [("F5", claim.patient_paid)])
    yield from pairs(
        "2300",
        "REF",
        [
            ("G3", claim.predetermination_number),
            ("4N", claim.authorization_exception),
            ("F8", claim.payer_number),
            ("9F", claim.referral),
            ("G1", claim.prior_authorization),
            ("D9", claim.trace_number),
        ],
    )
    for text in claim.fixed_format:
        yield row("2300", "K3", clean(text))
    for text in claim.notes:
        yield row("2300", "NTE", "ADD", clean(text))
    if claim.diagnoses:
        yield row("2300", "HI", *_diagnoses(claim.diagnoses))
    yield from _providers(claim)
    for index, other in enumerate(claim.others):
        yield from _other_payer(other, f"others[{index}]")
    for index, line in enumerate(claim.lines):
        yield from _line(claim, line, index)


def _clm(claim):
    accident = claim.accident
    kinds = composite(*accident.kinds) if accident else ""
    if accident and (accident.state or accident.country):
        three = (*accident.kinds, "", "", "")[:3]
        kinds = composite(*three, clean(accident.state), clean(accident.country))
    return row(
        "2300",
        "CLM",
        clean(claim.number),
        plain(claim.charge),
        "",
        "",
        composite(claim.place, "B", claim.frequency),
        "Y" if claim.signature_on_file else "N",
        claim.assignment,
        claim.benefits_assigned,
        claim.release,
        "",
        kinds,
        claim.special_program,
        *[""] * 6,
        "PB" if claim.is_predetermination else "",
        claim.delay_reason,
    )


def _orthodontics(ortho):
    if not ortho:
        return
    months = [
        "" if value is None else str(value)
        for value in (ortho.months_total, ortho.months_remaining)
    ]
    known = any(months) and not ortho.months_unknown
    parts = (*months,) if known else ("", "", "", "Y")
    yield row("2300", "DN1", *parts, path="orthodontics")


def _diagnoses(codes):
    for index, code in enumerate(codes):
        yield composite("ABF" if index else "ABK", clean(code).replace(".", ""))


def _providers(claim):
    yield from _treating("2310A", "DN", claim.referring, "referring", "RF")
    yield from _treating("2310B", "82", claim.rendering, "rendering", "PE")
    if claim.service_place:
        yield provider("2310C", "77", claim.service_place, "service_place")
        yield from address("2310C", claim.service_place.address, "service_place.address")
    yield from _treating("2310D", "DD", claim.assistant, "assistant", "AS")
    yield from _treating("2310E", "DQ", claim.supervising, "supervising")


def _treating(loop, role, someone, path, specialty=""):
    """A dentist with specialty and licence; ``specialty`` is PRV01."""
    if someone is None:
        return
    yield provider(loop, role, someone, path)
    if specialty and someone.taxonomy:
        yield row(loop, "PRV", specialty, "PXC", someone.taxonomy, path=path)
    yield from pairs(loop, "REF", [("0B", someone.license), ("G2", someone.payer_number)], path)


# ---- other payers ----


def _adjustments(loop, adjustments, path):
    """CAS: one for each six reasons of a group."""
    groups = {}
    for one in adjustments:
        groups.setdefault(one.group, []).append(one)
    for group, some in groups.items():
        for start in range(0, len(some), 6):
            parts = []
            for one in some[start : start + 6]:
                quantity = "" if one.quantity is None else plain(one.quantity)
                parts += [one.reason, plain(one.amount), quantity]
            yield row(loop, "CAS", group, *parts, path=path)


def _other_payer(other, path):
    group = clean(other.group_number)
    name = "" if group else clean(other.group_name)
    yield row(
        "2320",
        "SBR",
        other.sequence,
        other.relation,
        group,
        name,
        *[""] * 4,
        other.filing,
        path=path,
    )
    yield from _adjustments("2320", other.adjustments, path)
    figures = [("D", other.paid), ("EAF", other.owed), ("A8", other.non_covered)]
    yield from amounts("2320", figures, path)
    yield row("2320", "OI", "", "", other.assigned, "", "", other.release, path=path)
    someone, subscriber = other.subscriber, f"{path}.subscriber"
    yield person("2330A", "IL", someone, "MI", someone.member_id, subscriber)
    yield from address("2330A", someone.address, subscriber)
    yield firm("2330B", "PR", other.name, "PI", other.id, path)
    yield from address("2330B", other.address, path)
    yield from dates("2330B", [("573", other.date)], path)
    yield from pairs(
        "2330B",
        "REF",
        [
            ("G1", other.prior_authorization),
            ("9F", other.referral),
            ("F8", other.claim_number),
            ("G3", other.predetermination_number),
        ],
        path,
    )


# ---- lines ----


def procedure(qualifier, code, modifiers=(), description=""):
    """SV301 and SVD03: qualifier, code, four modifiers, description."""
    four = (*modifiers, "", "", "", "")[:4]
    return composite(qualifier, clean(code), *four, clean(description))


def _line(claim, line, index):
    path = f"lines[{index}]"
    yield row("2400", "LX", str(index + 1), path=path)
    yield row(
        "2400",
        "SV3",
        procedure("AD", line.code, line.modifiers, line.description),
        plain(line.charge),
        line.place,
        composite(*line.areas),
        line.prosthesis,
        plain(line.quantity),
        *[""] * 4,
        composite(*map(str, line.pointers)),
        path=path,
    )
    for number, tooth in enumerate(line.teeth):
        parts = ("TOO", "JP", tooth.number, composite(*(tooth.surfaces or "")))
        yield row("2400", *parts, path=f"{path}.teeth[{number}]")
    own_date = line.date != claim.service_date and not claim.is_predetermination
    yield from dates(
        "2400",
        [
            ("472", line.date if own_date else None),
            ("441", line.prior_placement),
            ("452", line.appliance_placed),
            ("446", line.appliance_replaced),
            ("196", line.started),
            ("198", line.completed),
        ],
        path,
    )
    numbers = [
        ("G3", line.predetermination_number),
        ("G1", line.prior_authorization),
        ("6R", line.key),
        ("9F", line.referral),
    ]
    yield from pairs("2400", "REF", numbers, path)
    yield from amounts("2400", [("T", line.tax)], path)
    for text in line.fixed_format:
        yield row("2400", "K3", clean(text), path=path)
    yield from _treating("2420A", "82", line.rendering, f"{path}.rendering", "PE")
    yield from _treating("2420B", "DD", line.assistant, f"{path}.assistant", "AS")
    yield from _treating("2420C", "DQ", line.supervising, f"{path}.supervising")
    for number, answer in enumerate(line.adjudications):
        yield from _adjudication(line, answer, f"{path}.adjudications[{number}]")


def _adjudication(line, answer, path):
    quantity = line.quantity if answer.quantity is None else answer.quantity
    yield row(
        "2430",
        "SVD",
        clean(answer.payer_id),
        plain(answer.paid),
        procedure(answer.qualifier, answer.code or line.code, answer.modifiers),
        "",
        plain(quantity),
        path=path,
    )
    yield from _adjustments("2430", answer.adjustments, path)
    yield from dates("2430", [("573", answer.date)], path)
    yield from amounts("2430", [("EAF", answer.owed)], path)
