# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Slot search in named situations."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo.tests import BaseCase

from ..book import Block, Diary, nearest_free, openings, search
from .book_clinic import MONDAY, at, clinic, codes, request, shown, week


class TestSearch(BaseCase):
    def test_first_opening_of_each_of_the_next_days(self):
        busy = [
            ("Ng", at(9), at(10)),
            ("A", at(9, day=date(2026, 3, 3)), at(9, 20, date(2026, 3, 3))),
        ]
        found = search(clinic(busy), request(days=3))
        self.assertEqual(shown(found), ["Mon 10:00", "Tue 09:20", "Wed 09:00"])

    def test_adjacent_visits_do_not_collide(self):
        busy = [("Ng", at(9), at(10)), ("Ng", at(10, 30), at(12))]
        self.assertEqual(shown(openings(clinic(busy), request(), MONDAY)), ["Mon 10:00"])

    def test_assistant_minutes_do_not_hold_the_provider(self):
        busy = [("Ng", at(9), at(9, 20)), ("Ng", at(9, 40), at(12)), ("B", at(9), at(12))]
        (found, *_rest) = search(clinic(busy), request("//XX/", days=1))
        self.assertEqual(shown([found]), ["Mon 09:00"])
        self.assertIn(("Ng", at(9, 20), at(9, 40)), found.holds)
        self.assertIn(("A", at(9), at(9, 50)), found.holds)
        (shared,) = [r.values for r in found.reasons if r.code == "shares_provider"]
        self.assertEqual(shared, {"provider": "Ng", "minutes": 30})

    def test_preparing_may_begin_before_the_provider_comes(self):
        self.assertEqual(shown(search(clinic(), request("//XX", days=1))), ["Mon 08:40"])

    def test_patient_and_device_must_be_free_throughout(self):
        busy = [("Ann", at(9, 30), at(10)), ("laser", at(10, 20), at(11))]
        found = search(clinic(busy), request(patient="Ann", equipment=("laser",), days=1))
        self.assertEqual(shown(found), ["Mon 09:00"])
        self.assertEqual({row[0] for row in found[0].holds}, {"Ng", "A", "Ann", "laser"})
        found = search(clinic(busy), request("XXXX", patient="Ann", equipment=("laser",), days=1))
        self.assertEqual(shown(found), ["Mon 11:00"])

    def test_preferred_pair_wins_and_the_other_is_explained(self):
        wishes = {"providers": ("Ng", "Ola"), "chairs": ("A", "B"), "days": 1}
        (first,) = search(clinic(), request(**wishes))
        self.assertEqual((first.provider, first.chair), ("Ng", "A"))
        self.assertEqual(codes(first), ["preferred_provider", "preferred_chair"])
        (other,) = search(clinic([("Ng", at(9), at(10)), ("A", at(8), at(10))]), request(**wishes))
        self.assertEqual((other.provider, other.chair), ("Ola", "B"))
        values = [reason.values for reason in other.reasons]
        self.assertEqual(
            values, [{"provider": "Ola", "wanted": "Ng"}, {"chair": "B", "wanted": "A"}]
        )

    def test_provider_tied_to_chairs(self):
        tied = request(providers=("Ng", "Ola"), chairs=("A", "B"), chairs_of={"Ng": {"B"}}, days=1)
        (found,) = search(clinic([("B", at(8), at(11))]), tied)
        self.assertEqual((found.provider, found.chair), ("Ola", "A"))

    def test_neither_provider_nor_chair_needed(self):
        (found,) = search(clinic(), request(providers=(), chairs=(), patient="Ann", days=1))
        self.assertEqual((found.start, found.provider, found.chair), (at(0), None, None))
        self.assertEqual([row[0] for row in found.holds], ["Ann"])

    def test_part_of_day_weekday_and_earliest(self):
        wishes = request(
            from_time=time(10, 5),
            to_time=time(11),
            weekdays={1, 4},
            earliest=at(10, 20, date(2026, 3, 3)),
            days=3,
        )
        found = search(clinic(), wishes)
        self.assertEqual(shown(found), ["Tue 10:20", "Fri 10:10", "Tue 10:10"])
        self.assertEqual(codes(found[1])[:3], ["days_without", "part_of_day", "weekday"])
        self.assertEqual(found[1].reasons[0].values, {"count": 2, "causes": {"weekday": 2}})

    def test_it_begins_before_the_end_of_the_part_of_day(self):
        wishes = request("X", to_time=time(9, 20))
        self.assertEqual(shown(openings(clinic(), wishes, MONDAY)), ["Mon 09:00", "Mon 09:10"])

    def test_days_without_name_their_causes(self):
        away = [
            (start, stop) for start, stop in week((9, 12)) if start > at(0, day=date(2026, 3, 4))
        ]
        busy = [("A", at(8, day=date(2026, 3, 4)), at(18, day=date(2026, 3, 4)))]
        (found,) = search(clinic(busy, Ng=away), request(days=1))
        self.assertEqual(shown([found]), ["Thu 09:00"])
        causes = {"provider_away": 2, "not_free": 1}
        self.assertEqual(found.reasons[0].values, {"count": 3, "causes": causes})

    def test_nothing_within_the_horizon(self):
        self.assertEqual(search(clinic(Ng=[]), request()), [])

    def test_no_hole_is_left_beside_another_visit(self):
        busy = [("A", at(9), at(9, 30)), ("A", at(10), at(10, 30))]
        (found,) = search(clinic(busy), request(days=1))
        self.assertEqual(found.reasons[-1].values, {"side": "both"})

    def test_clock_change_and_midnight(self):
        sunday = date(2026, 3, 8)
        night = [(at(22, day=sunday - timedelta(days=1)), at(4, day=sunday))]
        diary = clinic(Ng=night, A=night)
        self.assertEqual(len(openings(diary, request("XXXXXX", step=60), sunday)), 3)
        late = openings(diary, request("X" * 9, step=60), date(2026, 3, 7))
        self.assertEqual(shown(late), ["Sat 22:00", "Sat 23:00"])
        self.assertEqual(late[-1].stop, at(0, 30, sunday))

    def test_starts_follow_the_local_clock(self):
        kathmandu = ZoneInfo("Asia/Kathmandu")  # UTC+05:45
        earliest = datetime(2026, 3, 2, 3, 1)
        found = search(Diary({}, []), request(earliest=earliest, tz=kathmandu, days=1))
        self.assertEqual(found[0].start, datetime(2026, 3, 2, 3, 5))

    def test_bad_wishes_are_refused(self):
        for values, message in (
            ({"from_time": time(12), "to_time": time(9)}, "12:00 to 09:00"),
            ({"weekdays": set()}, "at least one weekday"),
            ({"step": 0}, "at least 1"),
            ({"earliest": datetime.fromisoformat("2026-03-02T09:00+00:00")}, "without a zone"),
        ):
            with self.assertRaisesRegex(ValueError, message):
                request(**values)


