# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from base64 import b64decode
from datetime import date
from hashlib import sha256
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from .students import StudentCase

PDF = b"%PDF-1.4 kept"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestGiven(StudentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student.paper_ids.action_received()
        for day, stop in (("2026-03-02", "11:30"), ("2026-03-03", "10:15")):
            with freeze_time(f"{day} 09:00:00"):
                cls.student.action_sign_in()
            with freeze_time(f"{day} {stop}:00"):
                cls.student.action_sign_out()

    def setUp(self):
        super().setUp()
        reports = self.env.registry["ir.actions.report"]
        self.rendered = []

        def render(reports, report, ids, data=None):
            html, _kind = reports._render_qweb_html(report, ids)
            self.rendered.append(html.decode())
            return PDF, "pdf"

        self.patch(reports, "_render_qweb_pdf", render)
        self.patch(reports, "get_wkhtmltopdf_state", lambda reports: "ok")

    def _evaluation(self, **vals):
        action = self._own().with_user(self.clinician).action_evaluate()
        evaluation = self.env["dental.trainee.evaluation"].browse(action["res_id"])
        evaluation.write({"punctual": "4", "conduct": "5", **vals})
        return evaluation

    @users("front.desk")
    def test_hours_are_certified_as_a_document_that_is_kept(self):
        shown = self._own().action_certify()
        certificate = self._own().certificate_ids
        self.assertRecordValues(
            certificate,
            [
                {
                    "date_from": date(2026, 3, 2),
                    "date_to": date(2026, 3, 3),
                    "days": 2,
                    "minutes": 225,
                    "certified_by_id": self.front_desk.id,
                    "document_sha256": sha256(PDF).hexdigest(),
                }
            ],
        )
        self.assertIn(f"/{certificate.id}/document", shown["url"])
        self.assertEqual(b64decode(certificate.document), PDF)
        self.assertIn("3 h 45 min", self.rendered[0])
        self.assertIn("Mia Berg", self.rendered[0])
        certificate.action_print()
        self.assertEqual(len(self.rendered), 1, "it is never made again")
        for one in (certificate, certificate.sudo()):
            with self._refused(UserError, "stays as it was given"):
                one.write({"minutes": 600})

    @users("front.desk")
    def test_an_open_day_is_not_certified(self):
        self._own().action_sign_in()
        with self._refused(UserError, "Sign out first"):
            self._own().action_certify()
        with self._refused(UserError, "has no hours"):
            self._place("Ole Dahl").action_certify()

    @users("clinician")
    def test_the_supervisor_signs_and_it_stays(self):
        evaluation = self._evaluation(strengths="Calm with children")
        with self._refused(UserError, "sign it first"):
            evaluation.action_print()
        evaluation.action_sign()
        self.assertEqual((evaluation.state, evaluation.signed_by_id), ("signed", self.clinician))
        with self._refused(UserError, "was signed by"):
            evaluation.action_sign()
        with self._refused(UserError, "stays as it is"):
            evaluation.strengths = "None"
        with self._refused(UserError, "is signed and kept"):
            evaluation.unlink()
        evaluation.action_told()
        self.assertEqual(evaluation.document_sha256, sha256(PDF).hexdigest())
        self.assertIn("Calm with children", self.rendered[0])
        with self._refused(UserError, "before the school is told, once"):
            evaluation.action_told()

    @users("coordinator")
    def test_nobody_signs_for_the_supervisor(self):
        evaluation = self._evaluation().with_env(self.env)
        with self._refused(AccessError, "only who supervised Mia Berg"):
            evaluation.action_sign()
        with self._refused(UserError, "stays as it is"):
            evaluation.write({"state": "signed", "signed_by_id": self.clinician.id})

    @users("clinician")
    def test_a_grade_is_needed(self):
        with self._refused(UserError, "give at least one grade"):
            self._evaluation(punctual=False, conduct=False).action_sign()

    def test_no_patient_is_named_to_the_school(self):
        kind = self.env["dental.appointment.type"].create({"name": "Exam", "pattern": "/XX/"})
        self.student.user_id = self.trainee
        self.env["dental.appointment"].create(
            {
                "patient_id": self.patient.id,
                "type_id": kind.id,
                "provider_id": self.provider.id,
                "operatory_id": self.chair.id,
                "start": "2026-03-02 13:00:00",
                "trainee_ids": [(4, self.trainee.id)],
            }
        )
        number = self.patient.number
        for words in ("Was kind to Ms. Kowalski.", "Held KOWALSKI’s hand", f"See {number}/2"):
            evaluation = self._evaluation(strengths=words).with_user(self.clinician)
            with self._refused(UserError, "What went well: it names a patient"):
                evaluation.action_sign()
        evaluation.strengths = "Was kind to an anxious patient."
        evaluation.action_sign()
        evaluation.action_told()
        self.assertNotIn("Kowalski", self.rendered[0])

    @users("clinician")
    def test_without_a_pdf_engine_the_page_is_kept(self):
        reports = self.env.registry["ir.actions.report"]
        with patch.object(reports, "get_wkhtmltopdf_state", lambda reports: "install"):
            self._own().action_certify()
        self.assertRegex(self._own().certificate_ids.document_name, r"HRS-\d+\.html")
