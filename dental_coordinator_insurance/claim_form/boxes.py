# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What stands in each box of the 2024 form, in our own words, and where it comes from."""

import datetime as dt
from dataclasses import dataclass

LINES = 10  # services on one sheet
_SEXES = {"M": "M", "F": "F"}
_RELATIONS = {"01": "spouse", "19": "child"}


@dataclass(frozen=True, slots=True)
class Box:
    """:param number: of the form, such as ``12`` or ``29a``
    :param value: text, or the key of a mark such as ``services``
    :param source: place in the x12 Claim, such as ``subscriber.member_id``, or in :class:`Facts`
        as ``facts.employer``
    """

    number: str
    label: str
    value: str
    source: str
    mark: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One service: boxes 24 to 31."""

    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the form asks and a claim file does not carry."""

    employer: str = ""
    other: object = None  # x12 OtherPayer that the file does not tell of, as it comes later
    medical: bool = False
    last_scaling: dt.date | None = None
    signed_on: dt.date | None = None
    phone: str = ""
    locum: bool = False
    descriptions: tuple[str, ...] = ()


def boxes(claim, facts):
    """Every Box beside the services, in the order of the form; empty ones too."""
    return tuple(
        box
        for part in (_head, _other, _subscriber, _patient, _foot, _ancillary, _billing, _treating)
        for box in part(claim, facts)
    )


def rows(claim, facts):
    """A Row for each service."""
    return tuple(Row(tuple(_row(claim, facts, index))) for index in range(len(claim.lines)))


def day(value):
    return f"{value:%m/%d/%Y}" if value else ""


def money(value):
    return f"{value:.2f}" if value is not None else ""


def person(someone):
    """Family name first, as the form asks."""
    given = " ".join(filter(None, (someone.first, someone.middle)))
    return ", ".join(filter(None, (someone.last, given)))


def place(address):
    if address is None:
        return ""
    end = " ".join(filter(None, (address.state, address.zip, address.country)))
    town = ", ".join(filter(None, (address.city, end)))
    return "\n".join(filter(None, (address.street, address.street2, town)))


def listed(teeth):
    """Teeth as paper has room for them: three and more of the numbers in a row as a range."""
    runs = []
    for tooth in teeth:
        follows = runs and tooth.isdigit() and runs[-1][-1].isdigit()
        if follows and int(tooth) == int(runs[-1][-1]) + 1:
            runs[-1].append(tooth)
        else:
            runs.append([tooth])
    parts = (f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(run) for run in runs)
    return ", ".join(parts)


def named(name, address):
    return "\n".join(filter(None, (name, place(address))))


def _head(claim, facts):
    kind = "predetermination" if claim.is_predetermination else "services"
    yield Box("1", "Kind", kind, "kind", mark=True)
    if claim.special_program == "01":
        yield Box("1", "Programme", "epsdt", "special_program", mark=True)
    number, source = claim.predetermination_number, "predetermination_number"
    if not number:
        number, source = claim.prior_authorization, "prior_authorization"
    yield Box("2", "Predetermination or authorization number", number, source)
    yield Box("3", "Payer", named(claim.payer.name, claim.payer.address), "payer")
    yield Box("3a", "Payer id", claim.payer.id, "payer.id")


def _other(claim, facts):
    other = claim.others[0] if claim.others else facts.other
    yield Box("4", "Other coverage", "dental" if other else "", "others[0]", mark=True)
    if facts.medical:
        yield Box("4", "Other coverage", "medical", "facts.medical", mark=True)
    someone = other.subscriber if other else None
    yield Box("5", "Other subscriber", person(someone) if someone else "", "others[0].subscriber")
    yield Box(
        "6", "Birth date", day(someone.birth) if someone else "", "others[0].subscriber.birth"
    )
    sex = _SEXES.get(someone.sex, "U") if someone else ""
    yield Box("7", "Sex", sex, "others[0].subscriber.sex", mark=True)
    member = someone.member_id if someone else ""
    yield Box("8", "Subscriber's id", member, "others[0].subscriber.member_id")
    group = (other.group_number or other.group_name) if other else ""
    yield Box("9", "Plan or group number", group, "others[0].group_number")
    relation = ""
    if other:
        relation = {"18": "self", "01": "spouse", "19": "dependent"}.get(other.relation, "other")
    yield Box("10", "Patient's relation", relation, "others[0].relation", mark=True)
    yield Box("11", "Other payer", named(other.name, other.address) if other else "", "others[0]")
    yield Box("11a", "Other payer's id", other.id if other else "", "others[0].id")


