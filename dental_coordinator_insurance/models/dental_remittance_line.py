# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from odoo.addons.dental_coordinator_billing.reckoning import exact

# Reason of what a predetermination foresees; payers put it into any group.
FORESEEN = "101"


class DentalRemittanceLine(models.Model):
    """What a payment says of one service."""

    _name = "dental.remittance.line"
    _description = "Line of a remittance"
    _order = "remittance_claim_id, sequence, id"
    _rec_name = "code"

    remittance_claim_id = fields.Many2one(
        "dental.remittance.claim", required=True, ondelete="cascade", index=True, readonly=True
    )
    company_id = fields.Many2one(
        related="remittance_claim_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    claim_id = fields.Many2one(related="remittance_claim_id.claim_id")
    sequence = fields.Integer(readonly=True)
    line_key = fields.Char(readonly=True)
    code = fields.Char(readonly=True, string="Judged as")
    submitted_code = fields.Char(readonly=True, string="Submitted code")
    date = fields.Date(readonly=True)
    units = fields.Float(readonly=True, digits=(12, 2))
    charge = fields.Monetary(readonly=True)
    allowed = fields.Monetary(readonly=True)
    paid = fields.Monetary(readonly=True)
    remarks = fields.Char(readonly=True)
    adjustment_ids = fields.One2many("dental.remittance.adjustment", "line_id", string="Cuts")
    claim_line_id = fields.Many2one(
        "dental.claim.line",
        string="Our line",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('claim_id', '=', claim_id), ('whole_claim', '=', False)]",
    )
    expected = fields.Monetary(compute="_compute_difference")
    difference = fields.Monetary(compute="_compute_difference")
    explanation = fields.Char(compute="_compute_difference", string="Why")

    # Computes

    @api.depends("claim_line_id", "paid", "adjustment_ids.text")
    def _compute_difference(self):
        for line in self:
            ours = line.claim_line_id.sudo()
            line.expected = ours.plan_amount
            line.difference = line.paid - ours.plan_amount
            line.explanation = "; ".join(filter(None, line.adjustment_ids.mapped("text")))

    # Business

    def _match(self):
        """Find our line of each: by its key, else by code, date and charge, never by position.

        What was found before, or chosen by a person, stays as long as the claim does.
        """
        for line in self.filtered("claim_line_id"):
            if line.claim_line_id.sudo().claim_id != line.claim_id:
                line.claim_line_id = False
        loose = self.filtered(lambda line: not line.claim_line_id)
        # By key first: what has none must not take the line that another one names.
        for line in loose.sorted(lambda one: not one.line_key):
            ours = line.claim_id.sudo().line_ids.filtered(lambda one: not one.whole_claim)
            line.claim_line_id = line._matching(ours)

    def _matching(self, ours):
        by_key = ours.filtered(lambda one: one.key == self.line_key)
        if by_key:
            return by_key
        taken = self.remittance_claim_id.line_ids.claim_line_id
        if ours._name == taken._name:
            ours -= taken
        alike = ours.filtered(self._is_same_service)
        on_day = alike.filtered(lambda one: one._service_date() in (None, self.date))
        # Payers write days of their own; of one service alike there is no doubt.
        return on_day[:1] or (alike if len(alike) == 1 or not self.date else alike.browse())[:1]

    def _is_same_service(self, ours):
        return (
            ours.code == (self.submitted_code or self.code)
            and exact(ours.fee) == abs(exact(self.charge))  # a reversal turns the sign
        )

    def _precert_vals(self, ours):
        """What the payer would pay: told as an amount that is not paid now (101)."""
        cuts = [one._cut() for one in self.adjustment_ids]
        plan = exact(self.paid) + sum(cut.amount for cut in cuts if cut.reason == FORESEEN)
        patient = sum(cut.amount for cut in cuts if cut.group == "PR" and cut.reason != FORESEEN)
        return {
            "approved": "yes" if plan else "no",
            "code_given": self.code if self.code != ours.code else False,
            "allowed": float(plan + patient),
            "plan_amount": float(plan),
            "patient_amount": float(patient),
            "remark": self.explanation,
        }
