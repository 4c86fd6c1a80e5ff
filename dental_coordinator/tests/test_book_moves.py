# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .test_book_screen import DAY, BookCase


@tagged("post_install", "-at_install")
@freeze_time(f"{DAY} 08:00:00")
class TestBookMoves(BookCase):
    @users("front.desk")
    def test_moved_and_moved_back(self):
        visit = self.hers.with_env(self.env)
        before = visit.book_place(
            {"start": f"{DAY} 10:00:00", "minutes": 40, "operatory_id": self.chair_2.id}
        )
        self.assertRecordValues(
            visit, [{"start": datetime(2026, 3, 2, 10), "operatory_id": self.chair_2.id}]
        )
        status = before.pop("status")
        self.assertEqual(status, "scheduled")
        visit.book_place(before)
        self.assertRecordValues(
            visit,
            [
                {
                    "start": datetime(2026, 3, 2, 9),
                    "stop": datetime(2026, 3, 2, 9, 40),
                    "operatory_id": self.chair.id,
                    "pattern": "/XX/",
                }
            ],
        )

    @users("front.desk")
    def test_longer_by_its_edge(self):
        visit = self.hers.with_env(self.env)
        visit.book_place({"minutes": 60})
        self.assertEqual((visit.stop, visit.pattern), (datetime(2026, 3, 2, 10), "/XXXX/"))
        chair = visit.reservation_ids.filtered(lambda r: r.kind == "operatory")
        self.assertEqual(chair.stop, datetime(2026, 3, 2, 10))

    @users("front.desk")
    def test_a_taken_place_is_refused_with_what_is_free(self):
        visit = self.hers.with_env(self.env)
        refused = self.assertRaisesRegex(UserError, f"{self.his.number}.\nFree instead")
        with refused, self.env.cr.savepoint():
            visit.book_place({"start": f"{DAY} 09:20:00", "operatory_id": self.chair_2.id})
        self.assertEqual(visit.operatory_id, self.chair)

    @users("front.desk")
    def test_the_refusal_speaks_on_the_clinics_clock(self):
        self.company.resource_calendar_id.tz = "America/New_York"  # five hours behind in March
        self.env.user.sudo().tz = "Asia/Tokyo"
        visit = self.hers.with_context(tz="Asia/Tokyo").with_env(self.env)
        with self.assertRaises(UserError) as refused, self.env.cr.savepoint():
            visit.book_place({"start": f"{DAY} 09:20:00", "operatory_id": self.chair_2.id})
        said, free = refused.exception.args[0].split("\n")
        hour = self.his.start - timedelta(hours=5)
        self.assertIn(f"from Mar 2, {hour.hour}:{hour.minute:02} AM", said)
        self.assertEqual(free.count(" AM"), 3, "three free times")

    @users("front.desk")
    def test_who_has_come_stays_on_the_day(self):
        visit = self.hers.with_env(self.env)
        visit.action_arrive()
        visit.book_place({"start": f"{DAY} 09:20:00"})
        with self.assertRaisesRegex(UserError, "stays on its day"):
            visit.book_place({"start": "2026-03-03 09:20:00"})

    @users("front.desk")
    def test_to_the_tray_and_back_into_the_book(self):
        visit = self.hers.with_env(self.env)
        visit.action_to_tray()
        self.assertFalse(visit.reservation_ids)
        data = self._data()
        self.assertEqual([card["id"] for card in data["tray"]], visit.ids)
        self.assertNotIn(visit.id, self._cards(data))
        visit.book_place({"start": "2026-03-03 09:00:00", "minutes": 40})
        self.assertEqual((visit.status, len(visit.reservation_ids)), ("scheduled", 3))
        data = self._data("2026-03-03")
        self.assertEqual(data["tray"], [])
        self.assertIn(visit.id, self._cards(data))

    @users("front.desk")
    def test_the_tray_is_ones_own_and_waits_through_the_days(self):
        self.hers.with_env(self.env).action_to_tray()
        others = self.env["dental.book"].with_user(self.coordinator).data(DAY)
        self.assertEqual(others["tray"], [])
        with freeze_time("2026-03-09 08:00:00"):
            self.assertEqual(len(self._data(None)["tray"]), 1)

    @users("front.desk")
    def test_no_place_where_the_drop_collides_leaves_it_on_the_tray(self):
        visit = self.hers.with_env(self.env)
        visit.action_to_tray()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            visit.book_place({"start": f"{DAY} 09:10:00", "operatory_id": self.chair_2.id})
        self.assertEqual((visit.status, visit.tray_user_id), ("planned", self.env.user))

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_who_may_not_write_moves_nothing(self):
        with self.assertRaises(AccessError):
            self.hers.with_user(self.privacy_officer).book_place({"start": f"{DAY} 10:00:00"})


@tagged("post_install", "-at_install")
@freeze_time(f"{DAY} 08:00:00")
class TestBookPane(BookCase):
    @users("front.desk")
    def test_what_waits_what_comes_and_what_was(self):
        planned = self._visit(self.patient, f"{DAY} 15:00:00")
        planned.with_env(self.env).action_to_tray()
        missed = self._visit(self.patient, f"{DAY} 12:00:00")
        missed.action_miss()
        pane = self.patient.with_env(self.env).book_pane()
        kinds = {visit["id"]: visit["kind"] for visit in pane["visits"]}
        self.assertEqual(
            kinds, {planned.id: "planned", self.hers.id: "coming", missed.id: "broken"}
        )
        self.assertEqual((pane["name"], pane["number"]), ("Marta Kowalski", self.patient.number))

    @users("front.desk")
    def test_the_family_is_due_and_urgent_notes_are_read(self):
        family = self.env["dental.family"].create({"name": "K", "company_id": self.company.id})
        (self.patient | self.tom).family_id = family
        self.patient.money_note = "Pay first"
        kind = self.env["dental.recall.type"].search([], limit=1)
        self.env["dental.recall"].create(
            {"patient_id": self.tom.id, "type_id": kind.id, "due": "2026-02-10"}
        )
        pane = self.patient.with_env(self.env).book_pane()
        self.assertEqual(pane["notes"], ["Pay first"])
        due = pane["due"][0]
        self.assertEqual(
            (due["patient_id"], due["own"], due["overdue"]), (self.tom.id, False, True)
        )

    @users("front.desk")
    def test_details_tell_what_the_card_has_no_room_for(self):
        self.hers.with_env(self.env).note = "Bring x-ray"
        self.patient.medical_note = "Penicillin"
        peek = self.hers.with_env(self.env).book_peek()
        lines = {line["key"]: line["text"] for line in peek["lines"]}
        self.assertEqual((lines["kind"], lines["note"]), ("Exam", "Bring x-ray"))
        self.assertEqual(peek["alerts"][0]["text"], "Penicillin")
