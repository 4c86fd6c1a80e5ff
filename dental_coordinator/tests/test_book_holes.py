# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..book import Diary
from ..book.holes import Hole, holes

DAY = datetime(2026, 3, 2)


def at(hour, minute=0):
    return DAY + timedelta(hours=hour, minutes=minute)


OPENS = at(8)


@tagged("post_install", "-at_install")
class TestHoles(BaseCase):
    def _holes(self, busy, staffing=None, start=OPENS, minimum=20):
        working = {key: [(at(8), at(12))] for key in ("chair", "ann", "bob")}
        diary = Diary(working, busy)
        return holes(diary, staffing or {"chair": ["ann"]}, start, at(24), minimum)

    def test_between_visits_and_to_the_end(self):
        busy = [("chair", at(8), at(9)), ("chair", at(10), at(11))]
        self.assertEqual(
            self._holes(busy),
            [
                Hole("chair", at(9), at(10), ("ann",)),
                Hole("chair", at(11), at(12), ("ann",)),
            ],
        )

    def test_a_pause_is_no_hole(self):
        busy = [("chair", at(8), at(9)), ("chair", at(9, 10), at(12))]
        self.assertEqual(self._holes(busy), [])
        self.assertEqual(self._holes(busy, minimum=10)[0].minutes, 10)

    def test_what_is_over_is_no_hole(self):
        found = self._holes([("chair", at(8), at(9))], start=at(9, 30))
        self.assertEqual((found[0].start, found[0].minutes), (at(9, 30), 150))

    def test_nobody_there_means_closed(self):
        self.assertEqual(self._holes([("ann", at(8), at(12))]), [])
        self.assertEqual(self._holes([], staffing={"chair": []}), [])

    def test_whoever_of_the_staff_is_free_long_enough_is_named(self):
        busy = [("chair", at(8), at(10)), ("bob", at(10, 10), at(12))]
        found = self._holes(busy, staffing={"chair": ["ann", "bob"]})
        self.assertEqual(found, [Hole("chair", at(10), at(12), ("ann",))])

    def test_one_takes_over_from_the_other(self):
        busy = [("ann", at(9), at(12)), ("bob", at(8), at(9))]
        found = self._holes(busy, staffing={"chair": ["ann", "bob"]})
        self.assertEqual(found, [Hole("chair", at(8), at(12), ("ann", "bob"))])

    @settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(st.integers(0, 23), st.integers(1, 6)), max_size=12))
    def test_holes_and_visits_share_no_minute(self, spans):
        busy = [
            ("chair", at(8) + timedelta(minutes=10 * start), at(8, 10 * (start + length)))
            for start, length in spans
        ]
        found = self._holes(busy, minimum=10)
        for hole in found:
            for _chair, start, stop in busy:
                self.assertFalse(hole.start < stop and start < hole.stop)
        taken = {
            minute
            for minute in range(0, 240, 10)
            if any(start <= at(8, minute) < stop for _chair, start, stop in busy)
        }
        self.assertEqual(sum(hole.minutes for hole in found), 240 - 10 * len(taken))
