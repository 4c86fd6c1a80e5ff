# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from ..models.dental_appointment_booking import BOOK_LOCK
from .test_appointment import AppointmentCase

LOCKS = """
SELECT count(*) FROM pg_locks
 WHERE locktype = 'advisory' AND classid = %s AND granted AND pid = pg_backend_pid()
"""


# One of them tells the screens of the day.
QUERIES = 12


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestBookingCost(AppointmentCase):
    """What a booking asks of the database, and that nothing was left out for it."""

    @users("front.desk")
    def test_a_booking_in_few_queries(self):
        self._book("2026-03-03 09:00:00")
        for hour in (10, 11):  # the first one fills what a worker remembers
            self.env.invalidate_all()
            with self.assertQueryCount(QUERIES):
                self._book(f"2026-03-03 {hour}:00:00")

    @users("front.desk")
    def test_more_visits_at_once_take_no_more_reading(self):
        start = datetime(2026, 3, 3, 9)
        vals = [self._vals(start + timedelta(hours=n)) for n in range(6)]
        self._book("2026-03-04 09:00:00")
        self.env.invalidate_all()
        with self.assertQueryCount(QUERIES):
            visits = self.env["dental.appointment"].create(vals)
        self.assertEqual([len(visit.reservation_ids) for visit in visits], [3] * 6)
        self.assertEqual([len(visit.visit_event_ids) for visit in visits], [1] * 6)

    @users("front.desk")
    def test_one_waits_for_ones_turn_though_nothing_is_held_yet(self):
        self.env.cr.execute(LOCKS, [BOOK_LOCK])
        before = self.env.cr.fetchone()[0]
        self._book("2026-03-03 09:00:00", operatory_id=self._chair("Chair 8").id)
        self.env.cr.execute(LOCKS, [BOOK_LOCK])
        self.assertEqual(self.env.cr.fetchone()[0] - before, 3, "provider, chair and patient")

    @users("front.desk")
    def test_visits_booked_together_are_told_apart_from_what_lies_between(self):
        self._book("2026-03-03 11:00:00")
        visits = self.env["dental.appointment"].create(
            [self._vals("2026-03-03 09:00:00"), self._vals("2026-03-03 13:00:00")]
        )
        self.assertEqual(visits.mapped("status"), ["scheduled"] * 2)
        with self.assertRaisesRegex(UserError, "is taken from"):
            self.env["dental.appointment"].create(
                [self._vals("2026-03-03 08:00:00"), self._vals("2026-03-03 11:10:00")]
            )

    @users("front.desk")
    def test_the_event_stands_for_nobody_and_nothing_that_is_open(self):
        opened = {"active_model": "dental.patient", "active_id": self.patient.id}
        model = self.env["dental.appointment"].with_context(**opened)
        event = model.create(self._vals("2026-03-03 09:00:00")).event_id.sudo()
        self.assertFalse(event.res_model_id)
        self.assertFalse(event.res_model)
        self.assertFalse(event.res_id)
        self.assertFalse(event.partner_ids | event.attendee_ids.partner_id)

    @users("front.desk")
    def test_a_restricted_file_is_booked_by_those_who_may_open_it(self):
        self.patient.sudo().restricted = True
        with self.assertRaises(AccessError):
            self._book("2026-03-03 09:00:00")
        self.patient.sudo().care_team_ids = self.env.user
        self.env.invalidate_all()
        self.assertTrue(self._book("2026-03-03 10:00:00").patient_id.may_open)

    @users("front.desk")
    def test_which_files_open_is_known_of_many_at_once(self):
        closed = self._new_patient("Ida", "Lund", restricted=True)
        files = (self.patient + closed).with_env(self.env)
        self.assertEqual(files.mapped("may_open"), [True, False])
        self.assertFalse(self.env["dental.patient"].new({"first_name": "A"}).may_open)

    @users("front.desk")
    def test_a_clinic_that_wants_a_procedure_is_heard_at_once(self):
        self._book("2026-03-03 09:00:00")
        self.company.sudo().dental_visit_needs_procedure = True
        with self.assertRaisesRegex(UserError, "no visit without a procedure"):
            self._book("2026-03-03 10:00:00")
        self.company.sudo().dental_visit_needs_procedure = False
        self.assertTrue(self._book("2026-03-03 12:00:00"))

    def test_what_a_kind_of_visit_holds_is_heard_at_once(self):
        model = self.env["dental.equipment"]
        laser, camera = model.create([{"name": "Laser"}, {"name": "Camera"}])
        self.assertFalse(self._book("2026-03-03 09:00:00").equipment_ids)
        self.kind.equipment_ids = laser + camera
        self.assertEqual(self._book("2026-03-03 10:00:00").equipment_ids, laser + camera)
        camera.active = False
        self.assertEqual(self._book("2026-03-03 11:00:00").equipment_ids, laser)
        self.kind.equipment_ids -= laser
        laser.unlink()
        self.assertFalse(self._book("2026-03-03 12:00:00").equipment_ids)

    def _vals(self, start):
        return {
            "patient_id": self.patient.id,
            "type_id": self.kind.id,
            "provider_id": self.provider.id,
            "operatory_id": self.chair.id,
            "start": start,
        }

    def _chair(self, name):
        return (
            self.env["dental.operatory"]
            .sudo()
            .create({"name": name, "company_id": self.company.id, "tz": "UTC"})
        )
