# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalLabKind(models.Model):
    """A kind of work that laboratories make."""

    _name = "dental.lab.kind"
    _description = "Kind of laboratory work"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    type_id = fields.Many2one(
        "dental.appointment.type",
        string="Delivered in",
        ondelete="restrict",
        help="The kind of visit that is booked once the work is here.",
    )
