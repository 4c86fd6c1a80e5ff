# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import io
import time
import tracemalloc
import unittest
from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase

from ..x12 import ClaimPayment, PaymentFoot, PaymentHead, X12Error, iter_835, read_835
from .x12.files import own, sample, wrap

HEAD = "BPR*I*{paid}*C*CHK************20260301\nTRN*1*T1*1999999999\n"


def read_one(raw):
    (payment,) = read_835(raw).payments
    return payment


def read_body(body, paid="0"):
    return read_one(wrap(HEAD.format(paid=paid) + body))


def codes(payment):
    return [(f.code, f.segment, f.level) for f in payment.findings]


class TestRemittance(BaseCase):
    def setUp(self):
        super().setUp()
        self.payment = read_one(own("remittance.edi"))

    def test_head(self):
        payment = self.payment
        self.assertEqual(payment.key, "1999999999|EFT9001|20260303|421.5")
        self.assertEqual(
            (payment.method, payment.handling, payment.notification), ("ACH", "I", False)
        )
        self.assertEqual(payment.production_date, date(2026, 3, 2))
        self.assertEqual(
            (payment.payer.name, payment.payer.city), ("HARBOR DENTAL PLAN", "PORTLAND")
        )
        self.assertEqual(payment.payer.contacts, ("5035550100 x7",))
        self.assertEqual(
            (payment.payee.id, payment.payee.ids), ("1234567893", (("TJ", "999999999"),))
        )
        self.assertEqual(
            (payment.set_control, payment.group_control, payment.test), ("0001", "301", True)
        )

    def test_the_key_does_not_depend_on_how_the_amount_is_written(self):
        other = own("remittance.edi").replace(b"BPR*I*421.5*", b"BPR*I*0421.50*")
        self.assertEqual(read_one(other).key, self.payment.key)

    def test_claims_are_told_apart_by_status(self):
        rows = [
            (c.claim_number, c.kind, c.charge, c.paid, c.payer_number) for c in self.payment.claims
        ]
        self.assertEqual(
            rows,
            [
                ("C-100", "payment", Decimal(300), Decimal(180), "H-1"),
                ("C-101", "reversal", Decimal(-100), Decimal(-80), "H-2"),
                ("C-101", "payment", Decimal(100), Decimal(90), "H-3"),
                ("C-102", "payment", Decimal(500), Decimal(250), "H-4"),
                ("C-103", "predetermination", Decimal(750), Decimal(0), "H-5"),
            ],
        )
        self.assertEqual(self.payment.claims[2].original_number, "H-2")

    def test_line_with_downgrade_and_reasons(self):
        claim = self.payment.claims[0]
        (line,) = claim.lines
        self.assertEqual(
            (line.code, line.submitted_code, line.downgraded), ("D2740", "D2750", True)
        )
        self.assertEqual(
            (line.line_key, line.allowed, line.date), ("L-1", Decimal(240), date(2026, 2, 10))
        )
        self.assertEqual(
            [(a.group, a.reason, a.amount) for a in line.adjustments],
            [("CO", "45", Decimal(60)), ("PR", "1", Decimal(50)), ("PR", "2", Decimal(10))],
        )
        self.assertEqual(
            (claim.patient_responsibility, claim.patient_share), (Decimal(60), Decimal(60))
        )
        self.assertEqual(line.remarks, ("N180",))

    def test_people(self):
        claim = self.payment.claims[0]
        self.assertEqual((claim.patient.text, claim.patient.id), ("LUND, ANNA B", "M100"))
        self.assertEqual((claim.corrected.last, claim.corrected.id), ("LUNDE", "M101"))
        self.assertEqual(claim.rendering.id, "1234567893")
        self.assertIsNone(claim.subscriber)

    def test_positive_provider_adjustment_lowers_the_payment(self):
        rows = [
            (a.reason, a.reference, a.amount, a.cash) for a in self.payment.provider_adjustments
        ]
        self.assertEqual(
            rows,
            [("WO", "H-9", Decimal(20), Decimal(-20)), ("L6", "", Decimal("-1.5"), Decimal("1.5"))],
        )
        self.assertTrue(self.payment.balanced)

    def test_empty_share_is_unknown_not_zero(self):
        self.assertIsNone(self.payment.claims[1].patient_share)
        self.assertEqual(self.payment.claims[3].patient_share, Decimal(0))

    def test_stream_says_the_same(self):
        events = list(iter_835(io.BytesIO(own("remittance.edi"))))
        self.assertIsInstance(events[0], PaymentHead)
        self.assertEqual(tuple(events[1:-1]), self.payment.claims)
        self.assertIsInstance(events[-1], PaymentFoot)
        self.assertEqual(events[-1].provider_adjustments, self.payment.provider_adjustments)

    def test_several_payments_in_several_interchanges(self):
        body = HEAD.format(paid="0")
        raw = wrap(body, body) + wrap(body, element="|", terminator="\n", control=2)
        remittance = read_835(raw)
        places = [(p.interchange_control, p.set_control) for p in remittance.payments]
        self.assertEqual(
            places, [("000000001", "0001"), ("000000001", "0002"), ("000000002", "0001")]
        )


