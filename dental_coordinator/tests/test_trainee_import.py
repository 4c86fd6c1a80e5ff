# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from base64 import b64encode
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged, users

from ..students import read_class
from .students import StudentCase

HEAD = "Name;Email;Kind;First day;Last day;Hours;Shoe\n"
GOOD = (
    HEAD
    + "Ole Dahl;Ole@school.example;observe;2026-03-09;2026-03-13;16;42\n"
    + '"Ida ""Idi"" Lund";ida@school.example;rotation;2026-03-09;2026-03-20;80,5;\n'
)
# line -> (column, words) of a file in which everything is wrong
WRONG = {
    "Ole;ole@school.example;watch;2026-03-09;2026-03-13;;": ("kind", "“watch” is not known"),
    "Ole;ole;observe;2026-03-09;2026-03-13;;": ("email", "“ole” is not an address"),
    "Ole;ole@school.example;observe;9 March;2026-03-13;;": ("first_day", "is not a day"),
    "Ole;ole@school.example;observe;2026-03-13;2026-03-09;;": ("last_day", "before the first"),
    ";ole@school.example;observe;2026-03-09;2026-03-13;;": ("name", "is empty"),
    "Ole;ole@school.example;observe;2026-03-09;2026-03-13;-1;": ("hours", "not a number of hours"),
    "Ole;ole@school.example;observe;2026-03-09;2026-03-13;1;2;3": ("", "8 cells for 7 columns"),
}


@tagged("post_install", "-at_install")
class TestReadClass(BaseCase):
    def test_rows_with_their_lines(self):
        rows, problems, ignored = read_class(GOOD.encode("cp1252"))
        self.assertEqual((problems, ignored), ((), ("shoe",)))
        self.assertEqual([row.line for row in rows], [2, 3])
        self.assertEqual(
            rows[1].values,
            {
                "name": 'Ida "Idi" Lund',
                "email": "ida@school.example",
                "kind": "rotation",
                "first_day": date(2026, 3, 9),
                "last_day": date(2026, 3, 20),
                "hours": 80.5,
            },
        )

    def test_every_mistake_is_told_with_line_and_column(self):
        for line, (column, words) in WRONG.items():
            with self.subTest(line):
                rows, problems, _ignored = read_class((HEAD + line).encode())
                self.assertFalse(rows)
                self.assertEqual([each[:2] for each in problems], [(2, column)])
                self.assertIn(words, problems[0][2])

    def test_a_person_stands_once_in_the_file(self):
        row = "Ole;ole@school.example;observe;2026-03-09;2026-03-13;;\n"
        _rows, problems, _ignored = read_class((HEAD + row + row).encode())
        self.assertEqual(problems, ((3, "email", "ole@school.example is on line 2 already."),))

    def test_what_is_no_list(self):
        head = b"name;email;kind;first_day;last_day\n"
        for data in (b"", b"\0\1", b"name;mail\n", head + b'"x', b'"name"s;' + head):
            with self.subTest(data):
                rows, problems, _ignored = read_class(data)
                self.assertFalse(rows)
                self.assertEqual(len(problems), 1)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestImportClass(StudentCase):
    def _import(self, text):
        return self.env["dental.trainee.import"].create(
            {
                "file": b64encode(text.encode()),
                "school_id": self.company.partner_id.id,
                "supervisor_id": self.clinician.id,
            }
        )

    @users("coordinator")
    def test_checked_first_then_taken_as_a_whole_and_once(self):
        known = self.env["res.partner"].create({"name": "Ole D.", "email": "ole@school.example"})
        before = self.env["dental.trainee"].search([])
        listed = self._import(GOOD)
        listed.action_check()
        self.assertEqual((listed.state, listed.new_count, listed.ignored), ("checked", 2, "shoe"))
        self.assertEqual(self.env["dental.trainee"].search([]), before, "a check changes nothing")
        listed.action_import()
        new = (self.env["dental.trainee"].search([]) - before).sorted("id")
        self.assertEqual(new[0].partner_id, known)
        self.assertEqual(new[1].partner_id.email, "ida@school.example")
        self.assertEqual(set(new.mapped("state")), {"asked"})
        self.assertEqual(new[1].hours_required, 80.5)
        self.assertEqual(len(new[0].paper_ids), 2)
        with self._refused(UserError, "was imported before"):
            listed.action_import()
        again = self._import(GOOD)
        again.action_check()
        self.assertEqual((again.new_count, again.same_count), (0, 2))

    @users("coordinator")
    def test_one_mistake_and_nothing_is_taken(self):
        before = self.env["dental.trainee"].search_count([])
        self.student.partner_id.email = "mia@school.example"
        listed = self._import(
            GOOD
            + "Mia Berg;mia@school.example;observe;2026-03-05;2026-03-09;;\n"
            + "Jon;jon;observe;2026-03-05;2026-03-09;;\n"
        )
        listed.action_check()
        self.assertEqual((listed.state, listed.problem_count), ("wrong", 2))
        self.assertRegex(listed.problems, "Line 4, first_day: Mia Berg is placed from")
        self.assertRegex(listed.problems, "Line 5, email: “jon” is not an address")
        with self._refused(UserError, "nothing was imported"):
            listed.action_import()
        self.assertEqual(self.env["dental.trainee"].search_count([]), before)

    @users("front.desk")
    def test_the_front_desk_imports_no_class(self):
        with self.assertRaises(AccessError):
            self._import(GOOD)
