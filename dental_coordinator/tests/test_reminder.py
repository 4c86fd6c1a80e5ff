# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_appointment import AppointmentCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestReminder(AppointmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["dental.reminder.rule"].search([]).active = False
        cls.rule = cls.env["dental.reminder.rule"].create(
            {"name": "Two days before", "hours_before": 48, "text": "Bring your card."}
        )
        cls.patient.write({"email": "marta@example.com", "email_ok": "yes"})

    def _send(self, left=60.0):
        """The job as the server runs it; what it did is kept after each visit."""
        with patch.object(
            self.env.registry["ir.cron"], "_commit_progress", return_value=left
        ) as kept:
            self.env["dental.reminder.rule"]._cron_send()
        return kept.call_count

    def _mails(self):
        return self.env["mail.mail"].search([("email_to", "=", "marta@example.com")])

    def test_written_about_once_and_in_neutral_words(self):
        visit = self._book("2026-03-04 06:30:00")
        self._book("2026-03-04 08:00:00")  # more than two days ahead
        self._send()
        self._send()
        mail = self._mails()
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.subject, self.company.name)
        for part in ("03/04/2026", "Bring your card.", "/dental/l/"):
            self.assertIn(part, mail.body_html)
        for secret in ("Marta", "Kowalski", "Exam", "Ortiz", visit.number, self.patient.number):
            self.assertNotIn(secret, mail.body_html)
        self.assertRecordValues(
            visit.reminder_ids,
            [{"state": "sent", "channel": "email", "start": datetime(2026, 3, 4, 6, 30)}],
        )
        self.assertRecordValues(
            visit.contact_log_ids, [{"outcome": "sent", "automatic": True, "channel": "email"}]
        )
        self.assertRecordValues(
            visit.reminder_ids.link_id,
            [{"purpose": "visit", "patient_id": self.patient.id, "appointment_id": visit.id}],
        )

    def test_the_time_is_the_clinics_and_who_should_come_early_is_told(self):
        self.company.resource_calendar_id.tz = "America/New_York"
        self.patient.arrive_early_minutes = 15
        self._book("2026-03-03 15:00:00")
        self._send()
        self.assertIn("at 9:45 AM", self._mails().body_html)

    def test_one_that_cannot_be_sent_stops_no_other_and_is_left_to_a_person(self):
        bad, good = self._book("2026-03-03 09:00:00"), self._book("2026-03-03 10:00:00")
        write = type(self.env["dental.reminder"])._write_message

        def broken(reminder):
            if reminder.appointment_id == bad:
                raise ValueError("marta@example.com")
            return write(reminder)

        model = self.env.registry["dental.reminder"]
        with patch.object(model, "_write_message", broken):
            with self.assertLogs("odoo.addons.dental_coordinator.models.one_by_one") as logged:
                self._send()
        self.assertEqual((bad.reminder_ids.state, good.reminder_ids.state), ("failed", "sent"))
        self.assertNotIn("marta", " ".join(logged.output))
        self._send()
        self.assertEqual(len(self._mails()), 1)

    def test_what_another_worker_sent_meanwhile_is_not_sent_again(self):
        visit = self._book("2026-03-03 09:00:00")
        due = visit.search(self.rule._due_domain(datetime(2026, 3, 2, 7)))
        self._send()
        with patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=60.0):
            self.env["dental.reminder.rule"]._send_batch(self.rule, due)
        self.assertEqual((len(self._mails()), visit.reminder_ids.state), (1, "sent"))

    def test_the_database_keeps_it_at_one(self):
        visit = self._book("2026-03-03 09:00:00")
        self._send()
        with (
            self.assertRaises(UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env["dental.reminder"]._remind(self.rule, visit)
        self.assertEqual(len(self._mails()), 1)

    def test_who_did_not_agree_or_wants_a_person_is_not_written_to(self):
        cases = {
            "barred": [{"email_ok": False}, {"email_ok": "no"}, {"do_not_contact": True}],
            "person": [{"confirm_channel": "phone"}, {"confirm_channel": "note"}],
        }
        for state, wishes in cases.items():
            for wish in wishes:
                with self.subTest(wish), self.env.cr.savepoint() as savepoint:
                    self.patient.write(wish)
                    visit = self._book("2026-03-03 09:00:00")
                    self._send()
                    self.assertEqual(visit.reminder_ids.state, state)
                    self.assertFalse(self._mails())
                    savepoint.close(rollback=True)
                    self.env.invalidate_all()

    def test_a_moved_visit_is_reminded_of_its_new_time(self):
        visit = self._book("2026-03-03 09:00:00")
        self._send()
        old = visit.reminder_ids.link_id
        visit.start = "2026-03-03 11:00:00"
        self.assertTrue(old.revoked_at)
        self._send()
        self.assertEqual(visit.reminder_ids.start, datetime(2026, 3, 3, 11))
        self.assertEqual(len(self._mails()), 2)

    def test_confirmed_is_not_asked_again_only_reminded(self):
        visit = self._book("2026-03-03 09:00:00")
        visit.action_confirm()
        self._send()
        self.assertFalse(self._mails())
        self.rule.purpose = "remind"
        self._send()
        self.assertEqual(len(self._mails()), 1)

    def test_only_the_kinds_of_the_rule(self):
        self.rule.type_ids = self.env["dental.appointment.type"].create({"name": "Surgery"})
        visit = self._book("2026-03-03 09:00:00")
        self._send()
        self.assertFalse(visit.reminder_ids)

    def test_the_job_stops_when_its_time_is_over_and_goes_on_later(self):
        for hour in (9, 10, 11):
            self._book(f"2026-03-03 {hour:02}:00:00")
        self.assertEqual(self._send(left=0), 1)
        self.assertEqual(len(self._mails()), 1)
        self._send()
        self.assertEqual(len(self._mails()), 3)

    def test_texts_only_where_the_sms_addon_is(self):
        self.patient.write({"text_ok": "yes", "phone": "555 0100", "confirm_channel": "text"})
        messenger = self.env["dental.messenger"]
        with_texts = ["text", "email"] if "sms.sms" in self.env else ["email"]
        self.assertEqual(messenger._ways(self.patient), with_texts)
