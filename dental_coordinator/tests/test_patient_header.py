# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import nullcontext
from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .test_today import DayCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestPatientHeader(DayCase):
    @users("front.desk")
    def test_who_it_is_and_what_comes_next(self):
        self.zoe.write(
            {
                "preferred_name": "Zo",
                "pronoun": "she",
                "birth_date": "1992-05-04",
                "medical_note": "Latex",
                "money_note": "Pays cash",
            }
        )
        old = self._visit(self.zoe, "2026-02-02 10:00:00", "arrive", "done")
        data = self.zoe.with_env(self.env).header_data()
        facts = data.pop("facts")
        self.assertEqual([alert["text"] for alert in data["alerts"]], ["Latex"])
        self.assertEqual(
            data,
            {
                "id": self.zoe.id,
                "number": self.zoe.number,
                "restricted": False,
                "name": 'Zoe Haas "Zo"',
                "pronoun": "she",
                "age": 33,
                "birth_date": date(1992, 5, 4),
                "alerts": self.zoe._alerts(),
                "may_book": True,
                "may_check_in": True,
            },
        )
        self.assertEqual(
            [(fact["key"], fact["text"], fact.get("moment"), fact.get("res_id")) for fact in facts],
            [
                ("next", "Exam, Chair 1", datetime(2026, 3, 2, 10), self.coming.id),
                ("last", "Exam, Chair 1", datetime(2026, 2, 2, 10), old.id),
                ("money", "Pays cash", None, None),
            ],
        )

    @users("front.desk")
    def test_someone_inside_is_here_and_cannot_be_checked_in_again(self):
        data = self.marta.with_env(self.env).header_data()
        self.assertEqual([fact["key"] for fact in data["facts"]], ["here"])
        self.assertFalse(data["may_check_in"])

    @users("front.desk")
    def test_a_visit_tomorrow_is_next_but_cannot_be_checked_in_today(self):
        self.coming.write({"start": "2026-03-03 10:00:00"})
        patient = self.zoe.with_env(self.env)
        data = patient.header_data()
        self.assertEqual([fact["key"] for fact in data["facts"]], ["next"])
        self.assertFalse(data["may_check_in"])
        with self.assertRaisesRegex(UserError, f"{patient.number}: no visit of today"):
            patient.action_check_in()

    @users("front.desk")
    def test_check_in_arrives_the_first_visit_of_today(self):
        second = self._visit(self.zoe, "2026-03-02 14:00:00")
        self.zoe.with_env(self.env).action_check_in()
        self.assertEqual((self.coming.status, second.status), ("arrived", "scheduled"))

    @users("front.desk")
    def test_a_handful_of_queries(self):
        patient = self.zoe.with_env(self.env)
        # The first time, groups and rules fill their caches. Billing adds what is owed: one query;
        # insurance adds what plans are asked for: two.
        for count in (None, 20):
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertQueryCount(count) if count else nullcontext():
                patient.header_data()

    def test_billing_reads_it_but_does_not_book(self):
        data = self.zoe.with_user(self.billing).header_data()
        self.assertFalse(data["may_book"])

    def test_it_is_an_opening_of_the_file(self):
        log = self.env["dental.access.log"]
        last = log.search([], limit=1).id or 0
        self.zoe.with_user(self.front_desk).header_data()
        line = log.search([("id", ">", last)])
        self.assertRecordValues(
            line,
            [
                {
                    "user_id": self.front_desk.id,
                    "patient_key": self.zoe.id,
                    "action": "open",
                    "model": "dental.patient",
                    "res_id": self.zoe.id,
                }
            ],
        )

    def test_a_restricted_file_shows_its_number_only(self):
        self.zoe.write({"restricted": True, "care_team_ids": [(6, 0, self.clinician.ids)]})
        self.env.flush_all()
        self.env.invalidate_all()
        data = self.zoe.with_user(self.front_desk).header_data()
        self.assertEqual(data, {"id": self.zoe.id, "number": self.zoe.number, "restricted": True})
        self.assertEqual(self.zoe.with_user(self.clinician).header_data()["name"], "Zoe Haas")

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_others_are_refused(self):
        other = self.env["res.company"].create({"name": "Other clinic"})
        foreigner = self._new_user("foreigner", "group_manager", other)
        self.zoe.restricted = True
        self.env.flush_all()
        self.env.invalidate_all()
        for user in (self.outsider, foreigner, self.trainee):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.zoe.with_user(user).header_data()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestFindPatient(DayCase):
    @users("front.desk")
    def test_a_row_says_whether_he_comes_today(self):
        rows = self.env["dental.patient"].find("haas")
        self.assertEqual(
            rows,
            [
                {
                    "id": self.zoe.id,
                    "number": self.zoe.number,
                    "name": "Zoe Haas",
                    "birth_date": False,
                    "phone": False,
                    "restricted": False,
                    "visit": {"start": datetime(2026, 3, 2, 10), "status": "scheduled"},
                }
            ],
        )
        self.assertFalse(self.env["dental.patient"].find("roy")[0]["visit"])

    def test_a_restricted_file_does_not_say_that_he_comes(self):
        self.zoe.write({"restricted": True, "care_team_ids": [(6, 0, self.clinician.ids)]})
        self.env.flush_all()
        self.env.invalidate_all()
        row = self.env["dental.patient"].with_user(self.front_desk).find(self.zoe.number)[0]
        self.assertEqual((row["restricted"], row["visit"]), (True, False))

    def test_recent_files_newest_first_without_those_now_closed(self):
        files = self.env["dental.patient"].with_user(self.front_desk)
        self.assertEqual(files.recent(), [])
        for patient in (self.marta, self.ana, self.tom, self.marta):
            patient.with_user(self.front_desk).web_read({"number": {}})
        self.zoe.with_user(self.clinician).web_read({"number": {}})
        self.assertEqual(self._recent(files), (self.tom + self.ana + self.marta).ids)
        self.ana.write({"restricted": True})
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self._recent(files), (self.tom + self.marta).ids)
        self.assertEqual(len(files.recent(limit=1)), 1)

    def _recent(self, files):
        return [row["id"] for row in files.recent()]

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_outsider_finds_nothing(self):
        files = self.env["dental.patient"].with_user(self.outsider)
        for ask in (lambda: files.recent(), lambda: files.find("haas")):
            with self.assertRaises(AccessError):
                ask()
