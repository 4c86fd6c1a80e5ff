# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import LockError
from odoo.tests import BaseCase, Form, HttpCase, tagged, users

from ..desk import Guest, parties, reach_of, shared_reaches
from .common import DentalSetup
from .test_appointment import AppointmentCase

MAIL = "marta@example.com"
SECRETS = ("Marta", "Kowalski", "Zofia", "Exam", "Ortiz", "APT", "P0")


@tagged("post_install", "-at_install")
class TestParties(BaseCase):
    def test_one_number_however_it_is_written(self):
        written = ("+1 (207) 555-0171", "207.555.0171", "0012075550171")
        self.assertEqual(len({reach_of("text", number) for number in written}), 1)
        self.assertEqual(reach_of("email", " Marta@Example.com"), ("email", MAIL))
        self.assertNotEqual(reach_of("text", "555 0171"), reach_of("text", "555 0172"))
        for nothing in (None, "", " ", "n/a"):
            self.assertIsNone(reach_of("text", nothing))

    def test_together_are_those_of_one_day_family_and_phone(self):
        def guest(visit, hour, day=2, reach="a", family=1):
            return Guest(visit, datetime(2026, 3, day, hour), date(2026, 3, day), reach, family)

        found = parties(
            [
                guest(1, 10),
                guest(2, 9),
                guest(3, 9, day=3),
                guest(4, 8, reach="b"),
                guest(5, 9, family=2),
            ]
        )
        visits = [[guest.visit for guest in party] for party in found]
        self.assertEqual(visits, [[4], [2, 1], [5], [3]])

    def test_shared_is_what_several_households_have(self):
        owners = [("a", 1), ("a", 1), ("b", 1), ("b", 2), ("c", 3)]
        self.assertEqual(shared_reaches(owners), {"b"})


