# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from odoo.tests import BaseCase, tagged

from ..refill import Candidate, Hole, Weights, gini, misfits, pause_between, rank

ZONE = ZoneInfo("America/New_York")
# Tuesday 3 March 2026, 10:00 to 11:00 in New York.
HOLE = Hole(
    start=datetime(2026, 3, 3, 15),
    stop=datetime(2026, 3, 3, 16),
    provider="ortiz",
    tz=ZONE,
    now=datetime(2026, 3, 2, 15),
)
ANY = Candidate(key="any", minutes=40, since=date(2026, 2, 1))


@tagged("post_install", "-at_install")
class TestFit(BaseCase):
    def test_each_wish_that_is_not_met_is_named(self):
        cases = {
            (): {},
            ("length",): {"minutes": 70},
            ("provider",): {"provider": "kim", "provider_only": True},
            ("sooner",): {"current": datetime(2026, 3, 3, 15)},
            ("early",): {"date_from": date(2026, 3, 4)},
            ("late",): {"date_to": date(2026, 3, 2)},
            ("weekday",): {"weekdays": frozenset({0, 2})},
            ("part",): {"part": "afternoon"},
            ("notice",): {"notice": 25},
            ("busy",): {"busy": ((datetime(2026, 3, 3, 15, 50), datetime(2026, 3, 3, 17)),)},
            ("length", "notice"): {"minutes": 70, "notice": 48},
        }
        for expected, wishes in cases.items():
            with self.subTest(expected):
                self.assertEqual(misfits(HOLE, replace(ANY, **wishes)), expected)

    def test_wishes_that_are_met(self):
        wishes = {
            "provider": "kim",  # wanted, not insisted on
            "current": datetime(2026, 3, 5, 15),
            "date_from": date(2026, 3, 3),
            "date_to": date(2026, 3, 3),
            "weekdays": frozenset({1}),
            "part": "morning",
            "notice": 24,
            "busy": (
                (datetime(2026, 3, 3, 14), datetime(2026, 3, 3, 15)),
                (datetime(2026, 3, 3, 16), datetime(2026, 3, 3, 17)),
            ),
        }
        self.assertEqual(misfits(HOLE, replace(ANY, **wishes)), ())

    def test_the_provider_is_free_in_the_minutes_he_is_needed(self):
        hole = replace(HOLE, pattern="/XX/XX")
        for pattern, expected in {"/X/": (), "/XX/X": (), "X": ("treating",)}.items():
            candidate = replace(ANY, minutes=10 * len(pattern), pattern=pattern)
            self.assertEqual(misfits(hole, candidate), expected, pattern)

    def test_a_part_of_the_day_begins_on_its_hour(self):
        for hour, part in ((11, "morning"), (12, "afternoon"), (16, "afternoon"), (17, "evening")):
            start = datetime(2026, 3, 3, hour + 5)
            hole = replace(HOLE, start=start, stop=start + timedelta(hours=1))
            for each in ("morning", "afternoon", "evening"):
                missed = () if each == part else ("part",)
                self.assertEqual(misfits(hole, replace(ANY, part=each)), missed, (hour, each))

    def test_the_day_is_the_clinics(self):
        late = replace(
            HOLE, start=datetime(2026, 3, 4, 1), stop=datetime(2026, 3, 4, 2)
        )  # Tuesday, 20:00
        self.assertEqual(misfits(late, replace(ANY, weekdays=frozenset({1}), part="evening")), ())


