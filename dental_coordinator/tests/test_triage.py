# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from itertools import product

from odoo.tests import BaseCase

from ..triage import (
    CODES,
    LEVELS,
    VITAL_CODES,
    Answers,
    Reason,
    Vitals,
    VitalsError,
    advise,
    assess,
    more_urgent,
)

NO_FLAGS = {
    "breathing": False,
    "swallowing": False,
    "swelling": "none",
    "bleeding": "none",
    "trauma": "none",
    "fever": False,
    "opening": False,
}
# One answer each, on top of red flags that were all denied: what it leads to.
ALONE = [
    ({"breathing": True}, "emergency", ["breathing"]),
    ({"swallowing": True}, "emergency", ["swallowing"]),
    ({"swelling": "spreading"}, "emergency", ["swelling_spreads"]),
    ({"bleeding": "uncontrolled"}, "emergency", ["bleeding_uncontrolled"]),
    ({"trauma": "knocked_out"}, "emergency", ["tooth_out"]),
    ({"swelling": "face", "fever": True}, "emergency", ["swelling_fever", "face_swollen", "fever"]),
    (
        {"swelling": "face", "opening": True},
        "emergency",
        ["swelling_opening", "face_swollen", "opening"],
    ),
    ({"trauma": "moved"}, "same_day", ["tooth_moved"]),
    ({"swelling": "face"}, "same_day", ["face_swollen"]),
    ({"fever": True}, "same_day", ["fever"]),
    ({"opening": True}, "same_day", ["opening"]),
    ({"pain_now": 8}, "same_day", ["severe_pain"]),
    ({"pain_now": 2, "pain_worst": 9}, "same_day", ["severe_pain"]),
    ({"pain_now": 5, "relief": "nothing"}, "same_day", ["pain_unrelieved", "moderate_pain"]),
    ({"pain_now": 5, "at_night": True}, "same_day", ["awake", "moderate_pain"]),
    ({"swelling": "gum"}, "two_days", ["gum_swollen"]),
    ({"trauma": "chipped"}, "two_days", ["tooth_broken"]),
    ({"bleeding": "some"}, "two_days", ["bleeding"]),
    ({"numbness": True}, "two_days", ["numbness"]),
    ({"pain_now": 4}, "two_days", ["moderate_pain"]),
    ({"pain_now": 1, "course": "worse"}, "two_days", ["getting_worse", "mild_pain"]),
    ({"impact": (4, 4, 4, 0, 0)}, "two_days", ["heavy_impact"]),
    ({"pain_now": 3}, "week", ["mild_pain"]),
    ({"impact": (2, 2, 2, None, None)}, "week", ["some_impact"]),
    ({"pain_now": 0}, "routine", []),
    ({"impact": (1, 1, 1, 1, 1)}, "routine", []),
    ({"at_night": True}, "routine", []),
]


