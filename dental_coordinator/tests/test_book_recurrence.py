# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Time that comes again, on the clinic's clock."""

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..book import Recurrence, local
from .book_clinic import MONDAY, TZ, at


def lunch(**values):
    return Recurrence(at(12), at(13), TZ, **values)


def shown(spans):
    return [
        f"{local.to_local(start, TZ):%a %d %H:%M}-{local.to_local(stop, TZ):%H:%M}"
        for start, stop in spans
    ]


class TestRecurrence(BaseCase):
    def test_once(self):
        self.assertEqual(lunch().spans(at(0), at(23)), [(at(12), at(13))])
        self.assertEqual(lunch().spans(at(13), at(23)), [])

    def test_weekdays_keep_the_local_hour_over_the_clock_change(self):
        # Clocks go forward on Sunday 8 March.
        found = lunch(weekdays=frozenset({0, 4})).spans(at(0), at(0, day=date(2026, 3, 14)))
        self.assertEqual(
            shown(found),
            [
                "Mon 02 12:00-13:00",
                "Fri 06 12:00-13:00",
                "Mon 09 12:00-13:00",
                "Fri 13 12:00-13:00",
            ],
        )
        self.assertEqual(found[2][0] - found[0][0], timedelta(days=7, hours=-1))

    def test_every_other_week_counts_from_the_first(self):
        found = lunch(weekdays=frozenset({2}), weeks=2).spans(at(0), at(0, day=date(2026, 4, 2)))
        self.assertEqual([start.day for start, _stop in found], [4, 18, 1])

    def test_until_is_the_last_day(self):
        rule = lunch(weekdays=frozenset(range(7)), until=date(2026, 3, 4))
        self.assertEqual(len(rule.spans(at(0), at(0, day=date(2026, 5, 1)))), 3)

    def test_over_midnight_is_found_from_the_next_day(self):
        night = Recurrence(at(22), at(22) + timedelta(hours=8), TZ, frozenset({0}))
        tuesday = MONDAY + timedelta(days=1)
        self.assertEqual(shown(night.spans(at(5, day=tuesday), at(7, day=tuesday))),
                         ["Mon 02 22:00-06:00"])  # fmt: skip

    def test_the_hour_that_clocks_skip_is_left_out(self):
        start = at(2, 10, day=date(2026, 3, 1))
        rule = Recurrence(start, start + timedelta(minutes=30), TZ, frozenset({6}))
        found = rule.spans(start, at(0, day=date(2026, 3, 16)))
        self.assertNotIn(0, [(b - a).total_seconds() for a, b in found])

    def test_without_length_is_refused(self):
        with self.assertRaisesRegex(ValueError, "the end comes first"):
            Recurrence(at(12), at(12), TZ)
        with self.assertRaisesRegex(ValueError, "every so many weeks"):
            lunch(weeks=0)

    @given(
        st.frozensets(st.integers(0, 6), min_size=1),
        st.integers(1, 4),
        st.integers(0, 47),
        st.integers(1, 100),
        st.integers(0, 400),
    )
    @settings(max_examples=60, deadline=None)
    def test_a_window_finds_what_the_whole_finds(self, weekdays, weeks, half, length, day):
        """Whatever window is asked for, its spans are those of the whole that touch it."""
        start = at(0) + timedelta(minutes=30 * half)
        rule = Recurrence(start, start + timedelta(minutes=30 * length), TZ, weekdays, weeks)
        whole = rule.spans(datetime(2026, 1, 1), datetime(2027, 9, 1))
        begin = at(0) + timedelta(days=day)
        end = begin + timedelta(days=3)
        self.assertEqual(rule.spans(begin, end), [s for s in whole if s[0] < end and s[1] > begin])
