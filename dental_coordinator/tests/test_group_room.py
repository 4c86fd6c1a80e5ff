# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

from freezegun import freeze_time
from psycopg2.errors import ExclusionViolation

from odoo.exceptions import UserError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .test_book_screen import DAY, BookCase


@tagged("post_install", "-at_install")
@freeze_time(f"{DAY} 08:00:00")
class TestGroupRoom(BookCase):
    """A room for several patients is taken when it is full, not before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.room = cls.env["dental.operatory"].create(
            {"name": "Recovery", "company_id": cls.company.id, "tz": "UTC", "capacity": 2}
        )
        cls.kind = cls.env["dental.appointment.type"].create({"name": "Rest", "pattern": "////"})
        cls.people = [cls._new_patient(f"Guest {n}", "Room") for n in range(4)]

    def _rest(self, who, hour, **vals):
        return self.env["dental.appointment"].create(
            {
                "patient_id": self.people[who].id,
                "type_id": self.kind.id,
                "provider_id": self.provider.id,
                "operatory_id": self.room.id,
                "start": f"{DAY} {hour}:00",
                **vals,
            }
        )

    def _seats(self, visits):
        return visits.sudo().reservation_ids.filtered(lambda r: r.kind == "operatory").sorted(
            "start"
        ).mapped("seat")  # fmt: skip

    @users("front.desk")
    def test_as_many_as_it_has_places(self):
        first, second = self._rest(0, "13:00"), self._rest(1, "13:10")
        self.assertEqual(self._seats(first | second), [1, 2])
        told = r"Recovery is full at that time, it has 2 places\.\nFree instead"
        with self._refused(UserError, told):
            self._rest(2, "13:20")
        third = self._rest(2, "13:40")
        self.assertEqual(self._seats(third), [1])
        first.action_break("cancelled")
        self.assertEqual(self._seats(self._rest(3, "13:00")), [1])

    @users("front.desk")
    def test_an_ordinary_chair_holds_one(self):
        self._rest(0, "13:00", operatory_id=self.chair.id)
        with self._refused(UserError, "The chair is taken"):
            self._rest(1, "13:10", operatory_id=self.chair.id)

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_two_from_one_place_and_closed_time_from_all(self):
        held = self._rest(0, "13:00").reservation_ids.filtered(lambda r: r.kind == "operatory")
        for seat in (held.seat, 0):
            with self.assertRaises(ExclusionViolation), self.env.cr.savepoint():
                held.copy({"seat": seat})
        held.copy({"seat": held.seat + 1})

    @users("front.desk")
    def test_the_search_proposes_it_until_it_is_full(self):
        finder = self.env["dental.slot.finder"].create(
            {"patient_id": self.people[3].id, "type_id": self.kind.id,
             "provider_id": self.provider.id, "operatory_id": self.room.id}
        )  # fmt: skip

        def first():
            finder.action_search()
            return finder.proposal_ids.sorted("start")[0].start

        opening = first()
        hour = f"{opening:%H:%M}"
        self._rest(0, hour)
        self.assertEqual(first(), opening)
        self._rest(1, hour)
        self.assertGreaterEqual(first(), opening.replace(minute=opening.minute + 40))

    def test_a_room_gets_places_and_loses_no_booked_one(self):
        visit = self._rest(0, "13:00", operatory_id=self.chair_2.id)
        self.chair_2.capacity = 2
        self.assertEqual(self._seats(visit), [1])
        self._rest(1, "13:00", operatory_id=self.chair_2.id)
        with self.assertRaisesRegex(UserError, "taken|full"), self.env.cr.savepoint():
            self.chair_2.capacity = 1

    @users("front.desk")
    def test_the_screen_knows_how_many_it_takes(self):
        chairs = {
            row["name"]: row["capacity"] for row in self.env["dental.book"].data(DAY)["chairs"]
        }
        self.assertEqual((chairs["Recovery"], chairs[self.chair.name]), (2, 1))

    def test_moved_it_takes_a_place_there(self):
        one, other = self._rest(0, "13:00"), self._rest(1, "15:00")
        other.start = datetime.fromisoformat(f"{DAY} 13:00:00")
        self.assertEqual(sorted(self._seats(one | other)), [1, 2])
