# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalForm(models.Model):
    """Questions that patients answer at the tablet: which, whom, and how often."""

    _name = "dental.form"
    _description = "Form for patients"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, help="Stands on top of the page.")
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    every_months = fields.Integer(
        string="Every (months)", required=True, default=12, help="0: at every visit."
    )
    who = fields.Selection(
        [("all", "All patients"), ("new", "New patients")],
        string="Asked of",
        required=True,
        default="all",
    )
    type_ids = fields.Many2many(
        "dental.appointment.type", string="Kinds of visit", help="None: all kinds."
    )
    owner_id = fields.Many2one(
        "res.users",
        string="Answers go to",
        ondelete="restrict",
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("dental_coordinator.group_front_desk").ids)
        ],
        help="Who looks at the answers. Nobody named: a coordinator.",
    )
    thanks = fields.Char(translate=True, help="What the tablet says at the end.")
    question_ids = fields.One2many("dental.form.question", "form_id", copy=True)

    _months_positive = models.Constraint(
        "CHECK (every_months >= 0)", "A form is asked every so many months; 0 for at every visit."
    )

    # Business

    def _is_for(self, visit):
        """Whether this form is asked at such a visit."""
        self.ensure_one()
        kind = visit.type_id
        new = visit.is_new or kind.new_patient
        return (not self.type_ids or kind in self.type_ids) and (self.who == "all" or new)

    def _owner(self):
        self.ensure_one()
        return self.owner_id or self.env["dental.visit.wish"]._owner_of(self.company_id)

    def _pages(self):
        """Questions by the page on which they are asked, in order."""
        self.ensure_one()
        grouped = self.question_ids.grouped("page")
        return [grouped[page].sorted(lambda q: (q.sequence, q.id)) for page in sorted(grouped)]
