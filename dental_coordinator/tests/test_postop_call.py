# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged, users

from .surgery import SurgeryCase

WELL = {
    "pain": "2",
    "bleeding": "none",
    "fever": "no",
    "swelling": "expected",
    "numb": "no",
    "relief": "yes",
}


@tagged("post_install", "-at_install")
class TestPostopCall(SurgeryCase):
    """The visit is on Thursday the 5th; the day after is a Friday."""

    def _treated(self, when="2026-03-05 09:30:00", **vals):
        """A visit that ended, and the call that it left."""
        visit = self.visit.with_env(self.env)
        visit.write({"postop_call": True, **vals})
        with freeze_time(when):
            for step in ("arrive", "seat", "checkout"):
                getattr(visit, f"action_{step}")()
        return visit.postop_call_ids

    def _contacts(self):
        logs = self.env["dental.contact.log"].search([("patient_id", "=", self.patient.id)])
        return logs.sorted("id").mapped("outcome")

    @users("front.desk")
    def test_a_flagged_visit_is_called_on_the_next_open_day(self):
        call = self._treated()
        self.assertRecordValues(
            call,
            [
                {
                    "patient_id": self.patient.id,
                    "owner_id": self.front_desk.id,
                    "next_date": date(2026, 3, 6),
                    "next_action": "Call: how is the patient?",
                    "state": "to_call",
                }
            ],
        )
        with freeze_time("2026-03-05 10:00:00"):
            self.visit.with_env(self.env)._set_status("done")
        self.assertEqual(self.visit.postop_call_ids, call, "one call a visit")

    @users("front.desk")
    def test_weekends_and_holidays_are_skipped(self):
        self.env["resource.calendar.leaves"].sudo().create(
            {
                "name": "Holiday",
                "calendar_id": self.company.resource_calendar_id.id,
                "company_id": self.company.id,
                "date_from": "2026-03-09 00:00:00",
                "date_to": "2026-03-09 23:59:59",
            }
        )
        call = self._treated("2026-03-06 09:30:00", start="2026-03-06 09:00:00")
        self.assertEqual(call.next_date, date(2026, 3, 10), "Monday is a holiday")

    @users("front.desk")
    def test_kinds_of_visits_and_surgeries_are_flagged_by_themselves(self):
        self.assertFalse(self.visit.postop_call)
        self.kind.sudo().postop_call = True
        visit = self._visit(self.patient, "2026-03-09 09:00:00")
        self.assertTrue(visit.postop_call)
        self.assertTrue(self._surgery(start="2026-03-10 11:00:00").appointment_id.postop_call)

    @users("front.desk")
    def test_who_is_not_flagged_is_not_called(self):
        self.assertFalse(self._treated(postop_call=False))

    @users("front.desk")
    @freeze_time("2026-03-06 09:00:00")
    def test_all_is_well(self):
        call = self._treated()
        opened = call.work_outcome("reached")["action"]
        self.assertEqual(opened["res_id"], call.id)
        with Form(call, view=opened["views"][0][0]) as form:
            form.pain = "2"
            self.assertFalse(form.advice, "blank is unknown")
            for name in ("bleeding", "fever", "swelling", "numb", "relief"):
                setattr(form, name, WELL[name])
            self.assertEqual(form.advice, "fine")
        call.action_close()
        self.assertRecordValues(
            call,
            [
                {
                    "state": "closed",
                    "closed_by_id": self.front_desk.id,
                    "reached_at": datetime(2026, 3, 6, 9),
                    "tries": 1,
                    "next_action": False,
                }
            ],
        )
        self.assertEqual(self._contacts(), ["reached"])

    @users("front.desk")
    @freeze_time("2026-03-06 09:00:00")
    def test_what_was_not_asked_is_named(self):
        call = self._treated()
        call.write({**WELL, "fever": False, "numb": False})
        with self._refused(UserError, "ask also: Fever, Still numb"):
            call.action_close()
        self.assertFalse(self._contacts(), "a refusal leaves nothing behind")

    @users("front.desk")
    @freeze_time("2026-03-06 09:00:00")
    def test_the_dentist_hears_of_it_now(self):
        call = self._treated()
        call.write({**WELL, "fever": "yes", "pain": "9"})
        self.assertEqual((call.advice, call.advice_text), ("now", "fever; pain of 8 or more"))
        with self._refused(UserError, "tell the dentist now: fever"):
            call.action_close()
        call.action_escalate()
        self.assertRecordValues(
            call,
            [
                {
                    "state": "escalated",
                    "owner_id": self.clinician.id,
                    "next_date": date(2026, 3, 6),
                    "next_action": "The dentist calls the patient now",
                }
            ],
        )
        task = call.activity_ids
        self.assertRecordValues(
            task, [{"user_id": self.clinician.id, "summary": "Call back now", "note": False}]
        )
        self.assertNotIn("Kowalski", task.res_name)
        with self.assertRaises(AccessError):
            call.action_close()

    @users("clinician")
    @freeze_time("2026-03-06 09:00:00")
    def test_the_dentist_closes_with_advice(self):
        call = self._treated()
        call.write({**WELL, "bleeding": "uncontrolled"})
        call.action_escalate()
        with self._refused(UserError, "The dentist's advice: write it"):
            call.action_close()
        call.dentist_note = "Bite on gauze, comes in at ten"
        call.action_close()
        self.assertEqual(call.state, "closed")
        self.assertFalse(call.activity_ids)
        with self._refused(UserError, "cannot go to"):
            call.action_escalate()

    @users("front.desk")
    @freeze_time("2026-03-06 09:00:00")
    def test_today_is_closed_with_what_was_advised(self):
        call = self._treated()
        call.write({**WELL, "pain": "7"})
        with self._refused(UserError, "should hear of it today"):
            call.action_close()
        call.note = "Dr. Ortiz: double dose tonight"
        call.action_close()
        self.assertEqual((call.state, call.advice), ("closed", "today"))

    @users("front.desk")
    @freeze_time("2026-03-06 09:00:00")
    def test_tries_that_reach_nobody(self):
        call = self._treated()
        with self._refused(UserError, "tried 0 times. Try 3 times"):
            call.work_outcome("give_up")
        steps = []
        for outcome in ("no_answer", "left_message", "wrong_number"):
            call.work_outcome(outcome)
            steps.append((call.tries, call.next_date, call.next_action))
        self.assertEqual(
            steps,
            [
                (1, date(2026, 3, 6), "Try again later today"),
                (2, date(2026, 3, 9), "Has not called back: try"),
                (3, date(2026, 3, 6), "Find the right number"),
            ],
        )
        call.work_outcome("give_up")
        self.assertRecordValues(
            call, [{"state": "closed", "note": "Not reached", "reached_at": False}]
        )
        self.assertEqual(self._contacts(), ["no_answer", "left_message", "wrong_number"])

    @users("front.desk")
    @freeze_time("2026-03-06 09:00:00")
    def test_without_a_login_of_the_dentist_the_caller_keeps_it(self):
        call = self._treated()
        self.provider.user_id = False
        answer = call.work_outcome("escalate")
        self.assertEqual(call.owner_id, self.front_desk)
        self.assertIn(self.front_desk.name, answer["message"])

    @users("front.desk")
    def test_six_keys(self):
        keys = [row["key"] for row in self.env["dental.postop.call"].work_outcomes()]
        self.assertEqual(
            keys,
            ["reached", "left_message", "no_answer", "wrong_number", "escalate", "give_up"],
        )

    @users("front.desk")
    @freeze_time("2026-03-06 09:00:00")
    def test_the_dentists_words_are_the_dentists(self):
        call = self._treated()
        with self.assertRaises(AccessError):
            call.dentist_note = "Fine"
        with self._refused(UserError, "are kept"):
            call.sudo().unlink()
