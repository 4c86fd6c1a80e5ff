# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from odoo.addons.dental_coordinator_billing.reckoning import exact

from .. import benefits


class DentalEstimateOverride(models.Model):
    """One figure of an estimate that a person typed because he knows better, and why."""

    _name = "dental.estimate.override"
    _inherit = "dental.patient.links.mixin"
    _description = "Typed figure of an estimate"
    _order = "procedure_id, coverage_id, kind, id"
    _patient_links = ("procedure_id", "coverage_id")

    procedure_id = fields.Many2one(
        "dental.procedure", required=True, ondelete="cascade", index=True
    )
    patient_id = fields.Many2one(
        related="procedure_id.patient_id", store=True, index=True, precompute=True, required=True
    )
    coverage_id = fields.Many2one(
        "dental.insurance.coverage",
        required=True,
        ondelete="cascade",
        index=True,
        domain="[('patient_id', '=', patient_id)]",
    )
    kind = fields.Selection(
        [
            ("allowed", "Allowed"),
            ("copay", "Co-payment"),
            ("deductible", "Deductible"),
            ("percent", "Percentage"),
            ("paid_other", "Paid by the plans before"),
            ("before_limits", "Before limits"),
            ("total", "Plan pays"),
            ("write_off", "Write-off"),
        ],
        required=True,
        default="total",
        string="Figure",
    )
    amount = fields.Float(
        required=True, default=0.0, digits=(16, 2), help="Zero is zero, not unknown."
    )
    reason = fields.Char(required=True)
    user_id = fields.Many2one(
        "res.users", default=lambda self: self.env.user, readonly=True, string="Typed by"
    )

    _once = models.UniqueIndex(
        "(procedure_id, coverage_id, kind)",
        "That figure of this procedure was typed already. Change it instead.",
    )
    _amount_positive = models.Constraint("CHECK (amount >= 0)", "A figure is not negative.")

    # Computes

    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for override in self:
            number = override.procedure_id.number
            override.display_name = f"{number}, {kinds.get(override.kind, '')}"

    # Business

    def _engine_overrides(self, coverages):
        """{procedure id: [benefits.Overrides]} of those about these coverages."""
        found = {}
        about = self.filtered(lambda one: one.coverage_id in coverages)
        for (procedure, coverage), own in about.grouped(
            lambda one: (one.procedure_id, one.coverage_id)
        ).items():
            typed = {one.kind: exact(one.amount) for one in own}
            found.setdefault(procedure.id, []).append(benefits.Overrides(coverage.id, **typed))
        return found
