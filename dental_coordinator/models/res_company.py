# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    dental_wait_warn_minutes = fields.Integer(
        string="Wait turns amber after",
        default=10,
        help="Minutes between arrival and chair after which the wait is shown as long.",
    )
    dental_wait_late_minutes = fields.Integer(
        string="Wait turns red after",
        default=20,
        help="Minutes between arrival and chair after which the wait is shown as too long.",
    )
    dental_late_minutes = fields.Integer(
        string="Patient is late after",
        default=5,
        help="Minutes after the start of a visit from which a patient who is not here is late.",
    )

    _dental_wait_order = models.Constraint(
        "CHECK (0 <= dental_wait_warn_minutes"
        " AND dental_wait_warn_minutes <= dental_wait_late_minutes)",
        "A wait turns amber before it turns red: correct the minutes in the dental settings.",
    )
