# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import CheckViolation, RaiseException, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import BaseCase, tagged, users
from odoo.tools import mute_logger

from ..desk import is_due, options_of, read_page
from .test_today import DayCase

CHANGED, MEDICINES, WHAT = (
    "Has anything about your health changed since your last visit?",
    "Do you take new medicines?",
    "What has changed?",
)


@tagged("post_install", "-at_install")
class TestAnswers(BaseCase):
    def test_due_after_so_many_months(self):
        last = datetime(2025, 8, 31, 9)
        self.assertTrue(is_due(None, 12, last))
        self.assertFalse(is_due(last, 6, datetime(2026, 2, 28, 8)))
        self.assertTrue(is_due(last, 6, datetime(2026, 2, 28, 9)))
        self.assertTrue(is_due(last, 0, last))

    def test_what_counts_as_an_answer(self):
        asked = [
            (1, "yesno", True, []),
            (2, "choice", False, ["Friend", "Sign"]),
            (3, "date", False, []),
            (4, "text", False, []),
        ]
        told = {1: "yes", 2: " Sign ", 3: "2025-01-31", 4: " New pills\n"}
        kept = {1: "yes", 2: "Sign", 3: "2025-01-31", 4: "New pills"}
        self.assertEqual(read_page(asked, told), (kept, []))
        self.assertEqual(read_page(asked, {1: "no"}), ({1: "no", 2: "", 3: "", 4: ""}, []))
        self.assertEqual(read_page(asked, {2: "Radio", 3: "31.1."})[1], [1, 2, 3])
        self.assertEqual(len(read_page(asked, {1: "no", 4: "x" * 900})[0][4]), 500)
        self.assertEqual(read_page(asked, {1: "no", 4: "a\0b"})[0][4], "ab")

    def test_choices_stand_one_a_line(self):
        self.assertEqual(options_of(" A friend\n\n The sign \n"), ["A friend", "The sign"])
        self.assertEqual(options_of(None), [])


