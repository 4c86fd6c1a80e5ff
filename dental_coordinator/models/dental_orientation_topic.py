# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalOrientationTopic(models.Model):
    """One topic of the programme that a new student goes through; the clinic writes it."""

    _name = "dental.orientation.topic"
    _inherit = "dental.trainee.asked.mixin"
    _description = "Topic of the orientation"

    text = fields.Html(string="What is explained", translate=True)
    due_days = fields.Integer(
        string="Due after (days)", help="Days after the first one. 0: on the first day."
    )
    trainer_id = fields.Many2one(
        "res.users", ondelete="restrict", help="Empty: the supervisor of the placement."
    )
    pass_mark = fields.Integer(help="Per cent of a short test. 0: there is no test.")

    _due_positive = models.Constraint(
        "CHECK (due_days >= 0)", "A topic is due on the first day or later."
    )
    _mark_percent = models.Constraint(
        "CHECK (pass_mark BETWEEN 0 AND 100)", "A pass mark is between 0 and 100 per cent."
    )
