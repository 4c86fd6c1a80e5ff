# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

from freezegun import freeze_time
from psycopg2.errors import ExclusionViolation, RaiseException

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .common import DentalCase


class AppointmentCase(DentalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind = cls.env["dental.appointment.type"].create({"name": "Exam", "pattern": "/XX/"})

    def _book(self, start, **vals):
        return self.env["dental.appointment"].create(
            {
                "patient_id": self.patient.id,
                "type_id": self.kind.id,
                "provider_id": self.provider.id,
                "operatory_id": self.chair.id,
                "start": start,
                **vals,
            }
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestBooking(AppointmentCase):
    @users("front.desk")
    def test_visit_holds_provider_for_his_minutes_and_chair_throughout(self):
        visit = self._book("2026-03-03 09:00:00")
        self.assertEqual(visit.stop, datetime(2026, 3, 3, 9, 40))
        rows = visit.reservation_ids.sorted("kind")
        self.assertRecordValues(
            rows,
            [
                {
                    "kind": "operatory",
                    "start": datetime(2026, 3, 3, 9),
                    "stop": datetime(2026, 3, 3, 9, 40),
                },
                {
                    "kind": "patient",
                    "start": datetime(2026, 3, 3, 9),
                    "stop": datetime(2026, 3, 3, 9, 40),
                },
                {
                    "kind": "provider",
                    "start": datetime(2026, 3, 3, 9, 10),
                    "stop": datetime(2026, 3, 3, 9, 30),
                },
            ],
        )
        self.assertEqual(visit.visit_event_ids.mapped("status"), ["scheduled"])

    @users("front.desk")
    def test_calendar_event_says_nothing_of_the_patient(self):
        event = self._book("2026-03-03 09:00:00", note="Crown").event_id
        self.assertRecordValues(
            event,
            [
                {
                    "name": event.dental_appointment_ids.number,
                    "description": False,
                    "location": False,
                    "attendee_ids": [],
                    "activity_ids": [],
                    "user_id": False,
                }
            ],
        )
        self.assertFalse(event.partner_ids)
        self.assertFalse(event.message_follower_ids)
        self.assertFalse(event.message_ids)

    @users("front.desk")
    def test_taken_slot_names_the_visit_and_offers_others(self):
        first = self._book("2026-03-03 09:00:00")
        other = self.env["dental.patient"].create({"first_name": "Ana", "last_name": "Lund"})
        with self.assertRaisesRegex(UserError, f"{first.number}[^$]*Free instead"):
            self._book("2026-03-03 09:20:00", patient_id=other.id)

    @users("front.desk")
    def test_a_patient_is_not_in_two_chairs(self):
        self._book("2026-03-03 09:00:00")
        chair = self.env["dental.operatory"].sudo().create({"name": "Chair 2"})
        dentist = self.env["dental.provider"].sudo().create({"name": "Dr. Sow"})
        with self.assertRaisesRegex(UserError, "The patient is taken"):
            self._book("2026-03-03 09:10:00", operatory_id=chair.id, provider_id=dentist.id)

    @users("front.desk")
    def test_dentist_overlaps_two_chairs_with_his_own_minutes_apart(self):
        chair = self.env["dental.operatory"].sudo().create({"name": "Chair 2"})
        other = self.env["dental.patient"].create({"first_name": "Ana", "last_name": "Lund"})
        first = self._book("2026-03-03 09:00:00", pattern="XX///")
        second = self._book(
            "2026-03-03 09:20:00", pattern="XX", patient_id=other.id, operatory_id=chair.id
        )
        self.assertEqual((first + second).mapped("status"), ["scheduled", "scheduled"])

    @users("front.desk")
    def test_adjacent_visits_are_fine(self):
        self._book("2026-03-03 09:00:00")
        self.assertTrue(self._book("2026-03-03 09:40:00"))

    def test_the_database_has_the_last_word(self):
        visit = self._book("2026-03-03 09:00:00")
        row = visit.reservation_ids.filtered(lambda r: r.kind == "operatory")
        with mute_logger("odoo.sql_db"), self.assertRaises(ExclusionViolation):
            row.copy({"start": "2026-03-03 09:30:00", "stop": "2026-03-03 10:00:00"})

    @users("front.desk")
    def test_visit_ending_before_it_starts_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "ends before it starts"):
            self._book("2026-03-03 09:00:00", stop="2026-03-03 08:00:00")

    @users("front.desk")
    def test_broken_visit_gives_its_time_back(self):
        visit = self._book("2026-03-03 09:00:00")
        visit.action_cancel()
        self.assertFalse(visit.reservation_ids)
        self.assertFalse(visit.event_id.active)
        self.assertTrue(self._book("2026-03-03 09:00:00"))

    @users("front.desk")
    def test_moving_keeps_the_length_and_moves_what_is_held(self):
        visit = self._book("2026-03-03 09:00:00")
        visit.start = "2026-03-04 10:00:00"
        self.assertEqual(visit.stop, datetime(2026, 3, 4, 10, 40))
        self.assertEqual(min(visit.reservation_ids.mapped("start")), datetime(2026, 3, 4, 10))

    def test_coordinator_may_overlap_with_a_reason(self):
        self._book("2026-03-03 09:00:00")
        other = self._new_patient("Ana", "Lund")
        visit = self.env["dental.appointment"].with_user(self.coordinator)
        visit = visit.create(
            {
                "patient_id": other.id,
                "type_id": self.kind.id,
                "provider_id": self.provider.id,
                "operatory_id": self.chair.id,
                "start": "2026-03-03 09:00:00",
                "overlap_reason": "Emergency, Dr. Ortiz agreed",
            }
        )
        self.assertFalse(any(visit.reservation_ids.mapped("blocking")))
        with self.assertRaises(AccessError):
            visit.with_user(self.front_desk).overlap_reason = "x"


@tagged("post_install", "-at_install")
class TestTeam(DentalCase):
    @users("manager")
    def test_manager_adds_providers_and_chairs(self):
        provider = self.env["dental.provider"].create({"name": "Dr. Sow", "kind": "dentist"})
        chair = self.env["dental.operatory"].create({"name": "Chair 2"})
        self.assertEqual(
            (provider.resource_id.resource_type, chair.resource_id.resource_type),
            ("user", "material"),
        )

    @users("front.desk")
    def test_front_desk_does_not(self):
        with self.assertRaises(AccessError):
            self.env["dental.provider"].create({"name": "Dr. Sow"})


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestCalendar(AppointmentCase):
    def test_outsider_neither_moves_nor_deletes_an_appointment(self):
        event = self._book("2026-03-03 09:00:00").event_id.with_user(self.outsider)
        with self.assertRaises(AccessError):
            event.write({"start": "2026-03-03 11:00:00", "stop": "2026-03-03 11:40:00"})
        with self.assertRaises(UserError):
            event.unlink()

    def test_moving_the_event_moves_the_visit(self):
        visit = self._book("2026-03-03 09:00:00")
        event = visit.event_id.with_user(self.front_desk)
        event.write({"start": "2026-03-03 11:00:00", "stop": "2026-03-03 12:00:00"})
        self.assertEqual(visit.pattern, "/XXXX/")
        self.assertEqual(max(visit.reservation_ids.mapped("stop")), datetime(2026, 3, 3, 12))

    def test_moving_the_event_onto_another_visit_is_refused(self):
        self._book("2026-03-03 09:00:00")
        event = self._book("2026-03-03 10:00:00").event_id.with_user(self.front_desk)
        with self.assertRaisesRegex(UserError, "is taken"):
            event.write({"start": "2026-03-03 09:00:00", "stop": "2026-03-03 09:40:00"})

    def test_recurrence_is_refused(self):
        event = self._book("2026-03-03 09:00:00").event_id.with_user(self.front_desk)
        with self.assertRaisesRegex(UserError, "series"):
            event.write({"recurrency": True, "rrule_type": "weekly", "count": 2})

    def test_other_events_are_as_before(self):
        event = self.env["calendar.event"].with_user(self.outsider)
        event = event.create(
            {"name": "Lunch", "start": "2026-03-03 09:00:00", "stop": "2026-03-03 10:00:00"}
        )
        event.write({"start": "2026-03-03 10:00:00", "stop": "2026-03-03 11:00:00"})
        self.assertTrue(event.unlink())


@tagged("post_install", "-at_install")
@freeze_time("2026-03-03 08:55:00")
class TestVisit(AppointmentCase):
    @users("front.desk")
    def test_each_step_is_stamped_and_logged(self):
        visit = self._book("2026-03-03 09:00:00")
        steps = ["confirm", "arrive", "seat", "treat", "checkout", "done"]
        for minute, step in enumerate(steps):
            with freeze_time(f"2026-03-03 09:{minute:02}:00"):
                getattr(visit, f"action_{step}")()
        self.assertRecordValues(
            visit,
            [
                {
                    "status": "done",
                    "confirmed_at": datetime(2026, 3, 3, 9, 0),
                    "arrived_at": datetime(2026, 3, 3, 9, 1),
                    "seated_at": datetime(2026, 3, 3, 9, 2),
                    "treated_at": datetime(2026, 3, 3, 9, 3),
                    "dismissed_at": datetime(2026, 3, 3, 9, 5),
                }
            ],
        )
        self.assertEqual(
            visit.visit_event_ids.sorted("id").mapped("status"),
            ["scheduled", "confirmed", "arrived", "seated", "in_treatment", "checkout", "done"],
        )
        self.assertEqual(visit.visit_event_ids.user_id, self.front_desk)

    @users("front.desk")
    def test_a_step_that_does_not_follow_is_refused(self):
        visit = self._book("2026-03-03 09:00:00")
        with self.assertRaisesRegex(UserError, "cannot become Seated"):
            visit.action_seat()

    @users("front.desk")
    def test_a_wrong_click_is_taken_back(self):
        visit = self._book("2026-03-03 09:00:00")
        visit.action_arrive()
        visit.action_back()
        self.assertEqual((visit.status, visit.arrived_at), ("scheduled", False))

    @mute_logger("odoo.sql_db")
    def test_the_visit_log_is_append_only(self):
        visit = self._book("2026-03-03 09:00:00")
        with self.assertRaises(RaiseException), self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE dental_visit_event SET status = 'done' WHERE appointment_id = %s",
                (visit.id,),
            )


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestSlotFinder(AppointmentCase):
    def _finder(self, **vals):
        finder = self.env["dental.slot.finder"].create(
            {
                "patient_id": self.patient.id,
                "type_id": self.kind.id,
                "provider_id": self.provider.id,
                "operatory_id": self.chair.id,
                "earliest": "2026-03-03",
                **vals,
            }
        )
        finder.action_search()
        return finder

    @users("front.desk")
    def test_first_opening_of_each_day_around_what_is_booked(self):
        first = self._finder().proposal_ids[0]
        self._book(first.start, pattern="XX")
        second = self._finder().proposal_ids[0]
        self.assertGreater(second.start, first.start)
        self.assertEqual(len(set(self._finder().proposal_ids.mapped("start"))), 10)

    @users("front.desk")
    def test_part_of_day_and_weekday(self):
        found = self._finder(part_of_day="afternoon", weekday="2").proposal_ids
        self.assertTrue(found)
        self.assertEqual({row.start.weekday() for row in found}, {2})

    @users("front.desk")
    def test_booking_a_proposal(self):
        proposal = self._finder().proposal_ids[0]
        visit = self.env["dental.appointment"].browse(proposal.action_book()["res_id"])
        self.assertEqual((visit.start, visit.status), (proposal.start, "scheduled"))
        with self.assertRaisesRegex(UserError, "is taken"):
            proposal.action_book()
