# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.tests import TransactionCase, tagged

from ..models.draw_numbers import draw_numbers

CODE = "dental.test.number"


@tagged("post_install", "-at_install")
class TestDrawNumbers(TransactionCase):
    """Numbers come as Odoo's own sequences give them, only more at once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.common = cls._sequence(prefix="C/%(range_year)s/", company_id=False)

    @classmethod
    def _sequence(cls, **vals):
        return cls.env["ir.sequence"].create(
            {"name": "Test", "code": CODE, "padding": 3, "company_id": cls.env.company.id, **vals}
        )

    def test_many_in_one_query_with_their_date(self):
        draw_numbers(self.env, CODE, 1)
        self.common.number_next = 2  # what is drawn stays drawn, whatever is rolled back
        with self.assertQueryCount(1):
            drawn = draw_numbers(self.env, CODE, 3)
        year = date.today().year
        self.assertEqual(drawn, [f"C/{year}/00{n}" for n in (2, 3, 4)])
        self.assertEqual(self.env["ir.sequence"].next_by_code(CODE), f"C/{year}/005")

    def test_the_companys_own_sequence_comes_first(self):
        self._sequence(prefix="OWN", suffix="-X", number_increment=5)
        self.assertEqual(draw_numbers(self.env, CODE, 2), ["OWN001-X", "OWN006-X"])
        other = self.env["res.company"].create({"name": "Another"})
        [number] = draw_numbers(self.env(context={"allowed_company_ids": other.ids}), CODE, 1)
        self.assertTrue(number.startswith("C/"), number)

    def test_a_change_not_yet_written_counts(self):
        self.common.write({"prefix": "NEW", "number_next": 1})
        self.assertEqual(draw_numbers(self.env, CODE, 1), ["NEW001"])

    def test_longer_than_its_padding(self):
        self._sequence(number_next=12345)
        self.assertEqual(draw_numbers(self.env, CODE, 1), ["12345"])

    def test_those_without_gaps_or_by_year_are_left_to_odoo(self):
        own = self._sequence(prefix="N", implementation="no_gap", number_next=7)
        self.assertEqual(draw_numbers(self.env, CODE, 2), ["N007", "N008"])
        self.assertEqual(own.number_next, 9)
        own.write({"implementation": "standard", "number_next": 3, "use_date_range": True})
        self.assertEqual(draw_numbers(self.env, CODE, 2), ["N001", "N002"])
        self.assertEqual(len(own.date_range_ids), 1)

    def test_without_a_sequence_there_is_no_number(self):
        self.assertEqual(draw_numbers(self.env, "dental.unknown", 2), [False, False])
