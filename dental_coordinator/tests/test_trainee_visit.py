# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time
from psycopg2.errors import RaiseException

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .students import StudentMixin
from .test_appointment import AppointmentCase


class AttendedCase(StudentMixin, AppointmentCase):
    """A visit to which a student is assigned."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls._visit("2026-03-02 09:10:00")

    @classmethod
    def _visit(cls, start, **vals):
        return cls.env["dental.appointment"].create(
            {
                "patient_id": cls.patient.id,
                "type_id": cls.kind.id,
                "provider_id": cls.provider.id,
                "operatory_id": cls.chair.id,
                "start": start,
                "trainee_ids": [(6, 0, cls.trainee.ids)],
                **vals,
            }
        )

    def _own(self):
        return self.visit.with_env(self.env)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestTraineeConsent(AttendedCase):
    @users("front.desk")
    def test_a_yes_and_a_no_with_who_asked(self):
        self.assertFalse(self._own().trainee_asked_at)
        self._own().action_trainee_consent()
        self.assertEqual(self.visit.trainee_asked_by_id, self.front_desk)
        self._own().with_user(self.clinician).action_trainee_decline()
        self.assertRecordValues(
            self.visit,
            [
                {
                    "trainee_consent": False,
                    "trainee_declined": True,
                    "trainee_asked_by_id": self.clinician.id,
                    "trainee_ids": [],
                }
            ],
        )
        self.assertIn("Wants no students", self.visit.visit_event_ids.mapped("note"))
        self._own().action_trainee_unasked()
        self.assertFalse(self.visit.trainee_asked_by_id or self.visit.trainee_declined)

    @users("front.desk")
    def test_nobody_says_that_another_one_asked(self):
        self._own().action_trainee_consent()
        self._own().write({"trainee_asked_by_id": self.clinician.id})
        self.assertEqual(self.visit.trainee_asked_by_id, self.front_desk)

    @users("front.desk")
    def test_a_no_keeps_students_away(self):
        self._own().action_trainee_decline()
        for command in ((6, 0, self.trainee.ids), (4, self.trainee.id)):
            with self._refused(UserError, f"{self.visit.number}: the patient wants no students"):
                self._own().write({"trainee_ids": [command]})
        self._own().action_trainee_consent()
        self._own().trainee_ids = self.trainee

    def test_the_database_refuses_both_ways(self):
        with mute_logger("odoo.sql_db"), self.assertRaisesRegex(RaiseException, "are assigned"):
            self.env.cr.execute(
                "UPDATE dental_appointment SET trainee_declined = true WHERE id = %s",
                (self.visit.id,),
            )

    def test_the_database_refuses_to_assign(self):
        self.visit.action_trainee_decline()
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaisesRegex(RaiseException, "wants no"):
            self.env.cr.execute(
                "INSERT INTO dental_appointment_res_users_rel VALUES (%s, %s)",
                (self.visit.id, self.trainee.id),
            )

    @users("front.desk")
    def test_today_and_rooms_say_so(self):
        def words():
            rows = self.env["dental.today"].data()["next"]
            return [flag["text"] for flag in rows[0]["flags"]]

        self.assertIn("Student: ask", words())
        self._own().action_trainee_consent()
        self.assertIn("Student comes", words())
        self._own().action_trainee_decline()
        self.assertIn("No students", words())


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestTraineeAccess(AttendedCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit.action_trainee_consent()
        cls.other = cls._new_patient("Olga", "Other")
        cls._visit("2026-03-02 11:00:00", patient_id=cls.other.id, trainee_ids=False)

    def _seen(self):
        """Files and visits that the student finds, and whether he may open the assigned one."""
        self.env.flush_all()
        self.env.invalidate_all()
        files = self.env["dental.patient"].with_user(self.trainee).search([])
        visits = self.env["dental.appointment"].with_user(self.trainee).search([])
        try:
            self.visit.with_user(self.trainee).read(["number"])
            self.patient.with_user(self.trainee).read(["number"])
            opened = True
        except AccessError:
            opened = False
        self.assertEqual(opened, bool(files))
        return files, visits

    def _assert_shut(self):
        files, visits = self._seen()
        self.assertFalse(files)
        self.assertFalse(visits)

    def test_only_assigned_patients_and_only_while_signed_in(self):
        self._assert_shut()
        student = self._place(partner_id=self.trainee.partner_id.id, user_id=self.trainee.id)
        student.paper_ids.action_received()
        self._assert_shut()
        student.action_sign_in()
        self.assertEqual(self._seen(), (self.patient, self.visit))
        with self.assertRaises(AccessError):
            self.other.with_user(self.trainee).read(["number"])
        with freeze_time("2026-03-02 10:00:00"):
            student.action_sign_out()
        self._assert_shut()

    def test_a_no_closes_the_file_at_once(self):
        self._place_user(self.trainee)
        self.visit.action_trainee_decline()
        self._assert_shut()

    def test_the_end_of_the_placement_closes_the_file(self):
        student = self._place_user(self.trainee)
        self.assertEqual(self._seen()[0], self.patient)
        student.action_end()
        self._assert_shut()

    def test_a_forgotten_sign_out_opens_nothing_the_next_day(self):
        self._place_user(self.trainee)
        with freeze_time("2026-03-03 09:00:00"):
            self._assert_shut()

    def test_the_last_day_is_the_last(self):
        student = self._place_user(self.trainee)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE dental_trainee SET date_from = '2026-02-01', date_to = '2026-03-01'"
            " WHERE id = %s",
            (student.id,),
        )
        self._assert_shut()

    def test_before_the_first_day_nothing_opens(self):
        student = self._place_user(self.trainee)
        student.date_from = "2026-03-03"
        self._assert_shut()

    def test_who_attends_at_another_clinic_sees_nothing_here(self):
        clinic = self.env["res.company"].create({"name": "Other clinic"})
        self.trainee.company_ids |= clinic
        self.clinician.company_ids |= clinic
        self._place_user(self.trainee, company_id=clinic.id)
        self._assert_shut()

    def test_a_restricted_file_stays_shut(self):
        self._place_user(self.trainee)
        self.patient.write({"restricted": True, "care_team_ids": [(6, 0, self.clinician.ids)]})
        self._assert_shut()
