# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..collecting import Rule
from ..reckoning import exact

KINDS = [
    ("call", "Courtesy call"),
    ("letter", "Letter"),
    ("final", "Final notice"),
    ("last", "Hand over or write off"),
]


class DentalCollectionRule(models.Model):
    """What to do about money that is overdue, by age and amount."""

    _name = "dental.collection.rule"
    _description = "Step of collecting"
    _order = "days, minimum, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", help="Empty: for every clinic of this database.", index=True
    )
    days = fields.Integer(string="Days overdue", required=True, default=30)
    minimum = fields.Float(
        string="Overdue at least",
        digits=(16, 2),
        default=5.0,
        help="In the clinic's currency.",
    )
    kind = fields.Selection(
        KINDS,
        required=True,
        default="call",
    )
    text = fields.Text(
        string="Text on bills",
        translate=True,
        help="Stands on statements of this age, in the language of whoever pays: of all steps "
        "that fit, the text of the one with the most days. Name no treatment.",
    )

    _days_positive = models.Constraint(
        "CHECK (days > 0)", "A step is taken one day after the due date at the earliest."
    )
    _minimum_positive = models.Constraint(
        "CHECK (minimum >= 0)", "The smallest amount cannot be negative."
    )

    # Business

    @api.model
    def _of(self, company):
        """The steps of a clinic."""
        return self.sudo().search([("company_id", "in", (False, company.id))])

    def _plain(self):
        """As the package `collecting` takes them."""
        return [
            Rule(rule.id, rule.days, exact(rule.minimum), rule.kind, bool(rule.text))
            for rule in self
        ]
