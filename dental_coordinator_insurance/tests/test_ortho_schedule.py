# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase

from ..orthodontics import Step, claim_days, months_left, schedule

DAY = date(2026, 1, 31)


class TestOrthoSchedule(BaseCase):
    """Days and amounts of an orthodontic treatment's claims, without a database."""

    def test_last_of_the_month_stays_the_last(self):
        days = claim_days(DAY, 4, "monthly")
        self.assertEqual([(d.month, d.day) for d in days], [(2, 28), (3, 31), (4, 30), (5, 31)])

    def test_none_after_the_end(self):
        self.assertEqual(len(claim_days(DAY, 11, "quarterly")), 3)
        self.assertEqual(claim_days(DAY, 2, "quarterly"), ())
        self.assertEqual(claim_days(DAY, 24, "visit"), ())

    def test_amounts_add_up_to_the_fee(self):
        for way in ("monthly", "quarterly", "semi_annual", "annual", "global"):
            for months in (1, 7, 12, 23, 24, 36):
                steps = schedule(DAY, months, way, Decimal("4999.99"), Decimal("1000"))
                self.assertEqual(sum(step.amount for step in steps), Decimal("4999.99"))
                self.assertEqual([step.initial for step in steps].count(True), 1)
                self.assertEqual(list(steps), sorted(steps, key=lambda step: step.day))

    def test_last_takes_what_cannot_be_divided(self):
        steps = schedule(DAY, 3, "monthly", Decimal("100"), Decimal(0))
        self.assertEqual([str(step.amount) for step in steps], ["33.33", "33.33", "33.34"])

    def test_global_and_short_treatments_are_one_claim(self):
        one = (Step(DAY, Decimal(900), initial=True),)
        self.assertEqual(schedule(DAY, 24, "global", Decimal(900), Decimal(100)), one)
        self.assertEqual(schedule(DAY, 2, "quarterly", Decimal(900), Decimal(100)), one)

    def test_visits_charge_for_themselves(self):
        steps = schedule(DAY, 24, "visit", Decimal(900), Decimal(100))
        self.assertEqual(steps, (Step(DAY, Decimal(100), initial=True),))

    def test_months_left(self):
        self.assertEqual(months_left(DAY, 12, DAY), 12)
        self.assertEqual(months_left(DAY, 12, date(2026, 3, 30)), 11)
        self.assertEqual(months_left(DAY, 12, date(2026, 3, 31)), 10)
        self.assertEqual(months_left(DAY, 12, date(2028, 1, 1)), 0)
        self.assertEqual(months_left(DAY, 12, date(2025, 12, 1)), 12)

    def test_nonsense_is_refused(self):
        for args in (
            (DAY, 0, "monthly", Decimal(10), Decimal(0)),
            (DAY, 10, "weekly", Decimal(10), Decimal(0)),
            (DAY, 10, "monthly", Decimal(0), Decimal(0)),
            (DAY, 10, "monthly", Decimal(10), Decimal(11)),
        ):
            with self.assertRaises(ValueError):
                schedule(*args)
