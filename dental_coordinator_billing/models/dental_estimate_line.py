# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class DentalEstimateLine(models.Model):
    """One procedure of an estimate: five figures, and how they came about."""

    _name = "dental.estimate.line"
    _inherit = "dental.patient.mixin"
    _description = "Estimate line"
    _order = "estimate_id desc, sequence, id"
    _rec_name = "procedure_id"

    estimate_id = fields.Many2one(
        "dental.estimate", required=True, readonly=True, ondelete="restrict", index=True
    )
    patient_id = fields.Many2one(
        related="estimate_id.patient_id", store=True, required=False, precompute=True
    )
    sequence = fields.Integer(readonly=True, help="Earlier lines use up benefits first.")
    procedure_id = fields.Many2one(
        "dental.procedure", required=True, readonly=True, ondelete="restrict", index=True
    )
    description = fields.Char(readonly=True, help="The procedure as it read then.")
    currency_id = fields.Many2one(related="estimate_id.currency_id")
    fee = fields.Monetary(readonly=True)
    tax = fields.Monetary(readonly=True, help="Added to the fee; the patient's.")
    allowed = fields.Monetary(readonly=True)
    plan_amount = fields.Monetary(string="Plan pays", readonly=True)
    write_off = fields.Monetary(string="Write-off", readonly=True)
    patient_amount = fields.Monetary(string="You pay", readonly=True)
    trace = fields.Json(
        readonly=True,
        help="Ordered steps, each {rule, text, source, verified_on, amount}.",
    )
    unknowns = fields.Json(
        readonly=True, help="What nobody has verified, each {text}, with what was assumed."
    )

    _adds_up = models.Constraint(
        "CHECK (round("
        "(fee + coalesce(tax, 0) - plan_amount - write_off - patient_amount)::numeric, 3) = 0)",
        "Plan, write-off and patient add up to the fee and its tax.",
    )

    # CRUD

    def write(self, vals):
        if not vals:
            return super().write(vals)
        raise UserError(
            self.env._(
                "%s stays as it was told. Make a new estimate instead.", self.estimate_id[:1].number
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_always(self):
        raise UserError(self.env._("Estimates are kept. Make a new one, it replaces the old."))
