# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from odoo.addons.dental_coordinator import notation

from .. import x12

# Payers of these want to know which teeth are still to come out.
PROSTHESES = ("prostho_fixed", "prostho_removable")


class DentalClaimMixin(models.AbstractModel):
    """Which teeth the payer is told to be missing."""

    _inherit = "dental.claim.mixin"

    # Business

    def _x12_missing_teeth(self):
        going = self._teeth_to_go()
        told = {tooth: "M" for tooth in self._told_missing_teeth()} | dict.fromkeys(going, "E")
        return tuple(
            x12.ToothStatus(notation.to_universal(tooth), told[tooth]) for tooth in sorted(told)
        )

    def _told_missing_teeth(self):
        """Teeth that were missing before the service.

        Not those that it removed itself: a payer denies the removal of a tooth that is missing.
        Nor those whose removal is kept from the plan.
        """
        self.ensure_one()
        patient, own = self.patient_id, self.line_ids.procedure_id
        day = self._service_day() or fields.Date.context_today(self)
        hidden = patient.chart_entry_ids.filtered(
            lambda one: one.status == "missing"
            and (one.procedure_id in own or one.procedure_id.keep_from_plan)
        )
        return set(patient._missing_teeth(day)) - set(hidden.mapped("tooth"))

    def _teeth_to_go(self):
        """Teeth that are removed with a prosthesis, or planned to be."""
        own = self.line_ids.procedure_id
        if not set(PROSTHESES) & set(own.category_id.mapped("key")):
            return []
        planned = own.search(
            [
                ("patient_id", "=", self.patient_id.id),
                ("code_id.removes_tooth", "=", True),
                ("date_done", "=", False),
                ("keep_from_plan", "=", False),
            ]
        ).filtered(lambda one: one._is_open())
        removed = own.filtered(lambda one: one.code_id.removes_tooth) | planned
        return list(filter(None, removed.mapped("tooth")))
