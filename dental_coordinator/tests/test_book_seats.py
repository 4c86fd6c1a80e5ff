# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..book import crowded, seated

DAY = datetime(2026, 3, 2)


def at(unit):
    return DAY + timedelta(minutes=10 * unit)


def rows(*spans):
    return [(at(start), at(stop), seat) for start, stop, seat in spans]


@tagged("post_install", "-at_install")
class TestBookSeats(BaseCase):
    """Places of a room for several people."""

    def test_full_only_while_no_place_is_left(self):
        taken = rows((0, 4, 1), (2, 6, 2), (8, 9, 0))
        self.assertEqual(crowded(taken, 2), [(at(2), at(4)), (at(8), at(9))])
        self.assertEqual(crowded(taken, 3), [(at(8), at(9))])

    def test_the_same_place_throughout_where_there_is_one(self):
        self.assertEqual(seated(at(0), at(4), rows((1, 2, 1)), 2), [(at(0), at(1), 1),
                         (at(1), at(4), 2)])  # fmt: skip
        self.assertEqual(seated(at(0), at(4), rows((0, 2, 1)), 2), [(at(0), at(4), 2)])

    def test_a_change_of_place_rather_than_a_refusal(self):
        taken = rows((0, 2, 1), (2, 4, 2))
        self.assertEqual(seated(at(1), at(3), taken, 2), [(at(1), at(2), 2), (at(2), at(3), 1)])

    def test_closed_time_takes_all_places(self):
        self.assertIsNone(seated(at(0), at(2), rows((1, 3, 0)), 5))

    @given(
        st.lists(st.tuples(st.integers(0, 12), st.integers(1, 6)), max_size=14),
        st.integers(1, 4),
    )
    def test_who_finds_a_place_and_who_is_refused(self, wishes, capacity):
        """Refused exactly when the room is full at some moment; nobody shares a place."""
        taken = []
        for start, length in wishes:
            begin, end = at(start), at(start + length)
            full = any(a < end and b > begin for a, b in crowded(taken, capacity))
            found = seated(begin, end, taken, capacity)
            self.assertEqual(found is None, full)
            for a, b, seat in found or ():
                self.assertFalse(
                    [row for row in taken if row[2] == seat and row[0] < b and row[1] > a]
                )
            taken += found or []
