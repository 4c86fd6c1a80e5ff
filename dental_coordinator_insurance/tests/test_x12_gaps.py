# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What keeps a claim from going, and where it is mended."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase

from ..x12 import (
    Accident,
    Address,
    Adjustment,
    Attachment,
    Contact,
    Envelope,
    LineAdjudication,
    Orthodontics,
    Payer,
    PayTo,
    Provider,
    Tooth,
    ToothStatus,
    X12Error,
    batch_gaps,
    gaps,
    npi_valid,
    write_837d,
)
from .x12.claim_variants import variants
from .x12.claims import (
    HOME,
    NPI,
    PUBLISHED,
    TODAY,
    batch,
    billing,
    claim,
    line,
    other_payer,
    patient,
    subscriber,
)


def places(one):
    return [(gap.loop, gap.element, gap.field) for gap in gaps(one, TODAY)]


def on_line(**values):
    return claim(lines=(line(**values),))


def secondary(**values):
    return claim(subscriber=subscriber(sequence="S"), **values)


# (claim, element, field) of claims with exactly one gap
CASES = [
    (claim(number=""), "CLM01", "number"),
    (claim(number="C" * 21), "CLM01", "number"),
    (claim(number="c*1"), "CLM01", "number"),
    (claim(total=Decimal("180.01")), "CLM02", "total"),
    (claim(place="office"), "CLM05-1", "place"),
    (claim(frequency="2", payer_number="H"), "CLM05-3", "frequency"),
    (claim(frequency="7"), "REF02 F8", "payer_number"),
    (
        claim(frequency="7", payer_number="H", kind="predetermination"),
        "CLM05-3",
        "frequency",
    ),
    (claim(kind="estimate"), "CLM19", "kind"),
    (claim(release="N"), "CLM09", "release"),
    (claim(benefits_assigned=""), "CLM08", "benefits_assigned"),
    (claim(lines=()), "LX01", "lines"),
    (claim(service_date=None), "DTP 472", "lines[0].date"),
    (claim(service_date=date(2026, 3, 3)), "DTP 472", "service_date"),
    (claim(service_date=date(1984, 7, 3)), "DTP 472", "service_date"),
    (claim(patient=patient(birth=date(2026, 2, 20))), "DTP 472", "service_date"),
    (claim(billing=billing(npi="1234567890")), "NM109", "billing.npi"),
    (claim(billing=billing(npi="")), "NM109", "billing.npi"),
    (claim(billing=billing(name="")), "NM103", "billing.name"),
    (claim(billing=billing(name="B" * 61)), "NM103", "billing.name"),
    (claim(billing=billing(tax_id="12-345678")), "REF02", "billing.tax_id"),
    (claim(billing=billing(address=HOME)), "N403", "billing.address.zip"),
    (claim(billing=billing(address=None)), "N3", "billing.address"),
    (
        claim(billing=billing(address=Address("P.O. Box 7", "Salem", "OR", "973010007"))),
        "N301",
        "billing.address.street",
    ),
    (
        claim(billing=billing(address=Address("1 Hill", "Salem", "ZZ", "973010007"))),
        "N402",
        "billing.address.state",
    ),
    (
        claim(billing=billing(pay_to=PayTo(Address("Box 7", "Salem", "OR", "9730")))),
        "N403",
        "billing.pay_to.address.zip",
    ),
    (claim(billing=billing(contact=Contact("Desk"))), "PER04", "billing.contact.phone"),
    (claim(billing=billing(taxonomy="dentist")), "PRV03", "billing.taxonomy"),
    (claim(rendering=None), "NM1", "rendering"),
    (claim(rendering=Provider("Ortiz", NPI, "Eva")), "PRV03", "rendering.taxonomy"),
    (
        claim(rendering=Provider("Ortiz", "123", "Eva", taxonomy="1223G0001X")),
        "NM109",
        "rendering.npi",
    ),
    (
        on_line(rendering=Provider("Ortiz", taxonomy="1223G0001X")),
        "NM109",
        "lines[0].rendering.npi",
    ),
    (claim(service_place=Provider("Home", organization=True)), "N3", "service_place.address"),
    (claim(subscriber=subscriber(last="")), "NM103", "subscriber.last"),
    (claim(subscriber=subscriber(last="日本")), "NM103", "subscriber.last"),
    (claim(subscriber=subscriber(first="")), "NM104", "subscriber.first"),
    (claim(subscriber=subscriber(first="F" * 36)), "NM104", "subscriber.first"),
    (claim(subscriber=subscriber(member_id="")), "NM109", "subscriber.member_id"),
    (claim(subscriber=subscriber(birth=None)), "DMG02", "subscriber.birth"),
    (claim(subscriber=subscriber(sex="")), "DMG03", "subscriber.sex"),
    (claim(subscriber=subscriber(address=None)), "N3", "subscriber.address"),
    (claim(subscriber=subscriber(filing="")), "SBR09", "subscriber.filing"),
    (claim(patient=patient(relation="18")), "PAT01", "patient.relation"),
    (claim(patient=patient(sex="X")), "DMG03", "patient.sex"),
    (claim(payer=Payer("Harbor", "")), "NM109", "payer.id"),
    (claim(payer=Payer("", "H1")), "NM103", "payer.name"),
    (claim(accident=Accident(("AA",), date(2026, 2, 1))), "CLM11-4", "accident.state"),
    (claim(accident=Accident(("OA",), None)), "DTP 439", "accident.date"),
    (claim(orthodontics=Orthodontics()), "DN101", "orthodontics.months_total"),
    (claim(missing_teeth=(ToothStatus("33"),)), "DN201", "missing_teeth[0].tooth"),
    (claim(attachments=(Attachment("RB", "BM"),)), "PWK06", "attachments[0].control"),
    (claim(attachments=(Attachment("RB", "AA"),) * 11), "PWK", "attachments"),
    (claim(notes=("x" * 81,)), "NTE02", "notes[0]"),
    (claim(diagnoses=("caries",)), "HI", "diagnoses[0]"),
    (claim(patient_paid=Decimal(-1)), "AMT F5", "patient_paid"),
    (on_line(key=""), "REF02 6R", "lines[0].key"),
    (on_line(key="K" * 31), "REF02 6R", "lines[0].key"),
    (on_line(code=""), "SV301-2", "lines[0].code"),
    (on_line(code="CROWN"), "SV301-2", "lines[0].code"),
    (on_line(charge="0"), "SV302", "lines[0].charge"),
    (on_line(charge="-5"), "SV302", "lines[0].charge"),
    (on_line(charge="10.005"), "SV302", "lines[0].charge"),
    (on_line(quantity=Decimal(0)), "SV306", "lines[0].quantity"),
    (on_line(tax=Decimal(-1)), "AMT T", "lines[0].tax"),
    (on_line(modifiers=("LONG",)), "SV301-3", "lines[0].modifiers"),
    (on_line(teeth=(Tooth("33"),)), "TOO02", "lines[0].teeth[0].number"),
    (on_line(teeth=(Tooth("3", "MX"),)), "TOO03", "lines[0].teeth[0].surfaces"),
    (on_line(teeth=(Tooth("3", "MM"),)), "TOO03", "lines[0].teeth[0].surfaces"),
    (on_line(teeth=(Tooth("3"), Tooth("3"))), "TOO02", "lines[0].teeth"),
    (on_line(areas=("50",)), "SV304", "lines[0].areas"),
    (on_line(needs=("tooth",)), "TOO02", "lines[0].teeth"),
    (on_line(needs=("surface",), teeth=(Tooth("3"),)), "TOO03", "lines[0].teeth"),
    (on_line(needs=("area",)), "SV304", "lines[0].areas"),
    (on_line(prosthesis="R"), "DTP 441", "lines[0].prior_placement"),
    (on_line(pointers=(1,)), "SV311", "lines[0].pointers"),
    (on_line(place="1"), "SV303", "lines[0].place"),
    (claim(lines=(line(), line("L-2"))), "SV301", "lines[1]"),
    (secondary(), "SBR01", "others"),
    (secondary(others=(other_payer(paid=Decimal(179)),)), "AMT D", "others[0].paid"),
    (
        secondary(others=(other_payer(paid=Decimal(180), date=None),)),
        "DTP 573",
        "others[0].date",
    ),
    (
        secondary(others=(other_payer(adjustments=(Adjustment("PR", "1", Decimal(180)),)),)),
        "AMT D",
        "others[0].paid",
    ),
    (claim(others=(other_payer(id="", sequence="S"),)), "NM109", "others[0].id"),
    (claim(others=(other_payer(relation="", sequence="S"),)), "SBR02", "others[0].relation"),
    (claim(others=(other_payer(release="N", sequence="S"),)), "OI06", "others[0].release"),
    (
        secondary(
            others=(
                other_payer(paid=Decimal(100), adjustments=(Adjustment("XX", "1", Decimal(80)),)),
            )
        ),
        "CAS01",
        "others[0].adjustments[0].group",
    ),
    (claim(subscriber=subscriber(ssn="123")), "REF SY", "subscriber.ssn"),
    (claim(payer=Payer("Harbor", "H1", ids=(("ZZ", "1"),))), "REF01", "payer.ids"),
]


