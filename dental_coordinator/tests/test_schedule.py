# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Shifts, time off and what they leave to rebook; chairs and providers that change."""

from datetime import date, datetime, timedelta

import pytz
from freezegun import freeze_time
from psycopg2.errors import ExclusionViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .test_blockout import BlockoutCase


class ScheduleCase(BlockoutCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.chair_2 = cls.env["dental.operatory"].create({"name": "Chair 2", "tz": "UTC"})
        cls.other = cls.env["dental.provider"].create({"name": "Dr. Sow", "tz": "UTC"})

    def _leave(self, begin, end, resource=None):
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Away",
                "date_from": begin,
                "date_to": end,
                "calendar_id": self.company.resource_calendar_id.id,
                "resource_id": resource and resource.id,
            }
        )

    def _shift(self, day, start=8, stop=12, provider=None, chairs=None):
        return self.env["dental.shift"].create(
            {
                "day": day,
                "start_hour": start,
                "stop_hour": stop,
                "provider_id": (provider or self.provider).id,
                "operatory_ids": [(6, 0, chairs.ids if chairs else [])],
            }
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestWorkingTime(ScheduleCase):
    def _work(self, days=30):
        start = datetime(2026, 3, 2)
        resources = self.provider.resource_id | self.chair.resource_id
        working, _apart = self.env["dental.book"]._work(
            resources, start, start + timedelta(days=days)
        )
        return working

    def test_same_as_the_erp_with_time_off_two_weeks_and_zones(self):
        calendar = self.company.resource_calendar_id.copy({"tz": "America/New_York"})
        calendar.switch_calendar_type()
        calendar.attendance_ids.filtered(
            lambda row: row.week_type == "1" and row.dayofweek == "2"
        ).unlink()
        self.provider.write({"resource_calendar_id": calendar.id, "tz": "Europe/Madrid"})
        self._leave("2026-03-10 00:00:00", "2026-03-11 12:00:00")
        self.env["resource.calendar.leaves"].create(
            {
                "date_from": "2026-03-05 09:00:00",
                "date_to": "2026-03-05 10:30:00",
                "resource_id": self.provider.resource_id.id,
                "calendar_id": calendar.id,
            }
        )
        found = self._work()
        begin, end = (pytz.utc.localize(datetime(2026, 3, d)) for d in (2, 31))
        for record in (self.provider, self.chair):
            resource = record.resource_id
            expected = resource.calendar_id._work_intervals_batch(begin, end, resource)
            spans = [
                tuple(moment.astimezone(pytz.utc).replace(tzinfo=None) for moment in row[:2])
                for row in expected[resource.id]
            ]
            within = [span for span in found[resource.id] if span[0] < datetime(2026, 3, 31)]
            self.assertEqual(within, spans, record.name)

    def test_shift_takes_the_place_of_the_weekly_hours_but_not_of_time_off(self):
        self._shift("2026-03-03", 18, 20)
        self._shift("2026-03-04", 0, 0)
        self._shift("2026-03-05", 9, 12)
        self._leave("2026-03-05 10:00:00", "2026-03-05 11:00:00", self.provider.resource_id)
        spans = self._work()[self.provider.resource_id.id]
        by_day = {}
        for start, stop in spans:
            by_day.setdefault(start.day, []).append((start.hour, stop.hour))
        self.assertEqual(by_day[3], [(18, 20)])
        self.assertNotIn(4, by_day)
        self.assertEqual(by_day[5], [(9, 10), (11, 12)])
        self.assertEqual(by_day[2], [(8, 12), (13, 17)])

    def test_the_calendar_opens_where_shifts_are(self):
        shifts = self.env["dental.shift"]
        shifts.search([]).unlink()
        self.assertNotIn("initial_date", shifts.action_open_shifts()["context"])
        self._shift("2026-02-20")
        self.assertIn("2026-02-20", shifts.action_open_shifts()["context"]["initial_date"])
        self._shift("2026-03-12")
        self._shift("2026-03-20")
        opened = shifts.action_open_shifts()["context"]
        self.assertIn("2026-03-12", opened["initial_date"])
        self.assertEqual(opened["search_default_coming"], 1)

    @mute_logger("odoo.sql_db")
    def test_nobody_has_two_shifts_at_once(self):
        self._shift("2026-03-03")
        with self.assertRaises(ExclusionViolation), self.env.cr.savepoint():
            self._shift("2026-03-03", 11, 13)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestRebook(ScheduleCase):
    def test_time_off_lists_the_visits_it_leaves_behind(self):
        away = self._book("2026-03-03 09:00:00")
        self._book("2026-03-04 09:00:00")
        visits = self.env["dental.appointment"].with_user(self.coordinator)
        self.assertFalse(visits._to_rebook())
        self.provider.user_id = self.clinician
        self.env["resource.calendar.leaves"].with_user(self.coordinator).create(
            {
                "date_from": "2026-03-03 00:00:00",
                "date_to": "2026-03-03 23:00:00",
                "resource_id": self.provider.resource_id.id,
            }
        )
        self.assertEqual(visits._to_rebook().ids, away.ids)
        action = visits.action_open_to_rebook()
        rows = visits.search(action["domain"])
        self.assertEqual(rows.ids, away.ids)
        self.assertRecordValues(rows, [{"lost_time": self.provider.name, "lost_place": ""}])
        away.start = "2026-03-05 09:00:00"
        self.assertFalse(visits._to_rebook())

    def test_a_chair_is_nobody(self):
        visit = self._book("2026-03-03 09:00:00")
        self.env["resource.calendar.leaves"].create(
            {
                "date_from": "2026-03-03 00:00:00",
                "date_to": "2026-03-03 23:00:00",
                "resource_id": visit.operatory_id.resource_id.id,
            }
        )
        self.assertRecordValues(visit, [{"lost_time": "", "lost_place": visit.operatory_id.name}])

    def test_who_takes_part_counts_too_and_broken_visits_do_not(self):
        row = (0, 0, {"provider_id": self.other.id})
        visit = self._book("2026-03-03 09:00:00", staff_ids=[row])
        self._shift("2026-03-03", 14, 16, self.other)
        visits = self.env["dental.appointment"]
        self.assertEqual(visits._to_rebook(), visit)
        visit.action_cancel()
        self.assertFalse(visits._to_rebook())

    @users("coordinator")
    def test_visits_go_to_another_provider_who_is_free(self):
        free = self._book("2026-03-03 09:00:00")
        busy = self._book("2026-03-03 11:00:00")
        stranger = self.env["dental.patient"].create({"first_name": "A", "last_name": "B"})
        self._book(
            "2026-03-03 11:00:00",
            provider_id=self.other.id,
            operatory_id=self.chair_2.id,
            patient_id=stranger.id,
        )
        change = self.env["dental.provider.change"].create(
            {
                "from_provider_id": self.provider.id,
                "to_provider_id": self.other.id,
                "operatory_id": self.chair.id,
                "reason": "New rota",
            }
        )
        self.assertEqual(change.count, 2)
        action = change.action_change()
        self.assertEqual(free.provider_id, self.other)
        self.assertEqual(free.move_ids.reason, "New rota")
        self.assertEqual(
            self.env["dental.appointment"].search(action["domain"]), busy, "what stays is shown"
        )
        self.assertEqual(busy.provider_id, self.provider)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestCopyWeek(ScheduleCase):
    def _copy(self, **vals):
        return self.env["dental.shift.copy"].create({"day": "2026-03-04", **vals}).action_copy()

    def _days(self, provider=None):
        domain = [("provider_id", "=", (provider or self.provider).id)]
        return self.env["dental.shift"].search(domain, order="day").mapped("day")

    @users("coordinator")
    def test_weeks_are_repeated_and_holidays_left_out(self):
        self._shift("2026-03-03", chairs=self.chair)
        self._shift("2026-03-05", 13, 17)
        holiday = self._leave_as_manager("2026-03-10 00:00:00", "2026-03-10 23:59:59")
        self.assertFalse(holiday.resource_id)
        self._copy(weeks=2)
        self.assertEqual(self._days(), [date(2026, 3, d) for d in (3, 5, 12, 17, 19)])
        self.assertEqual(
            self.env["dental.shift"].search([("day", "=", "2026-03-17")]).operatory_ids, self.chair
        )

    def _leave_as_manager(self, *span):
        self.env, env = self.env(user=self.manager), self.env
        try:
            return self._leave(*span)
        finally:
            self.env = env

    @users("coordinator")
    def test_it_stops_where_there_is_one_unless_it_replaces(self):
        self._shift("2026-03-03")
        self._shift("2026-03-10", 14, 15)
        with self._refused(UserError, "Dr. Ortiz has a shift on 03/10/2026"):
            self._copy()
        self._copy(replace=True)
        self.assertEqual(
            self.env["dental.shift"].search([("day", "=", "2026-03-10")]).start_hour, 8
        )

    @users("coordinator")
    def test_two_people_in_one_chair_are_told(self):
        self._shift("2026-03-03", chairs=self.chair)
        self._shift("2026-03-03", 10, 14, provider=self.other, chairs=self.chair)
        params = self._copy()["params"]
        self.assertEqual(params["type"], "warning")
        self.assertIn("Dr. Ortiz and Dr. Sow on 03/10/2026", params["message"])

    @users("coordinator")
    def test_blocked_time_comes_along_if_it_may(self):
        self._shift("2026-03-03")
        self._block(name="Meeting")
        self._block(start="2026-03-03 19:00:00", stop="2026-03-03 20:00:00", copied=False)
        self._copy()
        copies = self.env["dental.blockout"].search([("start", ">=", "2026-03-09")])
        self.assertEqual(copies.mapped("name"), ["Meeting"])
        self.assertEqual(copies.start, datetime(2026, 3, 10, 17))

    @users("front.desk")
    def test_front_desk_does_not_plan_shifts(self):
        with self.assertRaises(AccessError):
            self._shift("2026-03-03")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestCombineChairs(ScheduleCase):
    def _merge(self):
        merge = self.env["dental.operatory.merge"].with_user(self.manager)
        return merge.create(
            {"merged_id": self.chair_2.id, "into_id": self.chair.id}
        ).action_merge()  # fmt: skip

    def test_visits_and_blocked_time_go_over(self):
        visit = self._book("2026-03-03 09:00:00", operatory_id=self.chair_2.id)
        lunch = self._block(resource_ids=self.chair_2.resource_id.ids)
        self._merge()
        self.assertEqual((visit.operatory_id, self.chair_2.active), (self.chair, False))
        self.assertEqual(lunch.resource_ids, self.chair.resource_id)
        self.assertIn(self.chair.resource_id, visit.reservation_ids.resource_id)

    def test_visits_at_the_same_time_are_named(self):
        one = self._book("2026-03-03 09:00:00", operatory_id=self.chair_2.id)
        other = self._book(
            "2026-03-03 09:00:00",
            provider_id=self.other.id,
            patient_id=self._new_patient("Ana", "Lund").id,
        )
        with self._refused(UserError, f"{one.number} / {other.number}"):
            self._merge()
        self.assertTrue(self.chair_2.active)
