# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from odoo.addons.dental_coordinator import notation


class DentalImage(models.Model):
    """What the patient keeps from the plan shows in no packet to the plan."""

    _inherit = "dental.image"

    # Business

    def _for_purpose(self, purpose):
        found = super()._for_purpose(purpose)
        if purpose != "payer" or not found:
            return found
        kept = self.env["dental.procedure"].search(
            [("patient_id", "in", found.patient_id.ids), ("keep_from_plan", "=", True)]
        )
        return found.filtered(lambda image: not image._tells_of(kept))

    def _tells_of(self, procedures):
        """Whether it names a tooth of these, or was asked for the visit in which they are done."""
        own = procedures.filtered(lambda one: one.patient_id == self.patient_id)
        visit = self.request_id.appointment_id
        if visit and visit in own.appointment_id:
            return True
        teeth = set()
        for procedure in own:
            teeth |= self._teeth_of(procedure.tooth or procedure.tooth_range)
        return bool(teeth & self._teeth_of(self.teeth))

    def _teeth_of(self, text):
        try:
            return set(notation.parse_teeth(text or ""))
        except notation.ToothError:
            return set()
