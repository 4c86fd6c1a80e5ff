# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    dental_goal_hour = fields.Monetary(
        string="Production goal an hour",
        help="Of each working hour of a dentist or hygienist. Shown in the book beside what is "
        "booked, to those who may see it. 0: no goal.",
    )

    _dental_goal_positive = models.Constraint(
        "CHECK (dental_goal_hour >= 0)", "The production goal is not negative. Correct it."
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dental_goal_hour = fields.Monetary(
        related="company_id.dental_goal_hour", readonly=False, currency_field="currency_id"
    )
