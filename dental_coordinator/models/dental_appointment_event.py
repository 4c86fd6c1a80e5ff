# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import AccessError, UserError

BOOK_KEEPERS = "dental_coordinator.group_front_desk,dental_coordinator.group_clinician"
TIME_FIELDS = {"start", "stop", "start_date", "stop_date", "duration", "allday", "active"}


class DentalAppointment(models.Model):
    """What may be done to a visit through its calendar event."""

    _inherit = "dental.appointment"

    def _check_event_write(self, vals):
        """Refuse the change of an event by outsiders, recurrence, and whole days.

        :raises AccessError: for someone who does not keep the book
        :raises UserError: where the change makes no sense for a visit
        """
        if not self.env.user._is_superuser() and not self.env.user.has_groups(BOOK_KEEPERS):
            raise AccessError(
                self.env._(
                    "%s is an appointment of the clinic. Ask the front desk to change it.",
                    ", ".join(self.mapped("number")),
                )
            )
        if vals.get("recurrency") or vals.get("allday"):
            raise UserError(
                self.env._(
                    "%s is a visit: book each visit of a series by itself, with its hours.",
                    ", ".join(self.mapped("number")),
                )
            )

    def _event_moves(self, vals):
        return bool(TIME_FIELDS & vals.keys())
