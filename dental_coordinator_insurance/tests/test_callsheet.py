# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta
from decimal import Decimal

from odoo.tests import BaseCase

from ..callsheet import QUESTIONS, Answer, Known, Service, needed, read_answer

TODAY = date(2026, 11, 25)
YEAR = date(2026, 1, 1)


def keys(services, known=()):
    return [one.question.key for one in needed(services, known, TODAY, YEAR)]


class TestCallSheet(BaseCase):
    """The sheet asks what this visit needs and nobody knows well enough."""

    def _all_known(self, as_of, **vals):
        categories = ("", "preventive", "prostho_fixed", "crowns")
        return [
            Known(question.key, category, as_of, **vals)
            for question in QUESTIONS
            for category in categories
        ]

    def test_a_cleaning_asks_no_more_than_ten_questions(self):
        found = keys([Service("preventive", "X1110")])
        self.assertIn("cleaning_frequency", found)
        self.assertIn("last_cleaning", found)
        self.assertNotIn("missing_tooth", found)
        self.assertNotIn("waiting", found)
        self.assertLessEqual(len(found), 10)

    def test_a_bridge_asks_the_clauses(self):
        found = keys([Service("prostho_fixed", "X6240")])
        for key in ("missing_tooth", "replacement", "waiting", "last_prosthesis", "downgrade"):
            self.assertIn(key, found)
        self.assertIn("precert", found)
        self.assertNotIn("cleaning_frequency", found)

    def test_what_is_fresh_is_not_asked(self):
        self.assertEqual(keys([Service("preventive")], self._all_known(TODAY)), [])

    def test_a_new_benefit_year_asks_limits_again(self):
        known = self._all_known(YEAR - timedelta(days=1))
        found = needed([Service("preventive")], known, TODAY, YEAR)
        reasons = {one.question.key: one.reason for one in found}
        self.assertEqual(reasons["maximum"], "last_year")
        self.assertEqual(reasons["maximum_used"], "old")

    def test_used_money_grows_old_in_a_month_and_the_limit_in_a_year(self):
        known = self._all_known(TODAY - timedelta(days=31))
        found = keys([Service("preventive")], known)
        self.assertIn("maximum_used", found)
        self.assertNotIn("maximum", found)

    def test_the_first_day_of_the_year_and_the_last_fresh_one_count(self):
        self.assertNotIn("maximum", keys([Service("preventive")], self._all_known(YEAR)))
        for days, asked in ((30, False), (31, True)):
            known = self._all_known(TODAY - timedelta(days=days))
            found = keys([Service("preventive")], known)
            self.assertEqual("maximum_used" in found, asked, days)

    def test_a_guess_is_asked(self):
        found = needed([Service("crowns")], self._all_known(TODAY, guess=True), TODAY, YEAR)
        self.assertEqual({one.reason for one in found}, {"guessed"})

    def test_a_payers_word_beats_a_later_guess(self):
        known = [*self._all_known(TODAY), *self._all_known(TODAY + timedelta(1), guess=True)]
        self.assertEqual(keys([Service("crowns")], known), [])

    def test_each_category_has_its_percentage_once(self):
        services = [Service("crowns"), Service("crowns"), Service("endo")]
        found = [
            n.category for n in needed(services, (), TODAY, YEAR) if n.question.key == "percent"
        ]
        self.assertEqual(found, ["crowns", "endo"])

    def test_order_is_the_catalogues(self):
        found = keys([Service("prostho_fixed"), Service("preventive")])
        order = [question.key for question in QUESTIONS]
        self.assertEqual(found, sorted(found, key=order.index))

    def test_every_question_has_a_key_of_its_own(self):
        names = [question.key for question in QUESTIONS]
        self.assertEqual(len(names), len(set(names)))


class TestAnswers(BaseCase):
    def _reads(self, form, typed, **expected):
        self.assertEqual(read_answer(form, typed), Answer(**expected), typed)

    def test_blank_is_unknown_and_zero_is_zero(self):
        for form in ("percent", "amount", "frequency", "yes", "date", "text"):
            self.assertIsNone(read_answer(form, "  "))
        self._reads("percent", "0", number=Decimal(0))
        self._reads("amount", "0.00", number=Decimal("0.00"))

    def test_numbers(self):
        self._reads("percent", "80 %", number=Decimal(80))
        self._reads("amount", "$1,500.50", number=Decimal("1500.50"))
        self._reads("amount", "Unlimited", none=True)
        self._reads("age", "through 18", number=Decimal(18))
        self._reads("age", "120", number=Decimal(120))
        self._reads("age", "none", none=True)

    def test_frequencies(self):
        for text, count, period, every in (
            ("2 per year", 2, "service_year", 1),
            ("2 per calendar year", 2, "calendar_year", 1),
            ("1/6 months", 1, "months", 6),
            ("once every 5 years", 1, "years", 5),
            ("1 in 36 months", 1, "months", 36),
            ("twice a year", 2, "service_year", 1),
            ("once a lifetime", 1, "lifetime", 1),
            ("1 per 6m", 1, "months", 6),
        ):
            self._reads("frequency", text, number=Decimal(count), period=period, count=every)
        self._reads("frequency", "no limit", none=True)

    def test_spans_and_days(self):
        self._reads("span", "12 months", number=Decimal(12), period="months")
        self._reads("span", "none", number=Decimal(0), period="months")
        self._reads("date", "3/31/2026", day=date(2026, 3, 31))
        self._reads("date", "2026-03-31", day=date(2026, 3, 31))
        self._reads("date", "never", none=True)

    def test_yes_and_no(self):
        self._reads("yes", "Y", yes=True, text="y")
        self._reads("yes", "no, not since May", yes=False, text="no, not since may")

    def test_what_is_not_understood_says_how_it_is_typed(self):
        for form, text, words in (
            ("percent", "120", "between 0 and 100"),
            ("percent", "eighty", "such as 80"),
            ("amount", "-5", "such as 1500"),
            ("frequency", "sometimes", "2 per year"),
            ("frequency", "1 per 20 days", "months or years"),
            ("span", "soon", "6 months"),
            ("date", "2026-02-31", "2026-03-31"),
            ("yes", "perhaps", "yes or no"),
            ("age", "old", "such as 18"),
        ):
            with self.subTest(text), self.assertRaisesRegex(ValueError, words):
                read_answer(form, text)
