# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date
from decimal import Decimal

from odoo.tests import tagged

from .common import DentalInsuranceCase
from .x12 import answers
from .x12.checker import check

CROWN = [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435)]


@tagged("post_install", "-at_install")
class TestCoordination(DentalInsuranceCase):
    """What earlier payers said, as the file and the form of a later one tell it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.covers = cls.coverage
        for sequence in (2, 3, 4):
            payer = cls.env["res.partner"].create(
                {
                    "name": f"Payer {sequence}",
                    "is_company": True,
                    "dental_payer_code": f"PAY{sequence}",
                }
            )
            plan = cls._new_plan(f"Plan {sequence}", payer=payer, kind="percentage")
            plan.cob_rule = "standard"
            cls._rule("percent", plan, percent=80)
            cls.covers |= cls._cover(cls.patient, plan, f"M{sequence}", sequence=sequence)

    def setUp(self):
        super().setUp()
        self.traces = 0

    def _filed(self, *kinds, payers=2):
        """Claims for one visit, one a payer, in their order."""
        (self.covers[payers:]).active = False
        _visit, claims = self._done(*kinds)
        return claims.sorted(lambda one: one.coverage_id.sequence)

    def _answer(self, claim, told, status="1", code=None, instead_of=None):
        """Post an 835 on a claim.

        :param told: {code of the service: (paid, cuts)}
        :param code: by which the payer judged instead of ours
        :param instead_of: what it told before and takes back with it
        """
        self.traces += 1
        ones = [self._told(claim, told, status, 1, code)]
        if instead_of:
            ones.insert(0, self._told(claim, instead_of, "22", -1))
        payer = {"name": claim.payer_id.name, "id": claim.payer_id.dental_payer_code}
        raw = answers.era(ones, trace=f"T{self.traces}", when=date.today(), payer=payer)
        self._receive(raw).remittance_ids.action_post()

    def _told(self, claim, told, status, sign, code=None):
        lines = [
            {
                "code": code or line.code,
                "submitted_code": line.code if code else None,
                "key": line.key,
                "charge": sign * Decimal(str(line.fee)),
                "paid": sign * Decimal(told[line.code][0]),
                "adjustments": [(g, r, sign * amount) for g, r, amount in told[line.code][1]],
            }
            for line in claim.line_ids
        ]
        return {
            "number": claim.number,
            "status": status,
            "charge": sum(line["charge"] for line in lines),
            "paid": sum(line["paid"] for line in lines),
            "lines": lines,
        }

    def _text(self, claim):
        claim.action_send()
        raw = claim.exchange_id._bytes()
        self.assertEqual(check(raw, extended=True), [])
        return raw.decode().replace("\r", "").replace("\n", "")

    def test_rest_of_a_later_claim_tells_its_own_part(self):
        """515.00 were paid on two services: 435.00 on the one that stayed."""
        first, second = self._filed("crown", "exam")
        first.action_send()
        self._answer(first, {"X2740": (435, CROWN), "X0150": (80, [])})
        exam = second.line_ids.filtered(lambda line: line.code == "X0150")
        rest = second._split_off(exam)
        text = self._text(second)
        self.assertIn("AMT*D*435~", text)
        self.assertEqual(text.count("SVD*HARB1*"), 1)
        self.assertIn("AMT*D*80~", self._text(rest))

    def test_two_claims_to_the_first_payer_are_one_payer_to_the_next(self):
        first, second = self._filed("crown", "exam")
        rest = first._split_off(first.line_ids.filtered(lambda line: line.code == "X0150"))
        (first | rest).action_send()
        self._answer(first, {"X2740": (435, CROWN)})
        self.assertTrue(second._wait_text(), "the other one is still out")
        self._answer(rest, {"X0150": (80, [])})
        text = self._text(second)
        self.assertEqual(text.count("SBR*P*"), 1)
        self.assertIn("AMT*D*515~", text)
        self.assertIn("SVD*HARB1*435*AD:X2740**1~", text)
        self.assertIn("SVD*HARB1*80*AD:X0150**1~", text)

    def test_what_was_taken_back_is_told_no_more(self):
        """Paid, taken back, judged anew as another service: only the last word goes on."""
        first, second = self._filed("crown")
        first.action_send()
        self._answer(first, {"X2740": (435, CROWN)})
        anew = [("CO", "45", 220), ("PR", "1", 50), ("PR", "2", 430)]
        self._answer(
            first, {"X2740": (450, anew)}, code="X2791", instead_of={"X2740": (435, CROWN)}
        )
        text = self._text(second)
        self.assertIn("AMT*D*450~", text)
        self.assertIn("SVD*HARB1*450*AD:X2791**1~CAS*CO*45*220~CAS*PR*1*50**2*430~", text)

    def test_three_payers_before(self):
        """1150 = 435 + 230 + 485, 435 + 715 and 0 + 1150, each beside the others."""
        claims = self._filed("crown", payers=4)
        told = (
            (435, CROWN),
            (435, [("OA", "23", 665), ("PR", "2", 50)]),
            (0, [("OA", "23", 1100), ("PR", "2", 50)]),
        )
        for claim, answer in zip(claims, told, strict=False):
            claim.action_send()
            self._answer(claim, {"X2740": answer}, status=str(claim.coverage_id.sequence))
        text = self._text(claims[3])
        self.assertIn("HL*2*1*22*0~SBR*A*18*", text)
        paid = {"P": "435", "S": "435", "T": "0"}
        for sequence, amount in paid.items():
            self.assertRegex(text, rf"SBR\*{sequence}\*18\*[^~]*~AMT\*D\*{amount}~")
        self.assertEqual(text.count("~SVD*"), 3)
        self.assertIn("SVD*PAY3*0*AD:X2740**1~CAS*OA*23*1100~CAS*PR*2*50~", text)
        boxes, _rows = claims[3]._form()
        remarks = {box.number: box.value for box in boxes}["35"]
        self.assertEqual(
            remarks,
            "Harbor Dental Plan paid 435.00. Payer 2 paid 435.00. Payer 3 paid 0.00.",
        )

    def test_person_with_a_number_of_his_own_is_the_subscriber(self):
        parent = self.env["res.partner"].create({"name": "Piotr Kowalski"})
        self.coverage.active = False
        own = self._cover(self.patient, self.plan, "P-1", relation="child", subscriber=parent)
        own.own_member_id = "C-1"
        first, second = self._filed("exam")
        self.assertIsNone(first._x12_document().patient)
        first.action_send()
        self._answer(first, {"X0150": (80, [])})
        self.assertRegex(self._text(second), r"SBR\*P\*18\*[^~]*~AMT\*D\*80~")

    def test_form_of_the_first_payer_names_the_second(self):
        """Boxes 4 to 11a, though the file says nothing of who comes later."""
        first, second = self._filed("crown")
        boxes, _rows = first._form()
        told = {box.number: (box.value, box.source) for box in boxes}
        self.assertEqual(told["4"][0], "dental")
        self.assertEqual((told["8"][0], told["9"][0], told["10"][0]), ("M2", "G-7", "self"))
        self.assertEqual((told["11"][0], told["11a"][0]), ("Payer 2", "PAY2"))
        self.assertEqual(first._source_of(told["11a"][1])[0], second.payer_id)
        self.assertEqual(first._source_of(told["8"][1])[0], second.coverage_id.policy_id)
        self.assertFalse(first._x12_document().others)
        boxes, _rows = second._form()
        self.assertEqual({box.number: box.value for box in boxes}["11a"], "HARB1")

    def test_form_of_one_cover_names_no_other(self):
        (first,) = self._filed("crown", payers=1)
        boxes, _rows = first._form()
        told = {box.number: box.value for box in boxes}
        self.assertFalse(any(told[number] for number in ("4", "5", "8", "9", "11", "11a")))
