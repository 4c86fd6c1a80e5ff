# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users

from .test_appointment import AppointmentCase


class BlockoutCase(AppointmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "America/New_York"

    def _block(self, start="2026-03-03 17:00:00", stop="2026-03-03 18:00:00", **vals):
        vals.setdefault("resource_ids", self.chair.resource_id.ids)
        return self.env["dental.blockout"].create(
            {"name": "Lunch", "start": start, "stop": stop, **vals}
        )

    def _held(self, blockout):
        rows = self.env["dental.reservation"].search([("blockout_id", "=", blockout.id)])
        return [(row.start, row.stop) for row in rows.sorted("start")]


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestClosedTime(BlockoutCase):
    @users("coordinator")
    def test_a_visit_is_refused_in_closed_time(self):
        self._block()
        with self._refused(UserError, "The chair is taken.* by Lunch"):
            self._book("2026-03-03 17:30:00")
        self.assertTrue(self._book("2026-03-03 18:00:00"))

    @users("coordinator")
    def test_it_repeats_at_the_clinics_hour(self):
        blockout = self._block(repeats=True, tue=True, weeks=1, until="2026-03-17")
        self.assertEqual(
            self._held(blockout),
            [
                (datetime(2026, 3, 3, 17), datetime(2026, 3, 3, 18)),
                (datetime(2026, 3, 10, 16), datetime(2026, 3, 10, 17)),
                (datetime(2026, 3, 17, 16), datetime(2026, 3, 17, 17)),
            ],
        )

    @users("coordinator")
    def test_a_change_moves_what_is_held(self):
        blockout = self._block()
        blockout.write({"start": "2026-03-03 18:00:00", "stop": "2026-03-03 19:00:00"})
        self.assertEqual(
            self._held(blockout), [(datetime(2026, 3, 3, 18), datetime(2026, 3, 3, 19))]
        )
        blockout.schedulable = True
        self.assertFalse(self._held(blockout))
        blockout.schedulable = False
        blockout.active = False
        self.assertFalse(self._held(blockout))

    @users("coordinator")
    def test_visits_that_are_there_are_named(self):
        visit = self._book("2026-03-03 17:30:00")
        with self._refused(UserError, visit.number):
            self._block()

    @users("coordinator")
    def test_two_that_overlap_share_the_time_and_one_goes(self):
        first = self._block()
        second = self._block(start="2026-03-03 17:30:00", stop="2026-03-03 19:00:00")
        self.assertEqual(self._held(second), [(datetime(2026, 3, 3, 18), datetime(2026, 3, 3, 19))])
        first.unlink()
        self.assertEqual(
            self._held(second), [(datetime(2026, 3, 3, 17, 30), datetime(2026, 3, 3, 19))]
        )

    def test_the_horizon_moves_on_and_a_visit_there_first_stays(self):
        blockout = self._block(repeats=True, tue=True)
        last = max(self._held(blockout))
        beyond = last[0] + timedelta(days=7)
        visit = self._book(beyond + timedelta(minutes=10))
        with freeze_time("2026-03-25 07:00:00"):
            self.env["dental.blockout"]._cron_hold()
            row = self.env["dental.reservation"].search(
                [("blockout_id", "=", blockout.id), ("start", "=", beyond)]
            )
            self.assertFalse(row.blocking)
            visit.action_cancel()
            self.env["dental.blockout"]._cron_hold()
            row = self.env["dental.reservation"].search(
                [("blockout_id", "=", blockout.id), ("start", "=", beyond)]
            )
            self.assertTrue(row.blocking)

    @users("coordinator")
    def test_what_makes_no_sense_is_refused(self):
        with self._refused(ValidationError, "choose the weekdays"):
            self._block(repeats=True)
        with self._refused(ValidationError, "kept for some kinds"):
            self._block(kind="template")

    @users("front.desk")
    def test_front_desk_does_not_block(self):
        with self.assertRaises(AccessError):
            self._block()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestDrawn(BlockoutCase):
    def test_pieces_of_each_resource_in_two_queries(self):
        resources = self.chair.resource_id | self.provider.resource_id
        lunch = self._block(
            resource_ids=resources.ids, repeats=True, mon=True, tue=True, wed=True, color=3
        )
        emergencies = self._block(
            start="2026-03-03 14:00:00",
            stop="2026-03-03 15:00:00",
            name="Emergencies",
            kind="template",
            type_ids=self.kind.ids,
            release_ids=[(0, 0, {"hours": 2})],
        )
        self._block(start="2026-03-05 14:00:00", stop="2026-03-05 15:00:00")
        blockouts = self.env["dental.blockout"].with_user(self.front_desk)
        day = (datetime(2026, 3, 3), datetime(2026, 3, 4))
        blockouts._drawn(resources, *day)
        with self.assertQueryCount(2):
            drawn = blockouts._drawn(resources, *day)
        self.assertCountEqual(
            [(row["id"], row["resource_id"], row["schedulable"], row["color"]) for row in drawn],
            [
                (lunch.id, self.chair.resource_id.id, False, 3),
                (lunch.id, self.provider.resource_id.id, False, 3),
                (emergencies.id, self.chair.resource_id.id, True, 0),
            ],
        )
        (kept,) = [row for row in drawn if row["id"] == emergencies.id]
        self.assertEqual(kept["opens"], datetime(2026, 3, 3, 12))
        self.assertEqual((kept["name"], kept["type_ids"]), ("Emergencies", self.kind.ids))

    def test_template_holds_nothing(self):
        blockout = self._block(kind="template", type_ids=self.kind.ids)
        self.assertFalse(self._held(blockout))
