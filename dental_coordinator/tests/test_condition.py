# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged, users

from .clinical import ClinicalCase


@tagged("post_install", "-at_install")
class TestCondition(ClinicalCase):
    def _add(self, name, **vals):
        kind = self.env.ref(f"dental_coordinator.condition_type_{name}")
        return self._make("dental.condition", type_id=kind.id, **vals)

    @users("front.desk")
    def test_alerts_have_one_source_and_order(self):
        self._add("smoker")
        self._add("diabetes")
        penicillin = self._add("penicillin", reaction="Rash")
        self.file.medical_note = "Faints"
        self.assertEqual(
            [(alert["level"], alert["text"]) for alert in self.file._alerts()],
            [("stop", "Faints"), ("stop", "Penicillin"), ("warn", "Diabetes"), ("info", "Smoker")],
        )
        self.assertEqual(
            self.file._alerts()[1],
            {
                "id": penicillin.id,
                "level": "stop",
                "kind": "allergy",
                "text": "Penicillin",
                "detail": "Rash. No penicillins.",
                "premedication": False,
            },
        )
        self.assertEqual(self.file.header_data()["alerts"], self.file._alerts())

    @users("front.desk")
    def test_resolved_is_no_alert(self):
        condition = self._add("heart_valve")
        self.assertTrue(self.file._alerts()[0]["premedication"])
        condition.action_resolve()
        self.assertFalse(self.file._alerts())
        condition.action_still_true()
        self.assertTrue(self.file._alerts())

    @users("front.desk")
    def test_not_twice(self):
        self._add("latex").action_resolve()
        self._add("latex")
        with self._refused(ValidationError, "Latex is already on this file"):
            self._add("latex")

    @users("coordinator")
    def test_only_a_clinician_has_checked_it(self):
        condition = self._add("latex")
        with self.assertRaises(AccessError):
            condition.action_verify()
        condition.with_user(self.clinician).action_verify()
        self.assertEqual(condition.verified_by_id, self.clinician)

    @users("trainee")
    def test_a_trainee_reads_no_conditions(self):
        with self.assertRaises(AccessError):
            self.env["dental.condition"].search([])
