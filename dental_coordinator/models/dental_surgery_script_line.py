# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

# What a question is about: the answer sets the gate, or the dentist decides.
TOPICS = [
    ("coming", "Still coming"),
    ("ill", "Cold, fever or anything new"),
    ("instructions", "Instructions understood"),
    ("fasting", "Fasting understood"),
    ("medicines", "Medicines understood"),
    ("escort", "Escort confirmed"),
]


class DentalSurgeryScriptLine(models.Model):
    """One thing to say or to ask."""

    _name = "dental.surgery.script.line"
    _description = "Line of a script before surgery"
    _order = "script_id, sequence, id"

    script_id = fields.Many2one(
        "dental.surgery.script", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection([("ask", "Ask"), ("say", "Say")], required=True, default="ask")
    name = fields.Char(string="Words", required=True, translate=True)
    topic = fields.Selection(
        TOPICS, string="The answer is about", help="Empty: kept, and nothing follows from it."
    )

    def _concerns(self, surgery):
        """Whether it is to be said or asked before this operation."""
        needs = {"fasting": surgery.fasting_needed, "escort": surgery.escort_needed}
        return needs.get(self.topic, True)

    def _prepare(self):
        """Values of the call's own line, without the call."""
        self.ensure_one()
        return {
            "script_line_id": self.id,
            "sequence": self.sequence,
            "kind": self.kind,
            "name": self.name,
            "topic": self.kind == "ask" and self.topic,
        }
