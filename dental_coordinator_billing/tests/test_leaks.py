# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.tests import tagged

from odoo.addons.dental_coordinator.tests.leak import LeakMixin

from .common import DentalBillingCase


@tagged("post_install", "-at_install")
class TestLeaks(LeakMixin, DentalBillingCase):
    _leak_module = "dental_coordinator_billing"
    _leak_exempt = {
        "dental.billing.type": "names of how accounts are settled, of no patient",
        "dental.collection.rule": "steps and texts for all accounts, of no patient",
        "dental.payment.plan.template": "terms that the clinic offers to anybody",
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._setup_leak()
        checkout = cls._check_out(cls._new_visit("crown"))
        checkout.action_print()
        cls._check_out(cls._new_visit("exam", days_ago=40))
        cls.payment_plan = cls.env["dental.payment.plan"].create({"patient_id": cls.patient.id})
        cls.estimate, cls.statement = checkout.sudo().estimate_id, checkout.sudo().statement_id
        cls._keep_leak_records()

    def _leak_records(self):
        rounds = self.env["dental.statement.round"]
        vals = {"guarantor_id": self.guarantor.id, "statement_id": self.statement.id}
        begun = rounds._begin("send", [vals])
        row = self.env["dental.collection"].search([("patient_id", "=", self.patient.id)])
        account = row._prepare_answer_vals()
        records = (
            row,
            row.case_id,
            self.env["dental.promise"].create(
                {**account, "amount": 5.0, "date": fields.Date.today()}
            ),
            self.env["dental.dispute"].create({**account, "reason": "Crown was not made"}),
            self.env["dental.collection.approval"].create(
                {**account, "what": "agency", "reason": "Moved away"}
            ),
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
