# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .append_only import make_append_only
from .dental_appointment_status import STATUSES


class DentalVisitEvent(models.Model):
    """What happened to a visit, when and by whom. It is added to, never changed."""

    _name = "dental.visit.event"
    _description = "Visit log"
    _order = "id desc"
    _rec_name = "status"
    _log_access = False

    appointment_id = fields.Many2one(
        "dental.appointment", required=True, readonly=True, ondelete="restrict", index=True
    )
    patient_id = fields.Many2one(related="appointment_id.patient_id")
    company_id = fields.Many2one(related="appointment_id.company_id")
    status = fields.Selection(STATUSES, required=True, readonly=True)
    at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users", readonly=True, default=lambda self: self.env.user, ondelete="restrict"
    )
    note = fields.Char(readonly=True)
    start = fields.Datetime(
        readonly=True, string="Visit at", help="When the visit was to be, as it stood then."
    )

    def init(self):
        make_append_only(self.env.cr, self._table)
