# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .dental_insurance_verification import OPEN


class DentalAppointment(models.Model):
    """How well the covers of a visit's patient are known, all of them, not the first alone."""

    _inherit = "dental.appointment"

    verification_ids = fields.One2many("dental.insurance.verification", "appointment_id")
    coverage_state = fields.Selection(
        [("verified", "Verified"), ("unverified", "Not verified"), ("problem", "Problem")],
        compute="_compute_coverage_state",
        string="Insurance",
    )
    coverage_text = fields.Char(compute="_compute_coverage_state", string="Covers")

    # Computes

    @api.depends("patient_id", "start")
    def _compute_coverage_state(self):
        covers = self.env["dental.insurance.coverage"].search(
            [("patient_id", "in", self.patient_id.ids)]
        )
        by_patient = covers.grouped("patient_id")
        for visit in self:
            day = visit._visit_day() or fields.Date.context_today(self)
            live = by_patient.get(visit.patient_id, covers.browse())._live(day)
            states = [one._state_on(day) for one in live]
            worst = [name for name in ("problem", "unverified", "verified") if name in states]
            visit.coverage_state = worst[0] if worst else False
            words = dict(self._fields["coverage_state"]._description_selection(self.env))
            visit.coverage_text = ", ".join(
                f"{one.plan_id.name}: {words[state].lower()}"
                for one, state in zip(live, states, strict=True)
            )


class DentalInsuranceCoverage(models.Model):
    _inherit = "dental.insurance.coverage"

    # Business

    def _state_on(self, day):
        """``verified`` for the benefit year of a day, ``unverified``, or a ``problem``."""
        newest = self.verification_ids.sorted("id")[-1:]
        if newest.state in ("mismatch", "not_eligible", "unable"):
            return "problem"
        answered = {self: self.verification_ids.filtered(lambda one: one.state not in OPEN)}
        return "unverified" if self._must_verify(day, answered) else "verified"
