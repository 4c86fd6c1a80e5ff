# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    dental_plan_default_days = fields.Integer(
        string="Payment plans are in default after (days)",
        default=30,
        required=True,
        help="An installment unpaid for longer puts its plan in default; before, it is late.",
    )

    _dental_plan_default_days_positive = models.Constraint(
        "CHECK (dental_plan_default_days >= 0)", "A number of days cannot be negative."
    )
