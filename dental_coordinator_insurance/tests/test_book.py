# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged, users

from .common import DentalInsuranceCase


@tagged("post_install", "-at_install")
class TestBook(DentalInsuranceCase):
    """Insurance on the cards of the book."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls._new_visit("crown", status="scheduled")
        keys = [("key", "in", ("insurance", "verify", "precert"))]
        cls.view = cls.env["dental.book.view"].create(
            {
                "name": "Insurance",
                "user_id": False,
                "item_ids": [(6, 0, cls.env["dental.book.item"].search(keys).ids)],
            }
        )

    def _items(self):
        day = fields.Date.to_string(self.visit._local_day())
        data = self.env["dental.book"].data(day, self.view.id)
        card = next(c for c in data["visits"] if c["id"] == self.visit.id)
        return {item["key"]: item["text"] for item in card["items"]}

    @users("coordinator")
    def test_the_plans_that_count_on_the_day_of_the_visit(self):
        second = self._new_plan("Second Dental")
        self._cover(self.patient, second, "S1", sequence=2)
        self.assertEqual(self._items()["insurance"], "Harbor PPO, Second Dental")
        self.coverage.date_to = self.visit.start.date() - timedelta(days=1)
        self.assertEqual(self._items()["insurance"], "Second Dental")

    @users("coordinator")
    def test_an_evening_counts_on_the_clinics_day(self):
        self.company.sudo().resource_calendar_id.tz = "Pacific/Honolulu"
        self.coverage.date_to = self.visit._local_day()
        self.assertLess(self.coverage.date_to, self.visit.start.date())
        self.assertEqual(self._items()["insurance"], "Harbor PPO")

    @users("coordinator")
    def test_an_open_check_of_a_coverage(self):
        self.env["dental.insurance.verification"].search([]).unlink()
        self.assertNotIn("verify", self._items())
        self.coverage.with_user(self.env.user).action_verify()
        self.assertEqual(self._items()["verify"], "verify")

    @users("coordinator")
    def test_a_precertification_that_is_not_answered(self):
        self.assertNotIn("precert", self._items())
        precert = (
            self.env["dental.precert"]
            .sudo()
            .create(
                {
                    "coverage_id": self.coverage.id,
                    "patient_id": self.patient.id,
                    "appointment_id": self.visit.id,
                }
            )
        )
        self.assertEqual(self._items()["precert"], "precert awaited")
        precert.state = "approved"
        self.assertNotIn("precert", self._items())
