# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from hashlib import sha256

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import DentalInsuranceSetup


@tagged("post_install", "-at_install")
class TestSurgeryTour(DentalInsuranceSetup, HttpCase):
    """A coordinator books a surgery, sees its gates, fixes them and confirms."""

    # The access log is written by a connection of its own; a test has but one.
    _registry_readonly_enabled = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._setup_insurance()

    def test_book_fix_confirm(self):
        self.env.flush_all()
        with mute_logger("odoo.http"):  # the closed gate is logged as a warning
            self.start_tour(
                "/odoo/dental-today", "dental_surgery", login=self.coordinator.login, timeout=120
            )
        self.env.invalidate_all()
        surgery = self.env["dental.surgery"].search([("patient_id", "=", self.patient.id)])
        self.assertRecordValues(
            surgery,
            [
                {
                    "state": "confirmed",
                    "visit_status": "confirmed",
                    "instructions_given_by_id": self.coordinator.id,
                    "escort_confirmed_by_id": self.coordinator.id,
                    "fasting_told_by_id": self.coordinator.id,
                }
            ],
        )
        self.assertRecordValues(
            surgery.consent_ids,
            [
                {
                    "signer": "Marta Kowalski",
                    "sha256": sha256(b"signed").hexdigest(),
                    "taken_by_id": self.coordinator.id,
                }
            ],
        )
        self.assertEqual(len(surgery.appointment_id.reservation_ids), 3)
