# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users

from ..triage import VITAL_CODES
from .clinical import ClinicalCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestExam(ClinicalCase):
    def _take(self, *pressures, **vals):
        rows = [
            (0, 0, {"at": f"2026-03-02 09:0{index}:00", "systolic": high, "diastolic": low})
            for index, (high, low) in enumerate(pressures)
        ]
        return self._make("dental.exam", pressure_ids=rows, **vals)

    @users("front.desk")
    def test_the_last_pressure_counts(self):
        exam = self._take((185, 100))
        self.assertRecordValues(
            exam,
            [{"tell_dentist": True, "advice": "Blood pressure high: tell the dentist now."}],
        )
        exam.pressure_ids = [
            (0, 0, {"at": "2026-03-02 09:05:00", "systolic": 150, "diastolic": 80})
        ]
        self.assertRecordValues(
            exam,
            [
                {
                    "tell_dentist": False,
                    "advice": "Blood pressure raised: take it again in 5 minutes.",
                }
            ],
        )

    @users("front.desk")
    def test_what_was_not_taken_gives_no_advice(self):
        self.assertRecordValues(self._take(), [{"advice": "", "tell_dentist": False}])

    @users("front.desk")
    def test_mistyped_readings_are_refused(self):
        for vals, told in (
            ({"temperature": 98.6}, "Temperature °C: 98.6 cannot be"),
            ({"spo2": 9}, "Oxygen %: 9 cannot be"),
        ):
            with self.subTest(vals), self._refused(ValidationError, told):
                self._take(**vals)
        with self._refused(ValidationError, "Blood pressure, Diastolic: 80/120"):
            self._take((80, 120))

    @users("front.desk")
    def test_the_rest_looks_normal(self):
        exam = self._take(look_skin="differs")
        exam.action_rest_normal()
        self.assertRecordValues(exam, [{"look_skin": "differs", "look_nodes": "normal"}])

    @users("coordinator")
    def test_risk_class_and_signature_are_the_clinicians(self):
        exam = self._take()
        with self._refused(AccessError, "ASA class: only a clinician"):
            exam.asa_class = "2"
        with self.assertRaises(AccessError):
            exam.action_countersign()
        with self.assertRaises(AccessError):
            self._take(asa_class="1")

    @users("front.desk")
    def test_countersigned_it_does_not_change(self):
        exam = self._take((120, 80))
        theirs = exam.with_user(self.clinician)
        theirs.asa_class = "2"
        theirs.action_countersign()
        self.assertRecordValues(
            exam,
            [
                {
                    "countersigned_by_id": self.clinician.id,
                    "countersigned_at": datetime(2026, 3, 2, 9),
                }
            ],
        )
        for change in (
            lambda: exam.write({"note": "x"}),
            lambda: exam.pressure_ids.write({"systolic": 110}),
            lambda: exam.pressure_ids.unlink(),
            lambda: exam.write({"pressure_ids": [(0, 0, {"systolic": 120, "diastolic": 70})]}),
            lambda: exam.pressure_ids.create(
                {"exam_id": exam.id, "systolic": 120, "diastolic": 70}
            ),
        ):
            with self._refused(UserError, f"{exam.number} is countersigned"):
                change()

    @users("front.desk")
    def test_dentist_told(self):
        exam = self._take((185, 100))
        exam.action_tell_dentist()
        self.assertEqual(exam.dentist_told_at, datetime(2026, 3, 2, 9))

    @users("front.desk")
    def test_every_advice_has_words(self):
        self.assertEqual(set(self.env["dental.exam"]._advice_texts()), set(VITAL_CODES))