class TestEquations(BaseCase):
    def test_each_equation_names_its_segment(self):
        for good, bad, expected in (
            (b"CAS*CO*45*60", b"CAS*CO*45*61", ["line_balance", "claim_balance"]),
            (b"CLP*C-100*1*300*180", b"CLP*C-100*1*300*181", ["claim_balance", "payment_balance"]),
            (b"CLP*C-100*1*300*180", b"CLP*C-100*1*301*180", ["claim_balance", "claim_lines"]),
            (b"BPR*I*421.5", b"BPR*I*421.51", ["payment_balance"]),
            (b"WO:H-9*20", b"WO:H-9*-20", ["payment_balance"]),
        ):
            payment = read_one(own("remittance.edi").replace(good, bad))
            self.assertEqual([f.code for f in payment.errors], expected, bad)
            self.assertFalse(payment.balanced)

    def test_message_names_claim_amounts_and_place(self):
        raw = own("remittance.edi").replace(b"CAS*CO*45*60", b"CAS*CO*45*61")
        finding = read_one(raw).errors[0]
        self.assertEqual((finding.segment, finding.position, finding.ref), ("SVC", 21, "C-100"))
        self.assertIn("charge 300 less adjustments 121 is 179, but 180 is paid", finding.message)

    def test_share_without_reasons_is_shown_and_holds_nothing(self):
        payment = read_one(own("remittance.edi").replace(b"*300*180*60*", b"*300*180*75*"))
        self.assertEqual(codes(payment), [("patient_share", "CLP", "warning")])
        self.assertTrue(payment.balanced)

    def test_reasons_are_stepped_by_three_over_empty_ones(self):
        payment = read_body("CLP*A*1*100*40\nCAS*CO*45*10*1****2*20*3*94**\nCAS*PR*3*30", "40")
        self.assertEqual(
            [(a.reason, a.amount, a.quantity) for a in payment.claims[0].adjustments],
            [
                ("45", Decimal(10), Decimal(1)),
                ("2", Decimal(20), Decimal(3)),
                ("94", Decimal(0), None),
                ("3", Decimal(30), None),
            ],
        )
        self.assertTrue(payment.balanced)

    def test_unknown_group_holds_the_set(self):
        self.assertIn(
            ("group", "CLP", "error"), codes(read_body("CLP*A*1*100*40\nCAS*ZZ*45*60", "40"))
        )

    def test_paid_predetermination_holds_the_set(self):
        self.assertIn(
            "predetermination_paid", [f.code for f in read_body("CLP*A*25*40*40", "40").errors]
        )

    def test_payment_without_trace_cannot_be_accepted(self):
        payment = read_one(wrap("BPR*I*0*C*CHK"))
        self.assertEqual(codes(payment), [("trace", "TRN", "error")])

    def test_debit_lowers_the_account(self):
        raw = wrap("BPR*I*50*D*CHK\nTRN*1*T*1\nCLP*A*22*-60*-50\nCAS*CO*45*-10")
        self.assertTrue(read_one(raw).balanced)

    def test_cents_are_exact(self):
        lines = "\n".join(f"CLP*A{n}*1*0.1*0.1" for n in range(10))
        self.assertTrue(read_body(lines, "1.00").balanced)


