# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from .test_break import BreakCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-05 09:00:00")  # a Thursday
class TestWorkLists(BreakCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.family = cls.env["dental.family"].create({"name": "Lund", "company_id": cls.company.id})
        cls.ana = cls._new_patient("Ana", "Lund", family_id=cls.family.id, phone="555 0101")
        cls.bo = cls._new_patient("Bo", "Lund", family_id=cls.family.id)

    def _list(self, records, which):
        return records.with_context(dental_list=which)

    def _confirm_list(self):
        domain = self.env["dental.appointment"].action_confirm_list()["domain"]
        return self.env["dental.appointment"].search(domain)

    @users("front.desk")
    def test_confirm_list_is_of_the_next_two_business_days(self):
        friday = self._book("2026-03-06 09:00:00")
        monday = self._book("2026-03-09 09:00:00", patient_id=self.ana.id)
        self._book("2026-03-10 09:00:00", patient_id=self.bo.id)
        self._book("2026-03-06 10:00:00", patient_id=self.ana.id).action_confirm()
        self.assertEqual(self._confirm_list(), monday + friday)

    @users("front.desk")
    def test_one_call_confirms_the_family(self):
        ana = self._book("2026-03-06 09:00:00", patient_id=self.ana.id)
        bo = self._book("2026-03-06 10:00:00", patient_id=self.bo.id)
        marta = self._book("2026-03-06 11:00:00")
        answer = self._list(ana, "confirm").work_outcome("confirmed")
        self.assertIn(bo.number, answer["message"])
        self.assertEqual(
            (ana + bo + marta).mapped("status"), ["confirmed", "confirmed", "scheduled"]
        )
        logs = self.env["dental.contact.log"].search([("appointment_id", "in", (ana + bo).ids)])
        self.assertRecordValues(
            logs, [{"outcome": "reached", "topic": "appointment", "automatic": False}] * 2
        )

    @users("front.desk")
    def test_the_third_try_becomes_a_decision(self):
        visit = self._list(self._book("2026-03-06 09:00:00"), "confirm")
        self.assertFalse(visit.last_try)
        for outcome in ("no_answer", "left_message"):
            self.assertEqual(visit.work_outcome(outcome)["level"], "info")
        self.assertEqual(visit.next_action, "Try again")
        self.assertEqual(visit.work_outcome("no_answer")["level"], "warning")
        self.assertEqual((visit.tries, visit.next_action), (3, "Not reached 3 times: decide"))
        self.assertIn("No answer", visit.last_try)

    @users("front.desk")
    def test_wants_to_move_goes_to_the_tray_and_search_opens(self):
        visit = self._list(self._book("2026-03-06 09:00:00"), "confirm")
        answer = visit.work_outcome("move")
        self.assertEqual(answer["action"]["res_model"], "dental.slot.finder")
        self.assertEqual((visit.status, visit.tray_user_id), ("planned", self.front_desk))
        self.assertFalse(visit.reservation_ids)

    @users("front.desk")
    def test_wants_no_contact_is_kept_on_the_file(self):
        visit = self._list(self._book("2026-03-06 09:00:00"), "confirm")
        visit.work_outcome("refused")
        self.assertTrue(self.patient.do_not_contact)

    @users("front.desk")
    def test_each_outcome_is_logged_and_sets_the_next_date(self):
        visit = self._list(self._planned(), "planned")
        days = {"left_message": 2, "no_answer": 1, "will_call": 7, "wrong_number": 1}
        for outcome, after in days.items():
            visit.work_outcome(outcome)
            self.assertEqual(visit.next_date, date(2026, 3, 5) + timedelta(days=after), outcome)
            self.assertEqual(visit.contact_log_ids.sorted("id")[-1].outcome, outcome)

    @users("front.desk")
    def test_broken_list_until_it_is_decided(self):
        visits = self._book("2026-03-06 09:00:00")
        visits |= self._book("2026-03-06 10:00:00", patient_id=self.ana.id)
        visits |= self._book("2026-03-06 11:00:00", patient_id=self.bo.id)
        for visit in visits:
            visit.action_break("cancelled")
        action = self.env.ref("dental_coordinator.dental_appointment_broken_action")
        domain = [("id", "in", visits.ids), ("broken_then", "=", False)]
        self.assertIn("broken_then", action.sudo().domain)
        broken = self._list(visits, "broken")
        broken[0].work_outcome("drop")
        broken[1].work_outcome("to_list")
        self.assertEqual(visits.search(domain), visits[2])
        broken[2].work_outcome("book")
        self.assertFalse(visits.search(domain))
        self.assertEqual(visits.mapped("status"), ["cancelled", "planned", "planned"])

    @users("front.desk")
    def test_bulk(self):
        visits = self._planned() | self._planned(patient_id=self.ana.id)
        self._list(visits, "planned").work_outcome("drop")
        self.assertEqual(set(visits.mapped("status")), {"cancelled"})
        self.assertEqual(set(visits.mapped("broken_then")), {"nothing"})

    @users("front.desk")
    def test_an_outcome_of_another_list_is_refused(self):
        with self.assertRaisesRegex(UserError, "no such outcome"):
            self._list(self._planned(), "planned").work_outcome("confirmed")

    def test_only_who_keeps_the_book_answers(self):
        visit = self._list(self._planned(), "planned")
        with self.assertRaises(AccessError):
            visit.with_user(self.outsider).work_outcome("no_answer")
        with self.assertRaises(AccessError):
            visit.with_user(self.privacy_officer).work_outcome("no_answer")

    @users("front.desk")
    def test_legend_has_six_keys_at_most(self):
        for which in ("confirm", "planned", "broken"):
            outcomes = (
                self.env["dental.appointment"].with_context(dental_list=which).work_outcomes()
            )
            self.assertLessEqual(len(outcomes), 6)
            for outcome in outcomes:
                handler = f"_outcome_{outcome['key']}"
                self.assertTrue(callable(getattr(self.env["dental.appointment"], handler)))

    @users("coordinator")
    def test_treatment_finder_lists_who_has_no_visit(self):
        due = self.env["dental.patient.due"]
        self._work(self._book("2026-03-09 09:00:00"))  # booked: not on the list
        work = self.env["dental.procedure"].create(
            {"patient_id": self.ana.id, "code_id": self.code.id, "next_date": "2026-03-01"}
        )
        mine = [
            ("patient_id", "in", (self.patient + self.ana + self.bo).ids),
            ("has_visit", "=", False),
        ]
        row = due.search(mine)
        self.assertRecordValues(
            row,
            [
                {
                    "patient_id": self.ana.id,
                    "procedures": 1,
                    "what_for": "Crown",
                    "next_date": date(2026, 3, 1),
                    "due_group": "1_overdue",
                    "owner_id": self.coordinator.id,
                }
            ],
        )
        row.work_outcome("will_call")
        self.assertEqual(work.next_date, date(2026, 3, 12))
        self.assertEqual(due.search(mine).due_group, "4_later")

    @users("coordinator")
    def test_relatives_of_todays_patients(self):
        recall = self.env["dental.recall.type"].search([], limit=1)
        self.env["dental.recall"].sudo().create(
            {"patient_id": self.bo.id, "type_id": recall.id, "due": "2020-01-01"}
        )
        domain = [("family_today", "=", True), ("patient_id", "=", self.bo.id)]
        self.assertFalse(self.env["dental.patient.due"].search(domain))
        self._book("2026-03-05 15:00:00", patient_id=self.ana.id)
        row = self.env["dental.patient.due"].search(domain)
        self.assertEqual((row.patient_id, row.family_today), (self.bo, True))
        self.assertEqual(row.recall_due, fields.Date.to_date("2020-01-01"))

    @users("front.desk")
    def test_channels_follow_the_usual_one_until_chosen(self):
        self.ana.contact_channel = "text"
        self.assertEqual((self.ana.confirm_channel, self.ana.recall_channel), ("text", "text"))
        self.bo.write({"confirm_channel": "note", "contact_channel": "phone"})
        self.assertEqual((self.bo.confirm_channel, self.bo.recall_channel), ("note", "phone"))

    def test_who_may_be_written_to(self):
        ana = self.ana
        ana.write({"email": "ana@example.com", "phone": "555 0101"})
        self.assertEqual(ana._send_channels(), [])  # nobody asked yet: no
        ana.write({"email_ok": "yes", "text_ok": "yes", "confirm_channel": "text"})
        self.assertEqual(ana._send_channels(), ["text", "email"])
        ana.text_ok = "no"
        self.assertEqual(ana._send_channels(), ["email"])
        ana.do_not_contact = True
        self.assertEqual(ana._send_channels(), [])
