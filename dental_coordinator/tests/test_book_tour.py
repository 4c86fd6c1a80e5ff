# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import DentalSetup


@tagged("post_install", "-at_install")
class TestBookTour(DentalSetup, HttpCase):
    """A known patient calls for a known reason: in a real browser, in at most twelve actions."""

    # The access log is written by a connection of its own while a read-only one reads; a test has
    # but one connection, which cannot be both.
    _registry_readonly_enabled = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._setup_dental(cls.env.company)
        cls.company.resource_calendar_id.tz = "UTC"
        cls.env["dental.book.view"].search([]).unlink()
        cls.env["dental.operatory"].search([("id", "!=", cls.chair.id)]).active = False
        cls.chair_2 = cls.env["dental.operatory"].create({"name": "Chair 2", "tz": "UTC"})
        (cls.chair | cls.chair_2).resource_id.calendar_id = False
        cls.provider.resource_id.calendar_id = False
        cls.env["dental.appointment.type"].search([]).active = False
        cls.env["dental.appointment.type"].create(
            [{"name": "Exam", "pattern": "/XX/"}, {"name": "Crown", "pattern": "/XXXX/"}]
        )
        cls.patient.money_note = "Pay first"

    def test_phone_booking(self):
        tomorrow = fields.Date.today() + timedelta(days=1)
        self.start_tour(
            "/odoo/dental-book-day", "dental_phone_booking", login=self.coordinator.login
        )
        visit = self.patient.appointment_ids
        self.assertRecordValues(
            visit,
            [
                {
                    "status": "scheduled",
                    "type_id": self.env["dental.appointment.type"]
                    .search([("name", "=", "Crown")])
                    .id,
                    "operatory_id": self.chair_2.id,
                    "pattern": "/XXXX/",
                    "create_uid": self.coordinator.id,
                }
            ],
        )
        self.assertEqual(visit.start.date(), tomorrow)
        self.assertEqual(len(visit.reservation_ids), 3)