class ArrivalCase(AppointmentCase):
    """Marta and her daughter Zofia come today, by one mailbox."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.env["dental.reminder.rule"].search([]).active = False
        cls.rule = cls.env["dental.reminder.rule"].create(
            {"name": "I am here", "purpose": "arrive", "hours_before": 3}
        )
        cls.family = cls.env["dental.family"].create({"name": "Kowalski"})
        reached = {"email": MAIL, "email_ok": "yes", "family_id": cls.family.id}
        cls.patient.write(reached)
        cls.zofia = cls._new_patient("Zofia", "Kowalski", **reached)

    def _send(self):
        with patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=60.0):
            self.env["dental.reminder.rule"].sudo()._cron_send()

    def _mails(self):
        return self.env["mail.mail"].sudo().search([("email_to", "=", MAIL)], order="id")

    def _link(self, *visits):
        """The link of the message about these visits, as its page has it."""
        self._send()
        link = visits[0].reminder_ids.link_id
        public = self.env.ref("base.public_user")
        return link.with_user(public).sudo()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestArrivalMessage(ArrivalCase):
    def test_neutral_once_and_hours_before(self):
        visit = self._book("2026-03-02 09:00:00")
        later = self._book("2026-03-03 09:00:00")
        self._send()
        self._send()
        self.assertEqual(len(self._mails()), 1)
        body = self._mails().body_html
        for part in ("03/02/2026", "9:00 AM", "I am here", "/dental/l/"):
            self.assertIn(part, body)
        for secret in (*SECRETS, visit.number, self.patient.number):
            self.assertNotIn(secret, body)
        self.assertRecordValues(
            visit.reminder_ids.link_id,
            [{"purpose": "arrive", "expires_at": datetime(2026, 3, 2, 11, 40)}],
        )
        self.assertFalse(later.reminder_ids)

    def test_one_message_for_the_family_and_its_later_visits_of_the_day(self):
        visit = self._book("2026-03-02 09:00:00")
        hers = self._book("2026-03-02 15:00:00", patient_id=self.zofia.id)
        tomorrow = self._book("2026-03-03 08:00:00", patient_id=self.zofia.id)
        self._send()
        with freeze_time("2026-03-02 12:30:00"):
            self._send()
        self.assertEqual(len(self._mails()), 1)
        self.assertIn("at 9:00 AM, 3:00 PM", self._mails().body_html)
        self.assertEqual(visit.reminder_ids.link_id, hers.reminder_ids.link_id)
        self.assertFalse(tomorrow.reminder_ids)
        logs = visit.contact_log_ids + hers.contact_log_ids
        self.assertEqual(logs.patient_id, self.patient + self.zofia)
        self.assertEqual(set(logs.mapped("outcome")), {"sent"})

    def test_not_where_an_address_belongs_to_several_families(self):
        stranger = self._new_patient("Bo", "Sow", email=MAIL.upper())
        visit = self._book("2026-03-02 09:00:00")
        self._send()
        self.assertFalse(self._mails())
        self.assertRecordValues(visit.reminder_ids, [{"state": "shared", "channel": False}])
        stranger.status = "inactive"
        visit.reminder_ids.unlink()
        self._send()
        self.assertEqual(len(self._mails()), 1)

    def test_by_text_numbers_are_one_however_they_are_written(self):
        self.patient.phone, self.zofia.phone = "+1 (207) 555-0171", "207.555.0171"
        stranger = self._new_patient("Bo", "Sow", phone="207 555 0172")
        visit = self._book("2026-03-02 09:00:00")
        hers = self._book("2026-03-02 10:00:00", patient_id=self.zofia.id)
        messenger = self.env.registry["dental.messenger"]
        with (
            patch.object(messenger, "_ways", lambda _self, _patient: ["text"]),
            patch.object(messenger, "_queue_text") as text,
        ):
            self._send()
            self.assertEqual(text.call_count, 1)
            patient, _lines, [(label, address)] = text.call_args.args
            self.assertEqual((patient, label), (self.patient, "I am here"))
            self.assertIn("/dental/l/", address)
            (visit + hers).reminder_ids.unlink()
            stranger.phone = "12075550171"
            self._send()
            self.assertEqual(text.call_count, 1)
        self.assertEqual((visit + hers).reminder_ids.mapped("state"), ["shared", "shared"])

    def test_only_who_agreed_and_each_for_himself(self):
        self.zofia.email_ok = "no"
        self.patient.confirm_channel = "phone"  # a wish for being asked, not for this
        visit = self._book("2026-03-02 09:00:00")
        hers = self._book("2026-03-02 10:00:00", patient_id=self.zofia.id)
        self._send()
        self.assertEqual(visit.reminder_ids.state, "sent")
        self.assertEqual(hers.reminder_ids.state, "barred")
        self.assertFalse(hers.reminder_ids.link_id)

    def test_who_moves_loses_his_part_and_no_more(self):
        visit = self._book("2026-03-02 09:00:00")
        hers = self._book("2026-03-02 10:00:00", patient_id=self.zofia.id)
        link = self._link(visit)
        visit.start = "2026-03-05 09:00:00"
        self.assertEqual(link.reminder_ids.appointment_id, hers)
        self.assertFalse(link.revoked_at)
        hers.start = "2026-03-05 10:00:00"
        self.assertTrue(link.revoked_at)

    @users("manager")
    def test_the_form_proposes_three_hours(self):
        form = Form(
            self.env["dental.reminder.rule"],
            view="dental_coordinator.dental_reminder_rule_view_list",
        )
        form.purpose = "arrive"
        self.assertEqual((form.hours_before, form.window_hours), (3, 2))


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestArrivalLink(ArrivalCase):
    def _keys(self, link):
        return [key for key, _label in link._answers()]

    def test_it_stamps_the_visit_as_the_desk_does(self):
        visit = self._book("2026-03-02 09:00:00")
        link = self._link(visit)
        with patch.object(self.env.registry["dental.today"], "_tell") as told:
            text = link._answer("here")
        self.assertIn("take a seat", text)
        self.assertIn(visit.ticket, text)
        self.assertTrue(told.called)
        self.assertRecordValues(
            visit,
            [{"status": "arrived", "arrived_by": "link", "arrived_at": datetime(2026, 3, 2, 7)}],
        )
        event = visit.visit_event_ids[0]
        self.assertEqual((event.status, event.note), ("arrived", "Says by link: I am here"))
        self.assertRecordValues(
            visit.contact_log_ids.sorted("id")[-1],
            [{"direction": "in", "outcome": "reached", "channel": "email"}],
        )

    def test_not_before_its_window_nor_on_another_day(self):
        self.rule.hours_before = 48
        visit = self._book("2026-03-03 01:00:00", arrive_early_minutes=15)
        link = self._link(visit)
        for moment in ("2026-03-02 22:00:00", "2026-03-02 23:30:00"):  # too early; not the day
            with freeze_time(moment):
                self.assertFalse(link._answers())
                self.assertIn("from 10:45 PM on", link._question())
                self.assertIn("from 10:45 PM on", link._answer("here"))
        self.assertEqual(visit.status, "scheduled")
        with freeze_time("2026-03-03 00:10:00"):
            self.assertEqual(self._keys(link), ["here"])
        with freeze_time("2026-03-03 04:00:00"):
            self.assertFalse(link._is_open())

    def test_not_twice_and_again_when_the_desk_takes_it_back(self):
        visit = self._book("2026-03-02 09:00:00")
        link = self._link(visit)
        link._answer("here")
        self.assertTrue(link._is_open())
        self.assertFalse(link._answers())
        self.assertIn("take a seat", link._answer("here"))
        arrivals = visit.visit_event_ids.filtered(lambda event: event.status == "arrived")
        self.assertEqual(len(arrivals), 1)
        visit.with_user(self.front_desk).action_back()
        self.assertFalse(visit.arrived_by)
        self.assertEqual(self._keys(link), ["here"])

    def test_the_family_together_or_only_some(self):
        visit = self._book("2026-03-02 09:00:00")
        hers = self._book("2026-03-02 08:00:00", patient_id=self.zofia.id)
        late = self._book("2026-03-02 15:00:00", patient_id=self.zofia.id)
        link = self._link(visit)
        self.assertEqual(self._keys(link), ["here", "08:00", "09:00"])
        self.assertEqual(link._answers()[1][1], "Only who comes at 8:00 AM")
        link._answer("08:00")
        self.assertEqual((visit.status, hers.status), ("scheduled", "arrived"))
        link._answer("here")
        self.assertEqual((visit.status, late.status), ("arrived", "scheduled"))
        with freeze_time("2026-03-02 14:00:00"):
            self.assertEqual(self._keys(link), ["here"])

    def test_it_says_what_to_do_next(self):
        self.rule.on_arrival = "outside"
        visit = self._book("2026-03-02 09:00:00")
        link = self._link(visit)
        self.assertIsNone(link._look_again())
        self.assertIn("wait outside", link._answer("here"))
        self.assertEqual(visit.arrived_by, "outside")
        self.assertEqual(link._look_again(), 30)
        visit.with_user(self.front_desk).action_call_in()
        self.assertIn(f"come in now: number {visit.ticket}", link._question())
        visit.action_seat()
        self.assertIn("We know", link._question())
        self.assertIsNone(link._look_again())
        visit.action_done()
        self.assertIn("Thank you", link._question())

    def test_what_is_to_settle_goes_to_the_desk(self):
        self.env["dental.visit.check"].create({"name": "Deposit", "before": "arrived"})
        visit = self._book("2026-03-02 09:00:00")
        link = self._link(visit)
        self.assertIn("come to the desk", link._answer("here"))
        self.assertRecordValues(
            visit, [{"status": "scheduled", "next_action": "Here, by link: look at the gates"}]
        )

    def test_broken_visits_are_not_waited_for(self):
        visit = self._book("2026-03-02 09:00:00")
        link = self._link(visit)
        visit.action_cancel()
        self.assertFalse(link._answers())
        self.assertIn("no longer valid", link._answer("here"))
        self.assertEqual(visit.status, "cancelled")

    def test_who_is_changed_right_now_is_left_alone(self):
        visit = self._book("2026-03-02 09:00:00")
        link = self._link(visit)
        nobody = self.env["dental.appointment"]
        with (
            patch.object(type(nobody), "try_lock_for_update", return_value=nobody),
            self.assertRaises(LockError),
        ):
            link._answer("here")
        self.assertEqual(visit.status, "scheduled")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestComeIn(ArrivalCase):
    def _arrived(self):
        visit = self._book("2026-03-02 09:00:00")
        self._link(visit)._answer("here")
        self._mails().unlink()
        return visit

    @users("front.desk")
    def test_the_call_is_written_once_and_logged(self):
        visit = self._arrived().with_env(self.env)
        visit.action_call_in()
        visit.action_call_in()
        mail = self._mails()
        self.assertEqual(len(mail), 1)
        self.assertIn(f"please come in, we are ready for number {visit.ticket}", mail.body_html)
        for secret in (*SECRETS, visit.number, "Chair"):
            self.assertNotIn(secret, mail.body_html)
        log = visit.contact_log_ids.filtered(lambda line: line.note == "Called in")
        self.assertRecordValues(
            log, [{"user_id": self.env.uid, "outcome": "sent", "automatic": False}]
        )

    @users("front.desk")
    def test_not_to_whom_the_desk_saw_or_who_no_longer_agrees(self):
        visit = self._arrived().with_env(self.env)
        self.patient.email_ok = "no"
        visit.action_call_in()
        seen = self._book("2026-03-02 10:00:00", patient_id=self.zofia.id)
        seen.action_arrive()
        seen.action_call_in()
        self.assertTrue(visit.called_at and seen.called_at)
        self.assertFalse(self._mails())


@tagged("post_install", "-at_install")
class TestArrivalPage(DentalSetup, HttpCase):
    _registry_readonly_enabled = False

    def test_looking_changes_nothing_and_the_button_arrives(self):
        self._setup_dental(self.env.company)
        kind = self.env["dental.appointment.type"].create({"name": "Exam", "pattern": "XX"})
        rule = self.env["dental.reminder.rule"].create({"name": "Here", "purpose": "arrive"})
        visit = self.env["dental.appointment"].create(
            {
                "patient_id": self.patient.id,
                "type_id": kind.id,
                "provider_id": self.provider.id,
                "operatory_id": self.chair.id,
                "start": datetime.now().replace(second=0, microsecond=0),
            }
        )
        self.patient.write({"email": MAIL, "email_ok": "yes"})
        self.env["dental.reminder"]._ask_to_tell(rule, visit, "email", "sent")
        mail = self.env["mail.mail"].search([("email_to", "=", MAIL)])
        path = "/dental/l/" + mail.body_html.split("/dental/l/")[1].split('"')[0]
        self.env.flush_all()
        page = self.url_open(path)
        self.assertIn("Are you here?", page.text)
        self.assertNotIn("Refresh", page.headers)
        self.assertEqual(visit.status, "scheduled")
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        answer = self.url_open(path, data={"answer": "here", "csrf_token": token})
        self.env.invalidate_all()
        self.assertEqual((visit.status, visit.arrived_by), ("arrived", "link"))
        self.assertIn(visit.ticket, answer.text)
        self.assertEqual(answer.headers["Refresh"], f"30; url={path}")
        for text in (page.text, answer.text):
            for secret in SECRETS[:-1]:
                self.assertNotIn(secret, text)
