# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
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

    def _groups(self, plan, by):
        self.env.flush_all()
        groups = self.env["dental.presented.report"]._read_group(
            [("plan_id", "=", plan.id)],
            [by],
            ["presented:sum", "scheduled:sum", "plan_id:count_distinct"],
        )
        return {who: figures for who, *figures in groups}

    def test_first_and_last_presenter_over_versions_each_once(self):
        plan = self.env["dental.treatment.plan"].create({"patient_id": self.patient.id})
        vals = {"patient_id": self.patient.id, "code_id": self.code.id}
        old, again = self.env["dental.procedure"].create(
            [{**vals, "treatment_plan_id": plan.id}] * 2
        )
        plan.with_user(self.coordinator).action_present()
        plan.with_user(self.clinician).action_present()
        self.assertEqual(self._groups(plan, "presented_by_id"), {self.clinician: [2, 0, 1]})
        self.assertEqual(self._groups(plan, "first_presented_by_id"), {self.coordinator: [2, 0, 1]})
        old.write({"state": "done", "date_done": "2026-03-05"})
        new = plan.browse(plan.action_new_version()["res_id"])
        self.assertEqual(self._groups(plan, "presented_by_id")[self.clinician][0], 2)
        added = self.env["dental.procedure"].create({**vals, "treatment_plan_id": new.id})
        new.with_user(self.clinician).action_present()
        self.assertEqual(self._groups(plan, "presented_by_id"), {self.clinician: [3, 0, 1]})
        self.assertEqual(
            self._groups(plan, "first_presented_by_id"),
            {self.coordinator: [2, 0, 1], self.clinician: [1, 0, 1]},
        )
        self.assertRecordValues(
            old + again + added,
            [
                {"first_presented_by_id": user.id, "presented_by_id": self.clinician.id}
                for user in (self.coordinator, self.coordinator, self.clinician)
            ],
        )

    def test_who_presented_before_both_were_kept_stays_the_first(self):
        plan = self.env["dental.treatment.plan"].create({"patient_id": self.patient.id})
        work = self.env["dental.procedure"].create(
            {
                "patient_id": self.patient.id,
                "code_id": self.code.id,
                "treatment_plan_id": plan.id,
            }
        )
        plan.with_user(self.coordinator).action_present()
        names = ("presented_by_id", "presented_at", "first_presented_by_id", "first_presented_at")
        work.sudo().write(dict.fromkeys(names, False))
        for by in ("presented_by_id", "first_presented_by_id"):
            self.assertEqual(self._groups(plan, by), {self.coordinator: [1, 0, 1]})
        plan.with_user(self.clinician).action_present()
        self.assertEqual(self._groups(plan, "presented_by_id"), {self.clinician: [1, 0, 1]})
        self.assertEqual(self._groups(plan, "first_presented_by_id"), {self.coordinator: [1, 0, 1]})

    def test_nobody_else_reads_who_presented(self):
        with self.assertRaises(AccessError):
            self.env["dental.presented.report"].with_user(self.outsider).search([])