def _subscriber(claim, facts):
    someone = claim.subscriber
    yield Box("12", "Subscriber", named(person(someone), someone.address), "subscriber")
    yield Box("13", "Birth date", day(someone.birth), "subscriber.birth")
    yield Box("14", "Sex", _SEXES.get(someone.sex, "U"), "subscriber.sex", mark=True)
    yield Box("15", "Subscriber's id", someone.member_id, "subscriber.member_id")
    group = someone.group_number or someone.group_name
    yield Box("16", "Plan or group number", group, "subscriber.group_number")
    yield Box("17", "Employer", facts.employer, "facts.employer")


def _patient(claim, facts):
    relation = "self" if claim.patient is None else _RELATIONS.get(claim.patient.relation, "other")
    someone = claim.patient or claim.subscriber
    path = "patient" if claim.patient else "subscriber"
    yield Box("18", "Patient's relation", relation, f"{path}.relation", mark=True)
    yield Box("20", "Patient", named(person(someone), someone.address), path)
    yield Box("21", "Birth date", day(someone.birth), f"{path}.birth")
    yield Box("22", "Sex", _SEXES.get(someone.sex, "U"), f"{path}.sex", mark=True)
    yield Box("23", "Account number", claim.number, "number")


def _row(claim, facts, index):
    line, path = claim.lines[index], f"lines[{index}]"
    date = None if claim.is_predetermination else line.date or claim.service_date
    yield Box("24", "Date", day(date), f"{path}.date" if line.date else "service_date")
    yield Box("25", "Area", " ".join(line.areas), f"{path}.areas")
    yield Box("26", "Tooth system", "JP" if line.teeth else "", f"{path}.teeth")
    yield Box("27", "Teeth", listed([tooth.number for tooth in line.teeth]), f"{path}.teeth")
    surfaces = line.teeth[0].surfaces if line.teeth else ""
    yield Box("28", "Surfaces", surfaces, f"{path}.teeth[0].surfaces" if surfaces else path)
    yield Box("29", "Code", line.code, f"{path}.code")
    letters = "".join("ABCD"[number - 1] for number in line.pointers if 0 < number < 5)
    yield Box("29a", "Diagnosis", letters, f"{path}.pointers")
    yield Box("29b", "Quantity", f"{line.quantity:02f}".split(".")[0].zfill(2), f"{path}.quantity")
    told = facts.descriptions[index] if index < len(facts.descriptions) else line.description
    yield Box("30", "Description", told, f"{path}.description")
    yield Box("31", "Fee", money(line.charge - (line.tax or 0)), f"{path}.charge")


def _foot(claim, facts):
    taxes = sum((line.tax for line in claim.lines if line.tax), 0)
    taxed = next((i for i, line in enumerate(claim.lines) if line.tax), None)
    source = "lines" if taxed is None else f"lines[{taxed}].tax"
    yield Box("31a", "Other fees", money(taxes) if taxes else "", source)
    yield Box("32", "Total fee", money(claim.charge), "charge")
    missing = [tooth.tooth for tooth in claim.missing_teeth if tooth.status == "M"]
    yield Box("33", "Missing teeth", " ".join(missing), "missing_teeth")
    yield Box("34", "Diagnosis list", "AB" if claim.diagnoses else "", "diagnoses")
    told = " ".join(
        f"{letter} {code}" for letter, code in zip("ABCD", claim.diagnoses, strict=False)
    )
    yield Box("34a", "Diagnoses", told, "diagnoses")
    # Paper has no place of its own for what the payers before have paid.
    paid = [f"{one.name} paid {money(one.paid)}." for one in claim.others if one.paid is not None]
    yield Box("35", "Remarks", " ".join((*paid, *claim.notes)), "notes")


