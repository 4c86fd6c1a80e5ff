# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time
from psycopg2.errors import RaiseException

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .common import DentalCase


@tagged("post_install", "-at_install")
class TestAccessLog(DentalCase):
    def _lines(self, **criteria):
        domain = [("patient_key", "=", self.patient.id)]
        domain += [(name, "=", value) for name, value in criteria.items()]
        return self.env["dental.access.log"].sudo().search(domain)

    def _open(self, user):
        self.patient.with_user(user).web_read(
            {"number": {}, "guardian_ids": {"fields": {"relation": {}}}}
        )

    def test_opening_a_file_is_one_line(self):
        self._open(self.front_desk)
        self._open(self.front_desk)
        self.assertRecordValues(
            self._lines(),
            [
                {
                    "user_id": self.front_desk.id,
                    "action": "open",
                    "model": "dental.patient",
                    "res_id": self.patient.id,
                }
            ],
        )

    def test_every_way_of_reading_is_logged(self):
        patients = self.env["dental.patient"].with_user(self.front_desk)
        domain = [("id", "=", self.patient.id)]
        ways = {
            "read": lambda: patients.browse(self.patient.id).read(["number"]),
            "search_read": lambda: patients.search_read(domain, ["number"]),
            "web_search_read": lambda: patients.web_search_read(domain, {"number": {}}),
        }
        for name, read in ways.items():
            with self.subTest(name), self.env.cr.savepoint() as point:
                read()
                self.assertEqual(len(self._lines(action="open")), 1)
                point.rollback()

    def test_server_work_is_not_a_reading(self):
        self.patient.sudo().read(["number"])
        self.assertFalse(self._lines())

    def test_a_client_cannot_switch_the_log_off(self):
        patient = self.patient.with_user(self.front_desk)
        patient.with_context(dental_access_recorded=True).read(["number"])
        self.assertEqual(self._lines().mapped("action"), ["open"])

    def test_export_is_logged_as_export(self):
        self.front_desk.group_ids |= self.env.ref("base.group_allow_export")
        self.patient.with_user(self.front_desk).export_data(["number"])
        self.assertEqual(self._lines().mapped("action"), ["export"])

    @mute_logger("odoo.sql_db")
    def test_lines_cannot_be_changed_or_removed(self):
        self._open(self.front_desk)
        for statement in (
            "UPDATE dental_access_log SET reason = 'x'",
            "DELETE FROM dental_access_log",
            "TRUNCATE dental_access_log",
        ):
            with (
                self.subTest(statement),
                self.assertRaises(RaiseException),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement)

    def test_a_forged_line_breaks_the_chain(self):
        log = self.env["dental.access.log"]
        for user in (self.front_desk, self.coordinator, self.clinician):
            self._open(user)
        self.assertIsNone(log._first_broken())
        middle = self._lines(user_id=self.coordinator.id)
        self.env.cr.execute("ALTER TABLE dental_access_log DISABLE TRIGGER dental_append_only")
        self.env.cr.execute(
            "UPDATE dental_access_log SET user_id = %s WHERE id = %s",
            (self.outsider.id, middle.id),
        )
        self.assertEqual(log._first_broken(), middle.id)
        self.env.cr.execute("DELETE FROM dental_access_log WHERE id = %s", (middle.id,))
        self.assertEqual(log._first_broken(), self._lines(user_id=self.clinician.id).id)

    @users("front.desk")
    def test_only_the_privacy_officer_reads_it(self):
        with self.assertRaises(AccessError):
            self.env["dental.access.log"].search([])
        with self.assertRaises(AccessError):
            self.env["dental.access.log"].action_verify()

    def test_the_button_over_the_list_checks_the_chain(self):
        """The browser calls it with the chosen rows, here none."""
        answer = call_kw(self.env["dental.access.log"], "action_verify", [[]], {})
        self.assertEqual(answer["tag"], "display_notification")


@tagged("post_install", "-at_install")
class TestBreakGlass(DentalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.patient.write({"restricted": True, "care_team_ids": [(6, 0, cls.clinician.ids)]})

    def _may_open(self, user):
        patients = self.env["dental.patient"].with_user(user)
        return bool(patients.search([("id", "=", self.patient.id)]))

    def _ask(self, user, **vals):
        wizard = self.env["dental.break.glass"].with_user(user)
        return wizard.create(
            {"patient_number": self.patient.number, "reason": "Emergency call", **vals}
        )

    def test_restricted_file_is_for_the_care_team(self):
        self.assertTrue(self._may_open(self.clinician))
        for user in (self.front_desk, self.coordinator, self.manager, self.privacy_officer):
            self.assertFalse(self._may_open(user))

    def test_reading_it_by_id_is_refused(self):
        with self.assertRaises(AccessError):
            self.patient.with_user(self.front_desk).read(["number"])

    def test_it_is_found_without_its_name(self):
        found = self.env["dental.patient"].with_user(self.front_desk).find("Kowalski")
        self.assertEqual(found[0]["number"], self.patient.number)
        self.assertEqual((found[0]["restricted"], found[0]["birth_date"]), (True, False))
        self.assertNotIn("Kowalski", found[0]["name"])

    def test_a_reason_opens_it_for_a_time_and_is_reviewed(self):
        with freeze_time("2026-03-02 08:00:00"):
            self._ask(self.front_desk, hours=2).action_open()
            self.assertTrue(self._may_open(self.front_desk))
            self.assertFalse(self._may_open(self.coordinator))
        with freeze_time("2026-03-02 10:00:01"):
            self.env.invalidate_all()
            self.assertFalse(self._may_open(self.front_desk))
        grant = self.env["dental.access.grant"].search([("patient_id", "=", self.patient.id)])
        self.assertEqual(grant.activity_ids.user_id, self.privacy_officer)
        self.assertNotIn("Kowalski", grant.activity_ids.res_name + grant.activity_ids.summary)
        line = self.env["dental.access.log"].search([("patient_key", "=", self.patient.id)])
        self.assertEqual((line.action, line.reason), ("break_glass", "Emergency call"))

    def test_a_revoked_grant_closes_at_once(self):
        self._ask(self.front_desk).action_open()
        grant = self.env["dental.access.grant"].search([("patient_id", "=", self.patient.id)])
        grant.with_user(self.privacy_officer).action_revoke()
        self.assertFalse(self._may_open(self.front_desk))

    def test_unknown_number_and_endless_time_are_refused(self):
        with self.assertRaisesRegex(UserError, "no file"):
            self._ask(self.front_desk, patient_number="P99999").action_open()
        with self.assertRaisesRegex(UserError, "Hours"):
            self._ask(self.front_desk, hours=1000).action_open()

    def test_nobody_grants_himself_by_hand(self):
        with self.assertRaises(AccessError):
            self.env["dental.access.grant"].with_user(self.front_desk).create(
                {
                    "user_id": self.front_desk.id,
                    "patient_id": self.patient.id,
                    "reason": "x",
                    "until": "2999-01-01",
                }
            )
