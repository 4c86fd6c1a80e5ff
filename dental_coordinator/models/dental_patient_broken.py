# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .dental_appointment_break import COUNTED


class DentalPatient(models.Model):
    """How reliable a patient's visits are, from the visit log."""

    _inherit = "dental.patient"

    broken_count = fields.Integer(compute="_compute_broken", string="Broken visits")
    last_broken = fields.Datetime(compute="_compute_broken", string="Last broken")

    # Computes

    @api.depends("appointment_ids.status")
    def _compute_broken(self):
        found = self._broken_figures()
        for patient in self:
            patient.broken_count, patient.last_broken = found.get(patient.id, (0, False))

    # Business

    def _broken_figures(self):
        """{patient id: (number of missed and late cancelled visits, moment of the last)}"""
        groups = (
            self.env["dental.visit.event"]
            .sudo()
            ._read_group(
                [
                    ("appointment_id.patient_id", "in", self.ids),
                    ("status", "in", COUNTED),
                    ("takes_back_id", "=", False),
                    ("taken_back_ids", "=", False),
                ],
                ["appointment_id"],
                ["__count", "at:max"],
            )
        )
        figures = {}
        for visit, count, last in groups:
            total, latest = figures.get(visit.patient_id.id, (0, last))
            figures[visit.patient_id.id] = (total + count, max(latest, last))
        return figures

    def _header_facts(self, visits):
        facts = super()._header_facts(visits)
        if self.broken_count:
            label = self.env._("Broken %s times, last", self.broken_count)
            if self.broken_count == 1:
                label = self.env._("Broken once")
            facts.append(
                {
                    "key": "broken",
                    "label": label,
                    "text": "",
                    "date": self.company_id._dental_day(self.last_broken),
                    "level": "warning",
                }
            )
        return facts