class TestBadRemittance(BaseCase):
    def test_amounts_that_are_none_are_refused_by_element(self):
        for bad in ("x", "1e9", "NaN", "1,5", "--1", "1_0", "٣", "9" * 40):
            with self.assertRaisesRegex(X12Error, r"Segment 6 \(CLP\): element 4") as caught:
                read_body(f"CLP*A*1*100*{bad}\nCLP*B*1*0*0")
            self.assertEqual((caught.exception.segment, caught.exception.position), ("CLP", 6))
            self.assertTrue(caught.exception.remedy)

    def test_set_without_amount_is_refused(self):
        with self.assertRaisesRegex(X12Error, "no BPR"):
            read_835(wrap("TRN*1*T*1"))

    def test_line_before_a_claim_is_refused(self):
        with self.assertRaisesRegex(X12Error, r"SVC\): it stands before the first claim"):
            read_body("SVC*AD:D0120*1*1")

    def test_impossible_day_is_unknown_and_found(self):
        payment = read_body("CLP*A*1*0*0\nDTM*232*20260231")
        self.assertIsNone(payment.claims[0].service_from)
        self.assertEqual(codes(payment), [("date", "DTM", "warning")])

    def test_unknown_segment_is_found(self):
        self.assertEqual(codes(read_body("CLP*A*1*0*0\nZZZ*1")), [("segment", "ZZZ", "warning")])

    def test_other_kind_is_refused_by_name(self):
        with self.assertRaisesRegex(X12Error, "no 835 but 999"):
            read_835(wrap("AK1*HC*1", code="999", version="005010X231A1"))


class TestPublishedRemittances(BaseCase):
    def test_dental_sample(self):
        payment = read_one(sample("835/dental-era-sample.edi"))
        (claim,) = payment.claims
        self.assertEqual((claim.claim_number, claim.charge, claim.paid), ("7722337", 226, 132))
        self.assertEqual(len(claim.lines), 5)
        self.assertEqual(sum(a.amount for s in claim.lines for a in s.adjustments), 94)
        self.assertEqual([s.allowed for s in claim.lines], [25, 14, 10, 34, 49])
        self.assertTrue(all(a.reason == "131" for s in claim.lines for a in s.adjustments))
        self.assertIsNone(claim.patient_share)
        self.assertEqual(payment.findings, ())

    def test_claims_without_lines_and_provider_adjustment(self):
        payment = read_one(sample("835/dollars-and-data-sent-together.edi"))
        self.assertEqual(
            [c.paid for c in payment.claims], [Decimal("138018.4"), Decimal("11980.33")]
        )
        self.assertEqual(
            [(a.reason, a.reference, a.amount) for a in payment.provider_adjustments],
            [("CV", "CP", Decimal("-1.27"))],
        )
        self.assertEqual(payment.claims[1].remarks, ("MA02",))
        self.assertTrue(payment.balanced)

    def test_claim_and_line_adjustments_together(self):
        payment = read_one(sample("835/dollars-and-data-sent-separate.edi"))
        self.assertEqual(
            [(c.paid, c.patient_share) for c in payment.claims], [(450, 300), (495, 600)]
        )
        self.assertEqual(payment.findings, ())

    def test_secondary_payments(self):
        payment = read_one(sample("835/secondary-payments.edi"))
        self.assertEqual(
            [(c.status, c.paid, len(c.lines)) for c in payment.claims],
            [("2", 912, 0), ("2", 310, 2)],
        )
        self.assertEqual(payment.claims[1].patient_responsibility, 220)
        self.assertEqual(payment.findings, ())

    def test_negative_adjustment(self):
        payment = read_one(sample("835/secondary-payment-with-higher-fee-schedule.edi"))
        self.assertEqual([a.amount for a in payment.claims[0].lines[0].adjustments], [516, -9])
        self.assertTrue(payment.balanced)

    def test_denial_with_remarks(self):
        payment = read_one(sample("835/denied-claim-with-remarks.txt"))
        self.assertTrue(payment.notification and payment.balanced)
        self.assertEqual(payment.claims[0].kind, "denial")
        self.assertEqual([s.remarks for s in payment.claims[0].lines], [("N14",)] * 3)

    def test_scrambled_file_is_read_and_held(self):
        payment = read_one(sample("835/x835MassHealth.txt"))
        self.assertEqual((len(payment.claims), sum(len(c.lines) for c in payment.claims)), (25, 25))
        self.assertFalse(payment.balanced)


