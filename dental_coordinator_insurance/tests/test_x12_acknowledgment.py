# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""TA1, 999 and 997, 277CA and 277."""

from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase

from ..x12 import X12Error, claim_at, read_277, read_277ca, read_999, read_ta1, write_837d
from ..x12.codes import CATEGORIES, adjustment_text, category_refused, category_text
from .x12 import answers
from .x12.claims import batch, claim, patient
from .x12.files import sample, wrap


def only(reading):
    (one,) = reading
    return one


def status(body):
    return only(read_277ca(wrap(body, code="277", version="005010X214")))


class TestSetAcknowledgment(BaseCase):
    def setUp(self):
        super().setUp()
        self.raw = write_837d(batch(*(claim(f"C-{n}") for n in range(100, 350))))

    def test_our_file_accepted(self):
        ack = only(read_999(answers.ack_999(self.raw)))
        self.assertEqual((ack.functional, ack.group_control, ack.code), ("HC", "7", "A"))
        self.assertEqual((ack.included, ack.received, ack.accepted), (3, 3, 3))
        self.assertEqual([ack.verdict(n) for n in ("0001", "0003")], ["accepted"] * 2)

    def test_one_set_refused_does_not_refuse_the_others(self):
        ack = only(read_999(answers.ack_999(self.raw, rejected=["0002"], errors=["0003"])))
        self.assertEqual(ack.code, "P")
        self.assertEqual(
            [ack.verdict(n) for n in ("0001", "0002", "3", "0004")],
            ["accepted", "rejected", "accepted_with_errors", ""],
        )
        error = ack.sets[1].segments[0]
        self.assertEqual((error.segment, error.position, error.loop), ("CLM", 22, "2300"))
        self.assertEqual(error.claim_number, "C-200")
        element = error.elements[0]
        self.assertEqual((element.element, element.component, element.value), ("5", "1", "99"))
        self.assertEqual(element.text, "value is not in the list")

    def test_segment_without_a_context_is_found_in_our_file(self):
        segments = [part.strip() for part in self.raw.decode().split("~")]
        start = segments.index("ST*837*0002*005010X224A2")
        claims = [n - start + 1 for n, s in enumerate(segments) if n > start and s[:4] == "CLM*"]
        for position, expected in (
            (claims[0] - 1, ""),
            (claims[0], "C-200"),
            (claims[1] - 1, "C-200"),
            (claims[1] + 2, "C-201"),
        ):
            self.assertEqual(claim_at(self.raw, "0002", position), expected)

    def test_sets_that_are_not_listed_have_the_verdict_of_the_group(self):
        body = "AK1*HC*7*005010X224A2\nAK9*{}*1*1*{}"
        for code, expected in (("A", "accepted"), ("R", "rejected"), ("P", "")):
            raw = wrap(body.format(code, 0), code="999", version="005010X231A1")
            self.assertEqual(only(read_999(raw)).verdict("0001"), expected)

    def test_answer_without_a_verdict_is_refused(self):
        with self.assertRaisesRegex(X12Error, "no verdict"):
            read_999(wrap("AK1*HC*7", code="999", version="005010X231A1"))

    def test_published_999(self):
        ack = only(read_999(sample("999/partially-accepted-3-sets.edi")))
        self.assertEqual([one.verdict for one in ack.sets], ["accepted", "rejected", "rejected"])
        second, third = ack.sets[1].segments[0], ack.sets[2].segments[0]
        self.assertEqual((second.segment, second.position), ("CLM", 22))
        self.assertEqual(
            [(e.element, e.reference, e.code) for e in second.elements], [("2", "782", "1")]
        )
        self.assertEqual((third.segment, third.code, third.claim_number), ("REF", "3", "987654321"))
        self.assertEqual((ack.code, ack.included, ack.accepted), ("P", 3, 1))

    def test_published_999_with_wrong_control_number_is_used(self):
        reading = read_999(sample("999/x12_999_accepted.txt"))
        self.assertEqual(only(reading).verdict("0001"), "accepted")
        self.assertEqual([f.segment for f in reading.findings], ["IEA"])

    def test_published_997(self):
        ack = only(read_999(sample("997/partially-accepted.edi")))
        self.assertEqual((ack.code, ack.included, ack.accepted), ("P", 2, 1))
        self.assertEqual([one.verdict for one in ack.sets], ["accepted", "rejected"])


class TestInterchangeAcknowledgment(BaseCase):
    def test_our_file(self):
        raw = write_837d(batch())
        ack = only(read_ta1(answers.ack_ta1(raw)))
        self.assertEqual((ack.control, ack.accepted, ack.text), ("000000301", True, "no error"))
        self.assertFalse(only(read_ta1(answers.ack_ta1(raw, "R", "009"))).accepted)

    def test_published(self):
        ack = only(read_ta1(sample("ta1/rejected-odd-delimiters.txt")))
        self.assertEqual((ack.control, ack.code, ack.note), ("900000001", "R", "006"))
        self.assertEqual((ack.date, ack.accepted), (date(2010, 6, 24), False))

    def test_unknown_verdict_is_refused(self):
        raw = answers.ack_ta1(write_837d(batch()), "Q")
        with self.assertRaisesRegex(X12Error, "neither acceptance nor refusal"):
            read_ta1(raw)


