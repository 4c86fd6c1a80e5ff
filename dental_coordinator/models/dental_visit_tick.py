# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalVisitTick(models.Model):
    """A box that was ticked on a visit, by whom and when."""

    _name = "dental.visit.tick"
    _description = "Ticked on a visit"
    _order = "id"
    _rec_name = "check_id"

    appointment_id = fields.Many2one(
        "dental.appointment", required=True, readonly=True, ondelete="cascade", index=True
    )
    patient_id = fields.Many2one(related="appointment_id.patient_id")
    company_id = fields.Many2one(related="appointment_id.company_id")
    check_id = fields.Many2one(
        "dental.visit.check", required=True, readonly=True, ondelete="restrict", index=True
    )
    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")
    at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)

    _once = models.Constraint(
        "UNIQUE (appointment_id, check_id)", "Somebody just ticked this box. Refresh the screen."
    )
