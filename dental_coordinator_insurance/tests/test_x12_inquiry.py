# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What we ask a payer: 270, 276 and 278; and the payer's decision on the last."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase

from ..x12 import (
    Attachment,
    AuthorizationRequest,
    AuthorizationService,
    Contact,
    EligibilityInquiry,
    Payer,
    Provider,
    StatusInquiry,
    StatusRequest,
    Tooth,
    X12Error,
    authorization_gaps,
    eligibility_gaps,
    kinds,
    read_277,
    read_278,
    status_gaps,
    write_270,
    write_276,
    write_278,
)
from .x12.claims import NPI, batch, patient, subscriber
from .x12.files import own, sample

PAYER = Payer("Harbor Dental Plan", "HARB1")
CLINIC = Provider("Bridge Dental", NPI, organization=True)
ENVELOPE = batch().envelope


def body(raw):
    """Segments of the sets, without ST, SE and the envelope."""
    found = [part.strip() for part in raw.decode("ascii").split("~") if part.strip()]
    return [s for s in found if s.partition("*")[0] not in ("ISA", "GS", "ST", "SE", "GE", "IEA")]


def inquiry(**values):
    wanted = {"trace": "T-1", "originator": "9999999999", "date": date(2026, 3, 2)}
    return EligibilityInquiry(PAYER, CLINIC, subscriber(), **(wanted | values))


def request(**values):
    return AuthorizationRequest(
        **{
            "payer": PAYER,
            "requester": CLINIC,
            "subscriber": subscriber(),
            "trace": "T-1",
            "originator": "9999999999",
            "services": (AuthorizationService("D2740", teeth=(Tooth("14", "MO"),)),),
        }
        | values
    )


class TestEligibilityInquiry(BaseCase):
    def test_subscriber(self):
        raw = write_270(ENVELOPE, [inquiry()], "R-1")
        self.assertEqual(kinds(raw), ("270",))
        self.assertEqual(
            body(raw),
            [
                "BHT*0022*13*R-1*20260302*0915",
                "HL*1**20*1",
                "NM1*PR*2*HARBOR DENTAL PLAN*****PI*HARB1",
                "HL*2*1*21*1",
                "NM1*1P*2*BRIDGE DENTAL*****XX*1234567893",
                "HL*3*2*22*0",
                "TRN*1*T-1*9999999999",
                "NM1*IL*1*LUND*ANNA****MI*M100",
                "DMG*D8*19840704*F",
                "DTP*291*D8*20260302",
                "EQ*35",
            ],
        )

    def test_dependent_and_several_types(self):
        one = inquiry(
            patient=patient(), service_types=("35", "23"), date_to=date(2026, 3, 9), trace="T-2"
        )
        self.assertEqual(
            body(write_270(ENVELOPE, [one], "R-1"))[5:],
            [
                *("HL*3*2*22*1", "NM1*IL*1*LUND*ANNA****MI*M100", "HL*4*3*23*0"),
                *("TRN*1*T-2*9999999999", "NM1*03*1*LUND*KAI", "DMG*D8*20150506*M", "INS*N*19"),
                *("DTP*291*RD8*20260302-20260309", "EQ*35^23"),
            ],
        )

    def test_one_code(self):
        raw = write_270(ENVELOPE, [inquiry(procedure_code="D2740")], "R-1")
        self.assertEqual(body(raw)[-1], "EQ**AD:D2740")

    def test_one_person_a_set(self):
        raw = write_270(ENVELOPE, [inquiry(), inquiry(trace="T-2")], "R-1")
        heads = [s for s in body(raw) if s.startswith(("BHT", "TRN"))]
        self.assertEqual(
            [s.split("*")[2 + (s[0] == "B")] for s in heads], ["R-1", "T-1", "R-1-2", "T-2"]
        )

    def test_gaps(self):
        for values, field in (
            ({"payer": Payer("Harbor", "")}, "payer.id"),
            ({"provider": Provider("Bridge", "1", organization=True)}, "provider.npi"),
            ({"subscriber": subscriber(member_id="")}, "subscriber.member_id"),
            ({"subscriber": subscriber(birth=None)}, "subscriber.birth"),
            ({"patient": patient(birth=None)}, "patient.birth"),
            ({"trace": ""}, "trace"),
            ({"originator": "123"}, "originator"),
            ({"service_types": ()}, "service_types"),
        ):
            one = replace(inquiry(), **values)
            self.assertEqual([gap.field for gap in eligibility_gaps(one)], [field])
            with self.assertRaises(X12Error) as caught:
                write_270(ENVELOPE, [inquiry(), one], "R-1")
            self.assertEqual(
                [gap.field for gap in caught.exception.gaps], [f"inquiries[1].{field}"]
            )


