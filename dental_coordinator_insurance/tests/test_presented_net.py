# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import DentalInsuranceCase


@tagged("post_install", "-at_install")
class TestPresentedNet(DentalInsuranceCase):
    """What presented treatment is worth, gross and net."""

    def _row(self, procedure):
        self.env.flush_all()
        self.env.invalidate_all()
        report = self.env["dental.presented.report"].with_user(self.coordinator)
        return report.browse(procedure.id)

    def test_net_of_what_was_told_and_then_of_what_was_written_off(self):
        self._usual_rules()
        visit, claims, _raw = self._sent("crown")
        crown = visit.procedure_ids
        plan = self.env["dental.treatment.plan"].create({"patient_id": self.patient.id})
        crown.treatment_plan_id = plan
        later = self._new_procedure("crown", treatment_plan_id=plan.id)
        plan.with_user(self.coordinator).action_present()
        fee = later.fee
        self.assertRecordValues(
            self._row(later),
            [{"gross": fee, "net": fee, "gross_completed": 0.0, "net_completed": 0.0}],
        )
        later._make_estimate()
        self.assertRecordValues(self._row(later), [{"gross": fee, "net": 920.0}])
        self.assertEqual(self._row(crown).net_completed, 920.0)
        claims.line_ids.sudo().write({"settled": True, "written_off": 300.0})
        self.assertRecordValues(
            self._row(crown),
            [{"gross_completed": fee, "net_completed": fee - 300.0, "net_scheduled": 0.0}],
        )
