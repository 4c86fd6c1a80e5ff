# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .append_only import make_append_only


class DentalAppointmentMove(models.Model):
    """A visit that was moved: by whom, from where to where, and why. Added to, never changed."""

    _name = "dental.appointment.move"
    _description = "Move of a visit"
    _order = "id desc"
    _rec_name = "at"
    _log_access = False

    appointment_id = fields.Many2one(
        "dental.appointment", required=True, readonly=True, ondelete="restrict", index=True
    )
    patient_id = fields.Many2one(related="appointment_id.patient_id")
    company_id = fields.Many2one(related="appointment_id.company_id")
    at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users", readonly=True, default=lambda self: self.env.user, ondelete="restrict"
    )
    reason = fields.Char(readonly=True)
    from_start = fields.Datetime(readonly=True, string="From start")
    to_start = fields.Datetime(readonly=True, string="To start")
    from_provider_id = fields.Many2one(
        "dental.provider", readonly=True, ondelete="restrict", string="From provider"
    )
    to_provider_id = fields.Many2one(
        "dental.provider", readonly=True, ondelete="restrict", string="To provider"
    )
    from_operatory_id = fields.Many2one(
        "dental.operatory", readonly=True, ondelete="restrict", string="From operatory"
    )
    to_operatory_id = fields.Many2one(
        "dental.operatory", readonly=True, ondelete="restrict", string="To operatory"
    )

    def init(self):
        make_append_only(self.env.cr, self._table)