def _ancillary(claim, facts):
    signed = f"Signature on file {day(facts.signed_on)}".strip()
    yield Box("36", "Patient's consent", signed if claim.release == "Y" else "", "release")
    assigned = signed if claim.benefits_assigned == "Y" else ""
    yield Box("37", "Payment to the dentist", assigned, "benefits_assigned")
    yield Box("38", "Place of treatment", claim.place, "place")
    yield Box("39", "Enclosures", "Y" if claim.attachments else "N", "attachments")
    yield Box("39a", "Last scaling", day(facts.last_scaling), "facts.last_scaling")
    ortho = claim.orthodontics
    yield Box("40", "Orthodontics", "yes" if ortho else "no", "orthodontics", mark=True)
    yield Box("41", "Appliance placed", day(ortho and ortho.placed), "orthodontics.placed")
    months = "" if not ortho or ortho.months_total is None else str(ortho.months_total)
    yield Box("42", "Months of treatment", months, "orthodontics.months_total")
    replaced = next((i for i, line in enumerate(claim.lines) if line.prosthesis == "R"), None)
    source = "lines" if replaced is None else f"lines[{replaced}].prosthesis"
    yield Box("43", "Replaces a prosthesis", "no" if replaced is None else "yes", source, mark=True)
    before = None if replaced is None else claim.lines[replaced].prior_placement
    yield Box(
        "44", "Placed before on", day(before), source.replace("prosthesis", "prior_placement")
    )
    yield from _accident(claim)


def _accident(claim):
    accident = claim.accident
    kinds = {"EM": "work", "AA": "car", "OA": "other"}
    for kind in accident.kinds if accident else ():
        yield Box("45", "Result of", kinds[kind], "accident.kinds", mark=True)
    if not accident:
        yield Box("45", "Result of", "", "accident", mark=True)
    yield Box("46", "Date of accident", day(accident and accident.date), "accident.date")
    yield Box("47", "State of car accident", accident.state if accident else "", "accident.state")


def _billing(claim, facts):
    one = claim.billing
    name = " ".join(filter(None, (one.first, one.name)))
    address = one.pay_to.address if one.pay_to else one.address
    yield Box("48", "Who bills", named(name, address), "billing")
    yield Box("49", "NPI", one.npi, "billing.npi")
    yield Box("50", "Licence", one.license, "billing.license")
    yield Box("51", "Tax number", one.tax_id, "billing.tax_id")
    phone = one.contact.phone if one.contact else facts.phone
    yield Box("52", "Telephone", phone, "facts.phone")
    yield Box("52a", "Further id", one.payer_number, "billing.payer_number")


def _treating(claim, facts):
    one = claim.rendering or claim.billing
    path = "rendering" if claim.rendering else "billing"
    name = " ".join(filter(None, (one.first, one.name)))
    yield Box("53", "Treating dentist", f"{name}, signature on file" if name else "", path)
    yield Box("53a", "Locum", "yes" if facts.locum else "no", "facts.locum", mark=True)
    yield Box("54", "NPI", one.npi, f"{path}.npi")
    yield Box("55", "Licence", one.license, f"{path}.license")
    place_of = claim.service_place
    address = place_of.address if place_of else claim.billing.address
    yield Box(
        "56", "Treated at", place(address), "service_place" if place_of else "billing.address"
    )
    yield Box("56a", "Specialty", one.taxonomy, f"{path}.taxonomy")
    yield Box("57", "Telephone", facts.phone, "facts.phone")
    yield Box("58", "Further id", one.payer_number, f"{path}.payer_number")
