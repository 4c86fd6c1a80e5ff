# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalPrecertOverride(models.TransientModel):
    """The reason to confirm a visit although the payer has not agreed; it is kept for ever."""

    _name = "dental.precert.override"
    _description = "Confirm a visit without the payer's answer"

    appointment_id = fields.Many2one("dental.appointment", required=True, readonly=True)
    text = fields.Char(related="appointment_id.precert_text")
    send_by = fields.Date(related="appointment_id.precert_send_by")
    feasible_on = fields.Date(related="appointment_id.precert_feasible_on")
    reason = fields.Char(required=True)

    # Actions

    def action_confirm(self):
        """Confirm the visit; who did it and why stands in its log."""
        self.ensure_one()
        self.appointment_id.with_context(gate_override=self.reason)._set_status("confirmed")
        return True
