# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged, users

from .test_appointment import AppointmentCase


class BreakCase(AppointmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reason = cls.env.ref("dental_coordinator.break_reason_work")
        category = cls.env["dental.procedure.category"].search([], limit=1)
        cls.code = cls.env["dental.procedure.code"].create(
            {"code": "TB1", "name": "Crown", "category_id": category.id}
        )

    def _work(self, visit, **vals):
        return (
            self.env["dental.procedure"]
            .sudo()
            .create(
                {
                    "patient_id": visit.patient_id.id,
                    "code_id": self.code.id,
                    "appointment_id": visit.id,
                    **vals,
                }
            )
        )

    def _planned(self, **vals):
        return self.env["dental.appointment"].create(
            {
                "patient_id": self.patient.id,
                "type_id": self.kind.id,
                "status": "planned",
                **vals,
            }
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestPlanned(BreakCase):
    @users("front.desk")
    def test_a_planned_visit_holds_nothing_and_has_owner_and_date(self):
        visit = self._planned()
        self.assertRecordValues(
            visit,
            [
                {
                    "status": "planned",
                    "owner_id": self.front_desk.id,
                    "next_date": date(2026, 3, 2),
                    "reservation_ids": [],
                    "pattern": "/XX/",
                }
            ],
        )
        self.assertFalse(visit.event_id.active)
        self.assertEqual(visit.due_group, "2_today")

    @users("front.desk")
    def test_it_is_never_without_owner_or_date(self):
        visit = self._planned()
        for field in ("owner_id", "next_date"):
            with self.subTest(field), self.assertRaisesRegex(ValidationError, "still open"):
                visit[field] = False

    @users("front.desk")
    def test_a_place_makes_it_an_event_again(self):
        visit = self._planned()
        visit._place(datetime(2026, 3, 3, 9), self.provider, self.chair)
        self.assertEqual((visit.status, visit.event_id.active), ("scheduled", True))
        self.assertEqual(visit.stop, datetime(2026, 3, 3, 9, 40))
        self.assertEqual(len(visit.reservation_ids), 3)

    @users("front.desk")
    def test_a_taken_place_is_refused_and_it_waits_on(self):
        other = self.env["dental.patient"].create({"first_name": "O", "last_name": "Ther"})
        self._book("2026-03-03 09:00:00", patient_id=other.id)
        visit = self._planned()
        with self.assertRaisesRegex(UserError, "is taken"), self.env.cr.savepoint():
            visit._place(datetime(2026, 3, 3, 9), self.provider, self.chair)
        visit.invalidate_recordset()
        self.assertEqual(visit.status, "planned")

    @users("front.desk")
    def test_the_finder_moves_this_very_visit(self):
        visit = self._planned()
        finder = self.env["dental.slot.finder"].browse(visit.action_find_place()["res_id"])
        proposal = finder.proposal_ids[0]
        action = proposal.action_book()
        self.assertEqual(action["res_id"], visit.id)
        self.assertEqual((visit.start, visit.status), (proposal.start, "scheduled"))

    @users("coordinator")
    def test_its_treatment_is_not_scheduled_before_it_has_a_place(self):
        visit = self._planned()
        work = self._work(visit)
        self.assertEqual(work.state, "planned")
        visit._place(datetime(2026, 3, 3, 9), self.provider, self.chair)
        self.assertEqual((work.state, work.next_date), ("scheduled", date(2026, 3, 3)))
        visit.action_to_list()
        self.assertEqual((work.state, work.appointment_id), ("planned", visit))

    @users("front.desk")
    def test_lists_are_grouped_by_how_soon(self):
        days = {
            "2026-03-01": "1_overdue",
            "2026-03-02": "2_today",
            "2026-03-08": "3_week",
            "2026-03-09": "4_later",
        }
        visits = self.env["dental.appointment"]
        for day in days:
            visits |= self._planned(next_date=day)
        domain = [("id", "in", visits.ids)]
        groups = visits.formatted_read_group(domain, ["due_group"], ["__count"])
        self.assertEqual([g["due_group"] for g in groups], list(days.values()))
        for visit, group in zip(visits, days.values(), strict=True):
            self.assertEqual(visit.due_group, group)
            self.assertEqual(visits.search([*domain, ("due_group", "=", group)]), visit)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestBreak(BreakCase):
    @users("front.desk")
    def test_the_likely_way_is_proposed(self):
        cases = {
            "2026-03-02 06:00:00": "missed",
            "2026-03-02 12:00:00": "cancelled_late",
            "2026-03-03 08:00:00": "cancelled",
        }
        for start, way in cases.items():
            data = self._book(start).break_data()
            self.assertEqual(data["proposed"], way)
        came = self._book("2026-03-02 13:00:00")
        came.action_arrive()
        data = came.break_data()
        self.assertEqual([way["status"] for way in data["ways"]], ["missed", "cancelled_clinic"])
        self.assertEqual(data["proposed"], "missed", "who came early and left is not late")
        self.assertEqual(data["patient"], "Marta Kowalski")
        self.assertIn("Work or school", [reason["name"] for reason in data["reasons"]])

    @users("front.desk")
    def test_missed_and_late_count_the_others_do_not(self):
        counted = {"missed": 1, "cancelled": 1, "cancelled_clinic": 1, "cancelled_late": 2}
        for day, (how, total) in enumerate(counted.items()):
            self._book(f"2026-03-{3 + day:02} 09:00:00").action_break(how)
            self.patient.invalidate_recordset()
            self.assertEqual(self.patient.broken_count, total, how)
        self.assertEqual(self.patient.last_broken, datetime(2026, 3, 2, 7))
        facts = {
            f["key"]: f for f in self.patient.with_user(self.front_desk)._header_data()["facts"]
        }
        self.assertEqual(facts["broken"]["label"], "Broken 2 times, last")

    @users("front.desk")
    def test_one_broken_visit_is_told_in_the_singular(self):
        self._book("2026-03-03 09:00:00").action_break("missed")
        self.patient.invalidate_recordset()
        facts = self.patient.with_user(self.front_desk)._header_data()["facts"]
        self.assertIn("Broken once", [fact["label"] for fact in facts])

    @users("coordinator")
    def test_to_the_list_keeps_what_it_was_for(self):
        visit = self._book("2026-03-03 09:00:00")
        work = self._work(visit)
        visit.action_break("cancelled", "Car", then="planned", reason_id=self.reason.id)
        self.assertRecordValues(
            visit,
            [
                {
                    "status": "planned",
                    "was_booked": True,
                    "broken_then": "planned",
                    "break_reason_id": self.reason.id,
                    "owner_id": self.coordinator.id,
                }
            ],
        )
        self.assertEqual(work.appointment_id, visit)
        self.assertFalse(visit.reservation_ids)
        notes = visit.visit_event_ids.sorted("id").mapped(lambda e: (e.status, e.note))
        self.assertEqual(notes[1], ("cancelled", "Work or school · Car"))
        self.assertEqual(notes[2][0], "planned")

    @users("coordinator")
    def test_nothing_more_frees_the_treatment(self):
        visit = self._book("2026-03-03 09:00:00")
        work = self._work(visit)
        visit.action_break("missed", then="nothing")
        self.assertEqual((visit.status, visit.broken_then), ("missed", "nothing"))
        self.assertFalse(work.appointment_id)

    @users("front.desk")
    def test_tray_and_rebook(self):
        visit = self._book("2026-03-03 09:00:00")
        visit.action_break("cancelled", then="tray")
        self.assertEqual((visit.status, visit.tray_user_id), ("planned", self.front_desk))
        other = self._book("2026-03-04 09:00:00")
        action = other.action_break("cancelled", then="rebook")
        finder = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(finder.appointment_id, other)
        with self.assertRaisesRegex(UserError, "what becomes"):
            self._book("2026-03-05 09:00:00").action_break("missed", then="party")

    @users("coordinator")
    def test_undone_it_is_as_before_and_does_not_count(self):
        visit = self._book("2026-03-03 09:00:00")
        work = self._work(visit)
        visit.action_confirm()
        visit.action_break("missed", then="planned")
        visit.action_unbreak()
        self.assertEqual((visit.status, len(visit.reservation_ids)), ("confirmed", 3))
        self.assertEqual((work.appointment_id, work.state), (visit, "scheduled"))
        self.patient.invalidate_recordset()
        self.assertEqual(self.patient.broken_count, 0)
        visit.action_break("missed")
        self.patient.invalidate_recordset()
        self.assertEqual(self.patient.broken_count, 1)

    @users("front.desk")
    def test_the_button_opens_the_question(self):
        visit = self._book("2026-03-03 09:00:00")
        action = visit.action_open_break()
        self.assertEqual(
            (action["tag"], action["params"]["visit_id"]), ("dental_break_visit", visit.id)
        )