def big_835(claims):
    yield wrap("X").split(b"ST*")[0]
    yield f"ST*835*0001~BPR*I*{claims * 225}*C*CHK************20260301~TRN*1*T1*1~".encode()
    for index in range(claims):
        lines = "".join(
            f"SVC*AD:D012{n}*100*75**1~DTM*472*20260210~CAS*CO*45*15~CAS*PR*2*10~"
            f"REF*6R*L{index}-{n}~AMT*B6*85~"
            for n in range(3)
        )
        yield (
            f"CLP*CLAIM{index:07}*1*300*225*30*12*P{index:09}*11*1~"
            f"NM1*QC*1*DOE*SALLY****MI*S{index}~NM1*82*1*BAN*ERIN****XX*1234567893~{lines}"
        ).encode()
    yield f"SE*{claims * 21 + 4}*0001~GE*1*1~IEA*1*000000001~".encode()


class Pieces:
    """An open file made of pieces, so that a test of memory does not hold it itself."""

    def __init__(self, pieces):
        self.pieces = pieces

    def read(self, _size=-1):
        return next(self.pieces, b"")


class TestLargeRemittance(BaseCase):
    def test_memory_does_not_grow_with_the_file(self):
        tracemalloc.start()
        try:
            events = iter_835(Pieces(big_835(8000)))
            paid = sum(event.paid for event in events if isinstance(event, ClaimPayment))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        self.assertEqual(paid, 8000 * 225)
        self.assertLess(peak, 8 * 1024 * 1024)

    def test_reading_takes_no_longer_than_half_again_the_bare_walk(self):
        try:
            from pyx12.x12file import X12Reader
        except ImportError:
            raise unittest.SkipTest("pyx12 is not here") from None
        raw = b"".join(big_835(4000))

        def best(walk):
            times = []
            for _run in range(3):
                start = time.perf_counter()
                for _item in walk():
                    pass
                times.append(time.perf_counter() - start)
            return min(times)

        floor = best(lambda: X12Reader(io.StringIO(raw.decode())))
        self.assertLess(best(lambda: iter_835(raw)), floor * 1.5)


class TestNoMoney(BaseCase):
    """What must not pay, and says that it does."""

    def test_notice_that_names_an_amount_is_held(self):
        raw = wrap("BPR*H*40*C*NON\nTRN*1*T*1\nCLP*A*1*40*40")
        self.assertEqual(codes(read_one(raw)), [("notification_amount", "BPR", "error")])
        raw = wrap("BPR*H*0*C*NON\nTRN*1*T*1\nCLP*A*4*40*0\nCAS*CO*16*40")
        self.assertEqual(codes(read_one(raw)), [])

    def test_claim_that_was_sent_on_and_pays_is_held(self):
        payment = read_body("CLP*A*23*40*40", "40")
        self.assertEqual(codes(payment), [("forwarded_paid", "CLP", "error")])

    def test_currency_is_told(self):
        raw = wrap("BPR*I*0*C*CHK\nCUR*PR*CAD\nTRN*1*T*1")
        self.assertEqual((read_one(raw).currency, read_body("CLP*A*1*0*0").currency), ("CAD", ""))
        self.assertEqual(codes(read_one(raw)), [])
