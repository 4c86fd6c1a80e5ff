# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .clinical import ClinicalCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestReferral(ClinicalCase):
    def _refer(self, **vals):
        return self._make("dental.referral", partner_id=self.practice.id, **vals)

    @users("front.desk")
    def test_out_ends_when_the_patient_knows_the_report(self):
        referral = self._refer(reason="Wisdom tooth")
        steps = [(referral.state, referral.next_action, str(referral.next_date))]
        referral.action_send()
        steps.append((referral.state, referral.next_action, str(referral.next_date)))
        referral.action_accepted()
        with self._refused(UserError, "Their appointment: enter when"):
            referral.action_booked()
        referral.visit_at = "2026-03-20 10:00:00"
        for step in (referral.action_booked, referral.action_seen, referral.action_report):
            step()
            steps.append((referral.state, referral.next_action, str(referral.next_date)))
        with self.assertRaises(AccessError):
            referral.action_review()
        referral.with_user(self.clinician).action_review()
        referral.action_close()
        self.assertEqual(
            steps,
            [
                ("to_send", "Send it", "2026-03-02"),
                ("sent", "Ask whether they accept", "2026-03-09"),
                ("booked", "Ask whether the patient was seen", "2026-03-21"),
                ("seen", "Ask for the report", "2026-03-16"),
                ("report_in", "Review the report", "2026-03-03"),
            ],
        )
        self.assertRecordValues(
            referral,
            [
                {
                    "state": "closed",
                    "reviewed_by_id": self.clinician.id,
                    "told_at": datetime(2026, 3, 2, 9),
                }
            ],
        )

    @users("front.desk")
    def test_the_loop_is_not_closed_without_a_review(self):
        referral = self._refer()
        referral.action_send()
        for state in ("closed", "reviewed"):
            with self.subTest(state), self.assertRaises(UserError):
                referral.with_user(self.manager).write({"state": state})

    @users("front.desk")
    def test_sending_hands_the_procedures_over(self):
        plan = self.env["dental.procedure"].with_user(self.coordinator)
        procedure = plan.create(
            {
                "patient_id": self.patient.id,
                "code_id": self._code("T7140").id,
                "tooth": "38",
            }
        )
        referral = self._refer(procedure_ids=[(6, 0, procedure.ids)])
        referral.action_send()
        self.assertEqual(procedure.state, "referred")

    @users("front.desk")
    def test_in_ends_when_the_sender_has_our_report(self):
        referral = self._refer(direction="in")
        self.assertRecordValues(
            referral, [{"state": "received", "next_action": "Thank the sender"}]
        )
        for step in (
            referral.action_thank,
            referral.action_treated,
            referral.action_report_sent,
            referral.action_close,
        ):
            step()
        self.assertRecordValues(
            referral,
            [{"state": "closed", "thanked_on": date(2026, 3, 2), "told_at": False}],
        )

    @users("front.desk")
    def test_no_answer_can_be_taken_up_again(self):
        referral = self._refer()
        referral.action_send()
        referral.action_no_answer()
        self.assertFalse(referral._is_open())
        referral.action_reopen()
        self.assertEqual(referral.state, "to_send")

    @users("front.desk")
    def test_open_has_an_owner(self):
        referral = self._refer()
        with self._refused(ValidationError, f"{referral.number} is still open"):
            referral.owner_id = False


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestRecall(ClinicalCase):
    def _done(self, code="T1110", day=date(2026, 2, 2)):
        procedure = self._plan(code)
        procedure.action_done(day)
        return procedure

    @users("coordinator")
    def test_a_cleaning_sets_the_next_date(self):
        self._done()
        self.assertRecordValues(
            self.file.recall_ids,
            [
                {
                    "type_id": self.cleaning.id,
                    "interval": "6m1d",
                    "previous_date": date(2026, 2, 2),
                    "calculated_due": date(2026, 8, 3),
                    "due": date(2026, 8, 3),
                    "owner_id": self.coordinator.id,
                    "next_action": "Call and book",
                    "next_date": date(2026, 7, 4),
                }
            ],
        )
        self.assertEqual(self.file.recall_due, date(2026, 8, 3))

    @users("coordinator")
    def test_a_later_cleaning_moves_it_and_a_mistake_moves_it_back(self):
        self._done()
        recall = self.file.recall_ids
        recall.note = "Prefers mornings"
        later = self._done(day=date(2026, 3, 1))
        self.assertRecordValues(recall, [{"due": date(2026, 9, 2), "note": ""}])
        later.action_plan_again()
        self.assertEqual(recall.due, date(2026, 8, 3))

    @users("coordinator")
    def test_a_date_entered_by_hand_stays(self):
        cleaning = self._done()
        recall = self.file.recall_ids
        recall.due = "2026-05-01"
        recall.interval = "3m"
        self.assertRecordValues(
            recall, [{"due": date(2026, 5, 1), "calculated_due": date(2026, 5, 2)}]
        )
        cleaning._after_done()
        self.assertEqual(recall.due, date(2026, 5, 1))

    @users("coordinator")
    def test_the_own_interval_counts(self):
        self._done()
        recall = self.file.recall_ids
        recall.interval = "4m"
        self.assertRecordValues(recall, [{"due": date(2026, 6, 2), "next_date": date(2026, 5, 3)}])
        with self._refused(ValidationError, "Interval: write years, months"):
            recall.interval = "soon"

    @users("coordinator")
    def test_a_new_default_reaches_those_that_follow_it(self):
        self._done()
        other = self._new_patient("Ben", "Other")
        own = self._make("dental.recall", type_id=self.cleaning.id, patient_id=other.id)
        own.interval = "1y"
        self.cleaning.with_user(self.manager).interval = "3m"
        self.assertEqual(self.file.recall_ids.due, date(2026, 5, 2))
        self.assertEqual(own.interval, "1y")

    @users("coordinator")
    def test_disabled_is_not_due(self):
        self._done()
        recall = self.file.recall_ids
        recall.disabled = True
        self.assertRecordValues(recall, [{"due": False}])
        recall.write({"owner_id": False})
        recall.write({"owner_id": self.coordinator.id, "disabled": False})
        self.assertEqual(recall.due, date(2026, 8, 3))

    @users("coordinator")
    def test_reminders_wait_as_the_policy_says(self):
        self._done(day=date(2025, 8, 1))
        recall = self.file.recall_ids
        recall.action_left_message()
        self.assertRecordValues(
            recall,
            [
                {
                    "reminders": 1,
                    "last_reminder": date(2026, 3, 2),
                    "next_date": date(2026, 5, 31),
                    "next_action": "Remind again",
                }
            ],
        )
        with freeze_time("2026-05-31 09:00:00"):
            recall.action_no_answer()
            self.assertRecordValues(recall, [{"reminders": 2, "next_date": date(2026, 11, 29)}])

    @users("front.desk")
    def test_whoever_wants_no_contact_gets_none(self):
        self._make("dental.contact.log", outcome="refused")
        self.assertTrue(self.file.do_not_contact)

    @users("front.desk")
    def test_the_contact_log_only_grows(self):
        contact = self._make("dental.contact.log", note="Called")
        with self.assertRaises(AccessError):
            contact.note = "Never called"
        with self.assertRaises(AccessError):
            contact.unlink()

    @users("front.desk")
    def test_one_recall_of_a_kind(self):
        self._make("dental.recall", type_id=self.cleaning.id)
        with (
            mute_logger("odoo.sql_db"),
            self._refused(UniqueViolation, "dental_recall_patient_type"),
        ):
            self._make("dental.recall", type_id=self.cleaning.id)

    @users("manager")
    def test_an_interval_is_some_time(self):
        with self._refused(ValidationError, "comes after some time"):
            self.env["dental.recall.type"].create({"name": "Never", "interval": "0d"})

    @users("coordinator")
    def test_booked_is_shown(self):
        self._done()
        kind = self.env["dental.appointment.type"].sudo().create({"name": "C", "pattern": "X"})
        visit = self.env["dental.appointment"].create(
            {
                "patient_id": self.patient.id,
                "type_id": kind.id,
                "provider_id": self.provider.id,
                "operatory_id": self.chair.id,
                "start": "2026-08-05 09:00:00",
            }
        )
        self._plan("T1110", appointment_id=visit.id)
        self.assertEqual(self.file.recall_ids.appointment_id, visit)
