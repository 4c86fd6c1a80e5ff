# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..benefits import add_workdays, feasible_from, median_answer, send_by, workdays_between

FRIDAY = date(2026, 11, 20)
THANKSGIVING = frozenset((date(2026, 11, 26),))
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
holidays = st.sets(days, max_size=40).map(frozenset)


class TestWorkdays(BaseCase):
    def test_weekends_and_holidays_do_not_count(self):
        self.assertEqual(add_workdays(FRIDAY, 1), date(2026, 11, 23))
        self.assertEqual(add_workdays(FRIDAY, 4, THANKSGIVING), date(2026, 11, 27))
        self.assertEqual(add_workdays(FRIDAY, 3, THANKSGIVING), date(2026, 11, 25))
        self.assertEqual(add_workdays(date(2026, 11, 23), -1), FRIDAY)

    def test_zero_days_is_the_day_or_the_next_business_day(self):
        self.assertEqual(add_workdays(FRIDAY, 0), FRIDAY)
        self.assertEqual(add_workdays(date(2026, 11, 21), 0), date(2026, 11, 23))

    def test_nine_business_days_ahead_and_a_payer_that_takes_ten_is_too_late(self):
        """The visit is in nine business days; asked today the answer comes after it."""
        today = date(2026, 11, 9)
        visit = add_workdays(today, 9)
        self.assertLess(send_by(visit, 10), today)
        self.assertEqual(feasible_from(today, 10), add_workdays(today, 11))
        self.assertGreater(feasible_from(today, 10), visit)

    def test_median_of_the_newest_answers(self):
        spans = [(FRIDAY, add_workdays(FRIDAY, taken)) for taken in (3, 30, 5, 4, 4)]
        self.assertEqual(median_answer(spans, 15), 4)
        self.assertEqual(median_answer([], 15), 15)
        many = [(FRIDAY, add_workdays(FRIDAY, 2))] * 20 + [(FRIDAY, add_workdays(FRIDAY, 40))] * 30
        self.assertEqual(median_answer(many, 15), 2)

    @settings(max_examples=300, deadline=None)
    @given(days, st.integers(0, 40), holidays)
    def test_asked_by_then_it_is_there_in_time(self, visit, taken, closed):
        by = send_by(visit, taken, closed)
        self.assertLess(by, visit)
        self.assertLessEqual(feasible_from(by, taken, closed), visit + timedelta(days=60))
        arrives = add_workdays(by, taken, closed)
        self.assertLess(arrives, visit)

    @settings(max_examples=300, deadline=None)
    @given(days, st.integers(1, 60), holidays)
    def test_adding_and_counting_agree(self, day, number, closed):
        self.assertEqual(workdays_between(day, add_workdays(day, number, closed), closed), number)
