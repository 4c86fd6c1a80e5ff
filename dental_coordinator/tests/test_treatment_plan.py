# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from .clinical import ClinicalCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestTreatmentPlan(ClinicalCase):
    def _new_plan(self):
        plan = self._make("dental.treatment.plan", name="Lower left")
        self._plan("T3330", tooth="36", treatment_plan_id=plan.id, sequence=1)
        self._plan("T2740", tooth="36", treatment_plan_id=plan.id, sequence=2, quantity=2)
        return plan

    @users("coordinator")
    def test_presented_accepted(self):
        plan = self._new_plan()
        plan.action_present()
        self.assertRecordValues(
            plan,
            [
                {
                    "state": "presented",
                    "presented_at": datetime(2026, 3, 2, 9),
                    "presented_text": "36 T3330 Root canal\n36 T2740 Crown × 2",
                }
            ],
        )
        self.assertEqual(plan.procedure_ids.mapped("state"), ["presented"] * 2)
        plan.action_accept()
        self.assertEqual(plan.state, "accepted")
        self.assertRecordValues(
            plan.procedure_ids, [{"state": "accepted", "next_action": "Book the visit"}] * 2
        )

    @users("coordinator")
    def test_presented_lines_stay(self):
        plan = self._new_plan()
        plan.action_present()
        with self._refused(UserError, f"{plan.number} was presented"):
            self._plan("T2740", tooth="37", treatment_plan_id=plan.id)
        with self._refused(UserError, "Make a new version"):
            plan.procedure_ids[0].treatment_plan_id = False

    @users("coordinator")
    def test_new_version_takes_what_is_open(self):
        plan = self._new_plan()
        root, crown = plan.procedure_ids
        plan.action_present()
        plan.action_accept()
        root.action_done()
        new = self.env["dental.treatment.plan"].browse(plan.action_new_version()["res_id"])
        self.assertRecordValues(
            plan + new,
            [
                {"state": "superseded", "version": 1, "superseded_by_id": new.id},
                {"state": "draft", "version": 2, "superseded_by_id": False},
            ],
        )
        self.assertEqual(plan.procedure_ids, root)
        self.assertEqual(new.procedure_ids, crown)
        self.assertIn("Crown", plan.presented_text)

    @users("coordinator")
    def test_declining_declines_what_is_open(self):
        plan = self._new_plan()
        plan.action_present()
        plan.procedure_ids[0].action_done()
        plan.action_decline()
        self.assertEqual(plan.procedure_ids.mapped("state"), ["done", "declined"])

    @users("coordinator")
    def test_an_empty_plan_is_not_presented(self):
        plan = self._make("dental.treatment.plan")
        with self._refused(UserError, f"{plan.number} has no procedures"):
            plan.action_present()

    @users("front.desk")
    def test_front_desk_does_not_plan(self):
        with self.assertRaises(AccessError):
            self._make("dental.treatment.plan")
