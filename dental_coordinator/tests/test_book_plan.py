# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Several visits at once: families and series."""

from datetime import date

from odoo.tests import BaseCase

from ..book import Interval, Step, gap_conflicts, local, plan_series, search_family
from .book_clinic import MONDAY, TZ, at, clinic, request, shown, week


class TestFamily(BaseCase):
    def _family(self, *units, **values):
        return [request(row, patient=f"child {n}", **values) for n, row in enumerate(units)]

    def test_side_by_side_in_different_chairs_with_different_providers(self):
        family = self._family("XXX", "XXXX", providers=("Ng", "Ola"), chairs=("A", "B"), days=2)
        busy = [("Ola", at(9), at(9, 30))]
        (first, second), _tuesday = search_family(clinic(busy), family)
        self.assertEqual(shown([first, second]), ["Mon 09:30"] * 2)
        self.assertEqual({first.provider, second.provider}, {"Ng", "Ola"})
        self.assertEqual({first.chair, second.chair}, {"A", "B"})
        self.assertEqual(first.reasons[0].values, {"members": 2})

    def test_one_dentist_serves_two_chairs_when_his_minutes_differ(self):
        family = [
            request("XX//", patient="Ann", chairs=("A", "B"), days=1),
            request("//XX", patient="Ben", chairs=("A", "B"), days=1),
        ]
        ((ann, ben),) = search_family(clinic(), family)
        self.assertEqual((ann.start, ben.start, ann.chair, ben.chair), (at(9), at(9), "A", "B"))

    def test_dentists_tied_to_chairs_find_their_own(self):
        wishes = {"chairs": ("A", "B"), "chairs_of": {"Ola": {"B"}}, "days": 1}
        family = [
            request(providers=("Ng", "Ola"), patient="Ann", **wishes),
            request(providers=("Ng",), patient="Ben", **wishes),
        ]
        (places,) = search_family(clinic(), family)
        self.assertEqual([(p.provider, p.chair) for p in places], [("Ola", "B"), ("Ng", "A")])

    def test_back_to_back_takes_the_order_that_begins_earlier(self):
        family = self._family("XXX", "XX", days=1)
        busy = [("child 0", at(9), at(9, 20))]
        ((first, second),) = search_family(clinic(busy), family, "back_to_back")
        self.assertEqual(shown([first, second]), ["Mon 09:20", "Mon 09:00"])
        self.assertEqual(first.reasons[0].values, {"members": 2, "place": 2})

    def test_back_to_back_keeps_the_given_order_otherwise(self):
        ((first, second),) = search_family(
            clinic(), self._family("XXX", "XX", days=1), "back_to_back"
        )
        self.assertEqual((second.start, first.stop), (at(9, 30), at(9, 30)))

    def test_no_day_has_two_chairs(self):
        self.assertEqual(search_family(clinic(), self._family("X", "X", horizon=7)), [])

    def test_other_modes_are_refused(self):
        with self.assertRaisesRegex(ValueError, "'stacked'.*side_by_side or back_to_back"):
            search_family(clinic(), self._family("X"), "stacked")


class TestSeries(BaseCase):
    def test_chain_with_a_healing_gap(self):
        diary = clinic(Ng=week((9, 12), days=200), A=week((8, 18), days=200))
        visit = request(patient="Ann")
        steps = [Step(visit), Step(visit, Interval(weeks=12)), Step(visit, Interval(days=10))]
        series = plan_series(diary, steps)
        dates = [local.day_of(p.start, TZ) for p in series.proposals]
        self.assertIsNone(series.conflict)
        self.assertEqual(dates, [MONDAY, date(2026, 5, 25), date(2026, 6, 4)])
        values = {"gap": Interval(weeks=12), "since": MONDAY, "earliest": dates[1]}
        self.assertEqual(series.proposals[1].reasons[0].values, values)

    def test_an_earlier_step_moves_when_the_next_would_miss_its_limit(self):
        thursdays = [s for s in week((9, 12)) if local.day_of(s[0], TZ).weekday() == 3]
        steps = [
            Step(request(providers=("Ola",))),
            Step(request(), Interval(days=1), limit=Interval(days=2)),
        ]
        series = plan_series(clinic(Ng=thursdays), steps)
        self.assertEqual(shown(series.proposals), ["Tue 09:00", "Thu 09:00"])

    def test_two_steps_on_one_day_do_not_overlap(self):
        first, second = plan_series(clinic(), [Step(request()), Step(request())]).proposals
        self.assertEqual(second.start, first.stop)

    def test_a_chain_that_cannot_be_closed_names_the_step(self):
        steps = [Step(request(horizon=3)), Step(request(providers=("Nobody",)), Interval(days=1))]
        steps[1] = Step(steps[1].request, Interval(days=1), limit=Interval(days=2))
        series = plan_series(clinic(Nobody=[]), steps)
        self.assertEqual(shown(series.proposals), ["Mon 09:00"])
        conflict = series.conflict
        self.assertEqual(
            (conflict.step, conflict.earliest, conflict.latest),
            (1, date(2026, 3, 3), date(2026, 3, 4)),
        )

    def test_moving_one_step_warns_the_next(self):
        steps = [
            Step(request()),
            Step(request(), Interval(weeks=2), Interval(weeks=4)),
            Step(request()),
        ]
        dates = [MONDAY, date(2026, 3, 15), None]
        (conflict,) = gap_conflicts(steps, dates)
        self.assertEqual((conflict.step, conflict.earliest), (1, date(2026, 3, 16)))
        self.assertEqual(gap_conflicts(steps, [MONDAY, date(2026, 3, 16), date(2026, 3, 16)]), [])
        self.assertEqual(gap_conflicts(steps, [MONDAY, date(2026, 3, 30), None]), [])
        (late,) = gap_conflicts(steps, [MONDAY, date(2026, 3, 31), None])
        self.assertEqual(late.latest, date(2026, 3, 30))
