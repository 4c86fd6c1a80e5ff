# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..desk import options_of

KINDS = [("yesno", "Yes or no"), ("text", "Text"), ("choice", "Choice"), ("date", "Date")]


class DentalFormQuestion(models.Model):
    """A question of a form. Answers keep its words as they were when it was asked."""

    _name = "dental.form.question"
    _description = "Question of a form"
    _order = "form_id, page, sequence, id"

    form_id = fields.Many2one("dental.form", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="form_id.company_id")
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    page = fields.Integer(
        required=True, default=1, help="Questions with the same number stand on one page."
    )
    name = fields.Char(string="Question", required=True, translate=True)
    kind = fields.Selection(KINDS, required=True, default="yesno")
    options = fields.Text(string="Choices", translate=True, help="One a line.")
    required = fields.Boolean(help="The patient cannot go on without an answer.")
    alert = fields.Boolean(
        string="Yes is an alert",
        help="A yes stands on Today and on the check-in card until somebody has looked at it.",
    )

    _alert_yesno = models.Constraint(
        "CHECK (NOT alert OR kind = 'yesno')",
        "Only a question that is answered by yes or no can be an alert. Untick the alert.",
    )

    @api.constrains("kind", "options")
    def _check_options(self):
        for question in self:
            if question.kind == "choice" and len(options_of(question.options)) < 2:
                raise ValidationError(
                    self.env._(
                        "“%s”, Choices: write at least two, one a line.",
                        question.name,
                    )
                )

    def _for_tablet(self):
        """What the page shows of it."""
        self.ensure_one()
        return {
            "id": self.id,
            "text": self.name,
            "kind": self.kind,
            "required": self.required,
            "options": options_of(self.options),
        }
