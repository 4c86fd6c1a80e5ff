# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import BaseCase, Form, tagged, users
from odoo.tools import mute_logger

from ..triage import before_surgery, call_days
from .surgery import SurgeryCase

GOOD = {"ill": "no"}  # to all other questions yes is good


@tagged("post_install", "-at_install")
class TestBeforeSurgery(BaseCase):
    """The days of the calls, and what their answers ask for."""

    def _days(self, operation, today, closed=()):
        def open_day(day):
            while day in closed:
                day = day.replace(day=day.day - 1)
            return day

        return call_days(operation, (7, 3, 1), today, open_day)

    def test_seven_three_and_one_day_before(self):
        days = self._days(date(2026, 3, 19), date(2026, 3, 2))
        self.assertEqual(days, {7: date(2026, 3, 12), 3: date(2026, 3, 16), 1: date(2026, 3, 18)})

    def test_what_has_passed_is_left_out(self):
        self.assertEqual(set(self._days(date(2026, 3, 19), date(2026, 3, 16))), {3, 1})
        self.assertEqual(self._days(date(2026, 3, 19), date(2026, 3, 19)), {})

    def test_closed_days_move_to_the_open_day_before(self):
        closed = (date(2026, 3, 21), date(2026, 3, 22))
        days = self._days(date(2026, 3, 23), date(2026, 3, 2), closed)
        self.assertEqual(days, {7: date(2026, 3, 16), 1: date(2026, 3, 20)}, "one call a day")

    def test_who_is_booked_late_is_called_today(self):
        closed = (date(2026, 3, 21), date(2026, 3, 22))
        days = self._days(date(2026, 3, 23), date(2026, 3, 21), closed)
        self.assertEqual(days, {1: date(2026, 3, 21)})

    def test_what_the_answers_ask_for(self):
        fine = [("coming", True), ("ill", False), ("escort", True), (None, False)]
        for answers, is_last, level, wrong in (
            (fine, True, "fine", ()),
            ([*fine, ("fasting", None)], True, None, ()),
            ([*fine, ("fasting", False)], False, "again", ("fasting",)),
            ([*fine, ("fasting", False)], True, "dentist", ("fasting",)),
            ([("coming", False), ("ill", None)], False, "dentist", ("coming",)),
            ([("escort", False), ("ill", True)], False, "dentist", ("ill", "escort")),
            ([], True, None, ()),
        ):
            with self.subTest(answers):
                self.assertEqual(before_surgery(answers, is_last), (level, wrong))


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestSurgeryCall(SurgeryCase):
    """The operation is on Thursday the 19th, or on Monday the 23rd."""

    def _booked(self, start="2026-03-19 11:00:00", **vals):
        return self._surgery(start=start, anaesthesia="iv", **vals)

    def _open(self, surgery):
        return surgery.call_ids.filtered(lambda c: c._is_open()).sorted("days_before")

    def _answer_all(self, call, **other):
        """Answer the script: as it should be, except for the topics named."""
        call.action_ask()
        for line in call.line_ids.filtered(lambda row: row.kind == "ask"):
            answer = other.get(line.topic, GOOD.get(line.topic, "yes"))
            (line.action_yes if answer == "yes" else line.action_no)()

    @users("front.desk")
    def test_booking_plans_the_calls(self):
        surgery = self._booked()
        self.assertRecordValues(
            self._open(surgery),
            [
                {
                    "days_before": days,
                    "next_date": date(2026, 3, day),
                    "owner_id": self.front_desk.id,
                    "surgery_day": date(2026, 3, 19),
                    "patient_id": self.patient.id,
                    "state": "to_call",
                }
                for days, day in ((1, 18), (3, 16), (7, 12))
            ],
        )
        surgery.action_confirm()
        self.assertEqual(len(surgery.call_ids), 3, "confirming adds none")

    @users("front.desk")
    def test_weekends_are_skipped_backwards(self):
        surgery = self._booked("2026-03-23 11:00:00")
        self.assertEqual(
            self._open(surgery).mapped("next_date"), [date(2026, 3, 20), date(2026, 3, 16)]
        )

    @users("front.desk")
    def test_the_calls_follow_a_move(self):
        surgery = self._booked(escort_name="Jan", escort_phone="1")
        calls = self._open(surgery)
        with freeze_time("2026-03-12 09:00:00"):
            self._answer_all(calls[2])
            calls[2].action_close()
            surgery.start = "2026-03-26 11:00:00"
        self.assertEqual(
            [(call.days_before, call.next_date) for call in self._open(surgery)],
            [(1, date(2026, 3, 25)), (3, date(2026, 3, 23)), (7, date(2026, 3, 19))],
        )
        self.assertEqual(calls[2].state, "closed", "what was said for the other day stays")
        surgery.start = "2026-03-03 11:00:00"
        self.assertEqual(self._open(surgery).mapped("days_before"), [1])
        self.assertEqual(len(surgery.call_ids.filtered(lambda c: c.state == "dropped")), 2)

    @users("front.desk")
    def test_the_calls_follow_a_move_in_the_calendar(self):
        surgery = self._booked()
        event = surgery.appointment_id.event_id
        event.write({"start": "2026-03-20 11:00:00", "stop": "2026-03-20 12:00:00"})
        self.assertEqual(self._open(surgery)[:1].next_date, date(2026, 3, 19))

    @users("front.desk")
    def test_the_calls_go_with_a_cancelled_visit_and_come_back(self):
        surgery = self._booked()
        visit = surgery.appointment_id
        visit._set_status("cancelled")
        self.assertEqual(set(surgery.call_ids.mapped("state")), {"dropped"})
        visit._set_status("scheduled")
        self.assertEqual(len(self._open(surgery)), 3)

    @users("front.desk")
    def test_who_is_here_is_not_called(self):
        surgery = self._booked("2026-03-05 11:00:00")
        self.assertEqual(self._open(surgery).mapped("days_before"), [1, 3])
        with freeze_time("2026-03-05 10:50:00"):
            surgery.appointment_id.action_arrive()
        self.assertFalse(self._open(surgery))

    @users("front.desk")
    def test_a_kind_of_visit_has_its_own_script(self):
        self.env["dental.surgery.script"].sudo().create(
            {"name": "Own", "days_before": 3, "type_ids": [(6, 0, self.operation.ids)]}
        )
        names = self._open(self._booked()).script_id.mapped("name")
        self.assertEqual(names, ["The day before", "Own", "One week before"])

    @users("front.desk")
    def test_the_answers_set_the_gates(self):
        surgery = self._booked()
        call = self._open(surgery)[:1]
        opened = call.work_outcome("reached")["action"]
        self.assertEqual((opened["res_id"], opened["target"]), (call.id, "new"))
        with Form(call, view=opened["views"][0][0]) as form:
            form.escort_name, form.escort_phone = "Jan", "207 555 0177"
        self._answer_all(call)
        self.assertEqual(call.advice, "fine")
        call.action_close()
        self.assertRecordValues(
            surgery,
            [
                {
                    "escort_confirmed": True,
                    "escort_confirmed_by_id": self.front_desk.id,
                    "fasting_told": True,
                    "premed_told": True,
                    "instructions_given": False,
                }
            ],
        )
        self.assertRecordValues(
            call, [{"state": "closed", "tries": 1, "reached_at": datetime(2026, 3, 2, 9)}]
        )
        log = self.env["dental.contact.log"].search([("patient_id", "=", self.patient.id)])
        self.assertRecordValues(
            log, [{"outcome": "reached", "appointment_id": surgery.appointment_id.id}]
        )
        with self._refused(UserError, "its answers stay as they are"):
            call.line_ids[:1].action_no()

    @users("front.desk")
    def test_an_escort_needs_name_and_phone(self):
        call = self._open(self._booked())[:1]
        self._answer_all(call)
        with self._refused(ValidationError, "enter name and phone"):
            call.action_close()

    @users("front.desk")
    def test_what_does_not_concern_is_not_asked(self):
        surgery = self._surgery(start="2026-03-19 11:00:00", anaesthesia="local")
        call = self._open(surgery)[:1]
        call.action_ask()
        self.assertFalse({"escort", "fasting"} & set(call.line_ids.mapped("topic")))
        call.action_ask()
        self.assertEqual(len(call.line_ids), 4, "asked twice, written once")

    @users("front.desk")
    def test_what_was_not_asked_is_named(self):
        call = self._open(self._booked())[:1]
        with self._refused(UserError, "ask also: The day before"):
            call.action_close()
        self._answer_all(call)
        call.line_ids.filtered(lambda line: line.topic == "ill").answer = False
        with self._refused(UserError, "ask also: Today a cold"):
            call.action_close()

    @users("front.desk")
    def test_a_missing_gate_is_asked_again_while_a_call_follows(self):
        surgery = self._booked(escort_name="Jan", escort_phone="1", escort_confirmed=True)
        week = self._open(surgery)[2]
        self._answer_all(week, escort="no")
        self.assertEqual((week.advice, week.advice_text), ("again", "not so: Escort confirmed"))
        week.action_close()
        self.assertFalse(surgery.escort_confirmed, "a no takes the tick away")
        eve = self._open(surgery)[:1]
        self._answer_all(eve, escort="no")
        self.assertEqual(eve.advice, "dentist")
        with self._refused(UserError, "Escort confirmed. Dr. Ortiz decides: hand it over"):
            eve.action_close()

    @users("front.desk")
    def test_the_dentist_decides(self):
        self._rule("surgery_calls", on_confirmed="stop")
        surgery = self._booked(escort_name="Jan", escort_phone="1")
        call = self._open(surgery)[1]
        self._answer_all(call, ill="yes")
        call.action_escalate()
        self.assertRecordValues(
            call,
            [
                {
                    "state": "escalated",
                    "owner_id": self.clinician.id,
                    "escalated_by_id": self.front_desk.id,
                    "next_date": date(2026, 3, 2),
                }
            ],
        )
        self.assertTrue(surgery.escort_confirmed, "what was good is kept")
        self.assertEqual(call.activity_ids.summary, "Decide on a surgery")
        self.assertNotIn("Kowalski", call.activity_ids.res_name)
        self.assertEqual(
            self._lacks(surgery.appointment_id),
            [
                (
                    "surgery_calls",
                    "stop",
                    "asked before surgery: ill, or something new. Dr. Ortiz decides.",
                )
            ],
        )
        with self._refused(AccessError, "only a clinician states this"):
            call.decision = "go"
        dentist = call.with_user(self.clinician)
        with self._refused(UserError, "Decision: choose it"):
            dentist.action_close()
        dentist.decision = "go"
        dentist.action_close()
        self.assertFalse(self._lacks(surgery.appointment_id))
        self.assertFalse(call.activity_ids)

    @users("clinician")
    def test_postponed_the_visit_waits_for_another_place(self):
        surgery = self._booked().with_user(self.front_desk)
        call = self._open(surgery)[1]
        self._answer_all(call, ill="yes", escort="no")
        call.action_escalate()
        call.with_user(self.clinician).write({"decision": "postpone", "dentist_note": "Flu"})
        call.with_user(self.clinician).action_close()
        self.assertRecordValues(
            surgery.appointment_id, [{"status": "planned", "owner_id": self.front_desk.id}]
        )
        self.assertFalse(self._open(surgery))
        self.assertEqual(call.state, "closed")

    @users("front.desk")
    def test_tries_that_reach_nobody(self):
        surgery = self._booked("2026-03-05 11:00:00")
        eve, three = self._open(surgery)
        with self._refused(UserError, "tried 0 times"):
            three.work_outcome("give_up")
        with freeze_time("2026-03-04 09:00:00"):
            for outcome in ("no_answer", "wrong_number", "left_message"):
                (three + eve).work_outcome(outcome)
            self.assertEqual(eve.next_date, date(2026, 3, 4), "not on the day itself")
            (three + eve).work_outcome("give_up")
        self.assertRecordValues(
            three + eve,
            [
                {"state": "closed", "advice_text": ""},
                {"state": "escalated", "advice_text": "not reached"},
            ],
        )

    @users("front.desk")
    def test_the_list_has_each_call_once(self):
        call = self._open(self._booked())[:1].sudo()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            call.copy({"surgery_id": call.surgery_id.id})
            self.env.flush_all()

    @users("front.desk")
    def test_calls_are_kept(self):
        with self._refused(UserError, "Close the call instead"):
            self._open(self._booked())[:1].sudo().unlink()
