# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo.tests import BaseCase

from ..listing import FEES, PLANS, Problem, read_listing


class TestListing(BaseCase):
    """CSV files are read to the end; every mistake has its line."""

    def test_fees(self):
        found = read_listing(b"Code;Fee;Colour\nX1;120.50;red\nX2;0;\n", FEES, ("code",))
        self.assertEqual(
            [(row.line, row.values) for row in found.rows],
            [
                (2, {"code": "X1", "fee": Decimal("120.50")}),
                (3, {"code": "X2", "fee": Decimal(0)}),
            ],
        )
        self.assertEqual(found.problems, ())
        self.assertEqual(found.ignored, ("colour",))

    def test_all_mistakes_at_once(self):
        data = b"code,fee\nX1,much\n,5\nX2,1\nx2,2\nX3,-1\nX4,1,2,3\n\nX5,7\n"
        found = read_listing(data, FEES, ("code",))
        self.assertEqual([row.values["code"] for row in found.rows], ["X2", "X5"])
        self.assertEqual(
            [(one.line, one.column) for one in found.problems],
            [(2, "fee"), (3, "code"), (5, "code"), (6, "fee"), (7, "")],
        )
        self.assertIn("same as line 4", found.problems[2].text)

    def test_blank_is_unknown_and_zero_is_zero(self):
        data = b"payer,plan,crowns,endo,maximum\nHarbor,Gold,,0 %,$1,000\n".replace(
            b"$1,000", b'"$1,000"'
        )
        (row,) = read_listing(data, PLANS).rows
        self.assertIsNone(row.values["crowns"])
        self.assertEqual(row.values["endo"], 0)
        self.assertEqual(row.values["maximum"], 1000)

    def test_choices_are_told(self):
        data = b"payer,plan,kind,coordination,benefit_year_month,crowns\nH,G,hmo,Carve-out,13,101\n"
        found = read_listing(data, PLANS)
        texts = {one.column: one.text for one in found.problems}
        self.assertIn("ppo, percentage", texts["kind"])
        self.assertNotIn("coordination", texts)
        self.assertIn("1 for January", texts["benefit_year_month"])
        self.assertIn("0 to 100", texts["crowns"])

    def test_a_file_that_is_no_list(self):
        for data, words in (
            (b"", "has no line"),
            (b"PK\0\1", "save the list as CSV"),
            (b"name,price\nX,1\n", "columns code, fee"),
        ):
            (problem,) = read_listing(data, FEES).problems
            self.assertIsInstance(problem, Problem)
            self.assertIn(words, problem.text)

    def test_windows_text(self):
        (row,) = read_listing("payer;plan\nCaf\xe9;Z\xfcrich\n".encode("cp1252"), PLANS).rows
        self.assertEqual(row.values["plan"], "Z\xfcrich")