class FormCase(DayCase):
    """Zoe comes at ten; a form of two pages waits for her at the tablet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.zoe.birth_date = "1990-02-03"
        cls.form = cls.env["dental.form"].create(
            {
                "name": "Before your visit",
                "every_months": 6,
                "owner_id": cls.coordinator.id,
                "thanks": "We read this at once.",
                "question_ids": [
                    (0, 0, {"name": CHANGED, "required": True, "alert": True}),
                    (0, 0, {"name": MEDICINES, "required": True, "alert": True}),
                    (0, 0, {"name": WHAT, "kind": "text", "page": 2}),
                ],
            }
        )
        cls.changed, cls.medicines, cls.what = cls.form.question_ids
        device = cls.env["dental.device"].create({"name": "Entrance", "kind": "kiosk"})
        device.with_user(cls.manager).action_pair()
        cls.device = device.with_user(cls.env.ref("base.public_user")).sudo()

    def _check_in(self, name="Zoe Haas", birth_date="1990-02-03"):
        """Check in at the tablet.

        :return: the first page of what is asked then
        """
        offer = self.device._offer(name, birth_date)["offer"]
        self.assertTrue(self.device._accept(offer))
        return self.device._form_page(self.device._visit_of(offer))

    def _fill(self, first="no", second="no", text=""):
        page = self._check_in()
        kept = self.device._keep_page(
            page["pass"], {self.changed.id: first, self.medicines.id: second}
        )
        self.device._keep_page(kept["page"]["pass"], {self.what.id: text})
        return self.coming.form_sheet_ids

    def _row(self, visit):
        data = self.env["dental.today"].with_user(self.front_desk).data()
        return next(row for row in data["arrived"] if row["id"] == visit.id)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestForm(FormCase):
    def test_page_by_page_after_checking_in(self):
        page = self._check_in()
        self.assertEqual(self.coming.status, "arrived")
        self.assertEqual((page["title"], page["place"], page["pages"]), (self.form.name, 1, 2))
        self.assertEqual([q["text"] for q in page["questions"]], [CHANGED, MEDICINES])
        told = {self.changed.id: "yes", self.medicines.id: "no"}
        kept = self.device._keep_page(page["pass"], told)
        self.assertEqual([q["text"] for q in kept["page"]["questions"]], [WHAT])
        kept = self.device._keep_page(kept["page"]["pass"], {})
        self.assertIsNone(kept["page"])
        self.assertEqual((kept["ticket"], kept["thanks"]), (self.coming.ticket, self.form.thanks))
        sheet = self.coming.form_sheet_ids
        self.assertRecordValues(
            sheet,
            [
                {
                    "state": "review",
                    "alert": True,
                    "finished_at": datetime(2026, 3, 2, 9),
                    "owner_id": self.coordinator.id,
                    "next_date": datetime(2026, 3, 2).date(),
                    "device": "Entrance",
                }
            ],
        )
        self.assertEqual(
            [(line.question, line.answer, line.alert) for line in sheet.answer_ids],
            [(CHANGED, "Yes", True), (MEDICINES, "No", False), (WHAT, "", False)],
        )

    def test_what_is_needed_is_asked_again(self):
        page = self._check_in()
        again = self.device._keep_page(page["pass"], {self.medicines.id: "yes"})["page"]
        self.assertEqual([q["missing"] for q in again["questions"]], [True, False])
        self.assertEqual([q["typed"] for q in again["questions"]], ["", "yes"])
        self.assertFalse(self.coming.form_sheet_ids.answer_ids)
        self.assertEqual(self.coming.form_sheet_ids.state, "asked")

    def test_a_page_is_kept_once(self):
        page = self._check_in()
        for answer in ("yes", "no"):
            told = {self.changed.id: answer, self.medicines.id: "no"}
            kept = self.device._keep_page(page["pass"], told)
            self.assertEqual(kept["page"]["place"], 2)
        answers = self.coming.form_sheet_ids.answer_ids
        self.assertEqual(answers.mapped("answer"), ["Yes", "No"])

    def test_a_pass_is_of_one_tablet_one_visit_of_today_and_minutes(self):
        page = self._check_in()
        other = self.device.create({"name": "Hall", "kind": "kiosk"})
        self.assertIsNone(other._keep_page(page["pass"], {}))
        for wrong in ("", "x", page["pass"][:-2]):
            self.assertIsNone(self.device._keep_page(wrong, {}))
        with freeze_time("2026-03-03 09:00:00"):
            self.assertIsNone(self.device._keep_page(page["pass"], {}))
        self.coming.action_back()
        self.assertIsNone(self.device._keep_page(page["pass"], {}))
        self.assertFalse(self.coming.form_sheet_ids.answer_ids)

    def test_checked_in_again_it_goes_on_where_it_was(self):
        page = self._check_in()
        told = {self.changed.id: "no", self.medicines.id: "no"}
        self.device._keep_page(page["pass"], told)
        self.coming.action_back()
        self.assertEqual(self._check_in()["place"], 2)
        self.assertEqual(len(self.coming.form_sheet_ids), 1)

    def test_whoever_arrived_otherwise_may_fill_in_too(self):
        self.coming.action_arrive()
        page = self._check_in()
        self.assertEqual([q["text"] for q in page["questions"]], [CHANGED, MEDICINES])
        self.assertFalse(self.coming.arrived_by)
        arrivals = self.coming.visit_event_ids.filtered(lambda event: event.status == "arrived")
        self.assertEqual(len(arrivals), 1)
        self._fill()
        self.assertIsNone(self.device._offer("Zoe Haas", "1990-02-03"))
        other = self.device.create({"name": "Hall", "kind": "kiosk"})
        self.coming.form_sheet_ids.finished_at = False
        offer = self.device._offer("Zoe Haas", "1990-02-03")["offer"]
        self.assertIsNone(other._accept(offer))
        self.coming.action_seat()
        self.assertIsNone(self.device._accept(offer))

    def test_due_by_months_kinds_and_new_patients(self):
        self._fill()
        with freeze_time("2026-06-01 09:00:00"):
            visit = self._visit(self.zoe, "2026-06-02 10:00:00")
            self.assertFalse(visit._forms_due())
        with freeze_time("2026-09-02 09:00:00"):
            self.assertEqual(visit._forms_due(), self.form)
            self.form.who = "new"
            self.assertFalse(visit._forms_due())
            visit.is_new = True
            self.assertEqual(visit._forms_due(), self.form)
            self.form.type_ids = self.env["dental.appointment.type"].create({"name": "Surgery"})
            self.assertFalse(visit._forms_due())
            self.form.type_ids = False
            self.form.company_id = self.env["res.company"].create({"name": "Other clinic"})
            self.assertFalse(visit._forms_due())

    def test_answers_keep_the_words_and_nobody_changes_them(self):
        sheet = self._fill("yes", text="New pills")
        self.changed.name = "Are you well?"
        self.assertEqual(sheet.answer_ids[0].question, CHANGED)
        desk = sheet.with_user(self.front_desk)
        with self._refused(UserError, f"{sheet.number}: what was asked"):
            desk.write({"alert": False})
        with self.assertRaises(AccessError):
            desk.answer_ids[0].write({"answer": "No"})
        for change in ({"answer": "No"}, {"alert": False}):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaisesRegex(RaiseException, "append-only"),
                self.env.cr.savepoint(),
            ):
                sheet.answer_ids[0].sudo().write(change)
                self.env.flush_all()
        desk.note = "Told the dentist"
        self.assertEqual(sheet.answer_ids.mapped("answer"), ["Yes", "No", "New pills"])

    def test_the_database_keeps_one_sheet_a_visit(self):
        self._check_in()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.coming.form_sheet_ids.copy()

    def test_questions_that_make_no_sense_are_refused(self):
        with self._refused(ValidationError, "Choices: write at least two"):
            self.what.write({"kind": "choice", "options": "One"})
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.what.alert = True
            self.env.flush_all()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestReview(FormCase):
    def test_a_yes_stands_on_today_and_on_the_card_until_it_is_reviewed(self):
        sheet = self._fill("yes").with_user(self.front_desk)
        visit = self.coming.with_user(self.front_desk)
        flags = [flag["text"] for flag in self._row(visit)["flags"]]
        self.assertEqual(flags, ["Answers to review"])
        for items in (visit._checkin_items(), visit._check_gate("seated")):
            item = next(each for each in items if each.get("fix") == "action_open_answers")
            self.assertEqual(item["severity"], "warn")
        self.assertEqual(visit.action_open_answers()["res_id"], sheet.id)
        with patch.object(self.env.registry["dental.today"], "_tell") as told:
            sheet.action_review()
        self.assertTrue(told.called)
        self.assertFalse(self._row(visit)["flags"])
        self.assertFalse(visit._check_answers())
        self.assertRecordValues(
            sheet, [{"state": "reviewed", "reviewed_by_id": self.front_desk.id}]
        )

    def test_all_well_waits_in_the_list_alone(self):
        sheet = self._fill()
        today = self.env["dental.today"].with_user(self.front_desk)
        counter = next(each for each in today.data()["counters"] if each["key"] == "answers")
        self.assertEqual(sheet.search(counter["domain"]), sheet)
        self.assertEqual(counter["count"], 1)
        self.assertEqual((sheet.state, sheet.alert), ("review", False))
        self.assertFalse(self._row(self.coming)["flags"])

    @users("front.desk")
    def test_the_second_is_told_who_was_first(self):
        sheet = self._fill()
        sheet.with_user(self.clinician).action_review()
        with self._refused(UserError, f"{sheet.number} was reviewed by clinician"):
            sheet.with_env(self.env).action_review()

    def test_not_before_there_is_an_answer_and_not_by_billing(self):
        self._check_in()
        sheet = self.coming.form_sheet_ids
        with self._refused(UserError, "no answer to review yet"):
            sheet.with_user(self.front_desk).action_review()
        with self.assertRaises(AccessError):
            sheet.with_user(self.billing).action_review()

    def test_an_open_sheet_has_an_owner_and_a_date(self):
        sheet = self._fill().with_user(self.coordinator)
        with self._refused(ValidationError, "set who takes the next step"):
            sheet.owner_id = False
