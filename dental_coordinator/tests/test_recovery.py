# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import BaseCase, tagged, users
from odoo.tools import mute_logger

from ..triage import RECOVERY_ITEMS, discharge_score
from .surgery import SurgeryCase

WELL = dict.fromkeys(RECOVERY_ITEMS, "2")


@tagged("post_install", "-at_install")
class TestDischargeScore(BaseCase):
    def test_five_items_of_two(self):
        self.assertEqual(discharge_score(dict.fromkeys(RECOVERY_ITEMS, 2)), 10)
        self.assertEqual(discharge_score({**dict.fromkeys(RECOVERY_ITEMS, 0), "oxygen": 1}), 1)

    def test_blank_is_unknown(self):
        self.assertIsNone(discharge_score({**dict.fromkeys(RECOVERY_ITEMS, 2), "oxygen": None}))
        self.assertIsNone(discharge_score({}))


@tagged("post_install", "-at_install")
@freeze_time("2026-03-05 12:00:00")
class TestRecovery(SurgeryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nurse = cls.clinician.copy({"login": "nurse", "name": "Ari"})
        cls.assistant.user_id = cls.nurse

    def _woken(self, **vals):
        """A sedated patient after the operation, as the test's user sees the record."""
        return self._done(self._surgery(anaesthesia="iv", **vals))

    def _look(self, surgery, at="2026-03-05 12:05:00", **vals):
        return self.env["dental.surgery.recovery"].create(
            {"surgery_id": surgery.id, "at": at, **vals}
        )

    @users("clinician")
    def test_the_last_full_score_counts(self):
        surgery = self._woken()
        self.assertFalse(surgery.recovery_scored)
        self._look(surgery, **{**WELL, "awareness": "1", "movement": "1"})
        self.assertEqual((surgery.recovery_score, surgery.may_go_home), (8, False))
        self._look(surgery, "2026-03-05 12:20:00", **{**WELL, "awareness": "1"})
        self._look(surgery, "2026-03-05 12:25:00", pulse=70)
        self.assertEqual((surgery.recovery_score, surgery.may_go_home), (9, True))
        self.company.dental_discharge_score = 10
        surgery.invalidate_recordset()
        self.assertFalse(surgery.may_go_home, "the clinic says from which score")

    @users("clinician")
    def test_readings_that_the_dentist_must_hear(self):
        surgery = self._woken()
        row = self._look(surgery, systolic=130, diastolic=80, pulse=72, spo2=97)
        self.assertFalse(row.warning)
        row.spo2 = 90
        self.assertEqual(row.warning, "Oxygen low: tell the dentist now.")
        self.assertEqual(row.taken_by_id, self.clinician)
        with self._refused(ValidationError, "Pulse: 700 cannot be"):
            row.pulse = 700
        with self._refused(ValidationError, "the second figure is the lower one"):
            row.diastolic = 140

    @users("nurse")
    def test_home_by_the_score(self):
        surgery = self._woken()
        self._look(surgery, **WELL)
        with self._refused(UserError, "Instructions for home: give them"):
            surgery.action_discharge()
        surgery.aftercare_given = True
        surgery.action_discharge()
        self.assertRecordValues(
            surgery, [{"discharged_by_id": self.nurse.id, "aftercare_given_by_id": self.nurse.id}]
        )
        with self._refused(UserError, "discharged already by Ari"):
            surgery.action_discharge()
        with self.assertRaises(AccessError):
            surgery.discharged_at = False

    @users("nurse")
    def test_below_it_only_a_dentist_with_a_reason(self):
        surgery = self._woken()
        self._look(surgery, **{**WELL, "movement": "0"})
        surgery.aftercare_given = True
        with self._refused(AccessError, "the score is 8, 9 is needed. Take it again"):
            surgery.action_discharge()
        dentist = surgery.with_user(self.clinician)
        with self._refused(UserError, "Write why the patient goes home"):
            dentist.action_discharge()
        dentist.discharge_reason = "Walks with a frame at home too"
        dentist.action_discharge()
        self.assertEqual(surgery.discharged_by_id, self.clinician)

    @users("nurse")
    def test_no_score_is_not_ten(self):
        surgery = self._woken(aftercare_given=True)
        with self._refused(AccessError, "the score is not taken"):
            surgery.action_discharge()

    @users("front.desk")
    def test_the_desk_sees_and_does_not_enter(self):
        surgery = self._woken()
        rows = self.env["dental.surgery.recovery"]
        rows.with_user(self.clinician).create({"surgery_id": surgery.id, **WELL})
        self.assertEqual(surgery.recovery_score, 10)
        with self.assertRaises(AccessError):
            self._look(surgery, **WELL)
        with self._refused(AccessError, "only a clinician"):
            surgery.action_discharge()

    @users("clinician")
    def test_the_visit_does_not_close_before(self):
        self._rule("surgery_discharge", on_done="stop", on_the_day=True)
        surgery = self._woken(aftercare_given=True)
        with self._refused(UserError, "not discharged from recovery"):
            surgery.appointment_id._set_status("done")
        self._look(surgery, **WELL)
        surgery.action_discharge()
        surgery.appointment_id._set_status("done")
        local = self._done(self._surgery(start="2026-03-05 15:00:00"))
        self.assertFalse(self._lacks(local.appointment_id), "nobody was asleep")

    @users("clinician")
    def test_signed_readings_stay(self):
        surgery = self._woken()
        row = self._look(surgery, **WELL)
        surgery.report = "Done"
        surgery.action_sign()
        with self._refused(UserError, "stays as it is"):
            row.pulse = 60
        with self._refused(UserError, "stays as it is"):
            self._look(surgery, pulse=60)

    def test_the_limit_is_within_the_score(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.company.dental_discharge_score = 11
            self.env.flush_all()
