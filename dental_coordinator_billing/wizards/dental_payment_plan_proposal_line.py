# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalPaymentPlanProposalLine(models.TransientModel):
    """One way to pay."""

    _name = "dental.payment.plan.proposal.line"
    _description = "Way to pay"
    _order = "id"

    proposal_id = fields.Many2one(
        "dental.payment.plan.proposal", required=True, ondelete="cascade", readonly=True
    )
    template_id = fields.Many2one("dental.payment.plan.template", required=True, readonly=True)
    currency_id = fields.Many2one(related="proposal_id.currency_id")
    frequency = fields.Selection(related="template_id.frequency")
    apr = fields.Float(related="template_id.apr")
    down_payment = fields.Monetary(readonly=True, string="Down payment")
    count = fields.Integer(readonly=True, string="Installments")
    each = fields.Monetary(readonly=True)
    last_date = fields.Date(readonly=True, string="Last on")
    interest = fields.Monetary(readonly=True)
    total = fields.Monetary(readonly=True, string="To pay in all")
    why_not = fields.Char(readonly=True, string="Why not")

    # Actions

    def action_take(self):
        """Put these terms on the plan."""
        self.ensure_one()
        plan = self.proposal_id.plan_id
        plan.write(self.proposal_id._plan_vals(self.template_id))
        return plan.action_open()
