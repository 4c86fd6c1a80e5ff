# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DentalPrecertAnswerLine(models.TransientModel):
    """What the payer said of one procedure."""

    _name = "dental.precert.answer.line"
    _description = "Line of an answer to a predetermination"

    answer_id = fields.Many2one("dental.precert.answer", required=True, ondelete="cascade")
    line_id = fields.Many2one("dental.precert.line", required=True, readonly=True)
    code = fields.Char(related="line_id.code")
    site = fields.Char(related="line_id.site")
    currency_id = fields.Many2one(related="answer_id.currency_id")
    fee = fields.Monetary(related="line_id.fee")
    approved = fields.Selection(
        [("yes", "Yes"), ("no", "No"), ("alternate", "Another service instead")], required=True
    )
    code_given = fields.Char(string="Paid as")
    allowed = fields.Monetary()
    plan_amount = fields.Monetary(string="Plan would pay")
    patient_amount = fields.Monetary(
        string="Patient pays", compute="_compute_patient_amount", store=True, readonly=False
    )
    remark = fields.Char()

    # Computes

    @api.depends("allowed", "plan_amount")
    def _compute_patient_amount(self):
        for line in self:
            line.patient_amount = (line.allowed or line.fee) - line.plan_amount

    # Business

    def _prepare_answer_vals(self):
        return {
            "approved": self.approved,
            "code_given": self.code_given,
            "allowed": self.allowed,
            "plan_amount": self.plan_amount if self.approved != "no" else 0.0,
            "patient_amount": self.patient_amount,
            "remark": self.remark,
        }
