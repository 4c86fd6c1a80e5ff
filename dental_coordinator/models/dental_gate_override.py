# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .append_only import make_append_only
from .dental_appointment_status import STATUSES


class DentalGateOverride(models.Model):
    """Somebody went on although a gate was closed: what stood in the way, who, and why."""

    _name = "dental.gate.override"
    _inherit = "dental.access.mixin"
    _description = "Went on in spite of a gate"
    _order = "id desc"
    _rec_name = "step"
    _log_access = False

    appointment_id = fields.Many2one(
        "dental.appointment",
        string="Visit",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    patient_id = fields.Many2one(related="appointment_id.patient_id")
    provider_id = fields.Many2one(related="appointment_id.provider_id")
    company_id = fields.Many2one(related="appointment_id.company_id")
    step = fields.Selection(STATUSES, required=True, readonly=True)
    gate = fields.Text(string="What stood in the way", required=True, readonly=True)
    reason = fields.Char(string="Why", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Who", required=True, readonly=True, ondelete="restrict"
    )
    at = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now(), index=True
    )

    def init(self):
        make_append_only(self.env.cr, self._table)
