# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

SEVERITIES = [("warn", "Warn"), ("stop", "Stop")]
# Steps of a visit that have a gate, in their order.
GATES = ("confirmed", "seated", "in_treatment", "done")
STEPS = [
    ("prepare", "Preparation"),
    ("confirmed", "Confirming"),
    ("seated", "Seating"),
    ("in_treatment", "Start"),
    ("done", "Closing"),
]
NEXT_STEP = "prepare"


class DentalReadinessRule(models.Model):
    """Which check matters for which visits, and what it does at each step."""

    _name = "dental.readiness.rule"
    _description = "Readiness rule"
    _order = "sequence, id"

    name = fields.Char(compute="_compute_name")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
    check = fields.Selection(
        selection=lambda self: list(self.env["dental.readiness"]._checks().items()),
        required=True,
    )
    type_ids = fields.Many2many(
        "dental.appointment.type", string="Kinds of visits", help="Empty: all of them."
    )
    on_confirmed = fields.Selection(SEVERITIES, string="On confirming")
    on_seated = fields.Selection(SEVERITIES, string="On seating")
    on_in_treatment = fields.Selection(SEVERITIES, string="On starting")
    on_done = fields.Selection(SEVERITIES, string="On closing")
    days = fields.Integer(
        default=365, help="For checks of age: how many days old something may be."
    )
    lead_days = fields.Integer(
        default=2,
        help="So many days before the visit it stands on the work list as due.",
        string="Lead days",
    )
    on_the_day = fields.Boolean(
        string="Only on the day", help="It cannot be settled before: listed on the day itself."
    )
    owner_id = fields.Many2one(
        "res.users", help="Who takes care, unless the thing has an owner or who booked does."
    )

    _days_positive = models.Constraint(
        "CHECK (days >= 0 AND lead_days >= 0)", "Days of a readiness rule cannot be negative."
    )

    # Computes

    @api.depends("check")
    def _compute_name(self):
        labels = self.env["dental.readiness"]._checks()
        for rule in self:
            rule.name = labels.get(rule.check)

    # Business

    def _concerns(self, visit):
        """Whether this rule is about a visit."""
        return (not self.type_ids or visit.type_id in self.type_ids) and (
            not self.company_id or visit.company_id == self.company_id
        )

    def _severity(self, gates):
        """What the rule does at these gates; None where it has no say.

        :param gates: steps that are passed; None for preparation, where everything is told
        """
        said = {self[f"on_{gate}"] for gate in (GATES if gates is None else gates)}
        if "stop" in said:
            return "stop"
        return "warn" if "warn" in said or gates is None else None

    def _step(self, severity):
        """The first step at which the rule is this severe, or None."""
        return next((gate for gate in GATES if self[f"on_{gate}"] == severity), None)
