# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
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

    def _keep(self, **vals):
        """Time of the chair, all of tomorrow, kept for those on the public plan."""
        day = date.today() + timedelta(days=1)
        return self.env["dental.blockout"].create(
            {
                "name": "Public mornings",
                "kind": "template",
                "hard": True,
                "resource_ids": self.chair.resource_id.ids,
                "start": f"{day} 00:00:00",
                "stop": f"{day} 23:00:00",
                "billing_type_ids": self.public.ids,
                **vals,
            }
        )

    def test_time_kept_for_those_billed_so(self):
        self._keep()
        told = "Public mornings is kept for patients billed as Public plan."
        place = {
            "start": f"{date.today() + timedelta(days=1)} 10:00:00",
            "provider_id": self.provider.id,
            "operatory_id": self.chair.id,
        }
        desk = self.patient.with_user(self.front_desk)
        lines = desk.before_booking(self.kind.id, place)["lines"]
        self.assertIn(("stop", told), [(line["level"], line["text"]) for line in lines])
        with self.assertRaisesRegex(UserError, told), self.env.cr.savepoint():
            self._book()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self._book(override_reason="I want it")
        visit = self._book(self.coordinator, override_reason="In pain")
        visit.action_break("cancelled")
        self.patient.billing_type_id = self.public
        self.assertTrue(self._book())

    def test_time_kept_for_a_kind_of_theirs_and_softly(self):
        other = self.env["dental.appointment.type"].create({"name": "Sealing"})
        self._keep(hard=False, type_ids=other.ids)
        self.plan.billing_type_id = self.public
        (warning,) = self._book()._obstacles()
        self.assertEqual(
            (warning["severity"], warning["reason"]),
            ("warn", "Public mornings is kept for Sealing of patients billed as Public plan."),
        )
        day = f"{date.today() + timedelta(days=1)} 14:00:00"
        self.assertFalse(self._book(type_id=other.id, start=day)._obstacles())

    def test_the_search_keeps_out_who_is_not_billed_so(self):
        day = date.today() + timedelta(days=1)
        last = day + timedelta(days=13)
        self._keep(resource_ids=self.provider.resource_id.ids, stop=f"{last} 23:00:00")
        finders = self.env["dental.slot.finder"].with_user(self.front_desk)
        finder = finders.create(
            {
                "patient_id": self.patient.id,
                "type_id": self.kind.id,
                "provider_id": self.provider.id,
                "operatory_id": self.chair.id,
                "earliest": day,
            }
        )
        self.assertGreaterEqual(finder._find()[0][0].start.date(), last)
        self.plan.billing_type_id = self.public
        self.assertLess(finder._find()[0][0].start.date(), last)

    def test_kept_time_says_for_whom(self):
        with self.assertRaisesRegex(ValidationError, "choose them"):
            self._keep(billing_type_ids=False)

    @mute_logger("odoo.sql_db")
    def test_a_type_that_is_not_booked_says_why(self):
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self.public.no_booking = True
            self.env.flush_all()
