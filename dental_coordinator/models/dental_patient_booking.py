# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

STAFF = "dental_coordinator.group_staff"


class DentalPatient(models.Model):
    """What the book must know of a patient."""

    _inherit = "dental.patient"

    access_need_ids = fields.Many2many("dental.access.need", string="Access needs", groups=STAFF)
    no_booking = fields.Boolean(
        string="Not to be booked", groups=STAFF, help="Only with a reason, by who may give it."
    )
    no_booking_reason = fields.Char(string="Why not", groups=STAFF)

    _no_booking_reasoned = models.Constraint(
        "CHECK (NOT no_booking OR no_booking_reason IS NOT NULL)",
        "Say why this patient is not to be booked.",
    )
