# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import DentalSetup


@tagged("post_install", "-at_install")
class TestRefillTour(DentalSetup, HttpCase):
    """A cancellation is filled from the waiting list, in a browser, by the front desk."""

    # The access log writes through a connection of its own; a test has but one.
    _registry_readonly_enabled = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._setup_dental(cls.env.company)
        cls.env["dental.waitlist.entry"].search([]).action_cancel()
        cls.kind = cls.env["dental.appointment.type"].create({"name": "Exam", "pattern": "/XX/"})
        start = fields.Datetime.now().replace(minute=0, second=0, microsecond=0)
        cls.visit = cls.env["dental.appointment"].create(
            {
                "patient_id": cls.patient.id,
                "type_id": cls.kind.id,
                "provider_id": cls.provider.id,
                "operatory_id": cls.chair.id,
                "start": start + timedelta(days=3),
            }
        )
        cls.ana = cls._new_patient("Ana", "Lund", phone="555 0101")
        cls.bo = cls._new_patient("Bo", "Sow", phone="555 0102")
        cls.env["dental.waitlist.entry"].create(
            [
                {"patient_id": cls.ana.id, "type_id": cls.kind.id, "urgent": True},
                {"patient_id": cls.bo.id, "type_id": cls.kind.id},
            ]
        )

    def test_cancel_and_refill(self):
        self.env.flush_all()
        self.start_tour(
            "/odoo/dental-appointments",
            "dental_cancel_refill",
            login=self.front_desk.login,
            timeout=120,
        )
        self.env.invalidate_all()
        offer = self.env["dental.slot.offer"].search([("vacated_by_id", "=", self.visit.id)])
        self.assertEqual((offer.state, offer.filled_by_id.patient_id), ("filled", self.bo))
        self.assertEqual(offer.line_ids.mapped("state"), ["failed", "accepted"])
        self.assertRecordValues(
            self.visit,
            [
                {
                    "status": "planned",
                    "break_reason_id": self.env.ref("dental_coordinator.break_reason_work").id,
                    "owner_id": self.front_desk.id,
                }
            ],
        )
        self.assertEqual(self.patient.broken_count, 0)