def adjudicated(**values):
    answer = LineAdjudication(
        **{
            "payer_id": "FIRST",
            "paid": Decimal(100),
            "date": date(2026, 2, 20),
            "adjustments": (Adjustment("CO", "45", Decimal(80)),),
        }
        | values
    )
    return secondary(
        lines=(line(adjudications=(answer,)),), others=(other_payer(paid=Decimal(100)),)
    )


class TestGaps(BaseCase):
    def test_complete_claims_have_none(self):
        for what, one in variants().items():
            self.assertEqual(gaps(one, TODAY), (), what)
        self.assertEqual(gaps(adjudicated(), TODAY), ())

    def test_each_gap_is_found_alone_with_its_field(self):
        for one, element, field in CASES:
            found = [place[1:] for place in places(one)]
            self.assertEqual(found, [(element, field)])

    def test_each_gap_says_what_and_how(self):
        for one, _element, field in CASES:
            (gap,) = gaps(one, TODAY)
            self.assertTrue(gap.loop and gap.message and gap.remedy.endswith("."), field)

    def test_answers_by_line_must_add_up(self):
        for values, expected in (
            ({"paid": Decimal(99)}, ["AMT D", "SVD02"]),
            ({"adjustments": ()}, ["SVD02"]),
            ({"payer_id": "OTHER"}, ["AMT D", "SVD01"]),
            ({"date": None}, ["DTP 573"]),
        ):
            found = [element for _loop, element, _field in places(adjudicated(**values))]
            self.assertEqual(found, expected, values)

    def test_line_without_answer_is_named(self):
        one = adjudicated()
        one = replace(one, lines=(*one.lines, line("L-2", "D1110")))
        found = [gap.message for gap in gaps(one, TODAY)]
        self.assertEqual(found, ["Other payer First Plan did not answer for D1110"])

    def test_too_many_lines_are_to_be_split(self):
        one = claim(lines=tuple(line(f"L-{n}", f"D{1000 + n}") for n in range(51)))
        self.assertEqual([gap.remedy for gap in gaps(one, TODAY)], ["Split it: 50 lines fit."])

    def test_published_claims_lack_what_they_lack(self):
        for name, build in PUBLISHED.items():
            fields = {gap.field.partition(".")[2] for gap in batch_gaps(build())}
            fields.discard("rendering.npi")  # the one who bills treats in one of them
            self.assertEqual(fields, {"billing.npi", "billing.address.zip"}, name)

    def test_predetermination_needs_no_date(self):
        self.assertEqual(places(claim(kind="predetermination", service_date=None)), [])

    def test_same_work_on_another_tooth_or_day_is_no_duplicate(self):
        lines = (
            line(teeth=(Tooth("3"),)),
            line("L-2", teeth=(Tooth("4"),)),
            line("L-3", teeth=(Tooth("4"),), date=date(2026, 2, 11)),
        )
        self.assertEqual(places(claim(lines=lines)), [])


