# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DentalPatientDue(models.Model):
    """What the planned treatment is worth, at the office fees."""

    _inherit = "dental.patient.due"

    currency_id = fields.Many2one(related="company_id.currency_id")
    planned_total = fields.Monetary(
        string="Worth", compute="_compute_planned_total", groups="dental_coordinator.group_staff"
    )

    @api.depends("patient_id")
    def _compute_planned_total(self):
        groups = self.env["dental.procedure"]._read_group(
            [
                ("patient_id", "in", self.patient_id.ids),
                ("state", "in", ("planned", "presented", "accepted")),
            ],
            ["patient_id"],
            ["fee:sum"],
        )
        totals = {patient.id: total for patient, total in groups}
        for row in self:
            row.planned_total = totals.get(row.patient_id.id, 0.0)
