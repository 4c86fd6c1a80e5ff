# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from .dental_lab_case import AWAY
from .dental_readiness import Finding


class DentalReadiness(models.AbstractModel):
    """Work of the laboratory comes before the visit, and somebody has looked at it."""

    _inherit = "dental.readiness"

    @api.model
    def _checks(self):
        return {**super()._checks(), "lab": self.env._("Laboratory work is here")}

    def _check_lab(self, visits, rule):
        """Cases of the visits that come too late, or that nobody has checked."""
        cases = self.env["dental.lab.case"].search(
            [("appointment_id", "in", visits.ids), ("state", "in", (*AWAY, "received"))]
        )
        outlook = cases._outlook()
        for case in cases:
            visit, more = case.appointment_id, {"owner": case.owner_id, "key": case.number}
            if case.state == "received":
                reason = self.env._(
                    "laboratory work %(number)s (%(kind)s) is here and nobody has checked it.",
                    number=case.number,
                    kind=case.kind_id.name,
                )
                yield Finding(visit, reason, "action_fix_lab", self.env._("Open case"), **more)
            elif outlook[case.id].late:
                reason = case._late_words(outlook[case.id])
                yield Finding(
                    visit, reason, "action_move_for_lab", self.env._("Move visit"), **more
                )
