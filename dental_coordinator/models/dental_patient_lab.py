# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .dental_lab_case import OPEN


class DentalPatient(models.Model):
    """Laboratory work of a patient that is not in his mouth yet."""

    _inherit = "dental.patient"

    lab_case_ids = fields.One2many("dental.lab.case", "patient_id", string="Laboratory cases")
    open_lab_count = fields.Integer(compute="_compute_open_lab", string="Open laboratory cases")

    @api.depends("lab_case_ids.state")
    def _compute_open_lab(self):
        groups = self.env["dental.lab.case"]._read_group(
            [("patient_id", "in", self.ids), ("state", "in", OPEN)], ["patient_id"], ["__count"]
        )
        found = {patient.id: count for patient, count in groups}
        for patient in self:
            patient.open_lab_count = found.get(patient.id, 0)
