# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged, users

from .test_break import BreakCase


@tagged("post_install", "-at_install")
class TestPresentedReport(BreakCase):
    @users("coordinator")
    def test_who_presented_and_what_became_of_it(self):
        plan = self.env["dental.treatment.plan"].create({"patient_id": self.patient.id})
        work = self.env["dental.procedure"].create(
            [
                {
                    "patient_id": self.patient.id,
                    "code_id": self.code.id,
                    "treatment_plan_id": plan.id,
                }
            ]
            * 3
        )
        report = self.env["dental.presented.report"]
        self.env.flush_all()
        self.assertFalse(report.search([("plan_id", "=", plan.id)]))
        plan.action_present()
        work[0].action_accept()
        work[1].action_decline()
        self.env.flush_all()
        groups = report._read_group(
            [("plan_id", "=", plan.id)],
            ["presented_by_id"],
            ["presented:sum", "accepted:sum", "declined:sum", "completed:sum", "accepted_rate:avg"],
        )
        who, *figures = groups[0]
        self.assertEqual(who, self.coordinator)
        self.assertEqual(figures[:4], [3, 1, 1, 0])
        self.assertAlmostEqual(figures[4], 100 / 3, places=1)
