# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who and what a visit needs, and what the clinic's rules forbid."""

from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users

from .test_blockout import BlockoutCase


def at(hour, minute=0):
    return datetime(2026, 3, 3, hour, minute)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestTeamAndEquipment(BlockoutCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        provider, chair = cls.env["dental.provider"], cls.env["dental.operatory"]
        cls.hygienist = provider.create({"name": "Hal", "kind": "hygienist", "tz": "UTC"})
        cls.chair_2 = chair.create({"name": "Chair 2", "tz": "UTC"})
        cls.laser = cls.env["dental.equipment"].create({"name": "Laser", "tz": "UTC"})
        cls.other = cls._new_patient("Ana", "Lund")

    def _spans(self, visit, resource):
        rows = visit.reservation_ids.filtered(lambda r: r.resource_id == resource)
        return [(row.start, row.stop) for row in rows.sorted("start")]

    @users("front.desk")
    def test_the_hygienist_is_held_for_her_own_minutes(self):
        row = {"provider_id": self.hygienist.id, "pattern": "//X/X"}
        visit = self._book(at(9), pattern="XX//", staff_ids=[(0, 0, row)])
        self.assertEqual(visit.staff_ids.role, "hygienist")
        self.assertEqual(self._spans(visit, self.hygienist.resource_id), [(at(9, 20), at(9, 30))])
        visit.staff_ids.pattern = False
        self.assertEqual(self._spans(visit, self.hygienist.resource_id), [(at(9), at(9, 40))])
        visit.staff_ids.unlink()
        self.assertFalse(self._spans(visit, self.hygienist.resource_id))

    @users("front.desk")
    def test_nobody_takes_part_in_two_visits_at_once(self):
        row = [(0, 0, {"provider_id": self.hygienist.id})]
        first = self._book(at(9), staff_ids=row)
        taken = f"The provider is taken.*{first.number}"
        with self._refused(UserError, taken):
            self._book(
                at(9, 30),
                patient_id=self.other.id,
                operatory_id=self.chair_2.id,
                provider_id=self.hygienist.id,
                pattern="XX",
            )
        second = self._book(at(10), patient_id=self.other.id)
        with self._refused(UserError, "is taken"):
            first.write({"start": at(10), "operatory_id": self.chair_2.id})
        self.assertEqual(second.start, at(10))

    @users("front.desk")
    def test_the_main_provider_does_not_take_part_twice(self):
        with self._refused(ValidationError, "treats already"):
            self._book(at(9), staff_ids=[(0, 0, {"provider_id": self.provider.id})])

    @users("front.desk")
    def test_the_type_brings_its_equipment_which_one_visit_holds(self):
        self.kind.sudo().equipment_ids = self.laser
        visit = self._book(at(9))
        self.assertEqual(visit.equipment_ids, self.laser)
        self.assertEqual(self._spans(visit, self.laser.resource_id), [(at(9), at(9, 40))])
        with self._refused(UserError, "The equipment is taken"):
            self._book(
                at(9, 30),
                patient_id=self.other.id,
                operatory_id=self.chair_2.id,
                pattern="/",
            )
        visit.equipment_ids = False
        self.assertFalse(self._spans(visit, self.laser.resource_id))

    @users("front.desk")
    def test_equipment_stays_where_it_stands(self):
        self.laser.sudo().operatory_ids = self.chair_2
        with self._refused(UserError, "Laser does not stand in Chair 1.*Chair 2"):
            self._book(at(9), equipment_ids=[(6, 0, self.laser.ids)])

    @users("coordinator")
    def test_closed_time_of_equipment(self):
        self._block(resource_ids=self.laser.resource_id.ids, name="Service")
        with self._refused(UserError, "The equipment is taken.*Service"):
            self._book(at(17), equipment_ids=[(6, 0, self.laser.ids)])


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestRules(BlockoutCase):
    def _template(self, **vals):
        return self._block(
            start=at(14),
            stop=at(15),
            name="Emergencies",
            kind="template",
            type_ids=self.env["dental.appointment.type"].create({"name": "Emergency"}).ids,
            **vals,
        )

    @users("front.desk")
    def test_patient_not_to_be_booked(self):
        self.patient.sudo().write({"no_booking": True, "no_booking_reason": "Three missed"})
        with self._refused(UserError, "not to be booked: Three missed"):
            self._book(at(9))
        with self.assertRaises(AccessError):
            self._book(at(9), override_reason="I want it")
        visit = self.env["dental.appointment"].with_user(self.coordinator).create(
            {
                "patient_id": self.patient.id,
                "type_id": self.kind.id,
                "provider_id": self.provider.id,
                "operatory_id": self.chair.id,
                "start": at(9),
                "override_reason": "Dr. Ortiz agreed",
            }
        )  # fmt: skip
        self.assertIn("Dr. Ortiz agreed", visit.visit_event_ids.sorted("id")[-1].note)

    def test_hard_block_refuses_until_it_opens_on_the_minute(self):
        release = {"hours": 2, "type_ids": [(6, 0, self.kind.ids)]}
        self._template(hard=True, release_ids=[(0, 0, release)])
        desk = self.env["dental.appointment"].with_user(self.front_desk)
        vals = self._book(at(10)).copy_data()[0]
        vals = {k: vals[k] for k in ("patient_id", "type_id", "provider_id", "operatory_id")}
        with (
            freeze_time("2026-03-03 11:59:59"),
            self._refused(UserError, "Emergencies is kept for Emergency until"),
        ):
            desk.create({**vals, "start": at(14, 20)})
        with freeze_time("2026-03-03 12:00:00"):
            self.assertTrue(desk.create({**vals, "start": at(14, 20)}))

    @users("front.desk")
    def test_soft_block_only_warns(self):
        self.env["dental.blockout"].sudo()
        self._template_as_manager()
        visit = self._book(at(14, 20))
        (warning,) = visit._obstacles()
        self.assertEqual(warning["severity"], "warn")
        self.assertIn("Emergencies is kept for Emergency", warning["reason"])

    def _template_as_manager(self):
        self.env, env = self.env(user=self.manager), self.env
        try:
            return self._template()
        finally:
            self.env = env

    @users("front.desk")
    def test_access_need_adds_minutes_and_rules_out_chairs(self):
        quiet = self.env["dental.operatory"].sudo().create({"name": "Quiet room"})
        self.patient.sudo().access_need_ids = self.env["dental.access.need"].sudo().create(
            [
                {"name": "Transfer", "minutes_before": 15, "minutes_after": 10},
                {"name": "Quiet", "operatory_ids": [(6, 0, quiet.ids)]},
            ]
        )  # fmt: skip
        with self._refused(UserError, "Chair 1 does not suit: Quiet.*Quiet room"):
            self._book(at(9))
        visit = self._book(at(9), operatory_id=quiet.id)
        self.assertEqual((visit.pattern, visit.time_locked), ("///XX//", False))

    @users("front.desk")
    def test_moving_into_a_hard_block_is_refused_anywhere(self):
        self.env["dental.blockout"].sudo()
        self._template_as_manager().sudo().hard = True
        visit = self._book(at(9))
        with self._refused(UserError, "Emergencies is kept"):
            visit.start = at(14)
        with self._refused(UserError, "Emergencies is kept"):
            visit.event_id.write({"start": at(14), "stop": at(14, 40)})


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestMoves(BlockoutCase):
    @users("front.desk")
    def test_each_move_is_kept_with_its_reason(self):
        visit = self._book(at(9))
        visit.with_context(dental_move_reason="Patient's train").start = at(10)
        visit.event_id.write({"start": at(11), "stop": at(11, 40)})
        visit.note = "No move"
        self.assertRecordValues(
            visit.move_ids.sorted("id"),
            [
                {
                    "user_id": self.front_desk.id,
                    "from_start": at(9),
                    "to_start": at(10),
                    "reason": "Patient's train",
                },
                {
                    "user_id": self.front_desk.id,
                    "from_start": at(10),
                    "to_start": at(11),
                    "reason": False,
                },
            ],
        )

    @users("front.desk")
    def test_confirmation_is_reset_as_the_clinic_wishes(self):
        visit = self._book(at(9))
        visit.action_confirm()
        visit.start = at(11)
        self.assertEqual(visit.status, "confirmed")
        visit.start = "2026-03-04 11:00:00"
        self.assertEqual((visit.status, visit.confirmed_at), ("scheduled", False))
        visit.action_confirm()
        self.company.sudo().dental_reset_confirmation = "never"
        visit.start = "2026-03-05 11:00:00"
        self.assertEqual(visit.status, "confirmed")
        self.company.sudo().dental_reset_confirmation = "always"
        visit.start = "2026-03-05 12:00:00"
        self.assertEqual(visit.status, "scheduled")

    @users("front.desk")
    def test_another_chair_is_a_move_too(self):
        visit = self._book(at(9))
        chair = self.env["dental.operatory"].sudo().create({"name": "Chair 2"})
        visit.operatory_id = chair
        self.assertEqual(visit.move_ids.to_operatory_id, chair)
