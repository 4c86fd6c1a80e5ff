# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from odoo.addons.dental_coordinator.models.dental_readiness import Finding


class DentalReadiness(models.AbstractModel):
    """What a visit lacks on the payers' side."""

    _inherit = "dental.readiness"

    @api.model
    def _checks(self):
        return {
            **super()._checks(),
            "coverage": self.env._("Insurance verified"),
            "precert": self.env._("Payer asked beforehand"),
        }

    def _check_coverage(self, visits, rule):
        """Every cover of the patient is verified for the benefit year of the visit."""
        for visit in visits.filtered(lambda one: one.coverage_state in ("unverified", "problem")):
            yield Finding(
                visit,
                self.env._("insurance: %s.", visit.coverage_text),
                "action_verify_coverage",
                self.env._("Verify"),
            )

    def _check_precert(self, visits, rule):
        """What the payer's rules require was asked, and its answer holds on the day."""
        for visit in visits.filtered("precert_blocks"):
            yield Finding(
                visit, visit.precert_text, "action_ask_precert", self.env._("Ask the payer")
            )


class DentalAppointment(models.Model):
    _inherit = "dental.appointment"

    # Actions

    def action_verify_coverage(self):
        """Open the verification of the first cover of this visit that needs one."""
        self.ensure_one()
        day = self._visit_day()
        covers = self.patient_id.coverage_ids._live(day)
        todo = covers.filtered(lambda one: one._state_on(day) != "verified")[:1] or covers[:1]
        return todo.action_verify()
