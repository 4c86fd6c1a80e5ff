# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DentalInsuranceCase


@tagged("post_install", "-at_install")
class TestBillingType(DentalInsuranceCase):
    """How an account is settled may keep a patient, or a kind of visit, out of the book."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        types = cls.env["dental.billing.type"]
        cls.public = types.create({"name": "Public plan"})
        cls.collections = types.create(
            {"name": "Collections", "no_booking": True, "no_booking_reason": "Ask billing first"}
        )
        cls.kind = cls.env["dental.appointment.type"].create({"name": "School checkup"})

    def _book(self, user=None, **vals):
        """A visit of tomorrow, as the front desk books it."""
        return (
            self.env["dental.appointment"]
            .with_user(user or self.front_desk)
            .create(
                {
                    "patient_id": self.patient.id,
                    "type_id": self.kind.id,
                    "provider_id": self.provider.id,
                    "operatory_id": self.chair.id,
                    "start": f"{date.today() + timedelta(days=1)} 10:00:00",
                    **vals,
                }
            )
        )

    def _stops(self):
        lines = self.patient.with_user(self.front_desk).before_booking(self.kind.id)["lines"]
        return [line["text"] for line in lines if line["key"] == "billing"]

    def test_a_type_that_is_not_booked(self):
        self.assertEqual(self._stops(), [])
        self.patient.billing_type_id = self.collections
        told = "Billed as Collections: Ask billing first"
        self.assertEqual(self._stops(), [told])
        with self.assertRaisesRegex(UserError, told), self.env.cr.savepoint():
            self._book()
        visit = self._book(self.coordinator, override_reason="In pain")
        self.assertIn("Booked in spite of a rule: In pain", visit.visit_event_ids.mapped("note"))

    def test_a_kind_only_for_those_billed_so(self):
        self.kind.billing_type_ids = self.public
        told = "School checkup is only for patients billed as Public plan."
        self.assertEqual(self._stops(), [told])
        with self.assertRaisesRegex(UserError, told), self.env.cr.savepoint():
            self._book()
        self.patient.billing_type_id = self.public
        self.assertEqual(self._stops(), [])
        self.assertTrue(self._book())

    def test_the_plan_in_force_says_how_somebody_is_billed(self):
        self.kind.billing_type_ids = self.public
        self.plan.billing_type_id = self.public
        self.assertEqual(self._stops(), [])
        self.coverage.date_to = date.today()
        self.assertEqual(self._stops(), [])
        with self.assertRaisesRegex(UserError, "only for"), self.env.cr.savepoint():
            self._book()

    @mute_logger("odoo.sql_db")
    def test_a_type_that_is_not_booked_says_why(self):
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self.public.no_booking = True
            self.env.flush_all()
