# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..reckoning import ageing, exact, spread, unit

TODAY = date(2024, 6, 14)
AMOUNT = st.decimals(min_value=-5000, max_value=5000, places=2)
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SHARE = st.decimals(min_value=0, max_value=5000, places=2)


def amounts(*texts):
    return tuple(Decimal(text) for text in texts)


class TestAgeing(BaseCase):
    def test_each_bucket_ends_on_its_last_day(self):
        for days, bucket in ((-5, 0), (0, 0), (30, 0), (31, 1), (60, 1), (61, 2), (90, 2), (91, 3)):
            with self.subTest(days=days):
                ages = ageing([(TODAY - timedelta(days), Decimal(7))], TODAY)
                expected = [Decimal(0)] * 4
                expected[bucket] = Decimal(7)
                self.assertEqual(list(ages), expected)

    def test_a_credit_pays_the_oldest_charge_first(self):
        """Case aging-unattached-full: 100 paid ahead cover the older charge of 100."""
        items = [
            (date(2024, 3, 21), Decimal(100)),
            (date(2024, 4, 20), Decimal(150)),
            (date(2024, 6, 12), Decimal(-100)),
        ]
        self.assertEqual(ageing(items, TODAY), amounts("0", "150", "0", "0"))

    def test_a_credit_left_over_stands_in_the_first_bucket(self):
        items = [(date(2024, 3, 1), Decimal(40)), (TODAY, Decimal(-100))]
        self.assertEqual(ageing(items, TODAY), amounts("-60", "0", "0", "0"))

    @UNHURRIED
    @given(st.lists(st.tuples(st.integers(0, 500), AMOUNT)))
    def test_the_buckets_add_up_to_the_account(self, items):
        dated = [(TODAY - timedelta(days), amount) for days, amount in items]
        self.assertEqual(sum(ageing(dated, TODAY)), sum(amount for _days, amount in items))


class TestSpread(BaseCase):
    def test_each_share_is_filled_before_the_next(self):
        self.assertEqual(spread(Decimal(130), amounts("100", "50", "70")), [100, 30, 0])

    def test_what_exceeds_falls_on_the_last(self):
        self.assertEqual(spread(Decimal(200), amounts("100", "50")), [100, 100])

    def test_a_negative_amount_falls_on_the_last(self):
        self.assertEqual(spread(Decimal(-20), amounts("100", "50")), [0, -20])

    def test_nothing_to_lay_on(self):
        self.assertEqual(spread(Decimal(0), []), [])

    @UNHURRIED
    @given(AMOUNT, st.lists(SHARE, min_size=1))
    def test_nothing_is_lost(self, amount, shares):
        self.assertEqual(sum(spread(amount, shares)), amount)


class TestExact(BaseCase):
    def test_a_float_is_what_it_was_meant_to_be(self):
        self.assertEqual(exact(0.1 + 0.2), Decimal("0.30"))
        self.assertEqual(exact(None), Decimal(0))
        self.assertEqual(exact(1234.5, 0), Decimal(1234))

    def test_a_third_decimal_is_kept_and_no_cent_gets_one(self):
        self.assertEqual(str(exact(115.125)), "115.125")
        self.assertEqual(str(exact(115.1 + 0.02)), "115.12")

    def test_the_smallest_amount_of_a_currency(self):
        self.assertEqual([unit(places) for places in (0, 2, 3)], [*amounts("1", "0.01", "0.001")])
