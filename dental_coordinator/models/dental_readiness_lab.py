# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from .dental_lab_case import OPEN
from .dental_readiness import Finding

# The patient has the work by now, or soon.
GIVEN = ("in_treatment", "checkout")


class DentalReadiness(models.AbstractModel):
    """Work of the laboratory comes before the visit, and somebody has looked at it."""

    _inherit = "dental.readiness"

    @api.model
    def _checks(self):
        return {**super()._checks(), "lab": self.env._("Laboratory work is here")}

    def _check_lab(self, visits, rule):
        """Cases that come too late, that nobody has checked, or that were not noted as given."""
        cases = self.env["dental.lab.case"].search(
            [("appointment_id", "in", visits.ids), ("state", "in", OPEN)]
        )
        outlook = cases._outlook()
        for case in cases:
            found = self._lab_finding(case, outlook[case.id])
            if found:
                yield Finding(case.appointment_id, *found, owner=case.owner_id, key=case.number)

    def _lab_finding(self, case, outlook):
        """(reason, fix, words of its button) of one case, or None"""
        words = {"number": case.number, "kind": case.kind_id.name}
        if outlook.late:
            label = self.env._("Move visit")
            return case._late_words(outlook), "action_move_for_lab", label
        if case.state == "received":
            reason = self.env._(
                "laboratory work %(number)s (%(kind)s) is here and nobody has checked it.", **words
            )
            return reason, "action_fix_lab", self.env._("Open case")
        if case.state == "checked" and case.appointment_id.status in GIVEN:
            reason = self.env._(
                "laboratory work %(number)s (%(kind)s) is not noted as delivered.", **words
            )
            return reason, "action_deliver_lab", self.env._("Delivered")
        return None
