# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Patterns, intervals, the wall clock and span arithmetic."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..book import Interval, Pattern, local, merge, spans, visit_pattern

NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # clocks move by half an hour
NINE = datetime(2026, 3, 2, 9)

patterns = st.builds(Pattern, st.text("X/", min_size=1, max_size=12), st.sampled_from([5, 10, 15]))
intervals = st.builds(Interval, *[st.integers(0, top) for top in (5, 30, 60, 400)])
days = st.dates(date(1950, 1, 1), date(2100, 1, 1))


class TestPattern(BaseCase):
    def test_merge_adds_provider_time_and_keeps_the_longest_ends(self):
        self.assertEqual(merge([Pattern("/XX/"), Pattern("//X/")]).units, "//XXX/")
        self.assertEqual(merge([Pattern("/X/"), Pattern("X//X///")]).units, "/XX//X///")

    def test_merge_of_assistant_work_alone_is_not_counted_at_both_ends(self):
        self.assertEqual(merge([Pattern("///")]).units, "///")
        self.assertEqual(merge([Pattern("///"), Pattern("/X/")]).units, "///X/")

    def test_merge_brings_units_together(self):
        merged = merge([Pattern("/X", 15), Pattern("X/", 10)])
        self.assertEqual((merged.units, merged.minutes), ("///XXXXX//", 5))

    def test_merge_of_nothing_says_what_to_choose(self):
        with self.assertRaisesRegex(ValueError, "choose an appointment type or a length"):
            merge([])

    @given(st.lists(patterns, min_size=1, max_size=4))
    def test_merged_provider_minutes_are_the_sum(self, row):
        def treated(pattern):
            return pattern.units.count("X") * pattern.minutes

        merged = merge(row)
        self.assertEqual(treated(merged), sum(map(treated, row)))
        self.assertGreaterEqual(merged.length, max(pattern.length for pattern in row))

    def test_provider_spans_join_when_they_touch(self):
        minutes = [(b.minute, e.minute) for b, e in Pattern("/XX/X").provider_spans(NINE)]
        self.assertEqual(minutes, [(10, 30), (40, 50)])

    @given(patterns)
    def test_provider_and_assistant_share_out_the_visit(self, pattern):
        swapped = replace(pattern, units=pattern.units.translate(str.maketrans("X/", "/X")))
        parts = sorted(pattern.provider_spans(NINE) + swapped.provider_spans(NINE))
        self.assertEqual(spans.merged(parts), [(NINE, NINE + pattern.duration)])
        self.assertEqual(sum((e - b for b, e in parts), timedelta()), pattern.duration)

    def test_resizing_keeps_preparing_and_cleaning(self):
        rows = {60: "/XXXX/", 30: "/X/", 20: "/X", 10: "X", 45: "//" + "X" * 5 + "//"}
        resized = {length: Pattern("/XX/").resized(length).units for length in rows}
        self.assertEqual(resized, rows)
        self.assertEqual(Pattern("X//X/").resized(40).units, "X/X/")
        self.assertEqual(Pattern("//").resized(30).units, "///")

    @given(patterns, st.integers(1, 300))
    def test_resized_has_the_length_asked_for_and_still_its_provider(self, pattern, length):
        resized = pattern.resized(length)
        self.assertEqual(resized.length, length)
        self.assertEqual("X" in resized.units, "X" in pattern.units)

    @given(patterns)
    def test_resizing_to_the_same_length_changes_nothing(self, pattern):
        self.assertEqual(pattern.resized(pattern.length).provider_spans(NINE),
                         pattern.provider_spans(NINE))  # fmt: skip

    def test_length_follows_procedures_until_set_by_type_or_hand(self):
        procedures = [Pattern("/X/"), Pattern("/XX/")]
        short, long = Pattern("X"), Pattern("X" * 9)
        self.assertEqual(visit_pattern(procedures).units, "/XXX/")
        self.assertEqual(visit_pattern(procedures, kind=short), short)
        self.assertEqual(visit_pattern(procedures, kind=short, locked=long), long)
        self.assertEqual(visit_pattern(procedures, default=short).units, "/XXX/")
        self.assertEqual(visit_pattern([], default=short), short)

    def test_bad_patterns_are_named(self):
        for call in (
            lambda: Pattern("XOX"),
            lambda: Pattern(""),
            lambda: Pattern("X", 0),
            lambda: Pattern("X").resized(0),
        ):
            with self.assertRaisesRegex(ValueError, "^pattern '"):
                call()


class TestInterval(BaseCase):
    def test_months_are_clamped_before_days_are_added(self):
        rows = [
            (date(2024, 8, 31), Interval(months=6), date(2025, 2, 28)),
            (date(2024, 8, 31), Interval(months=6, days=1), date(2025, 3, 1)),
            (date(2024, 2, 29), Interval(years=1, months=6), date(2025, 8, 28)),
            (date(2023, 11, 30), Interval(months=3), date(2024, 2, 29)),
            (date(2024, 6, 14), Interval(weeks=1, days=2), date(2024, 6, 23)),
        ]
        self.assertEqual([(day, i, i.after(day)) for day, i, _due in rows], rows)

    def test_before(self):
        self.assertEqual(Interval(months=1).before(date(2024, 3, 31)), date(2024, 2, 29))
        self.assertEqual(Interval.parse("1y1d").before(date(2024, 1, 1)), date(2022, 12, 31))

    @given(intervals)
    def test_text_round_trip(self, interval):
        self.assertEqual(Interval.parse(str(interval)), interval)
        self.assertEqual(bool(interval), str(interval) != "0d")

    @given(intervals, days)
    def test_after_never_goes_back_and_is_monotone(self, interval, day):
        self.assertGreaterEqual(interval.after(day), day)
        self.assertLessEqual(interval.after(day), interval.after(day + timedelta(days=1)))

    @given(days, st.integers(0, 50))
    def test_weeks_and_days_can_be_taken_back(self, day, count):
        interval = Interval(weeks=count, days=count)
        self.assertEqual(interval.before(interval.after(day)), day)

    def test_bad_intervals_are_named(self):
        for text in ("", "6", "six months", "6m 3m", "6mx"):
            with self.assertRaisesRegex(ValueError, repr(text)):
                Interval.parse(text)
        with self.assertRaisesRegex(ValueError, "negative"):
            Interval(days=-1)


