# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users

from ..notation import PERMANENT, PRIMARY
from .clinical import ClinicalCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestChart(ClinicalCase):
    def _add(self, **values):
        return self.file.chart_add(values)

    @users("coordinator")
    def test_typed_places_become_entries(self):
        data = self._add(text="36 mo; 11 f", status="existing", finding="filling")
        self.assertEqual(
            [(e["site"], e["parts"], e["status"], e["text"], e["date"]) for e in data["entries"]],
            [
                ("36 MO", ["M", "O"], "existing", "Filling", "2026-03-02"),
                ("11 F", ["F"], "existing", "Filling", "2026-03-02"),
            ],
        )
        self.assertRecordValues(
            self.file.chart_entry_ids.sorted("id"),
            [{"tooth": "36", "surfaces": "MO"}, {"tooth": "11", "surfaces": "F"}],
        )

    @users("coordinator")
    def test_typing_follows_the_users_notation(self):
        self.coordinator.dental_notation = "universal"
        data = self._add(text="19mo", status="existing", finding="filling")
        self.assertEqual(data["notation"], "universal")
        self.assertEqual(data["entries"][0]["site"], "19 MO")
        self.assertEqual(self.file.chart_entry_ids.tooth, "36")
        labels = {tooth["tooth"]: tooth["label"] for tooth in data["teeth"]}
        self.assertEqual((labels["36"], labels["55"]), ("19", "A"))

    @users("coordinator")
    def test_clicked_places_become_procedures(self):
        code = self._code("T2392")
        data = self._add(
            sites=[{"tooth": "36", "surfaces": "MO"}, {"tooth": "37", "surfaces": "D"}],
            status="planned",
            code_id=code.id,
        )
        self.assertEqual(
            [(e["model"], e["status"], e["site"]) for e in data["entries"]],
            [("dental.procedure", "planned", "36 MO"), ("dental.procedure", "planned", "37 D")],
        )
        self.assertRecordValues(
            self.file.procedure_ids,
            [{"state": "planned", "owner_id": self.coordinator.id, "next_date": date(2026, 3, 2)}]
            * 2,
        )

    @users("clinician")
    def test_done_on_a_day_before(self):
        data = self._add(
            text="36", status="done", code_id=self._code("T2740").id, date="2026-02-01"
        )
        self.assertEqual(
            [(e["status"], e["parts"], e["date"]) for e in data["entries"]],
            [("done", ["crown"], "2026-02-01")],
        )
        self.assertEqual(self.file.procedure_ids.date_done, date(2026, 2, 1))

    @users("coordinator")
    def test_parts_follow_from_the_kind(self):
        for text, values, parts in (
            ("36", {"status": "existing", "finding": "root_canal"}, ["root"]),
            ("37", {"status": "existing", "finding": "crown"}, ["crown"]),
            ("38", {"status": "missing"}, ["tooth"]),
            ("46", {"status": "planned", "code_id": self._code("T3330").id}, ["root"]),
            ("47", {"status": "planned", "code_id": self._code("T2740").id}, ["crown"]),
            ("48", {"status": "planned", "code_id": self._code("T7140").id}, ["tooth"]),
        ):
            with self.subTest(text):
                entries = self._add(text=text, **values)["entries"]
                self.assertEqual([e["parts"] for e in entries if e["tooth"] == text], [parts])

    @users("coordinator")
    def test_what_is_wrong_is_said_and_nothing_is_kept(self):
        filling = self._code("T2392").id
        for values, told in (
            ({"text": "39 mo", "status": "watch"}, "39"),
            ({"text": "11 o", "status": "watch"}, "no occlusal surface"),
            ({"text": "", "status": "watch"}, "Choose a tooth"),
            ({"text": "36", "status": "existing"}, "Finding: say what there is on tooth 36"),
            ({"text": "36 o", "status": "planned"}, "Procedure: choose what is planned"),
            ({"text": "36", "status": "planned", "code_id": filling}, "Surfaces: code T2392"),
        ):
            with self.subTest(values), self._refused(UserError, told):
                self._add(**values)
        with self.assertRaises(ValidationError):
            self._add(text="36 o; 11 o", status="watch")
        self.assertFalse(self.file.chart_entry_ids)

    @users("coordinator")
    def test_a_mistake_is_kept_but_not_shown(self):
        entry_id = self._add(text="36", status="missing")["entries"][0]["id"]
        other = self._new_patient("Ben", "Other")
        other.with_env(self.env).chart_mistake(entry_id)
        self.assertEqual(len(self.file.chart_data()["entries"]), 1, "not through another file")
        self.assertFalse(self.file.chart_mistake(entry_id)["entries"])
        entry = self.env["dental.chart.entry"].browse(entry_id)
        self.assertFalse(entry.active)
        with self.assertRaises(AccessError):
            entry.unlink()

    @users("coordinator")
    def test_teeth_stand_as_one_faces_the_patient(self):
        data = self.file.chart_data()
        upper = [t["tooth"] for t in data["teeth"] if t["arch"] == "upper" and not t["primary"]]
        lower = [t["tooth"] for t in data["teeth"] if t["arch"] == "lower" and not t["primary"]]
        self.assertEqual((upper[0], upper[7], upper[8], upper[-1]), ("18", "11", "21", "28"))
        self.assertEqual((lower[0], lower[7], lower[8], lower[-1]), ("48", "41", "31", "38"))
        self.assertEqual(len(data["teeth"]), len(PERMANENT) + len(PRIMARY))
        first = next(t for t in data["teeth"] if t["tooth"] == "16")
        self.assertEqual(
            first,
            {
                "tooth": "16",
                "label": "16",
                "name": "upper right first molar",
                "arch": "upper",
                "primary": False,
                "right": True,
                "surfaces": "MODBL",
            },
        )

    @users("coordinator")
    def test_an_extra_tooth_stands_beside_its_neighbour(self):
        data = self._add(text="18S", status="existing", finding="other")
        teeth = [tooth["tooth"] for tooth in data["teeth"]]
        self.assertEqual(teeth[:3], ["18", "18S", "17"])

    @users("coordinator")
    def test_dentition_follows_age_and_entries(self):
        for birth, expected in (
            ("2022-01-01", "primary"),
            ("2018-01-01", "mixed"),
            ("1980-01-01", "permanent"),
            (False, "permanent"),
        ):
            self.patient.birth_date = birth
            self.assertEqual(self.file.chart_data()["dentition"], expected, birth)
        self.assertEqual(
            self._add(text="55", status="existing", finding="other")["dentition"], "mixed"
        )

    @users("front.desk")
    def test_front_desk_looks_but_does_not_chart(self):
        self.assertFalse(self.file.chart_data()["may_edit"])
        with self.assertRaises(AccessError):
            self._add(text="36", status="missing")

    @users("front.desk")
    def test_looking_is_logged(self):
        log = self.env["dental.access.log"].sudo()
        before = log.search_count([("patient_key", "=", self.patient.id)])
        self.file.chart_data()
        line = log.search([("patient_key", "=", self.patient.id)], limit=1)
        self.assertRecordValues(line, [{"user_id": self.front_desk.id, "action": "open"}])
        self.assertEqual(log.search_count([("patient_key", "=", self.patient.id)]), before + 1)

    @users("outsider")
    def test_an_outsider_sees_no_chart(self):
        with self.assertRaises(AccessError):
            self.file.chart_data()

    @users("coordinator")
    def test_one_chart_costs_few_queries(self):
        for tooth in PERMANENT:
            self._make("dental.chart.entry", tooth=tooth, status="watch", finding="decay")
        self.file.chart_data()
        self.env.invalidate_all()
        with self.assertQueryCount(coordinator=25):
            self.file.chart_data()

    @users("coordinator")
    def test_dates_make_sense(self):
        with self._refused(ValidationError, "Since: the date lies in the future"):
            self._make("dental.chart.entry", tooth="36", status="missing", date="2026-03-03")
        gap = self._make("dental.chart.entry", tooth="36", status="missing", date="2026-01-01")
        gap.date_to = "2026-02-01"
        self.assertEqual(self.file._missing_teeth(date(2026, 1, 31)), {"36": date(2026, 1, 1)})
        self.assertFalse(self.file._missing_teeth(date(2026, 2, 1)))


@tagged("post_install", "-at_install")
class TestNotationPreference(ClinicalCase):
    @users("front.desk")
    def test_each_user_sets_the_own_notation(self):
        self.env.user.write({"dental_notation": "palmer"})
        told = self.env["res.users"].dental_tooth_labels()
        self.assertEqual((told["notation"], told["labels"]["36"]), ("palmer", "LL6"))
        labels = told["labels"].values()
        self.assertEqual(len(set(labels)), len(labels), "each tooth has a label of its own")
