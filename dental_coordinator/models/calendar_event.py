# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class CalendarEvent(models.Model):
    """An event that is an appointment moves with it, and only by those who keep the book."""

    _inherit = "calendar.event"

    dental_appointment_ids = fields.One2many(
        "dental.appointment", "event_id", groups="dental_coordinator.group_staff"
    )

    def write(self, vals):
        visits = self._dental_appointments()
        if not visits:
            return super().write(vals)
        visits._check_event_write(vals)
        moves = visits._event_moves(vals) and not self.env.context.get("dont_notify")
        before = visits._places() if moves else {}
        result = super().write(vals)
        if moves:
            visits._reserve()
            visits._check_obstacles()
            visits._log_moves(before)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_dental_appointment(self):
        visits = self._dental_appointments()
        if visits:
            raise UserError(
                self.env._(
                    "%s is an appointment of the clinic: cancel it in the book instead.",
                    ", ".join(visits.mapped("number")),
                )
            )

    def _dental_appointments(self):
        visits = self.env["dental.appointment"].sudo().with_context(active_test=False)
        return visits.search([("event_id", "in", self.ids)])