class TestWallClock(BaseCase):
    def test_days_have_23_to_25_hours(self):
        lengths = [
            (stop - start) / timedelta(hours=1)
            for start, stop in (
                local.day_span(day, NEW_YORK)
                for day in (date(2026, 3, 7), date(2026, 3, 8), date(2026, 11, 1))
            )
        ]
        self.assertEqual(lengths, [24, 23, 25])

    def test_skipped_and_doubled_times(self):
        skipped = local.to_utc(datetime(2026, 3, 8, 2, 30), NEW_YORK)
        self.assertEqual(local.to_local(skipped, NEW_YORK), datetime(2026, 3, 8, 3, 30))
        twice = datetime(2026, 11, 1, 1, 30)
        first, second = local.to_utc(twice, NEW_YORK), local.to_utc(twice, NEW_YORK, later=True)
        self.assertEqual(second - first, timedelta(hours=1))

    def test_recurring_blockout_keeps_its_local_hours(self):
        lunch = (datetime(2026, 3, 6, 17), datetime(2026, 3, 6, 18))  # noon in New York
        moved = local.repeat(*lunch, NEW_YORK, [date(2026, 3, 9)])
        self.assertEqual(moved, [(datetime(2026, 3, 9, 16), datetime(2026, 3, 9, 17))])

    def test_recurring_blockout_over_midnight_and_in_odd_hours(self):
        night = (datetime(2026, 3, 6, 6), datetime(2026, 3, 6, 7))  # 1:00 to 2:00
        doubled, skipped = date(2026, 11, 1), date(2026, 3, 8)
        (span,) = local.repeat(*night, NEW_YORK, [doubled])
        self.assertEqual(span[1] - span[0], timedelta(hours=2))
        half = (datetime(2026, 3, 6, 5, 30), datetime(2026, 3, 6, 6, 30))  # 0:30 to 1:30
        (span,) = local.repeat(*half, NEW_YORK, [doubled])
        self.assertEqual(span[1] - span[0], timedelta(hours=2))
        gone = (datetime(2026, 3, 6, 7), datetime(2026, 3, 6, 8))  # 2:00 to 3:00
        self.assertEqual(local.repeat(*gone, NEW_YORK, [skipped]), [])
        late = (datetime(2026, 3, 7, 4), datetime(2026, 3, 7, 6))  # 23:00 to 1:00
        (span,) = local.repeat(*late, NEW_YORK, [date(2026, 3, 7)])
        self.assertEqual(span, (datetime(2026, 3, 8, 4), datetime(2026, 3, 8, 6)))

    @given(
        st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
        st.sampled_from([5, 10, 15, 20, 30]),
        st.sampled_from([NEW_YORK, LORD_HOWE, ZoneInfo("Asia/Kathmandu")]),
    )
    def test_align_shows_a_whole_step_soon(self, moment, minutes, tz):
        aligned = local.align(moment, minutes, tz)
        shown = local.to_local(aligned, tz)
        self.assertEqual((shown.minute % minutes, shown.second, shown.microsecond), (0, 0, 0))
        self.assertTrue(timedelta() <= aligned - moment < timedelta(minutes=minutes))
        self.assertEqual(local.align(aligned, minutes, tz), aligned)


numbers = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8)


class TestSpans(BaseCase):
    """Against sets of whole numbers: a span start..stop holds start, and not stop."""

    @staticmethod
    def _points(row):
        return {point for start, stop in row for point in range(start, stop)}

    def _check(self, row, expected):
        self.assertEqual(self._points(row), expected)
        self.assertTrue(all(start < stop for start, stop in row))
        self.assertTrue(all(a[1] < b[0] for a, b in zip(row, row[1:], strict=False)))

    @given(numbers, numbers)
    def test_set_arithmetic(self, first, second):
        a, b = spans.merged(first), spans.merged(second)
        self._check(a, self._points(first))
        self._check(spans.subtract(a, b), self._points(a) - self._points(b))
        self.assertEqual(self._points(spans.intersect(a, b)), self._points(a) & self._points(b))

    @given(numbers, st.tuples(st.integers(0, 30), st.integers(0, 30)).filter(lambda p: p[0] < p[1]))
    def test_clipping(self, row, window):
        start, stop = window
        found = spans.clipped(spans.merged(row), start, stop)
        self._check(found, self._points(row) & set(range(start, stop)))

    @given(numbers, numbers)
    def test_closed_ranges_meet_in_single_points(self, first, second):
        def closed(row):
            return {point for start, stop in row for point in range(start, stop + 1)}

        a, b = (spans.joined(s for s in row if s[0] <= s[1]) for row in (first, second))
        self.assertEqual(closed(spans.meet(a, b)), closed(a) & closed(b))
