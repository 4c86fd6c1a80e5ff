# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalInsurancePlan(models.Model):
    _inherit = "dental.insurance.plan"

    billing_type_id = fields.Many2one(
        "dental.billing.type",
        ondelete="restrict",
        index="btree_not_null",
        help="Whoever this plan covers is billed as this, beside the type of the own file.",
        string="Billing type",
    )


class DentalPatient(models.Model):
    _inherit = "dental.patient"

    def _plan_billing_types(self, day):
        covers = self.sudo().coverage_ids._live(day)
        return super()._plan_billing_types(day) | covers.plan_id.billing_type_id
