# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import DentalSetup


@tagged("post_install", "-at_install")
class TestDayTour(DentalSetup, HttpCase):
    """The day at the desk, in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A clinic of its own, where it is about noon whenever the test runs.
        company = cls.env["res.company"].create({"name": "Noon Dental"})
        ahead = 12 - fields.Datetime.now().hour
        zone = f"Etc/GMT{-ahead:+d}" if ahead else "UTC"
        company.resource_calendar_id.tz = zone
        cls._setup_dental(company)
        cls.kind = cls.env["dental.appointment.type"].create({"name": "Exam", "pattern": "XX"})
        cls.now = fields.Datetime.now().replace(second=0)

    @classmethod
    def _visit(cls, patient, start, *steps):
        provider = cls.env["dental.provider"].create(
            {"name": "Dr. Sow", "company_id": cls.company.id}
        )
        visit = cls.env["dental.appointment"].create(
            {
                "patient_id": patient.id,
                "type_id": cls.kind.id,
                "provider_id": provider.id,
                "operatory_id": cls.chair.id,
                "start": start,
            }
        )
        for step in steps:
            getattr(visit, f"action_{step}")()
        return visit

    def test_arrival_to_departure(self):
        self.env["dental.visit.check"].create(
            {
                "name": "Premedication taken",
                "before": "seated",
                "company_id": self.company.id,
                "type_ids": [(6, 0, self.kind.ids)],
            }
        )
        visit = self._visit(self.patient, self.now + timedelta(minutes=5), "confirm")
        self.start_tour("/odoo/dental-today", "dental_arrival_to_departure", login="front.desk")
        self.env.invalidate_all()
        self.assertEqual(visit.status, "done")
        self.assertEqual(visit.identity_by_id, self.front_desk)
        self.assertEqual(visit.tick_ids.user_id, self.front_desk)
        moments = [visit.arrived_at, visit.called_at or visit.arrived_at, visit.seated_at]
        moments += [visit.left_chair_at, visit.dismissed_at]
        self.assertTrue(all(moments))
        self.assertEqual(moments, sorted(moments))
        self.assertEqual(self.chair.room_state, "ready")
        self.assertTrue(self.chair.turn_ids.ready_at)

    def test_day_close(self):
        ana = self._new_patient("Ana", "Lund")
        tom = self._new_patient("Tom", "Abel")
        inside = self._visit(ana, self.now - timedelta(hours=3), "arrive", "seat")
        missed = self._visit(tom, self.now - timedelta(hours=2), "confirm")
        vendor = self.env["dental.presence"].create(
            {"kind": "vendor", "name": "Mr. Lee", "company_id": self.company.id}
        )
        desk = self.env["dental.today"].with_user(self.front_desk).with_company(self.company)
        closing = desk.closing()
        self.assertEqual([row["id"] for row in closing["inside"]], inside.ids)
        self.assertEqual([row["id"] for row in closing["undecided"]], missed.ids)
        self.assertEqual((len(closing["people"]), closing["left"]), (1, 3))
        self.start_tour("/odoo/dental-close-day", "dental_day_close", login="front.desk")
        self.env.invalidate_all()
        self.assertEqual((inside.status, missed.status), ("done", "missed"))
        self.assertTrue(vendor.out_at)
        day = self.env["dental.day"].search([("company_id", "=", self.company.id)])
        self.assertEqual((day.left_open, day.closed_by_id), (0, self.front_desk))
