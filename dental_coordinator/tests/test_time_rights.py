# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged, users

from .test_book_screen import DAY, BookCase

TOLD_MOVE = "you may not move visits"
TOLD_RESIZE = "you may not change how long"


@tagged("post_install", "-at_install")
@freeze_time(f"{DAY} 08:00:00")
class TestTimeRights(BookCase):
    """Moving and resizing are two rights, on the screen and behind it."""

    def _take(self, *rights):
        """The clinic takes rights from the role of the front desk."""
        role = self.env.ref("dental_coordinator.group_front_desk").sudo()
        role.implied_ids = [
            Command.unlink(self.env.ref(f"dental_coordinator.group_{right}_visits").id)
            for right in rights
        ]

    def _screen(self):
        data = self.env["dental.book"].data(DAY)
        return data["may_book"], data["may_move"], data["may_resize"]

    @users("front.desk")
    def test_who_only_resizes(self):
        self.assertEqual(self._screen(), (True, True, True))
        self._take("move")
        self.assertEqual(self._screen(), (True, False, True))
        visit = self.hers.with_env(self.env)
        visit.book_place({"minutes": 60})
        self.assertEqual(visit.pattern, "/XXXX/")
        for vals in (
            {"start": f"{DAY} 10:00:00"},
            {"operatory_id": self.chair_2.id},
            {"start": f"{DAY} 10:00:00", "stop": f"{DAY} 11:00:00"},
        ):
            with self._refused(AccessError, f"{visit.number}: {TOLD_MOVE}"):
                visit.write(vals)
        with self._refused(AccessError, TOLD_MOVE):
            visit.action_to_tray()

    @users("front.desk")
    def test_who_only_moves(self):
        self._take("resize")
        self.assertEqual(self._screen(), (True, True, False))
        visit = self.hers.with_env(self.env)
        visit.book_place(
            {"start": f"{DAY} 10:00:00", "minutes": 40, "operatory_id": self.chair_2.id}
        )
        for vals in ({"minutes": 60}, {"start": f"{DAY} 11:00:00", "minutes": 60}):
            with self._refused(AccessError, f"{visit.number}: {TOLD_RESIZE}"):
                visit.book_place(vals)
        with self._refused(AccessError, TOLD_RESIZE):
            visit.write({"pattern": "/XXXX/"})
        visit.write({"pattern": "X/X/"})

    @users("front.desk")
    def test_the_calendar_is_no_way_round(self):
        self._take("move", "resize")
        event = self.hers.with_env(self.env).event_id
        with self._refused(AccessError, TOLD_MOVE):
            event.write({"start": f"{DAY} 11:00:00", "stop": f"{DAY} 11:40:00"})
        with self._refused(AccessError, TOLD_RESIZE):
            event.write({"stop": f"{DAY} 10:00:00"})
        forged = event.with_context(dont_notify=True, dental_reserving=True, dental_by="x")
        with self._refused(AccessError, TOLD_RESIZE):
            forged.write({"stop": f"{DAY} 10:00:00"})

    @users("front.desk")
    def test_booking_and_breaking_need_neither(self):
        self._take("move", "resize")
        visit = self.hers.with_env(self.env)
        visit.action_break("cancelled")
        copied = visit.create(
            {
                "patient_id": visit.patient_id.id,
                "type_id": visit.type_id.id,
                "provider_id": visit.provider_id.id,
                "operatory_id": visit.operatory_id.id,
                "start": f"{DAY} 14:00:00",
            }
        )
        self.assertEqual(copied.status, "scheduled")

    @users("front.desk")
    def test_treatment_sets_the_length_whoever_writes_it_down(self):
        self._take("move", "resize")
        visit = self.hers.with_env(self.env)
        code = (
            self.env["dental.procedure.code"]
            .sudo()
            .create(
                {
                    "code": "X9901",
                    "name": "Long crown",
                    "category_id": self.env.ref("dental_coordinator.procedure_category_crowns").id,
                    "area_rule": "none",
                    "pattern": "/XXXX/",
                }
            )
        )
        self.env["dental.procedure"].sudo().create(
            {"patient_id": visit.patient_id.id, "code_id": code.id, "appointment_id": visit.id}
        )
        visit.with_env(self.env)._follow_procedures()
        self.assertEqual(len(visit.pattern), 6)

    @users("front.desk")
    def test_main_and_second_provider_change_places(self):
        visit = self.hers.with_env(self.env)
        second = self.env["dental.appointment.staff"].create(
            {"appointment_id": visit.id, "provider_id": self.haas.id, "pattern": "X"}
        )
        main, before = visit.provider_id, visit.pattern
        self.his.sudo().action_break("cancelled")
        second.action_make_main()
        self.assertEqual((visit.provider_id, visit.pattern), (self.haas, "X///"))
        self.assertEqual((second.provider_id, second.pattern), (main, before))
        self.assertFalse(visit.time_locked)
        held = visit.sudo().reservation_ids.filtered(lambda r: r.kind == "provider")
        self.assertEqual(held.resource_id, (main | self.haas).resource_id)
        second.action_make_main()
        self.assertEqual((visit.provider_id, visit.pattern), (main, before))
