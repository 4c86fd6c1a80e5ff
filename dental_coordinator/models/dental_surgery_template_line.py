# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .dental_surgery_check import PHASES


class DentalSurgeryTemplateLine(models.Model):
    """One question, thing due or material of a checklist."""

    _name = "dental.surgery.template.line"
    _description = "Line of a surgery checklist"
    _order = "template_id, kind, sequence, id"

    template_id = fields.Many2one(
        "dental.surgery.template", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [("check", "Safety question"), ("task", "Due before"), ("material", "Material")],
        required=True,
        default="check",
    )
    phase = fields.Selection(PHASES, default="sign_in")
    name = fields.Char(required=True, translate=True)
    days_before = fields.Integer(
        string="Days before", help="Due so many days before the operation."
    )

    def _prepare(self):
        """Values of the surgery's own line, without the surgery."""
        self.ensure_one()
        if self.kind == "check":
            part = [phase for phase, _label in PHASES].index(self.phase)
            sequence = 1000 * part + self.sequence  # in the order in which the parts are closed
            return {"name": self.name, "phase": self.phase, "sequence": sequence}
        if self.kind == "task":
            return {"name": self.name, "days_before": self.days_before}
        return {"name": self.name, "sequence": self.sequence}
