# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from odoo.addons.dental_coordinator.tests.leak import LeakMixin

from .common import DentalBillingCase


@tagged("post_install", "-at_install")
class TestLeaks(LeakMixin, DentalBillingCase):
    _leak_module = "dental_coordinator_billing"
    _leak_exempt = {"dental.billing.type": "names of how accounts are settled, of no patient"}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._setup_leak()
        checkout = cls._check_out(cls._new_visit("crown"))
        checkout.action_print()
        cls.payment_plan = cls.env["dental.payment.plan"].create({"patient_id": cls.patient.id})
        cls.estimate, cls.statement = checkout.sudo().estimate_id, checkout.sudo().statement_id
        cls._keep_leak_records()

    def _leak_records(self):
        rounds = self.env["dental.statement.round"]
        vals = {"guarantor_id": self.guarantor.id, "statement_id": self.statement.id}
        begun = rounds._begin("send", [vals])
        records = (
            begun,
            begun.line_ids,
            self.estimate,
            self.estimate.line_ids,
            self.statement,
            self.statement.line_ids,
            self.payment_plan,
        )
        return {record._name: record.with_env(self.env) for record in records}

    def test_labels_tell_no_treatment(self):
        for record in self._leak_kept.values():
            self.assertNotIn("crown", record.display_name.lower())
