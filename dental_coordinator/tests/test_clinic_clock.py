# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime

from freezegun import freeze_time

from odoo.tests import tagged, users

from ..models.say_moment import say_moment
from .clinical import ClinicalCase

EVENING = datetime(2026, 3, 3, 1, 30)  # half past five on 2 March where the clinic is


@tagged("post_install", "-at_install")
@freeze_time(EVENING)
class TestClinicClock(ClinicalCase):
    """West of Greenwich the evening belongs to the clinic's own day, not to that of the server."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "America/Los_Angeles"

    def test_the_clinic_has_its_own_day(self):
        self.assertEqual(self.company._dental_day(), date(2026, 3, 2))
        self.assertEqual(self.company._dental_day(datetime(2027, 1, 1, 7, 59)), date(2026, 12, 31))
        self.assertEqual(self.company._dental_day(datetime(2027, 1, 1, 8)), date(2027, 1, 1))

    @users("coordinator")
    def test_the_clock_of_who_looks_does_not_count(self):
        self.env.user.tz = "Asia/Tokyo"
        visit = self._visit()
        self.assertEqual(visit._local_day(), date(2026, 3, 2))
        crown = self._plan("T2740", tooth="11", state="accepted", appointment_id=visit.id)
        self.assertEqual(crown._prepare_next_step("scheduled")["next_date"], date(2026, 3, 2))

    def test_the_year_is_said_only_where_it_is_another_one(self):
        with freeze_time("2027-01-01 05:00:00"):  # the last evening of 2026 at the clinic
            tonight = say_moment(self.env, datetime(2027, 1, 1, 6), self.company)
            tomorrow = say_moment(self.env, datetime(2027, 1, 1, 18), self.company)
        self.assertEqual(tonight, "Dec 31, 10:00 PM")
        self.assertEqual(tomorrow, "Jan 1, 2027, 10:00 AM")

    @users("coordinator")
    def test_who_may_come_until_today_waits_until_the_day_is_over(self):
        kind = self.env["dental.appointment.type"].sudo().create({"name": "Exam", "pattern": "XX"})
        over, stays = (
            self._make("dental.waitlist.entry", type_id=kind.id, date_to=day)
            for day in ("2026-03-01", "2026-03-02")
        )
        self.env["dental.waitlist.entry"].sudo()._expire()
        self.assertEqual((over + stays).mapped("state"), ["expired", "waiting"])

    @users("coordinator")
    def test_a_hole_asks_only_whom_to_call_by_today(self):
        recall = self._make("dental.recall", type_id=self.cleaning.id, due="2026-03-01")
        recall.write({"next_date": "2026-03-03", "next_action": "Call"})
        domain = recall._refill_domain(self.company)
        self.assertIn(("next_date", "<=", date(2026, 3, 2)), domain)

    @users("coordinator")
    def test_a_reminder_in_the_evening_is_of_that_day(self):
        recall = self._make(
            "dental.recall",
            type_id=self.cleaning.id,
            due="2026-03-01",
            owner_id=self.env.uid,
            next_date="2026-03-02",
        )
        self._make(
            "dental.contact.log", recall_id=recall.id, topic="recall", outcome="left_message"
        )
        self.assertEqual(recall._count_reminders(), (1, date(2026, 3, 2)))
        self.assertEqual(recall.next_date, date(2026, 5, 31), "90 days later")

    @users("coordinator")
    def test_health_asked_about_in_the_evening_is_of_that_day(self):
        self._make("dental.intake", started_at=EVENING, medical_review="same")
        days = self.env["dental.readiness"]._history_dates(self.file)
        self.assertEqual(days, {self.patient.id: date(2026, 3, 2)})

    @users("coordinator")
    def test_a_visit_broken_in_the_evening_is_of_that_day(self):
        self._visit()._set_status("missed")
        fact = next(f for f in self.file._header_facts(self._visits()) if f["key"] == "broken")
        self.assertEqual(fact["date"], date(2026, 3, 2))

    def _visits(self):
        return self.env["dental.appointment"].search([("patient_id", "=", self.patient.id)])

    def _visit(self):
        kind = self.env["dental.appointment.type"].sudo().create({"name": "Exam", "pattern": "XX"})
        return self._make(
            "dental.appointment",
            type_id=kind.id,
            provider_id=self.provider.id,
            operatory_id=self.chair.id,
            start=EVENING,
        )
