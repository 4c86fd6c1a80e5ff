# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .clinical import ClinicalCase


class ReadinessCase(ClinicalCase):
    """A file that lacks nothing, and rules that each test sets up for itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.env["dental.readiness.rule"].search([]).active = False
        cls.kind = cls.env["dental.appointment.type"].create({"name": "Exam", "pattern": "/XX/"})
        cls.patient.write({"phone": "207 555 0101", "street": "1 Elm", "city": "Portland"})
        cls.visit = cls._visit(cls.patient, "2026-03-05 09:00:00")

    @classmethod
    def _visit(cls, patient, start, **vals):
        return cls.env["dental.appointment"].create(
            {
                "patient_id": patient.id,
                "type_id": cls.kind.id,
                "provider_id": cls.provider.id,
                "operatory_id": cls.chair.id,
                "start": start,
                **vals,
            }
        )

    @classmethod
    def _rule(cls, check, **vals):
        return cls.env["dental.readiness.rule"].create({"check": check, **vals})

    def _lacks(self, visit=None, step=None):
        """(check, severity, reason) of each item of a visit."""
        visit = visit or self.visit
        items = self.env["dental.readiness"]._evaluate(visit, step)[visit.id]
        return [(item["check"], item["severity"], item["reason"]) for item in items]


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestReadiness(ReadinessCase):
    @users("front.desk")
    def test_history_grows_old(self):
        self._rule("history", days=30)
        self.assertEqual(self._lacks(), [("history", "warn", "health was never asked about.")])
        intake = self._make(
            "dental.intake", started_at="2026-01-10 09:00:00", medical_review="same"
        )
        self.assertEqual(
            self._lacks(), [("history", "warn", "health was last asked about on 01/10/2026.")]
        )
        intake.started_at = "2026-02-20 09:00:00"
        self.assertFalse(self._lacks())

    @users("front.desk")
    def test_a_condition_said_to_hold_counts_as_asked(self):
        self._rule("history", days=30)
        kind = self.env["dental.condition.type"].search([], limit=1)
        self._make("dental.condition", type_id=kind.id, confirmed_on="2026-03-01")
        self.assertFalse(self._lacks())

    @users("front.desk")
    def test_an_intake_that_never_asked_about_health_does_not_count(self):
        self._rule("history", days=30)
        self._make("dental.intake", words="It hurts")
        self.assertEqual(len(self._lacks()), 1)

    @users("front.desk")
    def test_requests_of_the_visit_and_those_due_before_it(self):
        self._rule("requests")
        mine = self._make("dental.request", kind="pano", appointment_id=self.visit.id)
        due = self._make("dental.request", kind="blood", due_on="2026-03-05")
        self._make("dental.request", kind="photo", due_on="2026-03-06")
        self._make("dental.request", kind="records")
        reasons = {reason for _check, _severity, reason in self._lacks()}
        self.assertEqual(
            reasons,
            {
                f"X-ray: panoramic ({mine.number}) is not here.",
                f"Blood test ({due.number}) is not here.",
            },
        )
        mine.received_as = "A print"
        mine.action_receive()
        self.assertIn(
            ("requests", "warn", f"X-ray: panoramic ({mine.number}) is here and not reviewed."),
            self._lacks(),
        )
        mine.with_user(self.clinician).action_review()
        self.assertEqual(len(self._lacks()), 1)

    @users("front.desk")
    def test_alerts_are_reviewed_by_a_clinician(self):
        self._rule("alerts")
        kind = (
            self.env["dental.condition.type"]
            .sudo()
            .create({"name": "Latex, severe", "kind": "allergy", "alert_level": "stop"})
        )
        condition = self._make("dental.condition", type_id=kind.id)
        self.assertEqual(
            self._lacks(), [("alerts", "warn", "not reviewed by a clinician: Latex, severe.")]
        )
        condition.with_user(self.clinician).action_verify()
        self.assertFalse(self._lacks())

    @users("front.desk")
    def test_a_minor_has_guardian_and_guarantor_on_the_day_of_the_visit(self):
        self._rule("guardian")
        self.patient.birth_date = "2008-03-06"  # eighteen the day after the visit
        self.assertEqual(
            [reason for _check, _severity, reason in self._lacks()],
            [
                "a minor, and nobody is named who may consent.",
                "a minor, and nobody else is named who gets the bills.",
            ],
        )
        mother = self.env["res.partner"].create({"name": "Mother"})
        self._make("dental.guardian", partner_id=mother.id, date_to="2026-03-04")
        self.patient.guarantor_id = mother
        self.assertEqual(len(self._lacks()), 1, "the guardianship ends before the visit")
        self._make("dental.guardian", partner_id=mother.id)
        self.assertFalse(self._lacks())
        self.patient.write({"guarantor_id": self.patient.partner_id.id, "birth_date": "2008-03-05"})
        self.assertFalse(self._lacks(), "grown up on the day")

    @users("front.desk")
    def test_contact_data_names_what_is_missing(self):
        self._rule("contact")
        self.assertFalse(self._lacks())
        self.patient.write({"phone": False, "city": False})
        self.assertEqual(
            self._lacks(), [("contact", "warn", "missing on the file: phone, address.")]
        )

    @users("front.desk")
    def test_rules_speak_for_their_kinds_of_visits_and_their_clinic(self):
        other = self.env["dental.appointment.type"].sudo().create({"name": "Other"})
        rule = self._rule("history", type_ids=[(6, 0, other.ids)])
        self.assertFalse(self._lacks())
        rule.type_ids = self.kind
        self.assertTrue(self._lacks())
        rule.company_id = self.env["res.company"].sudo().create({"name": "Elsewhere"})
        self.assertFalse(self._lacks())

    @users("front.desk")
    def test_the_worst_rule_decides_and_broken_visits_lack_nothing(self):
        self._rule("history", on_seated="warn")
        self._rule("history", on_confirmed="stop", type_ids=[(6, 0, self.kind.ids)])
        self.assertEqual([row[1] for row in self._lacks()], ["stop"])
        item = self.env["dental.readiness"]._evaluate(self.visit)[self.visit.id][0]
        self.assertEqual(item["step"], "confirmed")
        self.visit.with_env(self.env).action_cancel()
        self.assertFalse(self.env["dental.readiness"]._evaluate(self.visit))

    @users("front.desk")
    def test_as_many_queries_for_fifty_visits_as_for_two(self):
        for check in self.env["dental.readiness"]._checks():
            self._rule(check)
        visits = self.env["dental.appointment"].sudo()
        for place in range(50):
            patient = self._new_patient(f"First{place}", "Last", birth_date="2015-01-01")
            hour, minute = divmod(place * 10, 60)
            start = f"2026-03-06 {8 + hour:02}:{minute:02}:00"
            visits |= self._visit(patient, start, pattern="X")
        counts = []
        for several in (visits[:2], visits):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self.env["dental.readiness"]._evaluate(several)
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual({len(items) for items in found.values()}, {4})
        self.assertLessEqual(counts[1], counts[0] + 1)
        self.assertLess(counts[1], 40)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestReadinessGate(ReadinessCase):
    @users("front.desk")
    def test_a_stop_refuses_the_step_and_says_why(self):
        self._rule("history", on_confirmed="stop")
        visit = self.visit.with_env(self.env)
        with self._refused(UserError, "(?s)cannot go on.*health was never asked about"):
            visit.action_confirm()
        self._make("dental.intake", medical_review="same")
        visit.action_confirm()
        self.assertEqual(visit.status, "confirmed")

    @users("front.desk")
    def test_a_warning_lets_pass_and_each_item_names_its_remedy(self):
        self._rule("history", on_confirmed="warn")
        visit = self.visit.with_env(self.env)
        item = visit._check_gate("confirmed")[0]
        self.assertEqual(
            (item["severity"], item["fix"], item["fix_label"]),
            ("warn", "action_fix_history", "Ask"),
        )
        visit.action_confirm()
        self.assertEqual(visit.status, "confirmed")

    @users("front.desk")
    def test_a_gate_that_is_jumped_over_is_asked_all_the_same(self):
        self._rule("history", on_seated="stop", on_confirmed="stop")
        visit = self.visit.with_env(self.env)
        visit.action_arrive()  # who stands at the desk is not asked what confirming asks
        with self._refused(UserError, "health was never asked about"):
            visit.action_checkout()
        self.assertEqual(visit.status, "arrived")

    @users("front.desk")
    def test_the_form_shows_what_is_open_and_opens_the_remedy(self):
        self._rule("history", on_seated="stop")
        self._rule("contact")
        self.patient.phone = False
        visit = self.visit.with_env(self.env)
        self.assertEqual(visit.readiness_level, "stop")
        self.assertEqual([item["check"] for item in visit.readiness], ["history", "contact"])
        opened = visit.action_readiness_fix("action_fix_history")
        self.assertEqual(opened["res_model"], "dental.intake")
        self.assertEqual(opened["context"]["default_appointment_id"], visit.id)
        opened = visit.action_readiness_fix("action_open_file")
        self.assertEqual(
            (opened["res_model"], opened["res_id"]), ("dental.patient", self.patient.id)
        )
        with self._refused(UserError, "settled already"):
            visit.action_readiness_fix("action_cancel")

    @users("front.desk")
    def test_remedies_list_what_there_are_several_of(self):
        self._rule("requests")
        visit = self.visit.with_env(self.env)
        requests = self._make("dental.request", kind="pano", appointment_id=visit.id)
        opened = visit.action_fix_requests()
        self.assertEqual(opened["res_id"], requests.id)
        requests |= self._make("dental.request", kind="blood", appointment_id=visit.id)
        self.assertEqual(visit.action_fix_requests()["domain"], [("id", "in", requests.ids)])

    def test_rules_are_the_managers(self):
        rules = self.env["dental.readiness.rule"]
        with self.assertRaises(AccessError):
            rules.with_user(self.coordinator).create({"check": "history"})
        rule = rules.with_user(self.manager).create({"check": "history"})
        self.assertEqual(rule.name, "Health asked about")

    def test_days_are_not_negative(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self._rule("history", days=-1)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestReadinessList(ReadinessCase):
    def _list(self):
        self.env["dental.readiness.item"].web_search_read([], {"reason": {}})
        return self.env["dental.readiness.item"].search([])

    @users("coordinator")
    def test_the_list_follows_the_visits(self):
        self._rule("history", on_seated="stop", lead_days=1, owner_id=self.coordinator.id)
        row = self._list()
        self.assertRecordValues(
            row,
            [
                {
                    "appointment_id": self.visit.id,
                    "patient_id": self.patient.id,
                    "company_id": self.company.id,
                    "severity": "stop",
                    "reason": "health was never asked about.",
                    "step": "seated",
                    "start": datetime(2026, 3, 5, 9),
                    "owner_id": self.coordinator.id,
                    "next_date": date(2026, 3, 4),
                }
            ],
        )
        self.assertEqual(row.action_fix()["res_model"], "dental.intake")
        self.assertEqual(self._list(), row, "the same row stays")
        self._make("dental.intake", medical_review="same")
        self.assertFalse(self._list())

    @users("coordinator")
    def test_owner_and_date_stay_and_the_rest_follows(self):
        rule = self._rule("history", on_seated="warn")
        row = self._list()
        row.write({"owner_id": self.front_desk.id, "next_date": "2026-03-03", "reason": "Done"})
        self.assertEqual(row.reason, "health was never asked about.", "not people's to say")
        rule.on_seated = "stop"
        self.visit.start = "2026-03-06 10:00:00"
        self.assertRecordValues(
            self._list(),
            [
                {
                    "severity": "stop",
                    "owner_id": self.front_desk.id,
                    "next_date": date(2026, 3, 3),
                    "start": datetime(2026, 3, 6, 10),
                }
            ],
        )

    @users("coordinator")
    def test_only_visits_of_the_next_two_weeks(self):
        self._rule("history")
        self.assertEqual(len(self._list()), 1)
        self.visit.start = "2026-03-17 09:00:00"
        self.assertFalse(self._list())
        self.visit.start = "2026-03-05 09:00:00"
        self.visit.action_cancel()
        self.assertFalse(self._list())

    @users("coordinator")
    def test_without_an_owner_who_booked_takes_care(self):
        self._rule("history")
        self.visit.action_cancel()
        visit = self.env["dental.appointment"].create(
            {
                "patient_id": self.patient.id,
                "type_id": self.kind.id,
                "provider_id": self.provider.id,
                "operatory_id": self.chair.id,
                "start": "2026-03-09 09:00:00",
            }
        )
        self.assertRecordValues(
            self._list(), [{"appointment_id": visit.id, "owner_id": self.coordinator.id}]
        )

    def test_the_hourly_job_keeps_the_list(self):
        self._rule("history")
        self.env["dental.readiness.item"]._cron_refresh()
        self.assertEqual(self.env["dental.readiness.item"].search([]).appointment_id, self.visit)

    def test_a_row_is_there_once(self):
        self._rule("history")
        items = self.env["dental.readiness.item"]
        items._refresh()
        visit, item = self.visit, self.env["dental.readiness"]._evaluate(self.visit)
        items._add([items._prepare(visit, item[visit.id][0])])
        self.assertEqual(items.search_count([]), 1)
