# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime

from freezegun import freeze_time
from psycopg2.errors import CheckViolation, ExclusionViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .students import StudentCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestPlacement(StudentCase):
    @users("front.desk")
    def test_asked_accepted_under_way_ended_each_with_a_next_step(self):
        trainee = self.env["dental.trainee"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Ole Dahl"}).id,
                "date_from": "2026-03-20",
                "date_to": "2026-03-27",
            }
        )
        self.assertRegex(trainee.number, r"STU/\d+")
        self.assertEqual(
            (trainee.next_action, trainee.next_date), ("Answer the school", date(2026, 3, 5))
        )
        with self._refused(ValidationError, "say who supervises"):
            trainee.action_accept()
        trainee.supervisor_id = self.clinician
        trainee.action_accept()
        self.assertEqual(trainee.next_date, date(2026, 3, 13), "a week before the first day")
        with freeze_time("2026-03-20 08:00:00"):
            trainee.paper_ids.action_received()
            trainee.action_sign_in()
            self.assertEqual((trainee.state, trainee.next_date), ("present", date(2026, 3, 27)))
            trainee.action_end()
        self.assertEqual((trainee.state, trainee.date_to), ("ended", date(2026, 3, 20)))
        self.assertFalse(trainee.next_action)
        with self._refused(UserError, "placements are kept"):
            trainee.unlink()

    @users("front.desk")
    def test_an_open_placement_is_somebodys(self):
        with self._refused(ValidationError, "is still open"):
            self._own().owner_id = False

    @users("front.desk")
    def test_refused_with_a_reason_and_the_days_are_free_again(self):
        student = self._own()
        with self._refused(UserError, "Why refused"):
            student.action_refuse()
        student.refuse_reason = "No chair free"
        student.action_refuse()
        self.assertEqual(student.state, "refused")
        again = self._place(partner_id=student.partner_id.id)
        self.assertEqual(again.state, "accepted")
        with self._refused(ValidationError, "is placed from"):
            student.action_ask_again()

    @users("front.desk")
    def test_a_person_is_placed_once_at_a_time(self):
        with self._refused(ValidationError, "Mia Berg is placed from .*end that placement"):
            self._place(partner_id=self.student.partner_id.id, days=0)

    def test_the_database_keeps_two_placements_apart(self):
        other = self._place("Ole Dahl")
        with mute_logger("odoo.sql_db"), self.assertRaises(ExclusionViolation):
            self.env.cr.execute(
                "UPDATE dental_trainee SET partner_id = %s WHERE id = %s",
                (self.student.partner_id.id, other.id),
            )

    @users("front.desk")
    def test_the_second_of_two_clicks_is_told(self):
        with self._refused(UserError, r"Mia Berg \(STU/\d+\) is at “Accepted” already"):
            self._own().action_accept()

    def test_a_students_login_is_no_more_than_that(self):
        with self._refused(ValidationError, "needs the role Trainee and no other"):
            self.student.user_id = self.front_desk
        self.student.user_id = self.trainee
        self.env.flush_all()
        with mute_logger("odoo.sql_db"), self.assertRaises(ExclusionViolation):
            self._place("Ole Dahl", user_id=self.trainee.id)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestPapers(StudentCase):
    def _paper(self, key):
        kind = self.env.ref(f"dental_coordinator.trainee_paper_kind_{key}")
        return self._own().paper_ids.filtered(lambda paper: paper.kind_id == kind)

    @users("front.desk")
    def test_the_kind_says_which_papers(self):
        student = self._own()
        asked = self.env["dental.trainee.paper.kind"].search([("for_observe", "=", True)])
        self.assertEqual(student.paper_ids.kind_id, asked)
        student.kind = "assist"
        self.assertGreater(student.paper_ids.kind_id, asked)
        self.assertEqual(len(student.paper_ids.filtered("lacking")), 6)
        student.kind = "observe"
        self.assertEqual(len(student.paper_ids.filtered("lacking")), 2, "no more is asked")

    @users("front.desk")
    def test_missing_unsigned_expired_each_stop_with_the_reason(self):
        student = self._own()
        with self._refused(
            UserError,
            "Mia Berg cannot come in:\n- Confidentiality agreement is missing.\n"
            "- Privacy training is missing.",
        ):
            student.action_sign_in()
        self._paper("confidentiality").received_on = "2026-03-01"
        self._paper("privacy").received_on = "2025-03-01"
        self.assertEqual(self._paper("privacy").expires_on, date(2026, 3, 1))
        with self._refused(UserError, "agreement is not signed.\n- Privacy training expired on"):
            student.action_sign_in()
        self.assertFalse(student.inside)
        lacking = self.env["dental.trainee.paper"].search([("lacking", "=", True)])
        self.assertEqual(lacking, self._paper("confidentiality") + self._paper("privacy"))
        student.paper_ids.action_received()
        student.action_sign_in()
        self.assertTrue(student.inside)

    @users("front.desk")
    def test_what_expires_before_the_end_is_said_and_does_not_stop(self):
        student = self._own()
        student.paper_ids.action_received()
        self._paper("privacy").expires_on = "2026-03-03"
        self.assertEqual((student.gate_color, self._paper("privacy").state), ("warn", "ends"))
        self.assertFalse(student.gate("present")["closed"])

    @users("front.desk")
    def test_a_screen_gets_the_gate_with_its_remedies(self):
        shown = self._own().with_context(dental_gate_dialog=True).action_sign_in()
        gate = shown["params"]
        self.assertEqual((shown["tag"], gate["model"]), ("dental_gate", "dental.trainee"))
        self.assertTrue(gate["closed"])
        self.assertFalse(gate["may_override"])
        self.assertEqual(gate["items"][0]["fix"]["res_model"], "dental.trainee.paper")
        ahead = self._own().gate_ahead["items"]
        self.assertEqual([each["reason"] for each in gate["items"]], [e["reason"] for e in ahead])
        self.assertFalse(self._own().inside)

    @users("coordinator")
    def test_nobody_but_the_manager_passes_over_it(self):
        with self._refused(AccessError, "only the manager"):
            self._own().action_override("present", "Because")
        with self._refused(UserError, "cannot come in"):
            self._own().with_context(gate_override="Because").action_sign_in()
        self.assertFalse(self.student.override_ids)

    @users("manager")
    def test_the_manager_lets_in_for_a_reason_that_is_kept(self):
        with self._refused(UserError, "say why"):
            self._own().action_override("present", "  ")
        self._own().action_override("present", " The school mails it today ")
        self.assertTrue(self._own().inside)
        self.assertRecordValues(
            self.student.override_ids,
            [
                {
                    "step": "present",
                    "reason": "The school mails it today",
                    "user_id": self.manager.id,
                    "appointment_id": False,
                }
            ],
        )
        self.assertIn("Privacy training is missing", self.student.override_ids.gate)
        report = self.env.ref("dental_coordinator.dental_gate_override_action").sudo()
        self.assertEqual(self.env[report.res_model].search([]), self.student.override_ids)

    @users("manager")
    def test_not_even_the_manager_lets_in_outside_the_placement(self):
        later = self._place("Ole Dahl", date_from="2026-03-03", date_to="2026-03-04")
        later.paper_ids.action_received()
        with self._refused(UserError, "The placement is from 03/03/2026"):
            later.action_override("present", "He is here")
        with freeze_time("2026-03-09 09:00:00"), self._refused(UserError, "cannot come in"):
            self._own().action_override("present", "He is here")
        self.assertFalse(later.gate("present")["may_override"])

    def test_today_counts_who_lacks_papers(self):
        today = self.env["dental.today"].with_user(self.front_desk)
        counters = {each["key"]: each for each in today.data()["counters"]}
        self.assertEqual(counters["student_papers"]["count"], 1)
        found = self.env["dental.trainee"].search(counters["student_papers"]["domain"])
        self.assertEqual(found, self.student)
        self.student.paper_ids.action_received()
        counters = {each["key"] for each in today.data()["counters"]}
        self.assertFalse(counters & {"student_papers", "not_signed_out"})


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestProgramme(StudentCase):
    def _topic(self, key):
        topic = self.env.ref(f"dental_coordinator.orientation_topic_{key}")
        return self._own().topic_ids.filtered(lambda each: each.topic_id == topic)

    @users("clinician")
    def test_the_clinic_says_what_is_due_when_and_who_explains_it(self):
        topics = self._own().topic_ids
        self.assertEqual(len(topics), 4)
        self.assertEqual(set(topics.mapped("due_on")), {date(2026, 3, 2)})
        self.assertEqual(topics.trainer_id, self.clinician)
        self._own().date_from = "2026-03-03"
        self.assertEqual(set(topics.mapped("due_on")), {date(2026, 3, 3)})

    @users("clinician")
    def test_student_and_trainer_both_say_so(self):
        topic = self._topic("people")
        topic.action_student()
        self.assertFalse(topic.done)
        topic.action_trainer()
        self.assertTrue(topic.done)
        self.assertEqual(topic.trainer_by_id, self.clinician)
        with self._refused(UserError, "clinician.* has noted this already"):
            topic.action_trainer()
        with self._refused(UserError, "stamped by the buttons"):
            topic.write({"student_at": False})

    @users("clinician")
    def test_a_test_has_to_be_passed(self):
        topic = self._topic("privacy")
        topic.score = 60
        with self._refused(UserError, "60 %, and 80 % are needed"):
            topic.action_trainer()
        topic.score = 80
        topic.action_trainer()
        with self._refused(UserError, "its test stays as it was"):
            topic.score = 100

    def test_a_student_with_a_login_agrees_by_himself(self):
        self.student.user_id = self.trainee
        topic = self._topic("people")
        self.assertFalse(topic.with_user(self.front_desk).may_agree)
        self.assertTrue(topic.with_user(self.trainee).may_agree)
        with self._refused(AccessError, "has a login"):
            topic.with_user(self.front_desk).action_student()
        own = topic.with_user(self.trainee)
        own.action_student()
        self.assertEqual(topic.student_by_id, self.trainee)
        with self._refused(AccessError, "the trainer confirms"):
            own.action_trainer()
        with self.assertRaises(AccessError):
            own.write({"score": 100})

    def test_a_student_sees_the_own_placement_only(self):
        self.student.user_id = self.trainee
        other = self._place("Ole Dahl")
        models = ("dental.trainee", "dental.trainee.paper", "dental.trainee.topic")
        for name in models:
            seen = self.env[name].with_user(self.trainee).search([])
            mine = self.student if name == "dental.trainee" else seen.trainee_id
            self.assertEqual(mine, self.student, name)
        shown = ["display_name", "lacks", "gate_color", "gate_ahead", "hours_done", "inside"]
        own = self.student.with_user(self.trainee).read(shown)[0]
        self.assertIn("Privacy training is missing", own["lacks"])
        self.assertEqual((own["hours_done"], own["inside"]), (0, False))
        with self.assertRaises(AccessError):
            other.with_user(self.trainee).read(["number"])
        with self.assertRaises(AccessError):
            self.student.with_user(self.trainee).write({"hours_required": 1})

    @users("front.desk")
    def test_what_is_overdue_is_said_at_the_door(self):
        self._own().paper_ids.action_received()
        with freeze_time("2026-03-03 09:00:00"):
            self._own().invalidate_recordset()
            self.assertEqual(self._own().gate_color, "warn")
            self.assertIn("“Who is who, and whom to ask” was due on", self._own().lacks)
            self._own().action_sign_in()
        self.assertTrue(self._own().inside)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestAttendance(StudentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.student.paper_ids.action_received()

    @users("front.desk")
    def test_in_and_out_to_the_minute(self):
        student = self._own()
        student.action_sign_in()
        presence = student.presence_ids
        self.assertRecordValues(
            presence,
            [
                {
                    "kind": "student",
                    "name": "Mia Berg",
                    "supervisor_id": self.clinician.id,
                    "out_at": False,
                }
            ],
        )
        with freeze_time("2026-03-02 12:07:59"):
            student.action_sign_out()
        self.assertEqual((presence.minutes, student.minutes_done), (187, 187))
        with freeze_time("2026-03-02 13:00:00"):
            student.action_sign_in()
        with freeze_time("2026-03-02 13:30:00"):
            student.action_sign_out()
        self.assertEqual(student.minutes_done, 217)
        with self._refused(UserError, "is not signed in"):
            student.action_sign_out()
        with self._refused(UserError, "kept as they were"):
            presence.out_at = "2026-03-02 18:00:00"

    @users("front.desk")
    def test_the_door_log_lets_in_by_the_same_gate(self):
        door = self.env["dental.presence"]
        self.student.paper_ids.received_on = False
        with self._refused(UserError, "cannot come in"):
            door.create({"kind": "student", "trainee_id": self.student.id})
        with self._refused(ValidationError, "a student comes in by a placement"):
            door.create({"kind": "student", "name": "Mia Berg"})
        self.student.paper_ids.action_received()
        presence = door.create(
            {"kind": "student", "trainee_id": self.student.id, "in_at": "2026-03-02 06:00:00"}
        )
        self.assertEqual(presence.in_at, datetime(2026, 3, 2, 9), "nobody comes in backwards")
        self.assertEqual(self.student.state, "present")
        with self._refused(UserError, "signed in by the placement"):
            presence.in_at = "2026-03-02 06:00:00"

    @users("front.desk")
    def test_nobody_is_in_twice(self):
        self._own().action_sign_in()
        with self._refused(UserError, r"is in already \(IN/"):
            self._own().action_sign_in()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.env.cr.execute(
                "INSERT INTO dental_presence (kind, name, trainee_id, supervisor_id, company_id,"
                " in_at) VALUES ('student', 'x', %s, %s, %s, now())",
                (self.student.id, self.clinician.id, self.company.id),
            )

    def test_nobody_is_in_without_a_supervisor(self):
        self.student.action_sign_in()
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.env.cr.execute("UPDATE dental_presence SET supervisor_id = NULL")

    @users("front.desk")
    def test_a_forgotten_sign_out_is_work_the_next_day(self):
        self._own().action_sign_in()
        presence = self._own().presence_ids
        with freeze_time("2026-03-03 08:00:00"):
            self.env.invalidate_all()
            today = {each["key"]: each for each in self.env["dental.today"].data()["counters"]}
            self.assertEqual(today["not_signed_out"]["count"], 1)
            self.assertEqual(presence.search(today["not_signed_out"]["domain"]), presence)
            asked = self._own().action_sign_out()
            self.assertFalse(presence.out_at, "nobody says that he left this morning")
            with self._refused(UserError, "was not signed out"):
                self._own().action_end()
            leave = (
                self.env[asked["res_model"]]
                .with_context(**asked["context"])
                .create({"why": "Dr. Ortiz"})
            )
            for wrong in ("2026-03-02 08:00:00", "2026-03-03 09:30:00"):
                leave.out_at = wrong
                with self._refused(UserError, "give the time of the day"):
                    leave.action_leave()
            leave.out_at = "2026-03-02 15:00:00"
            leave.action_leave()
            self.assertEqual((presence.minutes, presence.why), (360, "Dr. Ortiz"))
            self.assertFalse(self._own().forgotten)

    @users("front.desk")
    def test_the_end_signs_out(self):
        self._own().action_sign_in()
        with freeze_time("2026-03-02 10:00:00"):
            self._own().action_end()
        self.assertEqual(self._own().presence_ids.minutes, 60)
