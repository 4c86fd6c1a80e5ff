# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import BaseCase, tagged

from ..triage import (
    AFTER_CODES,
    AFTER_LEVELS,
    FACTORS,
    AfterAnswers,
    after_care,
    cardiac_index,
)

WELL = {
    "pain": 2,
    "bleeding": "none",
    "fever": False,
    "swelling": "expected",
    "numb": False,
    "relief": True,
}


@tagged("post_install", "-at_install")
class TestAftercare(BaseCase):
    def _after(self, **answers):
        return after_care(AfterAnswers(**{**WELL, **answers}))

    def test_all_asked_and_nothing_worries(self):
        self.assertEqual(self._after(), ("fine", (), ()))

    def test_each_worry(self):
        for answers, level, reason in (
            ({"swelling": "breathing"}, "now", "breathing"),
            ({"bleeding": "uncontrolled"}, "now", "bleeding"),
            ({"fever": True}, "now", "fever"),
            ({"pain": 8}, "now", "severe_pain"),
            ({"pain": 7}, "today", "pain"),
            ({"pain": 4, "relief": False}, "today", "unrelieved"),
            ({"swelling": "growing"}, "today", "swelling"),
            ({"numb": True}, "today", "numb"),
        ):
            with self.subTest(answers):
                found = self._after(**answers)
                self.assertEqual((found.level, found.reasons), (level, (reason,)))

    def test_the_most_urgent_comes_first(self):
        found = self._after(numb=True, fever=True, pain=9)
        self.assertEqual(found, ("now", ("fever", "severe_pain", "numb"), ()))

    def test_blank_is_unknown(self):
        found = after_care(AfterAnswers(pain=0))
        self.assertIsNone(found.level)
        self.assertEqual(found.unasked, ("bleeding", "fever", "swelling", "numb", "relief"))
        self.assertEqual(after_care(AfterAnswers(fever=True)).level, "now", "one is enough")

    def test_some_oozing_and_mild_pain_are_expected(self):
        self.assertEqual(self._after(bleeding="oozing", pain=5).level, "fine")

    def test_codes_are_told_once(self):
        self.assertEqual(len(AFTER_CODES), len(set(AFTER_CODES)))
        self.assertEqual(AFTER_LEVELS[0], "now")


@tagged("post_install", "-at_install")
class TestCardiacIndex(BaseCase):
    def test_nothing_known_is_no_index(self):
        self.assertIsNone(cardiac_index({}))
        self.assertIsNone(cardiac_index(dict.fromkeys(FACTORS)))

    def test_points_and_what_nobody_stated(self):
        self.assertEqual(cardiac_index(dict.fromkeys(FACTORS, True)), (6, ()))
        self.assertEqual(cardiac_index(dict.fromkeys(FACTORS, False)), (0, ()))
        found = cardiac_index({"stroke": True, "insulin": False})
        self.assertEqual(found.points, 1)
        self.assertEqual(len(found.unasked), 4)
