# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from odoo.tests import BaseCase

from ..collecting import Account, Rule, holds, judge, next_step, notice, stopped

CALL = Rule(1, 15, Decimal(5), "call")
LETTER = Rule(2, 45, Decimal(10), "letter")
LETTER_LARGE = Rule(5, 45, Decimal(500), "letter")
FINAL = Rule(3, 90, Decimal(25), "final")
LAST = Rule(4, 120, Decimal(50), "last", text=False)
RULES = [LAST, FINAL, CALL, LETTER, LETTER_LARGE]
TODAY = date(2026, 3, 5)


class TestCollecting(BaseCase):
    """The next step by age and amount, what speaks for waiting, and what a promise came to."""

    def _account(self, days, amount=100, **vals):
        return Account(days, Decimal(amount), **vals)

    def test_the_most_specific_step_that_fits(self):
        for days, amount, expected in (
            (14, 100, None),
            (15, 4, None),
            (15, 5, CALL),
            (45, 9, CALL),
            (45, 10, LETTER),
            (45, 500, LETTER_LARGE),
            (90, 24, LETTER),
            (90, 25, FINAL),
        ):
            with self.subTest(days=days, amount=amount):
                self.assertEqual(next_step(self._account(days, amount), RULES), expected)

    def test_no_step_is_taken_twice_or_backwards(self):
        self.assertIsNone(next_step(self._account(20, taken=1), RULES))
        self.assertEqual(next_step(self._account(50, taken=1), RULES), LETTER)
        self.assertIsNone(next_step(self._account(89, taken=5), RULES))
        self.assertEqual(next_step(self._account(90, taken=5), RULES), FINAL)
        self.assertEqual(next_step(self._account(50, taken=99), RULES), LETTER, "rule is gone")

    def test_nothing_is_handed_over_before_a_final_notice(self):
        old = self._account(400)
        self.assertEqual(next_step(old, RULES), FINAL)
        self.assertIsNone(next_step(replace(old, taken=3), RULES))
        self.assertEqual(next_step(replace(old, taken=3, final_sent=True), RULES), LAST)

    def test_what_stops_the_hard_steps_and_what_stops_all(self):
        old = self._account(400, final_sent=True)
        for name in ("plan_kept", "claims_open"):
            with self.subTest(name):
                held = replace(old, **{name: True})
                self.assertEqual(holds(held), (name,))
                kinds = [rule.kind for rule in RULES if stopped(held, rule.kind)]
                self.assertEqual(kinds, ["last", "final"])
                self.assertEqual(next_step(held, RULES), LETTER)
                self.assertEqual(notice(held, RULES), LETTER)
                self.assertIsNone(next_step(replace(held, taken=3), RULES))
        for name in ("promised", "disputed"):
            with self.subTest(name):
                held = replace(old, **{name: True})
                self.assertTrue(all(stopped(held, rule.kind) for rule in RULES))
                self.assertIsNone(next_step(held, RULES))
                self.assertIsNone(notice(held, RULES))

    def test_one_text_on_a_bill_the_most_specific(self):
        self.assertEqual(notice(self._account(400), RULES), FINAL, "the last step has no text")
        self.assertEqual(notice(self._account(60), RULES), LETTER)
        self.assertEqual(notice(self._account(60), [replace(LETTER, text=False), CALL]), CALL)
        self.assertIsNone(notice(self._account(3), RULES))

    def test_a_promise_is_what_was_paid_in_time(self):
        yesterday = TODAY - timedelta(days=1)
        for until, paid, owes, expected in (
            (TODAY, 50, 100, "kept"),
            (yesterday, 50, 100, "kept"),
            (TODAY, 49, 100, "open"),
            (yesterday, 49, 100, "broken"),
            (yesterday, 0, 0, "settled"),
            (TODAY, 0, -5, "settled"),
        ):
            with self.subTest(until=until, paid=paid, owes=owes):
                self.assertEqual(judge(50, until, paid, owes, TODAY), expected)
