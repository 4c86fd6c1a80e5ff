# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
from datetime import datetime
from unittest.mock import MagicMock, patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged, users
from odoo.tools import mute_logger

from .students import StudentMixin
from .test_appointment import AppointmentCase


class DayCase(AppointmentCase):
    """A morning: Marta waits, Ana sits, Tom is late, Zoe comes, Max never left yesterday."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.company.write(
            {
                "dental_wait_warn_minutes": 7,
                "dental_wait_late_minutes": 15,
                "dental_late_minutes": 5,
            }
        )
        cls.chair_2 = cls.env["dental.operatory"].create({"name": "Chair 2", "tz": "UTC"})
        cls.marta = cls.patient
        cls.ana, cls.tom, cls.zoe, cls.max = (
            cls._new_patient(first, last)
            for first, last in (("Ana", "Lund"), ("Tom", "Abel"), ("Zoe", "Haas"), ("Max", "Roy"))
        )
        cls.left = cls._visit(cls.max, "2026-03-01 15:00:00", "arrive")
        cls.seated = cls._visit(cls.ana, "2026-03-02 08:00:00", "arrive", "seat")
        cls.waiting = cls._visit(cls.marta, "2026-03-02 08:40:00", "arrive")
        cls.late = cls._visit(cls.tom, "2026-03-02 08:50:00", "confirm", chair=cls.chair_2)
        cls.coming = cls._visit(cls.zoe, "2026-03-02 10:00:00")

    @classmethod
    def _visit(cls, patient, start, *steps, chair=None):
        provider = cls.env["dental.provider"].create({"name": f"Dr. {start}", "tz": "UTC"})
        visit = cls.env["dental.appointment"].create(
            {
                "patient_id": patient.id,
                "type_id": cls.kind.id,
                "provider_id": provider.id,
                "operatory_id": (chair or cls.chair).id,
                "start": start,
            }
        )
        for step in steps:
            getattr(visit, f"action_{step}")()
        return visit

    def _data(self):
        return self.env["dental.today"].data()

    def _ids(self, rows):
        return [row["id"] for row in rows]


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestToday(DayCase):
    @users("front.desk")
    def test_everybody_is_in_one_place(self):
        data = self._data()
        self.assertEqual(data["day"], "2026-03-02")
        self.assertEqual(data["now"], datetime(2026, 3, 2, 9))
        self.assertEqual((data["warn_after"], data["late_after"]), (7, 15))
        self.assertEqual(self._ids(data["arrived"]), self.waiting.ids)
        self.assertEqual(self._ids(data["next"]), (self.late + self.coming).ids)
        self.assertEqual(self._ids(data["leftovers"]), self.left.ids)
        self.assertEqual(data["leftovers"][0]["usual"], "checkout")
        chairs = {chair["name"]: chair for chair in data["chairs"]}
        self.assertEqual(self._ids(chairs["Chair 1"]["visits"]), self.seated.ids)
        self.assertEqual(chairs["Chair 1"]["next"], self.waiting.start)
        self.assertEqual(chairs["Chair 2"]["visits"], [])
        self.assertEqual(chairs["Chair 2"]["next"], self.late.start)
        self.assertEqual(data["checkout"], [])
        self.assertEqual(data["first_steps"], [])

    @users("front.desk")
    def test_a_row_names_the_patient_and_what_may_be_done(self):
        row = self._data()["arrived"][0]
        expected = {
            "id": self.waiting.id,
            "number": self.waiting.number,
            "patient_id": self.marta.id,
            "patient": "Marta Kowalski",
            "type": "Exam",
            "provider_id": self.waiting.provider_id.id,
            "provider": "Dr. 2026-03-02 08:40:00",
            "provider_resource": self.waiting.provider_id.resource_id.id,
            "chair_id": self.chair.id,
            "chair": "Chair 1",
            "status": "arrived",
            "start": datetime(2026, 3, 2, 8, 40),
            "stop": datetime(2026, 3, 2, 9, 20),
            "arrived_at": self.waiting.arrived_at,
            "seated_at": False,
            "is_new": False,
            "late": False,
            "leftover": False,
            "asked_at": 0,
            "ticket": self.waiting.ticket,
            "called_at": False,
            "call_in": False,
            "missed": False,
            "slip": False,
            "student": False,
            "arrived_by": "",
            "flags": [],
            "usual": "seat",
            "steps": ["seat", "treat", "checkout", "done"],
            "breaks": ["missed", "cancelled_clinic"],
        }
        self.assertEqual(row, expected)

    @users("front.desk")
    def test_each_number_opens_the_list_of_the_same_records(self):
        counters = {counter["key"]: counter for counter in self._data()["counters"]}
        expected = {
            "in": self.seated + self.waiting,
            "late": self.late,
            "missed": self.env["dental.appointment"],
            "call_in": self.env["dental.appointment"],  # Ana still sits in the chair
            "tasks": self.env["dental.task"],
            "promises": self.env["dental.task"],
            "visitors": self.env["dental.presence"],
            "chairs": self.seated,
            "unconfirmed": self.coming,
            "done": self.env["dental.appointment"],
            "leftovers": self.left,
        }
        self.assertLessEqual(set(expected), set(counters))  # other addons add theirs
        for key, visits in expected.items():
            with self.subTest(key):
                counter = counters[key]
                opened = self.env[counter["model"]].search(counter["domain"])
                self.assertEqual(counter["model"], visits._name)
                self.assertEqual(opened, visits.with_env(self.env).sorted())
                self.assertEqual(counter["count"], len(opened))
        self.assertEqual(counters["chairs"]["of"], len(self.env["dental.operatory"].search([])))

    @users("front.desk")
    def test_leftovers_are_all_counted_though_only_some_are_shown(self):
        for hour in range(8, 12):
            self._visit(self.zoe, f"2026-02-20 {hour:02}:00:00")
        with patch("odoo.addons.dental_coordinator.models.dental_today_rows.SHOWN_LEFTOVERS", 2):
            data = self._data()
        self.assertEqual(len(data["leftovers"]), 2)
        self.assertEqual(data["counters"][-1]["count"], 5)

    @users("front.desk")
    def test_late_after_the_minutes_of_the_setting(self):
        self.assertTrue(self._data()["next"][0]["late"])
        self.company.dental_late_minutes = 10
        self.assertFalse(self._data()["next"][0]["late"])

    @users("front.desk")
    def test_the_screen_knows_when_the_clock_changes_the_picture(self):
        # Tom is proposed as missed half an hour after his start.
        self.assertEqual(self._data()["changes_at"], datetime(2026, 3, 2, 9, 20))
        self.company.dental_missed_minutes = 5
        self.assertEqual(self._data()["changes_at"], datetime(2026, 3, 2, 10, 5))
        self.coming.action_arrive()
        self.assertEqual(self._data()["changes_at"], datetime(2026, 3, 3))

    @users("front.desk")
    def test_at_checkout_one_is_out_of_the_chair(self):
        self.seated.action_checkout()
        data = self._data()
        self.assertEqual(self._ids(data["checkout"]), self.seated.ids)
        self.assertFalse([row for chair in data["chairs"] for row in chair["visits"]])

    @users("front.desk")
    def test_two_in_one_chair_are_both_shown(self):
        self.waiting.action_seat()
        chairs = {chair["name"]: chair for chair in self._data()["chairs"]}
        self.assertEqual(
            set(self._ids(chairs["Chair 1"]["visits"])), set((self.seated + self.waiting).ids)
        )

    @users("front.desk")
    def test_alerts_stand_beside_the_name(self):
        self.marta.medical_note = "Anticoagulant"
        row = self._data()["arrived"][0]
        self.assertEqual([flag["text"] for flag in row["flags"]], ["Anticoagulant"])

    @users("front.desk")
    def test_the_day_is_the_clinics(self):
        self.company.resource_calendar_id.tz = "Pacific/Auckland"
        self.assertEqual(self._data()["day"], "2026-03-02")
        with freeze_time("2026-03-02 12:00:00"):  # 01:00 of the next day in Auckland
            data = self._data()
        self.assertEqual(data["day"], "2026-03-03")
        self.assertIn(self.coming.id, self._ids(data["leftovers"]))

    @users("front.desk")
    def test_more_visits_cost_no_more_queries(self):
        self._condition(self.marta)
        self._count_queries()  # groups and rules are in their caches from here on
        few = self._count_queries()
        for number in range(12):
            patient = self._new_patient("Pat", f"Number {number}", medical_note="Note")
            self._condition(patient)
            self._visit(patient, f"2026-03-02 {11 + number // 4}:00:00", chair=self._new_chair())
        self._data()  # the first look at a file is logged
        self.assertEqual(self._count_queries(), few)
        self.assertLessEqual(few, 15)

    def _condition(self, patient):
        kind = self.env["dental.condition.type"].sudo().search([], limit=1)
        self.env["dental.condition"].sudo().create({"patient_id": patient.id, "type_id": kind.id})

    def _new_chair(self):
        return self.env["dental.operatory"].sudo().create({"name": "Another", "tz": "UTC"})

    def _count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._data()
        return self.env.cr.sql_log_count - before

    def test_looking_at_the_board_is_logged_for_everybody_on_it(self):
        log = self.env["dental.access.log"]
        last = log.search([], limit=1).id or 0
        self.env["dental.today"].with_user(self.front_desk).data()
        lines = log.search([("id", ">", last), ("user_id", "=", self.front_desk.id)])
        seen = self.marta + self.ana + self.tom + self.zoe + self.max
        self.assertEqual(set(lines.mapped("patient_key")), set(seen.ids))
        self.assertEqual(set(lines.mapped("action")), {"list"})
        with freeze_time("2026-03-02 09:30:00"):
            self.env["dental.today"].with_user(self.front_desk).data()
        self.assertEqual(log.search_count([("id", ">", last)]), len(lines))

    def test_the_app_opens_on_it(self):
        for user in (self.front_desk, self.clinician, self.trainee):
            menus = self.env["ir.ui.menu"].with_user(user).load_web_menus(False)
            app = menus[self.env.ref("dental_coordinator.menu_root").id]
            self.assertEqual(app["actionPath"], "dental-today", user.login)

    def test_an_empty_clinic_says_what_to_do_first(self):
        other = self.env["res.company"].create({"name": "New clinic"})
        boss = self._new_user("boss", "group_manager", other)
        self.env["dental.provider"].search([("company_id", "=", False)]).active = False
        self.env["dental.operatory"].search([("company_id", "=", False)]).active = False
        data = self.env["dental.today"].with_user(boss).data()
        actions = [step["action"] for step in data["first_steps"]]
        self.assertIn("dental_coordinator.dental_operatory_action", actions)
        self.assertIn("dental_coordinator.dental_patient_action", actions)
        for action in actions:
            self.assertTrue(self.env.ref(action).res_model)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestTodayAccess(StudentMixin, DayCase):
    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_outsiders_and_patients_are_refused(self):
        portal = new_test_user(
            self.env,
            "portal.marta",
            groups="base.group_portal",
            partner_id=self.marta.partner_id.id,
        )
        for user in (self.outsider, portal):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["dental.today"].with_user(user).data()

    def test_a_trainee_sees_the_visits_he_attends(self):
        self.waiting.write({"trainee_ids": [(6, 0, self.trainee.ids)], "trainee_consent": True})
        self._place_user(self.trainee)
        data = self.env["dental.today"].with_user(self.trainee).data()
        self.assertEqual(self._ids(data["arrived"]), self.waiting.ids)
        self.assertEqual((data["next"], data["leftovers"]), ([], []))
        self.assertEqual([chair["name"] for chair in data["chairs"]], ["Chair 1"])
        self.assertEqual(data["chairs"][0]["visits"], [])
        self.assertFalse(data["may_move"])
        self.assertIs(data["tasks"], False, "the team's list is not his")
        self.assertIsInstance(
            self.env["dental.today"].with_user(self.front_desk).data()["tasks"], list
        )

    def test_a_restricted_visit_takes_its_place_without_a_word_of_whom(self):
        self._restrict(self.ana + self.marta)
        data = self.env["dental.today"].with_user(self.front_desk).data()
        row = next(row for chair in data["chairs"] for row in chair["visits"])
        self.assertEqual(row["id"], self.seated.id)
        self.assertEqual((row["patient"], row["file"]), ("Restricted", self.ana.number))
        self.assertEqual((row["steps"], row["breaks"]), ([], []))
        text = json.dumps(data, default=str)
        for secret in ("Ana", "Lund", "Marta", "Kowalski", self.seated.provider_id.name):
            self.assertNotIn(secret, text)
        counters = {counter["key"]: counter["count"] for counter in data["counters"]}
        self.assertEqual((counters["in"], counters["chairs"]), (0, 0))
        everything = self.env["dental.today"].with_user(self.clinician).data()
        self.assertEqual(everything["arrived"][0]["patient"], "Marta Kowalski")

    def test_a_restricted_leftover_is_not_shown_to_others(self):
        self._restrict(self.max)
        data = self.env["dental.today"].with_user(self.front_desk).data()
        self.assertEqual(data["leftovers"], [])

    def _restrict(self, patients):
        patients.write({"restricted": True, "care_team_ids": [(6, 0, self.clinician.ids)]})
        self.env.flush_all()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestTodaySteps(DayCase):
    @users("front.desk")
    def test_broken_in_each_way(self):
        visit = self.coming.with_env(self.env)
        for how in ("missed", "cancelled_late", "cancelled", "cancelled_clinic"):
            with self.subTest(how):
                visit.action_break(how, "Car broke down")
                self.assertEqual(visit.status, how)
                self.assertEqual(visit.visit_event_ids[0].note, "Car broke down")
                visit._set_status("scheduled")

    @users("front.desk")
    def test_broken_is_no_way_around_the_other_steps(self):
        with self.assertRaisesRegex(UserError, "who broke"):
            self.coming.with_env(self.env).action_break("done")
        self.assertEqual(self.coming.status, "scheduled")

    @users("front.desk")
    def test_back_twice_goes_two_steps_back(self):
        visit = self.seated.with_env(self.env)
        for status in ("arrived", "scheduled"):
            visit.action_back()
            self.assertEqual(visit.status, status)
        self.assertFalse(visit.arrived_at or visit.seated_at)
        with self.assertRaisesRegex(UserError, "no step to take back"):
            visit.action_back()

    @users("front.desk")
    def test_a_step_that_does_not_follow_is_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "is Scheduled and cannot become Seated"):
            self.coming.with_env(self.env).action_seat()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestTodayChange(DayCase):
    def _sent(self, change):
        bus = self.env.registry["bus.bus"]
        with patch.object(bus, "_sendone", autospec=True) as send:
            change()
        return [call.args[1:] for call in send.call_args_list]

    def test_whatever_moves_a_visit_is_told_with_ids_only(self):
        visit = self.coming.with_user(self.front_desk)
        message = {"company_id": self.company.id, "ids": visit.ids}
        changes = {
            "status": lambda: visit.action_confirm(),
            "time": lambda: visit.write({"start": "2026-03-02 12:00:00"}),
            "chair": lambda: visit.write({"operatory_id": self.chair_2.id}),
            "calendar": lambda: visit.event_id.sudo(False).write({"stop": "2026-03-02 12:50:00"}),
        }
        for name, change in changes.items():
            with self.subTest(name):
                sent = self._sent(change)
                self.assertTrue(sent)
                for target, kind, payload in sent:
                    self.assertEqual(target, (self.company, "dental_today"))
                    self.assertEqual((kind, payload), ("dental.today/changed", message))

    def test_a_new_visit_is_told(self):
        sent = self._sent(lambda: self._visit(self.zoe, "2026-03-02 15:00:00"))
        self.assertEqual(len(sent), 1)

    def test_a_note_is_nobodys_business(self):
        self.assertFalse(self._sent(lambda: self.coming.write({"note": "Bring x-ray"})))

    def test_only_the_team_listens_and_only_to_its_clinics(self):
        other = self.env["res.company"].create({"name": "Other clinic"})
        own = (self.company, "dental_today")
        asked = [f"dental_today_{self.company.id}", f"dental_today_{other.id}", "elsewhere"]
        for user, heard in ((self.front_desk, [own]), (self.outsider, []), (self.trainee, [])):
            with self.subTest(user.login):
                channels = self._channels(user, asked)
                tuples = [channel for channel in channels if isinstance(channel, tuple)]
                self.assertNotIn((other, "dental_today"), tuples)
                self.assertEqual([channel for channel in tuples if channel == own], heard)
                names = [c for c in channels if isinstance(c, str) and c.startswith("dental")]
                self.assertFalse(names)
                self.assertIn("elsewhere", channels)

    def _channels(self, user, asked):
        request = MagicMock()
        request.session.uid = user.id
        with patch("odoo.addons.bus.models.ir_websocket.wsrequest", new=request):
            return self.env["ir.websocket"].with_user(user)._build_bus_channel_list(list(asked))