class TestBlocks(BaseCase):
    block = Block(
        "A",
        at(9, day=date(2026, 3, 4)),
        at(12, day=date(2026, 3, 4)),
        kinds=frozenset({"new"}),
        releases=((48 * 60, frozenset({"recall"})), (24 * 60, None)),
    )

    def _first(self, kind, now):
        wednesday = at(0, day=date(2026, 3, 4))
        asked = request(kind=kind, now=now, earliest=wednesday, days=1)
        return search(clinic(blocks=[self.block]), asked)[0]

    def test_released_in_steps_on_the_very_minute(self):
        two_days, one_day = at(9), at(9, day=date(2026, 3, 3))
        minute = timedelta(minutes=1)
        rows = [
            ("new", two_days - timedelta(days=30), "Wed 09:00"),
            ("recall", two_days - minute, "Thu 09:00"),
            ("recall", two_days, "Wed 09:00"),
            ("crown", one_day - minute, "Thu 09:00"),
            ("crown", one_day, "Wed 09:00"),
        ]
        found = [(kind, now, shown([self._first(kind, now)])[0]) for kind, now, _shown in rows]
        self.assertEqual(found, rows)

    def test_next_release(self):
        now = at(9) - timedelta(minutes=1)
        self.assertEqual(self.block.next_release(now), (at(9), {"recall"}))
        self.assertEqual(self.block.next_release(at(9)), (at(9, day=date(2026, 3, 3)), None))
        self.assertIsNone(self.block.next_release(at(10, day=date(2026, 3, 3))))

    def test_the_reason_names_the_block(self):
        self.assertIn("kept_for_kind", codes(self._first("new", at(0))))
        self.assertIn("released", codes(self._first("recall", at(9))))

    def test_kept_for_groups_of_patients(self):
        own, others = frozenset({7}), frozenset({8})
        groups = replace(self.block, kinds=frozenset(), groups=own, releases=((60, None),))
        both = replace(groups, kinds=frozenset({"new"}))
        early, late = at(9), at(8, day=date(2026, 3, 4))
        rows = [
            (groups, "crown", own, early, True),
            (groups, "crown", others, early, False),
            (groups, "crown", frozenset(), early, False),
            (both, "new", own, early, True),
            (both, "crown", own, early, False),
            (both, "new", others, early, False),
            (both, "crown", others, late, True),
        ]
        for block, kind, groups, now, opens in rows:
            self.assertEqual(block.open_to(kind, now, groups), opens, (block, kind, groups))

    def test_the_search_knows_the_groups_of_the_patient(self):
        block = replace(self.block, kinds=frozenset(), groups=frozenset({7}), releases=())
        asked = request(kind="crown", now=at(9), earliest=block.start, days=1)
        (elsewhere,) = search(clinic(blocks=[block]), asked)
        (place,) = search(clinic(blocks=[block]), replace(asked, groups=frozenset({7, 9})))
        self.assertEqual(
            [shown([one])[0] for one in (elsewhere, place)], ["Thu 09:00", "Wed 09:00"]
        )
        self.assertIn("kept_for_kind", codes(place))


class TestNearest(BaseCase):
    def test_three_nearest_that_do_not_overlap(self):
        busy = [("Ng", at(10), at(10, 30))]
        found = nearest_free(clinic(busy), request(), at(10))
        self.assertEqual(shown(found), ["Mon 10:30", "Mon 09:30", "Mon 11:00"])
        self.assertEqual([p.reasons[0].values["minutes"] for p in found], [30, -30, 60])

    def test_not_before_the_earliest(self):
        busy = [("Ng", at(10), at(10, 30))]
        found = nearest_free(clinic(busy), request(earliest=at(9, 50)), at(10))
        self.assertEqual(shown(found), ["Mon 10:30", "Mon 11:00", "Mon 11:30"])

    def test_other_days_when_the_day_is_full(self):
        found = nearest_free(clinic([("A", at(8), at(18))]), request(), at(10))
        self.assertEqual(shown(found), ["Tue 09:00", "Tue 09:30", "Tue 10:00"])

    def test_yesterday_evening_is_nearer_than_tomorrow(self):
        tuesday = date(2026, 3, 3)
        diary = clinic([("A", at(8, day=tuesday), at(18, day=tuesday))])
        found = nearest_free(diary, request(), at(9, day=tuesday), count=1)
        self.assertEqual(shown(found), ["Mon 11:30"])
