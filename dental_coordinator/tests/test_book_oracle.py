# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Slot search against counting every minute."""

from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..book import (
    Block,
    Diary,
    Pattern,
    Request,
    local,
    nearest_free,
    openings,
    search,
    search_family,
)
from .book_clinic import TZ, at

KEYS = ["Ng", "Ola", "A", "B", "Ann"]
quarters = st.integers(0, 3 * 96)


@st.composite
def situations(draw):
    """A clinic of three days around a clock change, and one request."""
    origin = at(0, day=date(2026, 3, 7))
    span = st.tuples(quarters, st.integers(1, 30)).map(
        lambda row: (origin + timedelta(minutes=15 * row[0] + 7 * (row[1] % 2)),
                     origin + timedelta(minutes=15 * (row[0] + row[1])))
    )  # fmt: skip
    working = {key: draw(st.lists(span, max_size=6)) for key in KEYS[:4]}
    busy = draw(
        st.lists(st.tuples(st.sampled_from(KEYS), span).map(lambda r: (r[0], *r[1])), max_size=12)
    )
    units = draw(st.text("X/", min_size=1, max_size=5))
    asked = Request(
        Pattern(units, draw(st.sampled_from([10, 15]))),
        providers=("Ng", "Ola"),
        chairs=("A", "B"),
        earliest=origin + timedelta(minutes=draw(st.integers(0, 600))),
        tz=TZ,
        patient="Ann",
        horizon=3,
        step=draw(st.sampled_from([10, 15, 30])),
        from_time=draw(st.sampled_from([None, time(2), time(9, 5)])),
        to_time=draw(st.sampled_from([None, time(12), time(17, 55)])),
        weekdays=draw(st.sampled_from([None, {5, 6}, {0}])),
    )
    return working, busy, asked


@st.composite
def kept_times(draw):
    """Template blocks of chairs and dentists, some of which have opened; and who is where."""
    origin = at(0, day=date(2026, 3, 7))
    blocks = []
    for _place in range(draw(st.integers(0, 5))):
        begin = origin + timedelta(minutes=15 * draw(quarters))
        release = st.tuples(
            st.integers(0, 4000), st.sampled_from([None, frozenset({"a"}), frozenset({"b"})])
        )
        blocks.append(
            Block(
                draw(st.sampled_from(KEYS[:4])),
                begin,
                begin + timedelta(minutes=15 * draw(st.integers(1, 30))),
                frozenset(draw(st.sampled_from(["", "a", "b", "ab"]))),
                tuple(draw(st.lists(release, max_size=2))),
            )
        )
    apart = {}
    for _place in range(draw(st.integers(0, 3))):
        begin = origin + timedelta(minutes=15 * draw(quarters))
        pair = (draw(st.sampled_from(["Ng", "Ola"])), draw(st.sampled_from(["A", "B"])))
        length = timedelta(minutes=15 * draw(st.integers(1, 40)))
        apart.setdefault(pair, []).append((begin, begin + length))
    return blocks, apart, draw(st.sampled_from(["a", "b", "c"]))


def _is_open(block, kind, now):
    """As the clinic says it: kept for some, open to others once their hour has come."""
    if kind in block.kinds:
        return True
    opened = [kinds for before, kinds in block.releases
              if now >= block.start - timedelta(minutes=before)]  # fmt: skip
    return any(kinds is None or kind in kinds for kinds in opened)


