# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form, tagged, users

from .test_today import DayCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestCheckinCard(DayCase):
    def _card(self, visit, **vals):
        action = visit.with_env(self.env).action_open_checkin()
        card = self.env[action["res_model"]].browse(action["res_id"])
        card.write(vals)
        return card

    @users("front.desk")
    def test_three_clicks_when_all_is_in_order(self):
        card = self._card(self.late, identity_ok=True)
        card.action_check_in()
        self.assertRecordValues(self.late, [{"status": "arrived", "identity_by_id": self.env.uid}])
        self.assertTrue(self.late.identity_at)

    @users("front.desk")
    def test_who_said_himself_that_he_is_here_is_still_asked_who_he_is(self):
        self.waiting.arrived_by = "link"
        self._card(self.waiting, identity_ok=True).action_check_in()
        self.assertRecordValues(
            self.waiting, [{"status": "arrived", "identity_by_id": self.env.uid}]
        )

    @users("front.desk")
    def test_nobody_is_checked_in_unasked(self):
        with self.assertRaisesRegex(UserError, "ask for name and birth date"):
            self._card(self.late).action_check_in()
        self.assertEqual(self.late.status, "confirmed")

    @users("front.desk")
    def test_problems_show_only_where_there_are_some(self):
        self.tom.write({"birth_date": "1980-02-03", "phone": "555 0100"})
        self.assertEqual(self._card(self.late).problems["items"], [])
        self.tom.write({"birth_date": "2015-02-03", "phone": False})
        reasons = [item["reason"] for item in self._card(self.late).problems["items"]]
        self.assertEqual(len(reasons), 2)
        self.assertIn("no guardian", reasons[1])

    @users("front.desk")
    def test_health_is_confirmed_with_it(self):
        kind = self.env["dental.condition.type"].sudo().search([], limit=1)
        with freeze_time("2024-03-02"):
            condition = self.env["dental.condition"].create(
                {"patient_id": self.tom.id, "type_id": kind.id, "confirmed_on": "2024-03-02"}
            )
        reasons = [item["reason"] for item in self._card(self.late).problems["items"]]
        self.assertIn(kind.name, reasons[-1])
        self._card(self.late, identity_ok=True, health_ok=True).action_check_in()
        self.assertEqual(str(condition.confirmed_on), "2026-03-02")

    @users("front.desk")
    def test_who_came_along_and_what_is_new(self):
        card = self._card(
            self.late,
            identity_ok=True,
            escort="Ms. Abel",
            escort_phone="555 0100",
            words="It hurts when I bite",
        )
        card.action_check_in()
        escort = self.env["dental.presence"].search([("appointment_id", "=", self.late.id)])
        self.assertRecordValues(
            escort, [{"kind": "escort", "name": "Ms. Abel", "phone": "555 0100"}]
        )
        self.assertEqual(self.late.intake_id.words, "It hurts when I bite")
        self.assertEqual(self.late.intake_id.source, "desk")

    @users("front.desk")
    def test_what_changed_goes_to_the_file(self):
        action = self.late.with_env(self.env).action_open_checkin()
        with Form(self.env["dental.checkin"].browse(action["res_id"])) as card:
            card.phone = "555 0199"
        self.assertEqual(self.tom.phone, "555 0199")

    @users("front.desk")
    def test_a_closed_gate_keeps_the_card_open(self):
        self.env["dental.visit.check"].sudo().create({"name": "Deposit paid", "before": "arrived"})
        card = self._card(self.late, identity_ok=True, escort="Ms. Abel")
        shown = card.with_context(dental_gate_dialog=True).action_check_in()
        self.assertEqual(shown["tag"], "dental_gate")
        self.assertEqual(self.late.status, "confirmed")
        self.assertFalse(self.env["dental.presence"].search([]))
