# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo.tests import tagged

from .common import DentalInsuranceCase
from .x12.checker import check

TAX = Decimal("94.88")  # 8.25 % of 1150.00


@tagged("post_install", "-at_install")
class TestClaimTax(DentalInsuranceCase):
    """The tax of a bill goes to the payer with the charge; what he does not pay is hers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()

    def _text(self, claim):
        return claim.exchange_id._bytes().decode().replace("\r", "").replace("\n", "")

    def _check_books(self, guarantor, insurance, adjustment):
        self.assertEqual(
            self._balances(),
            {
                "guarantor": guarantor,
                "insurance": insurance,
                "adjustment": adjustment,
                "allocate": 0.0,
            },
        )

    def test_added_tax(self):
        """1150.00 and 8.25 % of it: 94.88. The plan reckons with 920.00 as before."""
        self._tax("crown", 8.25)
        visit, claim, raw = self._sent("crown")
        self.assertRecordValues(
            claim.line_ids,
            [{"fee": 1244.88, "tax": 94.88, "plan_amount": 435.0, "write_off": 230.0}],
        )
        self.assertEqual(claim.charge, 1244.88)
        self._check_books(579.88, 435.0, 230.0)
        self.assertEqual(self._invoice(visit).amount_residual, 579.88)
        self.assertIn("*1244.88*", self._text(claim))
        self.assertIn("SV3*AD:X2740*1244.88*", self._text(claim))
        self.assertIn("AMT*T*94.88~", self._text(claim))
        self.assertEqual(check(raw), [])
        cuts = [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435), ("PR", "3", TAX)]
        remittance = self._pay(raw, lambda _claim, _line: cuts)
        remittance.action_post()
        self._check_books(579.88, 0.0, 230.0)
        self.assertRecordValues(claim, [{"state": "closed", "difference": 0.0}])
        self.assertEqual(claim.line_ids.patient_amount, 579.88)

    def test_payer_that_pays_the_tax(self):
        self._tax("crown", 8.25)
        _visit, claim, raw = self._sent("crown")
        cuts = [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435)]
        self._pay(raw, lambda _claim, _line: cuts).action_post()
        self._check_books(485.0, 0.0, 230.0)
        self.assertEqual((claim.paid, claim.difference), (529.88, 94.88))

    def test_tax_in_the_fee(self):
        """1150.00 with 7 % in it: 75.23. Nobody owes more than without."""
        self._tax("crown", 7.0, included=True)
        _visit, claim, raw = self._sent("crown")
        self.assertRecordValues(claim.line_ids, [{"fee": 1150.0, "tax": 75.23}])
        self._check_books(485.0, 435.0, 230.0)
        self.assertIn("SV3*AD:X2740*1150*", self._text(claim))
        self.assertIn("AMT*T*75.23~", self._text(claim))
        self.assertEqual(check(raw), [])

    def test_void_gives_back_fee_and_tax(self):
        self._tax("crown", 8.25)
        _visit, claim = self._done("crown")
        claim.action_void()
        self._check_books(1244.88, 0.0, 0.0)

    def test_estimate_tells_the_tax(self):
        """What she was told is what the bill asks."""
        self._tax("crown", 8.25)
        visit = self._new_visit("crown")
        line = visit.procedure_ids._make_estimate().line_ids
        self.assertRecordValues(
            line, [{"fee": 1150.0, "tax": 94.88, "plan_amount": 435.0, "patient_amount": 579.88}]
        )
        checkout = self._check_out(visit)
        self.assertRecordValues(checkout, [{"tax": 94.88, "patient_amount": 579.88}])
        self.assertEqual(self._owes(), 579.88)
        self.assertEqual(checkout.left_amount, 579.88)
        statement = visit.procedure_ids._charges()[visit.procedure_ids]
        self.assertEqual([float(statement.fee), float(statement.left)], [1244.88, 579.88])

    def test_tax_of_the_whole_bill_rounded_once(self):
        """Three times 0.104, and the bill asks 0.31: no cent is lost between its lines."""
        self.company.tax_calculation_rounding_method = "round_globally"
        self._tax("exam", 0.13)
        visit, claim = self._done("exam", "exam", "exam")
        self.assertEqual(claim.charge, self._invoice(visit).amount_total)
        taxes = sum(claim.line_ids.mapped("tax"))
        self.assertAlmostEqual(taxes, self._invoice(visit).amount_tax, 2)

    def test_form_tells_the_tax_apart(self):
        self._tax("crown", 8.25)
        _visit, claim = self._done("crown")
        boxes, rows = claim._form()
        told = {box.number: box.value for box in boxes}
        self.assertEqual((told["31a"], told["32"]), ("94.88", "1244.88"))
        self.assertEqual({box.number: box.value for box in rows[0].boxes}["31"], "1150.00")
        source = next(box.source for box in boxes if box.number == "31a")
        record, words = claim._source_of(source)
        self.assertEqual((record._name, words), ("dental.procedure", "sales tax of the bill"))

    def test_taxes_of_another_company_stay(self):
        tax = self._tax("crown", 8.25)
        other = self.env["res.company"].create({"name": "Elsewhere"})
        code = self.codes["crown"].with_company(other)
        self.assertFalse(code.tax_ids)
        code.tax_ids = False
        self.assertEqual(self.codes["crown"].tax_ids, tax)
