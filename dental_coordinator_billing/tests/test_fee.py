# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .common import DentalBillingCase


@tagged("post_install", "-at_install")
class TestFee(DentalBillingCase):
    def test_the_fee_comes_from_the_schedule_times_quantity(self):
        crown = self._new_procedure("crown")
        double = self._new_procedure("filling", quantity=2)
        self.assertRecordValues(
            crown + double,
            [{"fee": 1150.0, "fee_missing": False}, {"fee": 360.0, "fee_missing": False}],
        )

    def test_no_fee_is_not_a_fee_of_zero(self):
        code = self.env["dental.procedure.code"].create(
            {"code": "X9999", "name": "New", "category_id": self._category("adjunctive").id}
        )
        self.codes["new"] = code
        unknown = self._new_procedure("new")
        self.assertRecordValues(unknown, [{"fee": 0.0, "fee_missing": True}])
        self.assertFalse(code.fee_known)
        code.office_fee = 0.0
        unknown.invalidate_recordset()
        self.assertRecordValues(unknown, [{"fee": 0.0, "fee_missing": False}])

    def test_a_typed_fee_stays(self):
        crown = self._new_procedure("crown", fee=900.0)
        self.assertEqual(crown.fee, 900.0)

    def test_a_new_schedule_waits_until_asked(self):
        crown = self._new_procedure("crown")
        self.codes["crown"].office_fee = 1250.0
        self.assertEqual(crown.fee, 1150.0)
        crown.action_update_fee()
        self.assertEqual(crown.fee, 1250.0)

    def test_dated_fees_and_derived_schedules(self):
        """A contract at 20 % off follows the office fee, and has none where the office has none."""
        contract = self.env["product.pricelist"].create(
            {
                "name": "Contract",
                "company_id": self.company.id,
                "dental_fee_schedule": True,
                "item_ids": [
                    fields.Command.create(
                        {
                            "applied_on": "3_global",
                            "compute_price": "percentage",
                            "percent_price": 20,
                            "base": "pricelist",
                            "base_pricelist_id": self.company.dental_pricelist_id.id,
                        }
                    )
                ],
            }
        )
        bare = self.env["dental.procedure.code"].create(
            {"code": "X9998", "name": "New", "category_id": self._category("adjunctive").id}
        )
        bare._product()
        fees = (self.codes["crown"] | bare)._fees(contract, fields.Date.today())
        self.assertEqual(fees, {self.codes["crown"]: 920.0, bare: None})

    def test_the_product_tells_nothing(self):
        product = self.codes["crown"].product_id
        self.assertRecordValues(
            product,
            [{"name": "X2740", "sale_ok": False, "purchase_ok": False, "type": "service"}],
        )
        self.assertFalse(product.taxes_id)

    def test_a_negative_fee_is_refused(self):
        refused = self.assertRaisesRegex(CheckViolation, "fee_positive")
        with mute_logger("odoo.sql_db"), refused, self.cr.savepoint():
            self._new_procedure("crown", fee=-1.0)

    @users("front.desk")
    def test_the_desk_does_not_change_fees(self):
        crown = self._new_procedure("crown").with_user(self.env.user)
        with self.assertRaises(AccessError):
            crown.fee = 1.0

    def test_a_billed_fee_is_frozen(self):
        visit = self._new_visit("crown")
        self._check_out(visit)
        crown = visit.procedure_ids
        with self.assertRaisesRegex(UserError, f"{crown.number} is billed on INV"):
            crown.fee = 1.0
        crown.fee = 1150.0
        crown.action_update_fee()
        self.assertEqual(crown.fee, 1150.0)
