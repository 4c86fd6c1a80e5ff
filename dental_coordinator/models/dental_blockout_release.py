# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalBlockoutRelease(models.Model):
    """A step in which a template block opens further, some hours before it starts."""

    _name = "dental.blockout.release"
    _description = "Release of blocked time"
    _order = "hours desc, id"
    _rec_name = "hours"

    blockout_id = fields.Many2one("dental.blockout", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="blockout_id.company_id", store=True, index=True)
    hours = fields.Float(string="Hours before", required=True, default=24.0)
    type_ids = fields.Many2many(
        "dental.appointment.type", string="To", help="Empty: to every kind of visit."
    )

    _hours_positive = models.Constraint(
        "CHECK (hours >= 0)", "Blocked time opens before it starts: the hours are not negative."
    )