class TestTriage(BaseCase):
    def test_each_answer_alone(self):
        for answers, level, codes in ALONE:
            with self.subTest(answers):
                triage = assess(Answers(**{**NO_FLAGS, **answers}))
                self.assertEqual((triage.level, [r.code for r in triage.reasons]), (level, codes))

    def test_every_rule_is_reached(self):
        reached = {code for _answers, _level, codes in ALONE for code in codes}
        self.assertEqual(reached, set(CODES))

    def test_nothing_asked_is_unknown_not_routine(self):
        triage = assess(Answers())
        self.assertIsNone(triage.level)
        self.assertEqual(triage.unasked, tuple(NO_FLAGS))
        self.assertFalse(triage.takes_hold)
        self.assertIsNone(triage.within)

    def test_one_open_red_flag_keeps_it_unknown(self):
        flags = {**NO_FLAGS, "breathing": None}
        self.assertEqual(assess(Answers(**flags))[::2], (None, ("breathing",)))
        self.assertEqual(assess(Answers(**flags, pain_now=2)).level, "week")

    def test_reasons_come_most_urgent_first(self):
        triage = assess(Answers(pain_now=9, swelling="spreading", trauma="chipped"))
        self.assertEqual(
            triage.reasons,
            (
                Reason("swelling_spreads", "emergency"),
                Reason("severe_pain", "same_day"),
                Reason("tooth_broken", "two_days"),
            ),
        )

    def test_only_the_two_most_urgent_take_a_held_slot(self):
        holds = {
            level: assess(Answers(**{**NO_FLAGS, **answers})).takes_hold
            for answers, level, _codes in ALONE
        }
        self.assertEqual(
            holds,
            {
                "emergency": True,
                "same_day": True,
                "two_days": False,
                "week": False,
                "routine": False,
            },
        )

    def test_a_worse_answer_never_makes_it_less_urgent(self):
        scales = {
            "breathing": (False, True),
            "swelling": ("none", "gum", "face", "spreading"),
            "bleeding": ("none", "some", "uncontrolled"),
            "fever": (False, True),
            "pain_now": (0, 3, 5, 9),
            "relief": ("helps", "nothing"),
        }
        for values in product(*scales.values()):
            answers = {**NO_FLAGS, **dict(zip(scales, values, strict=True))}
            level = assess(Answers(**answers)).level
            for name, scale in scales.items():
                for worse in scale[scale.index(answers[name]) + 1 :]:
                    other = assess(Answers(**{**answers, name: worse})).level
                    self.assertFalse(more_urgent(level, other), (answers, name, worse))

    def test_impossible_answers_are_named(self):
        for wrong, told in (
            ({"pain_now": 11}, "pain_now 11: use 0 to 10"),
            ({"impact": (5, 0, 0, 0, 0)}, "impact on eating 5: use 0 to 4"),
            ({"impact": (1, 2)}, "give 5 answers"),
            ({"swelling": "big"}, "swelling 'big': use one of none, gum, face, spreading"),
        ):
            with self.subTest(wrong), self.assertRaisesRegex(ValueError, told):
                Answers(**wrong)

    def test_levels_are_ordered(self):
        self.assertTrue(more_urgent(LEVELS[0], LEVELS[1]))
        self.assertFalse(more_urgent("routine", "routine"))


class TestVitals(BaseCase):
    def _told(self, **vitals):
        return [(advice.code, advice.urgency) for advice in advise(Vitals(**vitals))]

    def test_limits(self):
        for vitals, told in (
            ({"systolic": 120, "diastolic": 80, "pulse": 70}, []),
            ({"systolic": 139, "diastolic": 89}, []),
            ({"systolic": 140, "diastolic": 80}, [("pressure_raised", "repeat")]),
            ({"systolic": 120, "diastolic": 90}, [("pressure_raised", "repeat")]),
            ({"systolic": 180, "diastolic": 90}, [("pressure_high", "tell")]),
            ({"systolic": 150, "diastolic": 110}, [("pressure_high", "tell")]),
            ({"systolic": 89, "diastolic": 60}, [("pressure_low", "tell")]),
            ({"pulse": 121}, [("pulse", "tell")]),
            ({"pulse": 49}, [("pulse", "tell")]),
            ({"temperature": 38.0}, [("temperature", "tell")]),
            ({"temperature": 37.9}, []),
            ({"spo2": 93}, [("spo2", "tell")]),
            ({"respiration": 25}, [("respiration", "tell")]),
            ({"glucose": 69}, [("glucose", "tell")]),
            ({"systolic": 90, "pulse": 50, "spo2": 94, "respiration": 10, "glucose": 70}, []),
            ({}, []),
        ):
            with self.subTest(vitals):
                self.assertEqual(self._told(**vitals), told)

    def test_every_rule_is_reached(self):
        found = {
            code
            for reading in (
                {"systolic": 190},
                {"systolic": 80},
                {"systolic": 150},
                {"pulse": 200},
                {"temperature": 40.0},
                {"spo2": 80},
                {"respiration": 8},
                {"glucose": 400},
            )
            for code, _urgency in self._told(**reading)
        }
        self.assertEqual(found, set(VITAL_CODES))

    def test_what_cannot_be_was_mistyped(self):
        for field, vitals in (
            ("systolic", {"systolic": 1200}),
            ("temperature", {"temperature": 98.6}),
            ("diastolic", {"systolic": 80, "diastolic": 120}),
            ("diastolic", {"systolic": 80, "diastolic": 80}),
            ("glucose", {"glucose": 9}),
        ):
            with self.subTest(vitals), self.assertRaises(VitalsError) as caught:
                Vitals(**vitals)
            self.assertEqual(caught.exception.field, field)
            self.assertIn(str(vitals[field]), str(caught.exception))

    def test_the_ends_of_the_range_can_be(self):
        Vitals(systolic=50, diastolic=20, pulse=20, spo2=50)
        self.assertEqual(Vitals(glucose=10).glucose, 10)
        self.assertEqual(Vitals(temperature=45.0).temperature, 45.0)