class TestClaimAcknowledgment(BaseCase):
    def setUp(self):
        super().setUp()
        self.raw = write_837d(batch(claim("C-1"), claim("C-2", patient=patient())))

    def test_accepted_and_refused(self):
        reading = read_277ca(answers.claim_ack(self.raw, {"C-2": "A7:562:82"}))
        report = only(reading)
        self.assertEqual(report.receiver.trace, "B-301")
        self.assertEqual(
            [report.verdict(n) for n in ("C-1", "C-2", "C-3")], ["accepted", "rejected", ""]
        )
        first, second = report.claims
        self.assertEqual((first.payer_number, first.charge), ("P000001", Decimal(180)))
        self.assertEqual(first.service_dates.start, date(2026, 2, 10))
        self.assertEqual(second.refusal.text, "Refused: information is wrong: NPI")
        self.assertEqual(reading.findings, ())

    def test_refused_batch_refuses_every_claim_unlisted(self):
        report = only(read_277ca(answers.claim_ack(self.raw, batch_rejected="A3:24:41")))
        self.assertEqual((report.claims, report.batch_rejected), ((), True))
        self.assertEqual(report.verdict("C-1"), "rejected")

    def test_refusal_of_the_provider_refuses_its_claims(self):
        report = status(
            """HL*1**20*1
            NM1*PR*2*P
            TRN*1*X
            HL*2*1*21*1
            NM1*41*2*B
            TRN*2*B-1
            STC*A1:19*20260302*WQ*10
            HL*3*2*19*1
            NM1*85*2*ONE
            TRN*1*0
            STC*A8:562:85*20260302*U*5
            HL*4*3*PT
            NM1*QC*1*LUND*ANNA
            TRN*2*C-1
            STC*A1:19*20260302*WQ*5
            HL*5*2*19*1
            NM1*85*2*TWO
            HL*6*5*PT
            NM1*QC*1*LUND*ANNA
            TRN*2*C-2
            STC*A2:20*20260302*WQ*5"""
        )
        self.assertEqual(
            [report.verdict(n) for n in ("C-1", "C-2", "C-3")], ["rejected", "accepted", ""]
        )
        self.assertFalse(report.batch_rejected)

    def test_refusal_is_told_by_category_not_by_action(self):
        report = status(
            "HL*1**PT\nNM1*QC*1*A*B\nTRN*2*C-1\nSTC*A7:21*20260302*WQ*5\nTRN*2*C-2\nSTC*A1:20**U"
        )
        self.assertEqual([c.verdict for c in report.claims], ["rejected", "accepted"])

    def test_totals_are_compared(self):
        raw = answers.claim_ack(self.raw, {"C-2": "A3:21"}).replace(b"AMT*YY*180", b"AMT*YY*181")
        self.assertEqual([f.code for f in read_277ca(raw).findings], ["totals"])

    def test_circle_of_levels_ends(self):
        report = status("HL*1*2*19*1\nTRN*2*A\nHL*2*1*PT\nTRN*2*C-1\nSTC*A2:20")
        self.assertEqual(report.verdict("C-1"), "accepted")

    def test_published_mixed(self):
        reading = read_277ca(sample("277ca/x12-example-1-mixed.edi"))
        report = only(reading)
        self.assertEqual(
            [(c.claim_number, c.verdict, c.charge) for c in report.claims],
            [
                ("4001/1339", "accepted", 200),
                ("2890/4", "rejected", 500),
                ("00000000000000000000", "rejected", 300),
            ],
        )
        self.assertEqual(report.claims[0].payer_number, "22029500123407X")
        line = report.claims[1].lines[0]
        self.assertEqual((line.code, line.key), ("22305", "11"))
        codes = [(c.category, c.status, c.entity) for c in line.statuses[0].codes]
        self.assertEqual(codes, [("A3", "122", ""), ("A3", "153", "82")])
        self.assertEqual(report.receiver.amounts, (("YU", 200), ("YY", 800)))
        self.assertEqual(reading.findings, ())

    def test_published_refused_batch(self):
        report = only(read_277ca(sample("277ca/x12-example-2-receiver-rejected.edi")))
        self.assertEqual((report.batch_rejected, report.verdict("any")), (True, "rejected"))

    def test_published_accepted_with_a_day_of_the_eleventh_century(self):
        report = only(read_277ca(sample("277ca/x12_277CA_accepted.txt")))
        (one,) = report.claims
        self.assertEqual((one.claim_number, one.verdict), ("5781", "accepted"))
        self.assertEqual(
            (one.payer_number, one.service_dates.start.year), ("1107000000014420", 1001)
        )


class TestClaimStatus(BaseCase):
    def test_published_claims(self):
        report = only(read_277(sample("277/claim-response.edi")))
        self.assertEqual(
            [
                (c.claim_number, c.trace, c.statuses[0].category, c.charge, c.paid)
                for c in report.claims
            ],
            [
                ("SM123456", "ABCXYZ1", "P3", Decimal("8513.88"), None),
                ("JO234567", "ABCXYZ2", "F0", 7599, 7599),
                ("MA345678", "ABCXYC3", "F2", 150, 0),
            ],
        )
        self.assertEqual(report.claims[2].patient.text, "MANN, JOSEPH")
        self.assertEqual(report.claims[2].lines[0].statuses[0].codes[0].status, "88")
        self.assertFalse(any(c.refused for c in report.claims))

    def test_published_provider_refusal(self):
        report = only(read_277(sample("277/provider-response.edi")))
        (provider,) = report.providers
        self.assertEqual((provider.trace, provider.refused), ("0", True))
        self.assertEqual(provider.statuses[0].codes[0].status, "24")


class TestWords(BaseCase):
    def test_unknown_codes_speak_for_themselves(self):
        self.assertEqual(adjustment_text("N999"), "N999")
        self.assertEqual(
            adjustment_text("45", "CO"), "Above the contracted fee (written off by contract)"
        )
        self.assertEqual(
            (category_text("R7"), category_text("Z9")), ("More information wanted", "Z9")
        )

    def test_categories_that_refuse(self):
        refusing = {"A3", "A6", "A7", "A8", "E0", "E3", "E4"}
        self.assertEqual({c for c in CATEGORIES if category_refused(c)}, refusing)
