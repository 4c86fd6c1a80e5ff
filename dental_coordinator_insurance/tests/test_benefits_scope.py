# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Dates, scopes, areas: the small questions that all rules ask."""

from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase

from ..benefits import (
    Area,
    Benefit,
    Category,
    CategoryTable,
    FeeRow,
    FeeSchedule,
    Scope,
    Subject,
    add_months,
    benefit_year_start,
    same_area,
)
from ..benefits.case_teeth import read_area
from ..benefits.dates import age_on, window_end, window_start


class TestDates(BaseCase):
    def test_months_are_clamped_to_the_end_of_the_month(self):
        for start, months, expected in (
            (date(2019, 2, 28), 1, date(2019, 3, 28)),
            (date(2024, 1, 31), 1, date(2024, 2, 29)),
            (date(2024, 2, 29), 12, date(2025, 2, 28)),
            (date(2024, 1, 15), -2, date(2023, 11, 15)),
            (date(2024, 11, 30), 3, date(2025, 2, 28)),
        ):
            self.assertEqual(add_months(start, months), expected)

    def test_benefit_year_starts_on_the_first_of_the_renewal_month(self):
        self.assertEqual(benefit_year_start(date(2006, 2, 12), 3), date(2005, 3, 1))
        self.assertEqual(benefit_year_start(date(2006, 3, 1), 3), date(2006, 3, 1))
        self.assertEqual(benefit_year_start(date(2006, 12, 31)), date(2006, 1, 1))
        self.assertEqual(benefit_year_start(date(2006, 12, 1), 12), date(2006, 12, 1))
        with self.assertRaisesRegex(ValueError, "renewal month 13"):
            benefit_year_start(date(2006, 1, 1), 13)

    def test_periods(self):
        day = date(2024, 3, 10)
        self.assertEqual(window_start(day, "benefit_year", 4), date(2023, 4, 1))
        self.assertEqual(window_end(day, "benefit_year", 4), date(2024, 3, 31))
        self.assertEqual(window_start(day, "calendar_year", 4), date(2024, 1, 1))
        self.assertIsNone(window_start(day, "lifetime", 4))
        self.assertIsNone(window_end(day, "lifetime", 4))

    def test_age_changes_on_the_birthday(self):
        self.assertEqual(age_on(date(2010, 6, 15), date(2024, 6, 14)), 13)
        self.assertEqual(age_on(date(2010, 6, 14), date(2024, 6, 14)), 14)


class TestScope(BaseCase):
    FILM = Subject("D0220", ("general", "Diagnostic", "XRay"))

    def test_code_beats_group_beats_category_beats_general(self):
        scopes = [
            Scope.code("D0220"),
            Scope.group("films", ["D0220", "D0330"]),
            Scope.range("D0200", "D0299"),
            Scope.category("XRay"),
            Scope.category("Diagnostic"),
            Scope.range("D0000", "D9999"),
            Scope.general(),
        ]
        ranks = [scope.rank(self.FILM) for scope in scopes]
        self.assertNotIn(None, ranks)
        self.assertEqual(ranks, sorted(ranks, reverse=True))
        self.assertEqual(len(set(ranks)), len(ranks))

    def test_the_smaller_group_is_the_closer_one(self):
        small, large = Scope.group("a", ["D0220"]), Scope.group("b", ["D0220", "D0330"])
        self.assertGreater(small.rank(self.FILM), large.rank(self.FILM))

    def test_a_group_holds_its_exact_codes_only(self):
        self.assertIsNone(Scope.group("g", ["D022"]).rank(self.FILM))
        self.assertIsNone(Scope.code("D0221").rank(self.FILM))
        self.assertIsNone(Scope.range("D0230", "D0299").rank(self.FILM))
        self.assertIsNone(Scope.range("D02200", "D02999").rank(self.FILM))
        for first, last in (("D0220", "D0299"), ("D0200", "D0220")):
            self.assertIsNotNone(Scope.range(first, last).rank(self.FILM))

    def test_orthodontics_is_never_general(self):
        self.assertIsNone(Scope.general().rank(Subject("D8090", ("Orthodontics",))))

    def test_codes_are_classified_by_range(self):
        table = CategoryTable(
            (
                Category("Diagnostic", (("D0000", "D0999"),)),
                Category("XRay", (("D0200", "D0399"),)),
            ),
            general=(("D0000", "D7999"),),
        )
        self.assertEqual(table.classify("D0220"), ("general", "Diagnostic", "XRay"))
        self.assertEqual(table.classify("D6110"), ("general",))
        self.assertEqual(table.classify("D0200"), ("general", "Diagnostic", "XRay"))
        self.assertEqual(table.classify("D0399"), ("general", "Diagnostic", "XRay"))
        self.assertEqual(table.classify("X0150"), ())
        self.assertEqual(table.classify("D02200"), ())

    def test_a_benefit_refuses_what_does_not_exist(self):
        for values, words in (
            ({"kind": "gift"}, "kind 'gift'"),
            ({"kind": "frequency", "period": "weeks", "quantity": 1}, "period 'weeks'"),
            ({"kind": "frequency", "period": "months"}, "quantity None"),
            ({"kind": "frequency", "period": "days", "quantity": 1, "count": 0}, "count 0"),
            ({"kind": "coinsurance", "percent": Decimal(120)}, "percent 120"),
            ({"kind": "maximum", "amount": Decimal(-1)}, "amount -1"),
            ({"kind": "maximum", "level": "team"}, "level 'team'"),
            ({"kind": "coinsurance", "network": "both"}, "network 'both'"),
            ({"kind": "frequency", "period": "years", "quantity": 1, "area": "gum"}, "area 'gum'"),
        ):
            with self.subTest(words), self.assertRaisesRegex(ValueError, words):
                Benefit(scope=Scope.general(), **values)