class TestStatusRequest(BaseCase):
    def setUp(self):
        super().setUp()
        first = StatusInquiry(
            subscriber(), "T-1", "C-100", charge=Decimal(180), date=date(2026, 2, 10)
        )
        second = StatusInquiry(subscriber(), "T-2", "C-101", patient=patient(), payer_number="H-1")
        self.request = StatusRequest(PAYER, batch().submitter, CLINIC, (first, second))

    def test_claims(self):
        raw = write_276(ENVELOPE, self.request, "R-2")
        self.assertEqual(kinds(raw), ("276",))
        self.assertEqual(
            body(raw)[7:],
            [
                *("HL*4*3*22*0", "DMG*D8*19840704*F", "NM1*IL*1*LUND*ANNA****MI*M100"),
                *("TRN*1*T-1", "REF*EJ*C-100", "AMT*T3*180", "DTP*472*D8*20260210"),
                *("HL*5*3*22*1", "NM1*IL*1*LUND*ANNA****MI*M100", "HL*6*5*23"),
                *("DMG*D8*20150506*M", "NM1*QC*1*LUND*KAI", "TRN*1*T-2"),
                *("REF*1K*H-1", "REF*EJ*C-101"),
            ],
        )

    def test_gaps(self):
        self.assertEqual(status_gaps(self.request), ())
        bad = replace(self.request.claims[1], claim_number="")
        self.assertEqual(
            [gap.field for gap in status_gaps(replace(self.request, claims=(bad,)))],
            ["claims[0].claim_number"],
        )
        with self.assertRaisesRegex(X12Error, "No claim"):
            write_276(ENVELOPE, replace(self.request, claims=()), "R-2")

    def test_answer(self):
        (report,) = read_277(own("status.edi"))
        first, second = report.claims
        self.assertEqual(
            (first.claim_number, first.payer_number, first.charge, first.paid),
            ("C-100", "H-1", Decimal(180), Decimal("120.5")),
        )
        status = first.statuses[0]
        self.assertEqual(
            (status.category, status.final_date, status.payment_date, status.cheque),
            ("F1", date(2026, 2, 28), date(2026, 3, 1), "EFT9001"),
        )
        (line,) = first.lines
        self.assertEqual((line.code, line.key, line.paid), ("D2391", "L-1", Decimal("120.5")))
        wanted = second.statuses[0]
        self.assertEqual([code.category for code in wanted.codes], ["P3", "R4", "R4"])
        self.assertEqual((wanted.message, second.patient.first), ("SEND FILMS", "KAI"))
        self.assertFalse(second.refused)


class TestAuthorizationRequest(BaseCase):
    def test_subscriber(self):
        one = request(
            contact=Contact("Desk", "503-555-0100"),
            attachments=(Attachment("RB", "EL", "N1"),),
            diagnoses=("K08.1", "K02.5"),
            message="See films",
            date=date(2026, 3, 1),
            date_to=date(2026, 6, 1),
        )
        raw = write_278(ENVELOPE, one, "R-3")
        self.assertEqual(kinds(raw), ("278",))
        self.assertEqual(
            body(raw),
            [
                *("BHT*0007*13*R-3*20260302*0915", "HL*1**20*1"),
                *("NM1*X3*2*HARBOR DENTAL PLAN*****PI*HARB1", "HL*2*1*21*1"),
                *("NM1*1P*2*BRIDGE DENTAL*****XX*1234567893", "PER*IC*DESK*TE*5035550100"),
                *("HL*3*2*22*1", "NM1*IL*1*LUND*ANNA****MI*M100", "DMG*D8*19840704*F"),
                *("HL*4*3*EV*1", "TRN*1*T-1*9999999999", "UM*HS*I*35*11:B"),
                *("DTP*AAH*RD8*20260301-20260601", "HI*ABK:K081*ABF:K025"),
                *("PWK*RB*EL***AC*N1", "MSG*SEE FILMS", "HL*5*4*SS*0"),
                *("SV3*AD:D2740*****1", "TOO*JP*14*M:O"),
            ],
        )

    def test_order_is_that_of_the_published_request(self):
        tags = [s.partition("*")[0] for s in body(sample("278/referral-request-for-review.edi"))]
        one = request(date=date(2026, 3, 1), diagnoses=("K081",), service_provider=CLINIC)
        ours = [s.partition("*")[0] for s in body(write_278(ENVELOPE, one, "R-3"))]
        common = [tag for tag in tags if tag not in ("HSD", "PER")]
        event = ours[: ours.index("SV3") - 1]
        self.assertEqual([tag for tag in event if tag not in ("DMG", "DTP")], common)

    def test_dependent_and_services(self):
        services = (
            AuthorizationService("D8080", charge=Decimal(4500), date=date(2026, 4, 1)),
            AuthorizationService("D4341", areas=("10",), quantity=Decimal(2), message="deep"),
        )
        found = body(write_278(ENVELOPE, request(patient=patient(), services=services), "R-3"))
        self.assertEqual(
            found[found.index("HL*4*3*23*1") :],
            [
                *("HL*4*3*23*1", "NM1*QC*1*LUND*KAI", "DMG*D8*20150506*M", "INS*N*19"),
                *("HL*5*4*EV*1", "TRN*1*T-1*9999999999", "UM*HS*I*35*11:B"),
                *("HL*6*5*SS*0", "DTP*472*D8*20260401", "SV3*AD:D8080*4500****1"),
                *("HL*7*5*SS*0", "SV3*AD:D4341***10**2", "MSG*DEEP"),
            ],
        )

    def test_revision_names_the_earlier_one(self):
        self.assertEqual([g.field for g in authorization_gaps(request(kind="S"))], ["earlier"])
        found = body(write_278(ENVELOPE, request(kind="S", earlier="PA-1"), "R-3"))
        self.assertIn("REF*BB*PA-1", found)

    def test_gaps(self):
        for values, field in (
            ({"payer": Payer("", "H")}, "payer.name"),
            ({"requester": Provider("Bridge", "", organization=True)}, "requester.npi"),
            ({"subscriber": subscriber(birth=None)}, "subscriber.birth"),
            ({"services": ()}, "services"),
            ({"services": (AuthorizationService(""),)}, "services[0].code"),
            (
                {"services": (AuthorizationService("D1", teeth=(Tooth("0"),)),)},
                "services[0].teeth[0].number",
            ),
            ({"services": (AuthorizationService("D1", areas=("9",)),)}, "services[0].areas"),
            ({"category": "XX"}, "category"),
            ({"originator": ""}, "originator"),
        ):
            self.assertEqual([g.field for g in authorization_gaps(request(**values))], [field])
        with self.assertRaisesRegex(X12Error, "No service"):
            write_278(ENVELOPE, request(services=()), "R-3")


