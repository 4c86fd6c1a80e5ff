# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, new_test_user, tagged

from .common import DentalSetup


@tagged("post_install", "-at_install")
class TestPortal(DentalSetup, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._setup_dental(cls.env.company)
        cls.kind = cls.env["dental.appointment.type"].create({"name": "Exam", "pattern": "XX"})
        cls.stranger = cls._new_patient("Pia", "Stranger")
        cls.own = cls._visit(cls.patient, "2030-03-05 09:00:00")
        cls.other = cls._visit(cls.stranger, "2030-03-05 10:00:00")
        new_test_user(
            cls.env,
            "portal.a",
            groups="base.group_portal",
            partner_id=cls.patient.partner_id.id,
            name="Marta Kowalski",
        )

    @classmethod
    def _visit(cls, patient, start):
        return cls.env["dental.appointment"].create(
            {
                "patient_id": patient.id,
                "type_id": cls.kind.id,
                "provider_id": cls.provider.id,
                "operatory_id": cls.chair.id,
                "start": start,
            }
        )

    def _lines(self, patient, action):
        domain = [("patient_key", "=", patient.id), ("action", "=", action)]
        return self.env["dental.access.log"].search(domain)

    def test_patient_sees_the_own_visits_and_it_is_logged(self):
        self.authenticate("portal.a", "portal.a")
        page = self.url_open("/my/appointments").text
        self.assertIn(self.own.number, page)
        self.assertNotIn(self.other.number, page)
        self.assertTrue(self._lines(self.patient, "portal"))
        self.assertFalse(self._lines(self.stranger, "portal"))

    def test_nobody_without_a_login(self):
        self.authenticate(None, None)
        answer = self.url_open("/my/appointments", allow_redirects=False)
        self.assertIn(answer.status_code, (302, 303))

    def test_opening_a_file_is_logged_and_refused_to_outsiders(self):
        attachment = self.env["ir.attachment"].create(
            {
                "name": self.own.number,
                "raw": b"x-ray",
                "res_model": "dental.appointment",
                "res_id": self.own.id,
            }
        )
        self.authenticate("outsider", "outsider")
        self.assertEqual(self.url_open(f"/web/content/{attachment.id}").status_code, 404)
        self.assertFalse(self._lines(self.patient, "file"))
        self.authenticate("front.desk", "front.desk")
        self.assertEqual(self.url_open(f"/web/content/{attachment.id}").content, b"x-ray")
        self.assertEqual(self._lines(self.patient, "file").user_id, self.front_desk)
