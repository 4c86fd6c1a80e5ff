# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..lab import Pace, Workdays, expected, in_time

MONDAY = date(2026, 3, 2)
# Two weeks in which the clinic is closed on Wednesday the 4th.
OPEN = [MONDAY + timedelta(days=n) for n in (0, 1, 3, 4, 7, 8, 9, 10, 11)]
DAYS = Workdays(MONDAY, MONDAY + timedelta(days=13), OPEN)


@tagged("post_install", "-at_install")
class TestLabWorkdays(BaseCase):
    def test_weekends_and_holidays_do_not_count(self):
        self.assertEqual(DAYS.after(MONDAY, 2), date(2026, 3, 5))
        self.assertEqual(DAYS.after(MONDAY, 4), date(2026, 3, 9))
        self.assertEqual(DAYS.before(date(2026, 3, 9), 3), date(2026, 3, 3))
        self.assertEqual(DAYS.between(MONDAY, date(2026, 3, 9)), 4)

    def test_no_day_is_the_day_itself_or_the_next_open_one(self):
        self.assertEqual(DAYS.after(MONDAY, 0), MONDAY)
        self.assertEqual(DAYS.after(date(2026, 3, 4), 0), date(2026, 3, 5))
        self.assertEqual(DAYS.before(date(2026, 3, 4), 0), date(2026, 3, 3))

    def test_beyond_what_is_known_weekdays_count(self):
        self.assertEqual(DAYS.after(date(2026, 3, 13), 3), date(2026, 3, 18))
        self.assertEqual(DAYS.after(date(2026, 3, 20), 1), date(2026, 3, 23), "no Saturday")

    def test_the_first_and_the_last_day_are_known(self):
        shut = Workdays(MONDAY, MONDAY + timedelta(days=4), [])
        known = [day for day in range(-4, 9) if MONDAY + timedelta(days=day) in shut]
        self.assertEqual(known, [-4, -3, 7, 8], "the Fridays before and the Mondays after")

    def test_a_calendar_without_a_working_day_comes_to_an_end(self):
        shut = Workdays(MONDAY, MONDAY + timedelta(days=5000), [])
        self.assertEqual(shut.after(MONDAY, 3), MONDAY + timedelta(days=369))
        day = MONDAY + timedelta(days=4000)
        self.assertEqual(shut.before(day, 3), day - timedelta(days=369))

    @given(st.integers(-30, 30), st.integers(1, 40))
    def test_there_and_back(self, shift, count):
        day = MONDAY + timedelta(days=shift)
        self.assertEqual(DAYS.between(day, DAYS.after(day, count)), count)
        there = DAYS.after(day, count)
        self.assertEqual(DAYS.after(DAYS.before(there, count), count), there)

    def test_few_cases_teach_nothing(self):
        self.assertEqual(Pace(5, 9, 2).learned, 5)
        self.assertEqual(Pace(5, 8.5, 3).learned, 9)
        self.assertEqual(Pace(5, 2, 9).learned, 5, "earlier than published is not counted on")
        self.assertIsNone(Pace().learned)
        self.assertEqual(Pace(None, 4, 3).learned, 4)

    def test_expected(self):
        pace = Pace(2)
        for what, told in (
            ("not sent: from today", expected(DAYS, MONDAY, pace)),
            ("sent: from that day", expected(DAYS, MONDAY, pace, sent_on=MONDAY)),
        ):
            self.assertEqual(told, date(2026, 3, 5), what)
        friday = date(2026, 3, 6)
        self.assertEqual(expected(DAYS, friday, pace, MONDAY), date(2026, 3, 9), "put off")
        self.assertEqual(expected(DAYS, MONDAY, pace, MONDAY, friday), friday, "as promised")
        self.assertEqual(expected(DAYS, friday, pace, MONDAY, friday), friday, "today, as promised")
        self.assertEqual(
            expected(DAYS, friday, pace, None, friday), date(2026, 3, 10), "promised, not sent"
        )
        self.assertIsNone(expected(DAYS, MONDAY, Pace(), MONDAY))

    def test_in_time_with_days_to_look_at_it(self):
        visit = date(2026, 3, 9)
        self.assertTrue(in_time(DAYS, MONDAY, date(2026, 3, 6), visit, 1))
        self.assertFalse(in_time(DAYS, MONDAY, date(2026, 3, 6), visit, 2))
        self.assertFalse(in_time(DAYS, MONDAY, visit, visit, 1))
        self.assertTrue(in_time(DAYS, MONDAY, None, visit, 1), "nobody knows, and there is time")
        self.assertFalse(in_time(DAYS, visit, None, visit, 1), "nobody knows, and it is today")