class TestArea(BaseCase):
    def test_without_a_stated_area_places_must_be_the_same(self):
        for past, current, expected in (
            (Area(), Area(), True),
            (Area(tooth="4", text="M"), Area(tooth="4", text="M"), True),
            (Area(tooth="4", text="M"), Area(tooth="4", text="MO"), False),
            (Area(tooth="4"), Area(tooth="5"), False),
            (Area(tooth="4"), Area(teeth=frozenset("345")), True),
            (Area(teeth=frozenset("123")), Area(), False),
            (Area(text="UL", is_region=True), Area(text="UL", is_region=True), True),
            (Area(text="UL", is_region=True), Area(text="UR", is_region=True), False),
            (Area(text="O"), Area(text="O"), False),
            (Area(text="UL", is_region=True), Area(text="UL"), True),
        ):
            with self.subTest(past=past, current=current):
                self.assertEqual(same_area("", past, current), expected)
                self.assertEqual(same_area("", current, past), expected)

    def test_stated_areas(self):
        crown, filling = Area(tooth="14", arch="upper"), Area(tooth="14", text="O", arch="upper")
        denture = Area(text="U", arch="upper", covers=frozenset({"13", "14"}), is_region=True)
        lower = Area(tooth="19", arch="lower", quadrant="LL")
        self.assertTrue(same_area("tooth", crown, filling))
        self.assertFalse(same_area("tooth", crown, denture))
        self.assertTrue(same_area("tooth_range", crown, denture))
        self.assertFalse(same_area("tooth_range", lower, denture))
        self.assertTrue(same_area("arch", crown, denture))
        self.assertFalse(same_area("arch", lower, denture))
        self.assertTrue(same_area("quadrant", lower, Area(text="LL", quadrant="LL")))
        self.assertTrue(same_area("mouth", lower, crown))

    def test_universal_teeth_of_the_case_files(self):
        self.assertEqual(read_area("31").classes, {"second_molar", "molar", "posterior"})
        self.assertEqual(read_area("4").classes, {"posterior"})
        self.assertEqual(read_area("7").classes, frozenset())
        self.assertEqual(read_area("A").classes, {"molar", "posterior"})
        self.assertEqual(read_area("53").classes, {"molar", "posterior"})
        self.assertEqual(
            [read_area(t).quadrant for t in ("1", "8", "9", "16", "17", "24", "25", "32")],
            ["UR", "UR", "UL", "UL", "LL", "LL", "LR", "LR"],
        )
        self.assertEqual(
            [read_area(t).quadrant for t in ("A", "E", "F", "J", "K", "O", "P", "T", "TS")],
            ["UR", "UR", "UL", "UL", "LL", "LL", "LR", "LR", "LR"],
        )
        self.assertEqual(read_area(tooth_range="7-9,,12").teeth, {"7", "8", "9", "12"})
        self.assertEqual(read_area(tooth_range="20,3").arch, "lower")
        self.assertEqual(len(read_area(text="L").covers), 16)
        self.assertEqual(read_area(text="LL").arch, "lower")
        self.assertEqual(read_area(text="2").arch, "upper")


class TestFeeSchedule(BaseCase):
    def setUp(self):
        super().setUp()
        rows = tuple(
            FeeRow(Decimal(amount), provider, clinic)
            for amount, provider, clinic in (
                (20, None, None),
                (21, None, "A"),
                (22, "jane", None),
                (23, "jane", "A"),
            )
        )
        self.schedule = FeeSchedule({"D2750": rows})

    def _amount(self, schedule, *where):
        row = schedule.lookup("D2750", *where)
        return row and row.amount

    def test_the_closest_row_counts(self):
        for where, expected in (
            (("jane", "A"), 23),
            (("jane", "B"), 22),
            (("bob", "A"), 21),
            (("bob", "B"), 20),
            ((), 20),
        ):
            self.assertEqual(self._amount(self.schedule, *where), expected)

    def test_a_global_schedule_has_one_fee_for_all(self):
        schedule = FeeSchedule(self.schedule.rows, is_global=True)
        self.assertEqual(self._amount(schedule, "jane", "A"), 20)

    def test_a_missing_fee_is_not_zero(self):
        self.assertIsNone(self.schedule.lookup("D9999"))
        self.assertIsNone(FeeSchedule({"D2750": (FeeRow(Decimal(1), "x"),)}).lookup("D2750"))
        self.assertEqual(FeeSchedule.of({"D1": Decimal(0)}).lookup("D1").amount, 0)
        self.assertEqual(FeeSchedule(default=Decimal(95)).lookup("D9999").amount, 95)
