# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One claim for each thing a dental claim can carry, all of them complete."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from ...x12 import (
    Accident,
    Address,
    Adjustment,
    Attachment,
    LineAdjudication,
    Orthodontics,
    Payer,
    PayTo,
    Provider,
    Tooth,
    ToothStatus,
)
from .claims import billing, claim, line, other_payer, patient, subscriber

OTHER_NPI = "1811901945"
DENTIST = Provider("Kim", OTHER_NPI, "Lee", taxonomy="1223X0400X", license="D12345")


def _adjudicated(paid, *adjustments, payer="FIRST", **values):
    reasons = tuple(
        Adjustment(group, reason, Decimal(amount)) for group, reason, amount in adjustments
    )
    return LineAdjudication(payer, Decimal(paid), date(2026, 2, 20), adjustments=reasons, **values)


def variants():
    """{what it shows: Claim}; the numbers are unique."""
    found = _kinds() | _services() | _people() | _parties() | _payers()
    return {
        what: replace(one, number=f"C-{number}")
        for number, (what, one) in enumerate(found.items(), 200)
    }


def _kinds():
    """Kinds of claims."""
    return {
        "plain": claim(),
        "dependent": claim(patient=patient()),
        "replacement": claim(frequency="7", payer_number="H-1"),
        "void": claim(frequency="8", payer_number="H-1"),
        "predetermination": claim(kind="predetermination", place="11"),
        "car accident": claim(accident=Accident(("AA",), date(2026, 2, 1), "OR")),
        "work accident": claim(accident=Accident(("EM",), date(2026, 2, 1))),
        "orthodontics": claim(
            orthodontics=Orthodontics(24, 18, date(2025, 8, 1)),
            lines=(line(code="D8080", charge="4500.50"),),
        ),
        "orthodontics of unknown length": claim(
            orthodontics=Orthodontics(months_unknown=True), lines=(line(code="D8080"),)
        ),
    }


def _services():
    """What services carry."""
    implant = {"prosthesis": "R", "prior_placement": date(2015, 3, 1)}
    return {
        "replaced crown": claim(lines=(line(code="D2740", teeth=(Tooth("14"),), **implant),)),
        "missing teeth": claim(missing_teeth=(ToothStatus("1"), ToothStatus("17", "E"))),
        "attachments": claim(attachments=(Attachment("RB", "BM", "NEA-1"), Attachment("OZ", "AA"))),
        "numbers": claim(
            predetermination_number="PD-1",
            prior_authorization="PA-1",
            referral="RF-1",
            trace_number="TR-1",
        ),
        "line numbers": claim(
            lines=(
                line(predetermination_number="PD-2", prior_authorization="PA-2", referral="RF-2"),
            )
        ),
        "areas": claim(lines=(line(code="D4341", areas=("10", "20")), line("L-2", areas=("00",)))),
        "teeth": claim(
            lines=(line(teeth=(Tooth("A"), Tooth("TS", "O"), Tooth("51"), Tooth("82", "MODBL"))),)
        ),
        "tax": claim(lines=(line(tax=Decimal("3.25")),)),
        "remarks": claim(notes=("Ça va: old * crown", "second"), fixed_format=("KEEP",)),
        "diagnoses": claim(
            diagnoses=("K02.52", "K08.1"), lines=(line(pointers=(1, 2)), line("L-2", "D1110"))
        ),
    }