def _minutes(start, stop):
    return {start + timedelta(minutes=n) for n in range((stop - start) // timedelta(minutes=1))}


def _taken(busy, working, key):
    open_minutes = set().union(*(_minutes(*span) for span in working.get(key, ())))
    taken = set().union(*(_minutes(start, stop) for k, start, stop in busy if k == key))
    return (open_minutes - taken, True) if key in working else (taken, False)


def _fits(working, busy):
    """Whether a row (key, start, stop) is open and untaken, minute by minute."""
    state = {key: _taken(busy, working, key) for key in KEYS}

    def fits(key, start, stop):
        minutes, must_be_in = state.get(key, (set(), False))
        needed = _minutes(start, stop)
        return needed <= minutes if must_be_in else not needed & minutes

    return fits


def _wished(asked, moment):
    shown_at = local.to_local(moment, TZ)
    clock = shown_at.time()
    return (
        (asked.weekdays is None or shown_at.weekday() in asked.weekdays)
        and (not asked.from_time or clock >= asked.from_time)
        and (not asked.to_time or clock < asked.to_time)
    )


def _moments(asked):
    """Every moment of the horizon at which the clock shows a whole step."""
    end = at(0, day=local.day_of(asked.earliest, TZ) + timedelta(days=asked.horizon))
    moment = asked.earliest
    while moment < end:
        if local.to_local(moment, TZ).minute % asked.step == 0:
            yield moment
        moment += timedelta(minutes=1)


def _pairs(asked):
    return [(provider, chair) for provider in asked.providers for chair in asked.chairs]


def _oracle(working, busy, asked, apart=None):
    """All openings (start, provider, chair), by trying every minute of the horizon."""
    fits = _fits(working, busy)
    elsewhere = {
        pair: set().union(*(_minutes(*span) for span in spans))
        for pair, spans in (apart or {}).items()
    }
    found = []
    for moment in _moments(asked):
        for provider, chair in _pairs(asked) if _wished(asked, moment) else ():
            whole = _minutes(moment, moment + asked.pattern.duration)
            if whole & elsewhere.get((provider, chair), set()):
                continue
            if all(fits(*row) for row in asked.holds(moment, provider, chair)):
                found.append((moment, provider, chair))
                break
    return found


def _family_oracle(working, busy, requests, mode):
    """Start of the first set of two of each day, by trying every pair of pairs at every minute."""
    fits = _fits(working, busy)
    one, other = requests
    offsets = [(timedelta(), timedelta())]
    if mode == "back_to_back":
        offsets = [(timedelta(), one.pattern.duration), (other.pattern.duration, timedelta())]

    def possible(moment):
        for shift, other_shift in offsets:
            starts = (moment + shift, moment + other_shift)
            if len({local.day_of(start, TZ) for start in starts}) > 1 or not all(
                map(_wished, requests, starts)
            ):
                continue
            for pair in _pairs(one):
                for other_pair in _pairs(other):
                    rows = one.holds(starts[0], *pair)
                    others = other.holds(starts[1], *other_pair)
                    if all(fits(*row) for row in rows + others) and not Diary({}, rows).conflicts(
                        others
                    ):
                        return True
        return False

    firsts = {}
    for moment in _moments(one):
        day = local.day_of(moment, TZ)
        if day not in firsts and possible(moment):
            firsts[day] = moment
    return list(firsts.values())


class TestAgainstCounting(BaseCase):
    @given(situations())
    @settings(max_examples=30, deadline=None)
    def test_openings_are_exactly_those_found_by_counting(self, situation):
        working, busy, asked = situation
        diary, expected = Diary(working, busy), _oracle(working, busy, asked)
        day = local.day_of(asked.earliest, TZ)
        found = [
            (p.start, p.provider, p.chair)
            for n in range(asked.horizon)
            for p in openings(diary, asked, day + timedelta(days=n))
        ]
        self.assertEqual(found, expected)
        firsts = {}
        for place in expected:
            firsts.setdefault(local.day_of(place[0], TZ), place)
        self.assertEqual(
            [(p.start, p.provider, p.chair) for p in search(diary, asked)], list(firsts.values())
        )

    @given(situations(), kept_times())
    @settings(max_examples=30, deadline=None)
    def test_kept_time_and_chairs_of_a_shift_are_respected(self, situation, kept):
        working, busy, asked = situation
        blocks, apart, kind = kept
        asked = replace(asked, kind=kind)
        closed = [
            (block.resource, block.start, block.stop)
            for block in blocks
            if not _is_open(block, kind, asked.earliest)
        ]
        diary = Diary(working, busy, blocks, apart)
        day = local.day_of(asked.earliest, TZ)
        found = [
            (p.start, p.provider, p.chair)
            for n in range(asked.horizon)
            for p in openings(diary, asked, day + timedelta(days=n))
        ]
        self.assertEqual(found, _oracle(working, [*busy, *closed], asked, apart))

    @given(situations(), st.integers(0, 3 * 24 * 6))
    @settings(max_examples=30, deadline=None)
    def test_nearest_are_free_apart_and_none_is_nearer(self, situation, tens):
        working, busy, asked = situation
        asked = replace(asked, horizon=5)
        diary, wanted = (
            Diary(working, busy),
            at(0, day=date(2026, 3, 7)) + timedelta(minutes=10 * tens),
        )
        found = nearest_free(diary, asked, wanted)
        for proposal in found:
            self.assertEqual(diary.conflicts(proposal.holds), [])
        starts = sorted(p.start for p in found)
        for one, other in zip(starts, starts[1:], strict=False):
            self.assertGreaterEqual(other - one, asked.pattern.duration)
        near = min(
            (abs(start - wanted) for start, *_pair in _oracle(working, busy, asked)), default=None
        )
        if near is not None:
            self.assertEqual(abs(found[0].start - wanted), near)

    @given(situations(), st.sampled_from(["side_by_side", "back_to_back"]), st.integers(1, 4))
    @settings(max_examples=30, deadline=None)
    def test_family_sets_are_the_first_and_collide_with_nothing(self, situation, mode, units):
        working, busy, asked = situation
        other = Request(
            Pattern("X" * units), ("Ola", "Ng"), ("B", "A"), asked.earliest, TZ, "Ben", horizon=3
        )
        sets = search_family(Diary(working, busy), [asked, other], mode)
        self.assertEqual(
            [min(proposal.start for proposal in members) for members in sets],
            _family_oracle(working, busy, [asked, other], mode),
        )
        for members in sets:
            rows = [row for proposal in members for row in proposal.holds]
            taken = Diary(working, busy)
            for row in rows:
                self.assertEqual(taken.free(*row), [row[1:]])
                taken = Diary(working, [*busy, *rows[: rows.index(row) + 1]])
            ann, ben = members
            if mode == "side_by_side":
                self.assertEqual(ann.start, ben.start)
            else:
                self.assertTrue(ann.stop == ben.start or ben.stop == ann.start)