class TestBatchGaps(BaseCase):
    def test_claim_in_a_batch_is_named(self):
        (gap,) = batch_gaps(batch(claim("A1"), claim("A2", payer=Payer("Harbor", ""))))
        self.assertEqual(gap.field, "claims[1].payer.id")
        self.assertTrue(gap.message.startswith("Claim A2: "), gap.message)

    def test_number_twice(self):
        found = batch_gaps(batch(claim(), claim()))
        self.assertEqual([g.field for g in found], ["claims[0].number", "claims[1].number"])

    def test_envelope(self):
        good = batch()
        for values, field in (
            ({"interchange_control": 0}, "envelope.interchange_control"),
            ({"interchange_control": 10**9}, "envelope.interchange_control"),
            ({"group_control": -1}, "envelope.group_control"),
            ({"sender_id": ""}, "envelope.sender_id"),
            ({"receiver_id": "R" * 16}, "envelope.receiver_id"),
        ):
            envelope = replace(good.envelope, **values)
            self.assertIsInstance(envelope, Envelope)
            found = batch_gaps(replace(good, envelope=envelope))
            self.assertEqual([gap.field for gap in found], [field])

    def test_submitter_and_receiver(self):
        good = batch()
        for change, field in (
            ({"reference": "B" * 29}, "reference"),
            ({"submitter": replace(good.submitter, id="")}, "submitter.id"),
            (
                {"submitter": replace(good.submitter, contact=Contact("D"))},
                "submitter.contact.phone",
            ),
            ({"receiver": replace(good.receiver, name="")}, "receiver.name"),
            ({"claims": ()}, "claims"),
        ):
            found = batch_gaps(replace(good, **change))
            self.assertEqual([gap.field for gap in found], [field])

    def test_claim_with_a_gap_is_not_written(self):
        with self.assertRaisesRegex(
            X12Error, r"has no NPI \(and 1 more\)\. Enter the ten"
        ) as caught:
            write_837d(batch(claim(billing=billing(npi="", tax_id=""))))
        self.assertEqual(
            [gap.field for gap in caught.exception.gaps],
            ["claims[0].billing.npi", "claims[0].billing.tax_id"],
        )

    def test_day_of_writing_is_the_last_day_of_service(self):
        one = claim(service_date=date(2026, 3, 3))
        self.assertEqual(len(batch_gaps(batch(one))), 1)
        self.assertEqual(batch_gaps(batch(one), date(2026, 3, 3)), ())


class TestNpi(BaseCase):
    def test_check_digit(self):
        for good in ("1234567893", "1811901945", "1245319599"):
            self.assertTrue(npi_valid(good), good)
            for digit in range(9):
                bad = good[:-1] + str((int(good[-1]) + digit + 1) % 10)
                self.assertFalse(npi_valid(bad), bad)
        for bad in ("", None, "123456789", "12345678930", "١٢٣٤٥٦٧٨٩٣", "123456789X"):
            self.assertFalse(npi_valid(bad), bad)
