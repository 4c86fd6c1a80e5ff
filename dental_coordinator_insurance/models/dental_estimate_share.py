# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError


class DentalEstimateShare(models.Model):
    """What one plan was estimated to do about one procedure."""

    _name = "dental.estimate.share"
    _inherit = "dental.patient.mixin"
    _description = "Plan's share of an estimate"
    _order = "line_id, sequence, id"

    line_id = fields.Many2one(
        "dental.estimate.line", required=True, readonly=True, ondelete="restrict", index=True
    )
    patient_id = fields.Many2one(
        related="line_id.patient_id", store=True, index=True, precompute=True, required=False
    )
    coverage_id = fields.Many2one(
        "dental.insurance.coverage", required=True, readonly=True, ondelete="restrict", index=True
    )
    sequence = fields.Integer(
        related="coverage_id.sequence", store=True, precompute=True, string="Order"
    )
    plan_id = fields.Many2one(related="coverage_id.plan_id")
    currency_id = fields.Many2one(related="line_id.currency_id")
    allowed = fields.Monetary(readonly=True)
    deductible = fields.Monetary(readonly=True)
    percent = fields.Float(digits=(5, 2), readonly=True)
    amount = fields.Monetary(string="Pays", readonly=True)
    write_off = fields.Monetary(string="Write-off", readonly=True)
    discount = fields.Monetary(readonly=True, help="Of the clinic's own discount plan.")

    # CRUD

    def write(self, vals):
        if vals:
            raise UserError(
                self.env._(
                    "%s stays as it was told. Make a new estimate instead.",
                    self.line_id.estimate_id[:1].number,
                )
            )
        return super().write(vals)