class TestAuthorizationAnswer(BaseCase):
    def test_decision_of_each_service_overrides_that_of_the_whole(self):
        first, _second = read_278(own("authorization.edi"))
        self.assertEqual((first.trace, first.final), ("T-1", True))
        self.assertEqual((first.decision.code, first.decision.number), ("A2", "PA-77"))
        self.assertEqual((first.valid_from, first.valid_to), (date(2026, 3, 1), date(2026, 8, 31)))
        decisions = [
            (s.code, s.teeth, s.decision.approved, s.decision.number) for s in first.services
        ]
        self.assertEqual(decisions, [("D2740", ("14",), True, "PA-78"), ("D2950", (), False, "")])
        self.assertEqual(first.decision_of("D2740").number, "PA-78")
        self.assertEqual(first.decision_of("D9999").number, "PA-77")
        self.assertEqual([r.reason for r in first.services[1].rejections], ["33"])
        self.assertEqual((first.dependent.first, first.subscriber.id), ("KAI", "M100"))
        self.assertEqual(first.attachments, (("RB", "EL", "N1"),))

    def test_refused_requester(self):
        second = read_278(own("authorization.edi")).items[1]
        (one,) = second.rejections
        self.assertEqual((one.level, one.reason, second.decision), ("requester", "51", None))

    def test_published_approval(self):
        (answer,) = read_278(sample("278/referral-response-to-request-for-review.edi"))
        self.assertEqual((answer.decision.approved, answer.decision.number), (True, "AUTH0001"))
        self.assertEqual((answer.valid_from, answer.valid_to), (date(2005, 5, 2), date(2005, 6, 2)))

    def test_published_reservation(self):
        (answer,) = read_278(sample("278/response-to-medical-services-reservation.edi"))
        self.assertEqual((answer.purpose, answer.decision.number), ("RU", "6735172961"))
        (service,) = answer.services
        rest = service.frequencies[0]
        self.assertEqual((service.code, rest.period, rest.period_count), ("99212", "29", 2))

    def test_published_pending(self):
        (answer,) = read_278(sample("278/emergency-admission-response-to-request-for-review.edi"))
        self.assertEqual((answer.decision.text, answer.decision.approved), ("pended", None))
        self.assertEqual((answer.decision.reason, answer.final), ("0U", False))
        self.assertEqual(
            (answer.refs, answer.attachments), ((("NT", "P20030216001"),), (("AS", "VO", ""),))
        )

    def test_request_is_no_answer(self):
        with self.assertRaisesRegex(X12Error, "a request for review"):
            read_278(sample("278/referral-request-for-review.edi"))
