# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .dental_appointment_staff import ROLE_OF

MAIN = ("second", "hygienist")


class DentalAppointmentStaff(models.Model):
    """The second provider of a visit becomes its main one, and the other way round."""

    _inherit = "dental.appointment.staff"

    may_be_main = fields.Boolean(compute="_compute_may_be_main", string="May be main")

    # Computes

    def _compute_may_be_main(self):
        for row in self:
            row.may_be_main = row.role in MAIN

    # Actions

    def action_make_main(self):
        """Swap with the main provider: each keeps the own minutes of the visit."""
        self.ensure_one()
        visit, before = self.appointment_id, self.appointment_id.provider_id
        length = len(visit.pattern)
        minutes = (self.pattern or "X" * length)[:length].ljust(length, "/")
        swapped = {
            "provider_id": before.id,
            "pattern": visit.pattern,
            "role": ROLE_OF.get(before.kind, "second"),
        }
        visit.write(
            {
                "provider_id": self.provider_id.id,
                "pattern": minutes,
                "time_locked": visit.time_locked,
                "staff_ids": [fields.Command.update(self.id, swapped)],
            }
        )
        return True
