# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from base64 import b64encode

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged, users

from ..catalogue import read_codes
from ..listing import Problem
from .clinical import ClinicalCase

GOOD = """code;name;category;area rule;pattern;prosthesis;recall type;fee
T0120;Recall examination;diagnostic;none;/X/;no;Cleaning;50
T2740;Crown, ceramic;Crowns;tooth;;yes;;900
"""


class TestReadCodes(BaseCase):
    def _told(self, text):
        return [tuple(problem) for problem in read_codes(text.encode()).problems]

    def test_columns_in_any_order_and_separator(self):
        for separator in ",;\t":
            text = "Name,Category,CODE\nCrown,crowns,X1\n".replace(",", separator)
            rows = read_codes(text.encode()).rows
            self.assertEqual(
                [(row.line, row.values) for row in rows],
                [(2, {"code": "X1", "name": "Crown", "category": "crowns"})],
            )

    def test_only_what_the_file_has_is_read(self):
        row = read_codes(b"code,name,category,prosthesis\nX1,Crown,crowns,x\n").rows[0]
        self.assertIs(row.values["prosthesis"], True)
        self.assertNotIn("pattern", row.values)

    def test_other_encodings_and_marks(self):
        for encoding in ("utf-8", "utf-8-sig", "cp1252"):
            data = "code,name,category\nX1,Füllung,restorative\n".encode(encoding)
            self.assertEqual(read_codes(data).rows[0].values["name"], "Füllung")

    def test_each_error_with_its_line(self):
        text = (
            "code,name,category,area_rule,pattern,prosthesis\n"
            "X1,Good,xray,none,/X/,no\n"
            ",No code,xray,none,,\n"
            "X2,,xray,tuth,XYZ,perhaps\n"
            "\n"
            "x1,Twice,xray,,,\n"
            "X3,Too,long,none,,no,more\n"
        )
        self.assertEqual(
            [(line, column) for line, column, _text in self._told(text)],
            [
                (3, "code"),
                (4, "area_rule"),
                (4, "pattern"),
                (4, "prosthesis"),
                (4, "name"),
                (6, "code"),
                (7, ""),
            ],
        )
        self.assertEqual([row.code for row in read_codes(text.encode()).rows], ["X1"])

    def test_a_quoted_cell_over_lines_keeps_the_count(self):
        text = 'code,name,category\nX1,"two\nlines",xray\nX2,,xray\n'
        self.assertEqual(self._told(text), [Problem(4, "name", "is empty: every code needs one.")])

    def test_files_that_are_no_list(self):
        for data, told in (
            (b"", "has no line"),
            (b"  \n", "has no line"),
            (b"PK\x03\x04\0\0", "is not a text file"),
            (b"a,b,c\n1,2,3\n", "must name the columns code, name, category"),
        ):
            with self.subTest(data):
                listing = read_codes(data)
                self.assertFalse(listing.rows)
                self.assertIn(told, listing.problems[0].text)

    def test_an_open_quote_is_an_error(self):
        told = self._told('code,name,category\nX1,"Crown,xray\nX2,Next,xray\n')
        self.assertEqual([line for line, _column, _text in told], [2])
        told = self._told('"code"s,name,category\nX1,Crown,crowns\n')
        self.assertEqual([line for line, _column, _text in told], [1])

    def test_mistakes_are_told_in_the_order_of_the_file(self):
        told = self._told('code,name,category\n,Crown,crowns\nX2,"Next,xray\n')
        self.assertEqual([line for line, _column, _text in told], [2, 3])


@tagged("post_install", "-at_install")
class TestCodeImport(ClinicalCase):
    def _import(self, text):
        return self.env["dental.procedure.code.import"].create(
            {"file": b64encode(text.encode()), "filename": "codes.csv"}
        )

    def _found(self, code):
        return self.env["dental.procedure.code"].search([("code", "=", code)])

    @users("manager")
    def test_dry_run_changes_nothing(self):
        run = self._import(GOOD)
        run.action_check()
        self.assertRecordValues(
            run,
            [
                {
                    "state": "checked",
                    "new_count": 1,
                    "changed_count": 1,
                    "same_count": 0,
                    "problem_count": 0,
                    "ignored": "fee",
                }
            ],
        )
        self.assertFalse(self._found("T0120"))
        self.assertEqual(self._found("T2740").name, "Crown")

    @users("manager")
    def test_import_adds_and_changes(self):
        run = self._import(GOOD)
        run.action_import()
        self.assertRecordValues(
            self._found("T0120") + self._found("T2740"),
            [
                {
                    "name": "Recall examination",
                    "area_rule": "none",
                    "pattern": "/X/",
                    "recall_type_id": self.cleaning.id,
                },
                {
                    "name": "Crown, ceramic",
                    "area_rule": "tooth",
                    "pattern": "",
                    "recall_type_id": False,
                },
            ],
        )
        self.assertEqual(run.state, "done")
        again = self._import(GOOD)
        again.action_check()
        self.assertRecordValues(again, [{"new_count": 0, "changed_count": 0, "same_count": 2}])

    @users("manager")
    def test_one_wrong_line_and_nothing_is_taken(self):
        text = GOOD + "T9999;Odd;magic;none;;;;\nX9998;Odder;xray;none;;;Often;\n"
        run = self._import(text)
        run.action_check()
        self.assertEqual(run.state, "wrong")
        self.assertRegex(
            run.problems,
            "(?s)^Line 4: category “magic” is not known.*\nLine 5: recall_type “Often”",
        )
        with self._refused(UserError, "nothing was imported.*\n.*Line 4"):
            run.action_import()
        self.assertFalse(self._found("T0120"))
        self.assertEqual(self._found("T2740").name, "Crown")

    @users("manager")
    def test_the_file_is_kept_as_it_came(self):
        run = self._import(GOOD)
        run.action_import()
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", run._name), ("res_id", "=", run.id), ("res_field", "=", "file")]
        )
        self.assertEqual(attachment.raw, GOOD.encode())
        with self._refused(UserError, "its file is kept"):
            run.file = b64encode(b"other")

    @users("manager")
    def test_an_archived_code_is_known(self):
        self._code("T2740").active = False
        run = self._import(GOOD)
        run.action_import()
        self.assertEqual(self._code("T2740").name, "Crown, ceramic")

    @users("manager")
    def test_not_a_text_file(self):
        run = self.env["dental.procedure.code.import"].create({"file": b64encode(b"PK\0\1")})
        run.action_check()
        self.assertRecordValues(run, [{"state": "wrong", "problem_count": 1}])
        self.assertIn("save the list as CSV", run.problems)

    @users("coordinator")
    def test_only_the_manager_imports(self):
        with self.assertRaises(AccessError):
            self._import(GOOD)


@tagged("post_install", "-at_install")
class TestCode(ClinicalCase):
    @users("front.desk")
    def test_found_by_code_licensed_code_and_name(self):
        crown = self._code("T2740")
        crown.licensed_code = "D2740"
        own = [("id", "in", self.codes.ids)]
        self.assertEqual(crown.claim_code, "D2740")
        self.assertEqual(self._code("T3330").claim_code, "T3330")
        for text in ("T2740", "D2740", "crown"):
            found = self.env["dental.procedure.code"].name_search(text, own)
            self.assertEqual(found, [(crown.id, "T2740 Crown")])
