# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DentalBillingCase


@tagged("post_install", "-at_install")
class TestBrokenFee(DentalBillingCase):
    def setUp(self):
        super().setUp()
        self.company.write({"dental_missed_fee": 50.0})
        self.visit = self._new_visit("exam", status="scheduled").with_user(self.front_desk)

    def _fees(self):
        return self.visit.sudo().broken_fee_ids

    def test_the_rule_names_the_fee(self):
        fees = {way["status"]: way["fee"] for way in self.visit.break_data()["ways"]}
        self.assertEqual(fees["missed"]["amount"], 50.0)
        self.assertIn("50.00", fees["missed"]["text"])
        self.assertFalse(fees["cancelled_late"] or fees["cancelled"])

    def test_charged_it_waits_as_a_neutral_draft_for_the_guarantor(self):
        self.visit.action_break("missed", charge=True)
        self.assertRecordValues(
            self._fees(),
            [
                {
                    "state": "draft",
                    "partner_id": self.guarantor.id,
                    "amount_total": 50.0,
                    "ref": self.visit.number,
                    "dental_patient_id": self.patient.id,
                }
            ],
        )
        self.assertEqual(
            self._fees().invoice_line_ids.name, f"Reserved time not used, visit {self.visit.number}"
        )

    def test_waived_with_its_reason_in_the_log(self):
        self.visit.action_break("missed", waived="First time")
        self.assertFalse(self._fees())
        self.assertIn("Fee waived: First time", self.visit.visit_event_ids.mapped("note"))

    def test_no_rule_no_fee(self):
        self.visit.action_break("cancelled_late", charge=True)
        self.assertFalse(self._fees())

    def test_undone_the_draft_is_cancelled_but_a_posted_bill_is_reversed_first(self):
        self.visit.action_break("missed", charge=True)
        self.visit.action_unbreak()
        self.assertEqual(self._fees().state, "cancel")
        self.visit.action_break("missed", charge=True)
        self._fees().filtered(lambda move: move.state == "draft").action_post()
        with self.assertRaisesRegex(UserError, "Reverse that bill"):
            self.visit.action_unbreak()
        self.assertEqual(self.visit.status, "missed")


@tagged("post_install", "-at_install")
class TestPlannedTotal(DentalBillingCase):
    def test_the_treatment_finder_says_what_is_planned(self):
        for kind in ("exam", "crown"):
            self._new_procedure(kind, self.patient)
        self.env.flush_all()
        row = self.env["dental.patient.due"].with_user(self.front_desk).browse(self.patient.id)
        self.assertEqual((row.procedures, row.planned_total), (2, 1230.0))
