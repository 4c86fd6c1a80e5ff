# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .test_today import DayCase

NOON = "2026-03-02 12:00:00"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestArrival(DayCase):
    def _row(self, visit):
        data = self._data()
        rows = [*data["arrived"], *data["next"], *data["checkout"]]
        return next(row for row in rows if row["id"] == visit.id)

    @users("front.desk")
    def test_asked_to_come_early(self):
        self.zoe.arrive_early_minutes = 15
        visit = self._visit(self.zoe, "2026-03-02 14:00:00", chair=self.chair_2)
        self.assertEqual(visit.asked_at, datetime(2026, 3, 2, 13, 45))
        self.assertEqual(self._row(visit)["asked_at"], datetime(2026, 3, 2, 13, 45))
        visit.arrive_early_minutes = 30
        visit.start = "2026-03-02 15:00:00"
        self.assertEqual(visit.asked_at, datetime(2026, 3, 2, 14, 30))
        self.assertEqual(visit.start, datetime(2026, 3, 2, 15))

    @users("front.desk")
    def test_not_come_is_proposed_and_never_done_by_itself(self):
        with freeze_time("2026-03-02 09:19:00"):
            self.assertFalse(self._row(self.late)["missed"])
        with freeze_time("2026-03-02 09:20:00"):
            self.assertTrue(self._row(self.late)["missed"])
            counters = {counter["key"]: counter for counter in self._data()["counters"]}
            self.assertEqual(counters["missed"]["count"], 1)
            self.assertEqual(counters["late"]["count"], 0)
            opened = self.env["dental.appointment"].search(counters["missed"]["domain"])
            self.assertEqual(opened, self.late)
        self.assertEqual(self.late.status, "confirmed")

    @users("front.desk")
    def test_the_proposal_can_be_taken_and_taken_back(self):
        visit = self.late.with_env(self.env)
        with freeze_time("2026-03-02 09:30:00"):
            visit.action_miss()
            self.assertEqual(visit.status, "missed")
            visit.action_back()
            self.assertEqual(visit.status, "confirmed")

    @users("front.desk")
    def test_whoever_comes_later_is_waited_for(self):
        with freeze_time("2026-03-02 09:30:00"):
            self.late.with_env(self.env).action_expect()
            self.assertFalse(self._row(self.late)["missed"])
        with freeze_time("2026-03-02 10:01:00"):
            self.assertTrue(self._row(self.late)["missed"])
        self.late.with_env(self.env).action_arrive()
        self.assertFalse(self.late.expected_at)
        with self.assertRaisesRegex(UserError, "does not wait"):
            self.late.with_env(self.env).action_expect()

    @users("front.desk")
    def test_never_proposed_where_the_clinic_does_not_want_it(self):
        self.company.sudo().dental_missed_minutes = 0
        with freeze_time(NOON):
            self.assertFalse(self._row(self.late)["missed"])

    @users("front.desk")
    def test_call_in_when_the_chair_is_free_and_clean(self):
        visit = self.waiting.with_env(self.env)
        self.assertFalse(self._row(visit)["call_in"])  # Ana sits there
        self.seated.with_env(self.env).action_checkout()
        self.assertFalse(self._row(visit)["call_in"])  # and leaves a room to clean
        self.chair.with_env(self.env).action_room_ready()
        self.assertTrue(self._row(visit)["call_in"])
        visit.action_call_in()
        row = self._row(visit)
        self.assertEqual((row["call_in"], row["called_at"]), (False, datetime(2026, 3, 2, 9)))
        self.assertEqual(visit.visit_event_ids[0].note, "Called in to Chair 1")
        visit.action_back()
        self.assertFalse(visit.called_at)

    @users("front.desk")
    def test_only_who_waits_is_called(self):
        with self.assertRaisesRegex(UserError, "not in the waiting room"):
            self.coming.with_env(self.env).action_call_in()

    @users("front.desk")
    def test_the_slip_shows_how_far_it_is(self):
        check = self.env["dental.visit.check"].sudo().create({"name": "Perio done"})
        self.waiting.with_env(self.env).tick(check.id)
        self.assertEqual(self._row(self.waiting)["slip"], [1, 1])
        self.assertEqual(self._row(self.coming)["slip"], [0, 1])


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestHolesOfTheDay(DayCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["resource.calendar"].search([]).tz = "UTC"
        cls.company.resource_calendar_id.attendance_ids.unlink()
        cls.company.resource_calendar_id.write(
            {
                "attendance_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Monday",
                            "dayofweek": "0",
                            "hour_from": 8,
                            "hour_to": 12,
                            "day_period": "morning",
                        },
                    )
                ]
            }
        )

    @users("front.desk")
    def test_each_hole_is_empty_and_opens_its_list(self):
        found = self._data()["holes"]
        self.assertTrue(found)
        busy = self.env["dental.reservation"].sudo()
        for hole in found:
            resource = self.env["dental.operatory"].browse(hole["chair_id"]).resource_id
            taken = busy.search_count(
                [
                    ("resource_id", "=", resource.id),
                    ("start", "<", hole["stop"]),
                    ("stop", ">", hole["start"]),
                ]
            )
            self.assertFalse(taken)
            self.assertLessEqual(hole["stop"], datetime(2026, 3, 2, 12))
            self.assertGreaterEqual(hole["minutes"], 20)
        counter = next(c for c in self._data()["counters"] if c["key"] == "holes")
        action = self.env["dental.today"].open_holes()
        lines = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(counter["count"], len(lines))
        self.assertEqual(
            [(line.operatory_id.id, line.start, line.stop) for line in lines],
            [(hole["chair_id"], hole["start"], hole["stop"]) for hole in found],
        )

    @users("front.desk")
    def test_who_fits_is_counted_and_opened(self):
        planned = self._visit(self.zoe, "2026-03-09 10:00:00", chair=self.chair_2)
        planned._set_status("planned")
        hole = next(hole for hole in self._data()["holes"] if hole["minutes"] >= 40)
        self.assertEqual(hole["fits"], 1)
        action = self.env["dental.today"].fill(hole["chair_id"], hole["start"], hole["stop"])
        self.assertIn(planned, self.env[action["res_model"]].search(action["domain"]))
        late = max(self._data()["holes"], key=lambda hole: hole["start"])
        where = (late["chair_id"], late["start"], late["stop"], late["provider_id"])
        with freeze_time("2026-03-02 06:00:00"):
            offered = self.env["dental.today"].fill(*where)
        offer = self.env[offered["res_model"]].browse(offered["res_id"])
        self.assertEqual((offer.start, offer.operatory_id.id), (late["start"], late["chair_id"]))
        self.assertIn(self.zoe, offer.line_ids.patient_id)
        with self.assertRaisesRegex(UserError, "is over"):
            self.env["dental.today"].fill(
                hole["chair_id"], "2026-03-02 08:00:00", "2026-03-02 08:30:00"
            )

    def test_a_trainee_is_not_told_of_holes(self):
        data = self.env["dental.today"].with_user(self.trainee).data()
        self.assertEqual(data["holes"], [])
        with self.assertRaises(AccessError):
            self.env["dental.today"].with_user(self.trainee).open_holes()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestRooms(DayCase):
    def _state(self):
        chair = self.chair.with_env(self.env)
        chair.invalidate_recordset()
        return chair.room_state

    @users("front.desk")
    def test_dirty_cleaning_ready_with_their_times(self):
        self.assertEqual(self._state(), "ready")
        self.seated.with_env(self.env).action_checkout()
        self.assertEqual(self._state(), "dirty")
        chair = next(c for c in self._data()["chairs"] if c["id"] == self.chair.id)
        self.assertEqual((chair["state"], chair["since"]), ("dirty", datetime(2026, 3, 2, 9)))
        with freeze_time("2026-03-02 09:03:00"):
            self.chair.with_env(self.env).action_room_next()
        self.assertEqual(self._state(), "cleaning")
        with freeze_time("2026-03-02 09:11:00"):
            self.chair.with_env(self.env).action_room_next()
        self.assertEqual(self._state(), "ready")
        turn = self.chair.with_env(self.env).turn_ids
        self.assertEqual((turn.minutes, turn.appointment_id), (11, self.seated))
        self.assertEqual(turn.user_id, self.front_desk)

    @users("front.desk")
    def test_a_room_may_be_made_dirty_by_hand_and_is_dirty_once(self):
        chair = self.chair.with_env(self.env)
        chair.action_room_next()
        self.seated.with_env(self.env).action_checkout()
        self.assertEqual(len(chair.turn_ids), 1)

    @users("front.desk")
    def test_a_room_that_is_not_ready_is_said_or_stops(self):
        self.seated.with_env(self.env).action_checkout()
        gate = self.waiting.with_env(self.env).gate("seated")
        said = [item["severity"] for item in gate["items"] if "not ready" in item["reason"]]
        self.assertEqual(said, ["warn"])
        self.company.sudo().dental_seat_ready = True
        with self.assertRaisesRegex(UserError, "Chair 1 is not ready"):
            self.waiting.with_env(self.env).action_seat()
        self.waiting.with_env(self.env).action_room_ready()
        self.waiting.with_env(self.env).action_seat()
        self.assertEqual(self.waiting.status, "seated")

    @users("front.desk")
    def test_where_somebody_is_seated_the_room_was_cleaned(self):
        self.seated.with_env(self.env).action_checkout()
        self.waiting.with_env(self.env).action_seat()
        self.assertEqual(self._state(), "ready")
        self.assertEqual(self.chair.with_env(self.env).turn_ids.user_id, self.front_desk)

    @users("front.desk")
    def test_who_still_sits_there_is_named(self):
        gate = self.waiting.with_env(self.env).gate("seated")
        reasons = [item["reason"] for item in gate["items"]]
        self.assertIn(f"{self.seated.number} still sits in Chair 1.", reasons)

    @users("front.desk")
    def test_seated_in_another_chair_than_booked(self):
        visit = self.waiting.with_env(self.env)
        room = self.env["dental.operatory"].sudo().create({"name": "Chair 9", "tz": "UTC"})
        visit.action_seat_in(room.id)
        self.assertEqual((visit.status, visit.operatory_id), ("seated", room))
        chairs = visit.reservation_ids.filtered(lambda r: r.kind == "operatory")
        self.assertEqual(chairs.resource_id, room.sudo().resource_id)
        self.assertIn("To Chair 9", visit.visit_event_ids.mapped("note"))

    @users("front.desk")
    def test_a_chair_that_is_booked_then_is_refused_by_name(self):
        with self.assertRaisesRegex(UserError, f"The chair is taken.*{self.late.number}"):
            self.waiting.with_env(self.env).action_seat_in(self.chair_2.id)

    @users("front.desk")
    def test_clinics_that_do_not_clean_have_no_dirty_rooms(self):
        self.company.sudo().dental_turnover = False
        self.seated.with_env(self.env).action_checkout()
        self.assertEqual(self._state(), "ready")

    def test_trainees_do_not_clean(self):
        with self.assertRaises(AccessError):
            self.chair.with_user(self.trainee).action_room_next()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestPeople(DayCase):
    @users("front.desk")
    def test_the_door_log_and_who_is_in_the_house(self):
        door = self.env["dental.presence"]
        vendor = door.create({"kind": "vendor", "name": "Mr. Lee", "why": "X-ray service"})
        counter = next(c for c in self._data()["counters"] if c["key"] == "visitors")
        self.assertEqual(counter["count"], 1)
        self.assertEqual(door.search(counter["domain"]), vendor)
        with freeze_time("2026-03-02 10:00:00"):
            vendor.action_leave()
        self.assertEqual(vendor.out_at, datetime(2026, 3, 2, 10))
        self.assertFalse(door.search([("inside", "=", True)]))
        with self.assertRaisesRegex(UserError, "kept as it was"):
            vendor.in_at = "2026-03-02 07:00:00"
        with self.assertRaises(UserError):
            vendor.sudo().unlink()

    @users("front.desk")
    def test_a_badge_is_given_out_once(self):
        door = self.env["dental.presence"]
        first = door.create({"kind": "vendor", "name": "Mr. Lee", "badge": "7"})
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            door.create({"kind": "other", "name": "Ms. Roy", "badge": "7"})
        first.action_leave()
        self.env.flush_all()
        self.assertTrue(door.create({"kind": "other", "name": "Ms. Roy", "badge": "7"}))

    @users("clinician")
    def test_the_team_says_who_is_in(self):
        self.assertTrue(self.env["dental.presence"].toggle_me())
        data = self._data()
        self.assertTrue(data["me_in"])
        self.assertEqual([member["name"] for member in data["team_in"]], [self.env.user.name])
        counter = next(c for c in data["counters"] if c["key"] == "visitors")
        self.assertEqual(counter["count"], 0)
        self.assertFalse(self.env["dental.presence"].toggle_me())
        self.assertFalse(self._data()["me_in"])

    @users("front.desk")
    def test_decisions_of_the_morning_become_tasks(self):
        self.env["dental.today"].add_task("Call the lab")
        self.env["dental.today"].add_task("! Call Ms. Lund back")
        data = self._data()
        self.assertEqual(
            [(task["kind"], task["text"]) for task in data["tasks"]],
            [("task", "Call the lab"), ("promise", "Call Ms. Lund back")],
        )
        counters = {counter["key"]: counter for counter in data["counters"]}
        for key in ("tasks", "promises"):
            opened = self.env["dental.task"].search(counters[key]["domain"])
            self.assertEqual((counters[key]["count"], opened.owner_id), (1, self.env.user))
        self.env["dental.task"].browse(data["tasks"][0]["id"]).action_done()
        self.assertEqual(len(self._data()["tasks"]), 1)

    @users("front.desk")
    def test_the_note_of_the_day(self):
        self.assertEqual(self._data()["note"], "")
        self.env["dental.day"].set_note("2026-03-02", " Compressor is serviced at 11 ")
        self.env["dental.day"].set_note("2026-03-02", "Compressor at 12")
        self.assertEqual(self._data()["note"], "Compressor at 12")
        self.assertEqual(self.env["dental.day"].search_count([("date", "=", "2026-03-02")]), 1)

    @users("clinician")
    def test_one_watches_what_concerns_one(self):
        today = self.env["dental.today"]
        groups = {group["status"]: group for group in today.flow()["groups"]}
        self.assertTrue(groups["arrived"]["watched"])
        self.assertEqual([row["id"] for row in groups["arrived"]["rows"]], self.waiting.ids)
        self.assertFalse(groups["seated"]["watched"] or groups["seated"]["rows"])
        today.watch("seated", True)
        today.watch("arrived", False)
        groups = {group["status"]: group for group in today.flow()["groups"]}
        self.assertEqual([row["id"] for row in groups["seated"]["rows"]], self.seated.ids)
        self.assertFalse(groups["arrived"]["rows"])
        with self.assertRaises(AccessError):
            today.with_user(self.trainee).flow()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 17:00:00")
