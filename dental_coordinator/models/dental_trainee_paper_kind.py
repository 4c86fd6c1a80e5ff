# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalTraineePaperKind(models.Model):
    """A paper that students bring before they come in; the clinic says which."""

    _name = "dental.trainee.paper.kind"
    _inherit = "dental.trainee.asked.mixin"
    _description = "Paper of students"

    signed = fields.Boolean(string="Is signed", help="It counts once the student has signed it.")
    months = fields.Integer(
        string="Valid for (months)", help="Proposes the day on which it expires. 0: for good."
    )

    _months_positive = models.Constraint(
        "CHECK (months >= 0)", "A paper is valid for some months, or 0 for good."
    )
