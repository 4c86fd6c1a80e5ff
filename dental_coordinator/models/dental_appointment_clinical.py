# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .dental_appointment_status import BROKEN
from .dental_procedure import OPEN


class DentalAppointment(models.Model):
    """What a visit is for."""

    _inherit = "dental.appointment"

    procedure_ids = fields.One2many("dental.procedure", "appointment_id")
    intake_id = fields.Many2one("dental.intake", string="Complaint", ondelete="restrict")
    request_ids = fields.One2many("dental.request", "appointment_id", string="Needed for it")

    def _apply_status(self, status, note=None):
        """Treatment that a broken visit was for waits to be booked again."""
        result = super()._apply_status(status, note)
        if status in BROKEN:
            self.procedure_ids.filtered(lambda p: p.state in OPEN).write({"appointment_id": False})
        return result
