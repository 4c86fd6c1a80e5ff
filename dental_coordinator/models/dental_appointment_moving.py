# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalAppointment(models.Model):
    """Moves are kept; who was confirmed for another time is asked again, as the clinic wishes."""

    _inherit = "dental.appointment"

    move_ids = fields.One2many("dental.appointment.move", "appointment_id", string="Moves")

    def write(self, vals):
        moved = self.env.context.get("dont_notify") and self._moving_fields() & vals.keys()
        before = self._places() if moved else {}
        result = super().write(vals)
        if moved:
            self._log_moves(before)
        return result

    def _moving_fields(self):
        return {"start", "provider_id", "operatory_id"}

    def _places(self):
        return {visit.id: (visit.start, visit.provider_id, visit.operatory_id) for visit in self}

    def _log_moves(self, before):
        """Keep what changed since ``before`` (see `_places`); the context says why."""
        moved = self.filtered(lambda v: before[v.id] != v._places()[v.id] and v._is_coming())
        self.env["dental.appointment.move"].sudo().create(
            [visit._prepare_move(*before[visit.id]) for visit in moved]
        )
        for visit in moved:
            visit._reset_confirmation(before[visit.id][0])

    def _prepare_move(self, start, provider, chair):
        return {
            "appointment_id": self.id,
            "user_id": self.env.uid,
            "reason": self.env.context.get("dental_move_reason"),
            "from_start": start,
            "to_start": self.start,
            "from_provider_id": provider.id,
            "to_provider_id": self.provider_id.id,
            "from_operatory_id": chair.id,
            "to_operatory_id": self.operatory_id.id,
        }

    def _reset_confirmation(self, start):
        if self.status != "confirmed" or self.start == start:
            return
        company = self.sudo().company_id
        same_day = company._dental_day(start) == company._dental_day(self.start)
        rule = company.dental_reset_confirmation
        if rule == "always" or (rule == "other_day" and not same_day):
            self._apply_status("scheduled", self.env._("Moved: to be confirmed again"))
            self.confirmed_at = False
