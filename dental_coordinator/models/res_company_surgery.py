# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    dental_discharge_score = fields.Integer(
        string="Home after sedation from a score of",
        default=9,
        help="Of ten: five items of recovery, two points each.",
    )

    _dental_discharge_score_range = models.Constraint(
        "CHECK (dental_discharge_score BETWEEN 0 AND 10)",
        "The score of recovery goes from 0 to 10.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dental_discharge_score = fields.Integer(
        related="company_id.dental_discharge_score", readonly=False
    )