def _people():
    """Who and when, of the claim and of its lines."""
    return {
        "referring": claim(referring=Provider("Roy", OTHER_NPI, "Ann")),
        "place": claim(
            place="31",
            service_place=Provider(
                "Home", organization=True, address=Address("1 Hill", "Salem", "OR", "97301")
            ),
        ),
        "address abroad": claim(
            subscriber=subscriber(address=Address("1 Ring", "Passau", "", "94032", country="DE"))
        ),
        "surgeons": claim(assistant=DENTIST, supervising=Provider("Roy", OTHER_NPI, "Ann")),
        "treating by line": claim(lines=(line(rendering=DENTIST), line("L-2", "D1110"))),
        "dates by line": claim(
            service_date=None,
            lines=(
                line(date=date(2026, 2, 1)),
                line("L-2", "D1110", date=date(2026, 2, 2)),
            ),
        ),
        "appliance": claim(
            lines=(
                line(
                    code="D8670",
                    appliance_placed=date(2025, 1, 1),
                    appliance_replaced=date(2026, 1, 1),
                ),
                line("L-2", "D3330", started=date(2026, 1, 5), completed=date(2026, 2, 10)),
            )
        ),
        "modifiers": claim(
            lines=(line(code="D9999", modifiers=("GT",), description="Bite: guard", place="02"),)
        ),
    }


def _parties():
    """Money, flags, billing dentist and payer."""
    return {
        "money": claim(patient_paid=Decimal("20.10"), lines=(line(charge="100.10"),)),
        "one dentist": claim(
            billing=billing(
                name="Ortiz", first="Eva", organization=False, taxonomy="1223G0001X", tax_kind="SY"
            ),
            rendering=None,
        ),
        "pay to": claim(
            billing=billing(
                pay_to=PayTo(Address("PO Box 7", "Salem", "OR", "97301")),
                license="D9",
                payer_number="G2-9",
            )
        ),
        "payer in full": claim(
            payer=Payer(
                "Harbor", "HARB1", Address("1 Pier", "Salem", "OR", "97301"), (("2U", "77"),)
            ),
            subscriber=subscriber(ssn="123-45-6789", group_number="", group_name="Mill"),
        ),
        "flags": claim(
            benefits_assigned="N",
            assignment="C",
            release="I",
            signature_on_file=False,
            special_program="01",
            delay_reason="7",
        ),
    }


def _payers():
    """Other payers, before and after."""
    b_lines = (
        line(
            adjudications=(_adjudicated("100", ("CO", "45", "30"), ("PR", "2", "50")),),
            teeth=(Tooth("3", "MO"),),
        ),
        line(
            "L-2",
            "D1110",
            "90",
            adjudications=(_adjudicated("0", ("PR", "1", "90"), code="D1120", owed=Decimal(90)),),
        ),
    )
    return {
        "second payer, by claim": claim(
            subscriber=subscriber(sequence="S"),
            others=(
                other_payer(
                    paid=Decimal(100),
                    adjustments=(
                        Adjustment("CO", "45", Decimal(30)),
                        Adjustment("PR", "1", Decimal(25)),
                        Adjustment("PR", "2", Decimal(25)),
                    ),
                    claim_number="F-9",
                ),
            ),
        ),
        "second payer, by line": claim(
            subscriber=subscriber(sequence="S"),
            lines=b_lines,
            others=(other_payer(paid=Decimal(100), date=None, group_name="Mill"),),
        ),
        "third payer": claim(
            subscriber=subscriber(sequence="T"),
            others=(
                other_payer(paid=Decimal(0), adjustments=(Adjustment("PR", "96", Decimal(180)),)),
                other_payer(
                    id="SECOND",
                    sequence="S",
                    relation="G8",
                    paid=Decimal(80),
                    adjustments=(Adjustment("OA", "23", Decimal(100)),),
                    owed=Decimal("20.5"),
                    non_covered=Decimal(1),
                    prior_authorization="PA-9",
                    referral="RF-9",
                    predetermination_number="PD-9",
                    address=Address("2 Pier", "Salem", "OR", "97301"),
                ),
            ),
        ),
        "fourth payer": claim(
            subscriber=subscriber(sequence="A"),
            others=tuple(
                other_payer(
                    id=f"PAYER{sequence}",
                    sequence=sequence,
                    paid=Decimal(0),
                    adjustments=(Adjustment("PR", "96", Decimal(180)),),
                )
                for sequence in "PST"
            ),
        ),
        "first payer, second not asked yet": claim(others=(other_payer(sequence="S", date=None),)),
    }
