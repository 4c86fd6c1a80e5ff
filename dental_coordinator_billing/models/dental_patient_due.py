# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from odoo.addons.dental_coordinator.models.dental_patient_due_treatment import WITHOUT_VISIT


class DentalPatientDue(models.Model):
    """What the planned treatment is worth, at the office fees."""

    _inherit = "dental.patient.due"

    currency_id = fields.Many2one(related="company_id.currency_id")
    planned_total = fields.Monetary(
        string="Worth",
        compute="_compute_planned_total",
        search="_search_planned_total",
        groups="dental_coordinator.group_staff",
    )
    billing_type_id = fields.Many2one(related="patient_id.billing_type_id")

    @api.depends("patient_id")
    def _compute_planned_total(self):
        groups = self.env["dental.procedure"]._read_group(
            [
                ("patient_id", "in", self.patient_id.ids),
                ("state", "in", WITHOUT_VISIT),
            ],
            ["patient_id"],
            ["fee:sum"],
        )
        totals = {patient.id: total for patient, total in groups}
        for row in self:
            row.planned_total = totals.get(row.patient_id.id, 0.0)

    @api.model
    def _search_planned_total(self, operator, value):
        if operator not in (">", ">=", "<", "<="):
            return NotImplemented
        groups = self.env["dental.procedure"]._read_group(
            [("state", "in", WITHOUT_VISIT), ("company_id", "in", self.env.companies.ids)],
            ["patient_id"],
            having=[("fee:sum", operator, value)],
        )
        return [("id", "in", [patient.id for (patient,) in groups])]