class TestCloseDay(DayCase):
    def _closing(self):
        return self.env["dental.today"].closing()

    @users("front.desk")
    def test_nobody_inside_is_forgotten(self):
        self.env["dental.presence"].create({"kind": "escort", "name": "Mr. Haas"})
        closing = self._closing()
        inside = self.left + self.seated + self.waiting
        self.assertEqual(self._ids(closing["inside"]), inside.sorted("start").ids)
        self.assertEqual(self._ids(closing["undecided"]), (self.late + self.coming).ids)
        self.assertEqual([person["name"] for person in closing["people"]], ["Mr. Haas"])
        self.assertEqual(closing["left"], 6)

    @users("front.desk")
    def test_each_is_settled_and_the_day_is_closed(self):
        for visit in (self.left, self.seated, self.waiting):
            visit.with_env(self.env).action_done()
        for visit in (self.late, self.coming):
            visit.with_env(self.env).action_miss()
        self.assertEqual(self._closing()["left"], 0)
        self.env["dental.day"].close()
        day = self.env["dental.day"].search([("date", "=", "2026-03-02")])
        self.assertRecordValues(
            day, [{"left_open": 0, "closed_by_id": self.env.uid, "reason": False}]
        )
        self.assertEqual(self._closing()["closed_at"], datetime(2026, 3, 2, 17))
        with self.assertRaisesRegex(UserError, "closed by"):
            self.env["dental.day"].close()

    @users("front.desk")
    def test_what_is_left_asks_for_a_reason(self):
        with self.assertRaisesRegex(UserError, "5 things are left"):
            self.env["dental.day"].close()
        self.env["dental.day"].close("Fire drill")
        day = self.env["dental.day"].search([("date", "=", "2026-03-02")])
        self.assertEqual((day.left_open, day.reason), (5, "Fire drill"))

    @users("front.desk")
    def test_a_restricted_visit_is_counted_too(self):
        self.ana.sudo().write({"restricted": True, "care_team_ids": [(6, 0, self.clinician.ids)]})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self._closing()["left"], 5)
        with freeze_time("2026-03-02 09:00:00"):
            self.assertEqual(self.env["dental.today"]._left_to_close(), 4)

    def test_trainees_do_not_close(self):
        with self.assertRaises(AccessError):
            self.env["dental.today"].with_user(self.trainee).closing()
        with self.assertRaises(AccessError):
            self.env["dental.day"].with_user(self.trainee).close("x")