@tagged("post_install", "-at_install")
class TestRank(BaseCase):
    def _order(self, *candidates, weights=None):
        return [score.key for score in rank(HOLE, candidates, weights)]

    def test_parts_make_up_the_total(self):
        score = rank(
            HOLE, [replace(ANY, provider="ortiz", priority=3, urgent=True, visits=3, broken=1)]
        )[0]
        points = {part.code: part.points for part in score.parts}
        self.assertEqual(
            points,
            {
                "length": 13.3,
                "provider": 15.0,
                "waited": 9.7,
                "priority": 15.0,
                "urgency": 30.0,
                "fairness": 40.0,
                "broken": 11.2,
                "value": 0.0,
            },
        )
        self.assertAlmostEqual(score.total, sum(points.values()))

    def test_each_part_moves_one_up(self):
        better = {
            "length": {"minutes": 60},
            "provider": {"provider": "ortiz"},
            "waited": {"since": date(2026, 1, 1)},
            "priority": {"priority": 2},
            "urgency": {"urgent": True},
            "broken": {"visits": 4, "broken": 0},
            "value": {"value": 1.0},
        }
        base = replace(ANY, visits=2, broken=2)
        for part, wishes in better.items():
            with self.subTest(part):
                ahead = replace(base, key="ahead", **wishes)
                weights = Weights(value=10)
                self.assertEqual(self._order(base, ahead, weights=weights), ["ahead", "any"])

    def test_who_wants_no_certain_provider_is_half_as_welcome(self):
        wants = {"ortiz": 15.0, None: 7.5, "kim": 0.0}
        for provider, points in wants.items():
            score = rank(HOLE, [replace(ANY, provider=provider)])[0]
            found = {part.code: part.points for part in score.parts}
            self.assertEqual(found["provider"], points, provider)

    def test_fairness_is_measured_against_who_was_asked_most(self):
        scores = rank(HOLE, [replace(ANY, key=asked, asked=asked) for asked in (0, 1, 3)])
        shares = {s.key: part.share for s in scores for part in s.parts if part.code == "fairness"}
        self.assertEqual(shares, {0: 1.0, 1: 0.75, 3: 0.25})

    def test_asked_less_often_comes_first(self):
        often = replace(ANY, key="often", asked=4)
        seldom = replace(ANY, key="seldom", asked=1)
        self.assertEqual(self._order(often, seldom), ["seldom", "often"])

    def test_asked_today_is_left_in_peace_and_who_does_not_fit_is_not_there(self):
        self.assertEqual(
            self._order(
                ANY, replace(ANY, key="x", asked_today=True), replace(ANY, key="y", minutes=90)
            ),
            ["any"],
        )

    def test_the_order_does_not_depend_on_the_input(self):
        people = [
            replace(ANY, key=key, since=date(2026, 2, 1) + timedelta(days=key % 3))
            for key in range(9)
        ]
        first = self._order(*people)
        shuffled = people[::-1]
        self.assertEqual(self._order(*shuffled), first)

    def test_weights_are_the_clinics(self):
        waits = replace(ANY, key="waits", since=date(2025, 1, 1))
        urgent = replace(ANY, key="urgent", urgent=True, since=HOLE.now.date())
        self.assertEqual(self._order(waits, urgent), ["urgent", "waits"])
        self.assertEqual(
            self._order(waits, urgent, weights=Weights(urgency=0)), ["waits", "urgent"]
        )


@tagged("post_install", "-at_install")
class TestFairness(BaseCase):
    def test_gini(self):
        self.assertEqual(gini([]), 0.0)
        self.assertEqual(gini([0, 0]), 0.0)
        self.assertAlmostEqual(gini([5, 5, 5, 5]), 0.0)
        self.assertAlmostEqual(gini([0, 0, 0, 12]), 0.75)

    def _simulate(self, weights, holes=200, people=40):
        """Ask the first three for each of many holes; how unevenly were they asked?"""
        dice = random.Random(19)
        waiting = [
            replace(
                ANY,
                key=key,
                minutes=dice.choice((30, 40, 60)),
                provider=dice.choice(("ortiz", "kim", None)),
                since=date(2026, 2, 1) - timedelta(days=dice.randrange(40)),
                priority=dice.choice((0, 0, 1, 3)),
            )
            for key in range(people)
        ]
        asked = [0] * people
        for _hole in range(holes):
            current = [replace(each, asked=asked[each.key]) for each in waiting]
            for score in rank(HOLE, current, weights)[:3]:
                asked[score.key] += 1
        return gini(asked)

    def test_asking_is_spread(self):
        unfair = self._simulate(Weights(fairness=0))
        fair = self._simulate(Weights())
        self.assertGreater(unfair, 0.9)
        self.assertLess(fair, unfair / 2)
        self.assertLess(self._simulate(Weights(fairness=80)), fair)


@tagged("post_install", "-at_install")
class TestBatches(BaseCase):
    def test_the_sooner_the_faster(self):
        hours = {0.33: None, 20 / 60: 1, 1: 1, 2: 2, 11: 2, 12: 4, 47: 4, 48: 8, 500: 8}
        for notice, pause in hours.items():
            self.assertEqual(pause_between(notice), pause, notice)
