# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time
from psycopg2.errors import RaiseException

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .test_appointment import AppointmentCase


@freeze_time("2026-03-02 09:00:00")
class GateCase(AppointmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.check = cls.env["dental.visit.check"].create(
            {"name": "Premedication taken", "kind": "step", "before": "seated"}
        )
        cls.visit = cls.env["dental.appointment"].create(
            {
                "patient_id": cls.patient.id,
                "type_id": cls.kind.id,
                "provider_id": cls.provider.id,
                "operatory_id": cls.chair.id,
                "start": "2026-03-02 09:10:00",
            }
        )
        cls.visit.action_arrive()

    def _own(self):
        return self.visit.with_env(self.env)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestGate(GateCase):
    @users("front.desk")
    def test_the_gate_is_told_before_the_click(self):
        gate = self._own().gate("seated")
        self.assertTrue(gate["closed"])
        self.assertFalse(gate["may_override"])
        item = gate["items"][0]
        self.assertEqual(item["severity"], "stop")
        self.assertIn("Premedication taken", item["reason"])
        self.assertEqual(item["fix"], {"method": "tick", "args": [self.check.id]})
        self.assertEqual(item["fix_label"], "It is done")
        self.assertEqual(self._own().gate_ahead, {**gate, "items": [item]})

    @users("front.desk")
    def test_the_button_fixes_it(self):
        fix = self._own().gate("seated")["items"][0]["fix"]
        getattr(self._own(), fix["method"])(*fix["args"])
        self.assertFalse(self._own().gate("seated")["closed"])
        self._own().pass_gate("seated")
        self.assertEqual(self.visit.status, "seated")

    @users("front.desk")
    def test_a_click_is_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "cannot go on:\n- not done yet: Premedication"):
            self._own().action_seat()
        self.assertEqual(self.visit.status, "arrived")

    @users("front.desk")
    def test_a_screen_gets_the_gate_instead_of_the_refusal(self):
        shown = self._own().with_context(dental_gate_dialog=True).action_seat()
        self.assertEqual((shown["tag"], shown["params"]["step"]), ("dental_gate", "seated"))
        self.assertEqual(self.visit.status, "arrived")

    @users("front.desk")
    def test_a_gate_of_a_step_that_does_not_follow_is_not_shown(self):
        self._own().action_back()
        with self.assertRaisesRegex(UserError, "cannot become Seated"):
            self._own().with_context(dental_gate_dialog=True).action_seat()

    @users("front.desk")
    def test_nobody_gets_around_it_by_the_context(self):
        with self.assertRaisesRegex(UserError, "cannot go on"):
            self._own().with_context(gate_override="Because").action_seat()
        with self.assertRaisesRegex(AccessError, "only a coordinator"):
            self._own().action_override("seated", "Because")
        self.assertFalse(self.visit.override_ids)

    @users("coordinator")
    def test_an_override_is_kept_with_its_reason(self):
        self._own().action_override("seated", "  Dr. Ortiz asked for it ")
        self.assertEqual(self.visit.status, "seated")
        self.assertRecordValues(
            self.visit.override_ids,
            [
                {
                    "step": "seated",
                    "gate": "- not done yet: Premedication taken.",
                    "reason": "Dr. Ortiz asked for it",
                    "user_id": self.coordinator.id,
                }
            ],
        )
        notes = self.visit.visit_event_ids.filtered("note").mapped("note")
        self.assertIn("Went on in spite of a gate: Dr. Ortiz asked for it", notes)

    @users("coordinator")
    def test_an_override_without_a_reason_is_refused(self):
        for nothing in ("", "  ", None):
            with self.assertRaisesRegex(UserError, "say why"):
                self._own().action_override("seated", nothing)
        self.assertEqual(self.visit.status, "arrived")

    @users("coordinator")
    def test_the_report_is_what_was_passed_over(self):
        self._own().action_override("seated", "Once")
        action = self.env.ref("dental_coordinator.dental_gate_override_action").sudo()
        listed = self.env[action.res_model].search([])
        self.assertEqual(listed, self.visit.override_ids)

    def test_what_was_passed_over_stays(self):
        self.visit.with_user(self.coordinator).action_override("seated", "Once")
        override = self.visit.override_ids
        with mute_logger("odoo.sql_db"), self.assertRaises(RaiseException):
            self.env.cr.execute("UPDATE dental_gate_override SET reason = 'x'")
        with self.assertRaises(AccessError):
            override.with_user(self.manager).write({"reason": "x"})

    @users("front.desk")
    def test_a_trainee_needs_the_patients_word(self):
        self.visit.write({"trainee_ids": [(6, 0, self.trainee.ids)]})
        self._own().tick(self.check.id)
        with self.assertRaisesRegex(UserError, "a trainee is present"):
            self._own().action_seat()
        self._own().action_trainee_consent()
        self._own().action_seat()
        self.assertEqual(self.visit.status, "seated")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestSlip(GateCase):
    @users("front.desk")
    def test_steps_go_by_the_kind_of_visit(self):
        other = self.kind.sudo().copy({"name": "Surgery"})
        checks = self.check.sudo()
        checks.create({"name": "Escort waits", "type_ids": [(6, 0, other.ids)]})
        box = checks.create({"name": "Lab is back", "type_ids": [(6, 0, self.kind.ids)]})
        names = [check["name"] for check in self._own().slip]
        self.assertEqual(names, ["Premedication taken", "Lab is back"])
        self._own().tick(box.id)
        done = [check["done"] for check in self._own().slip]
        self.assertEqual(done, [False, True])

    @users("front.desk")
    def test_a_tick_says_who_and_when_and_can_be_taken_away(self):
        slip = self._own().tick(self.check.id)
        self.assertEqual((slip[0]["done"], slip[0]["by"]), (True, self.env.user.name))
        self.assertEqual(slip[0]["at"], "2026-03-02 09:00:00")
        self.assertFalse(self._own().tick(self.check.id)[0]["done"])

    @users("front.desk")
    def test_a_box_of_another_kind_of_visit_is_refused(self):
        other = self.kind.sudo().copy({"name": "Surgery"})
        box = self.check.sudo().create({"name": "Escort", "type_ids": [(6, 0, other.ids)]})
        with self.assertRaisesRegex(UserError, "not on its slip"):
            self._own().tick(box.id)

    @users("manager")
    def test_a_box_that_was_ticked_keeps_its_meaning(self):
        check = self.check.with_env(self.env)
        check.name = "Antibiotic taken"  # nobody ticked it yet
        self._own().tick(check.id)
        with self.assertRaisesRegex(UserError, "Archive it and add a new one"):
            check.name = "Something else"
        with self.assertRaisesRegex(UserError, "Archive it and add a new one"):
            check.unlink()
        check.active = False
        self.assertEqual(self._own().slip[0]["name"], "Antibiotic taken")

    @users("front.desk")
    def test_it_prints(self):
        self._own().tick(self.check.id)
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("dental_coordinator.route_slip", self.visit.ids)[0]
            .decode()
        )
        self.assertIn("Premedication taken", html)
        self.assertIn(self.visit.number, html)
        self.assertNotIn("Kowalski", html)
