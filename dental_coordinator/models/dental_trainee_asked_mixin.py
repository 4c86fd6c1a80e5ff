# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

KINDS = [("observe", "Observes"), ("assist", "Assists"), ("rotation", "Rotation")]


class DentalTraineeAskedMixin(models.AbstractModel):
    """Something of the clinic's catalogue that is asked of students, by kind of placement."""

    _name = "dental.trainee.asked.mixin"
    _description = "Asked of students"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: every clinic.")
    for_observe = fields.Boolean(string="Who observes", default=True)
    for_assist = fields.Boolean(string="Who assists", default=True)
    for_rotation = fields.Boolean(string="Rotation students", default=True)

    # Business

    def _asked_of(self, trainee):
        """Those of the catalogue that a placement needs."""
        return self.search(
            [
                (f"for_{trainee.kind}", "=", True),
                ("company_id", "in", [False, trainee.company_id.id]),
            ]
        )
