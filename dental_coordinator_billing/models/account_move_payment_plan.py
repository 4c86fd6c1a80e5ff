# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class AccountMove(models.Model):
    """Interest of a payment plan, and a bill whose open amount was put on one."""

    _inherit = "account.move"

    dental_kind = fields.Selection(selection_add=[("interest", "Interest on a payment plan")])
    dental_payment_plan_id = fields.Many2one(
        "dental.payment.plan",
        string="Payment plan",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="dental_coordinator.group_staff",
    )
    dental_installment = fields.Integer(
        string="Installment no.",
        readonly=True,
        copy=False,
        groups="dental_coordinator.group_staff",
    )

    _dental_one_interest = models.UniqueIndex(
        "(dental_payment_plan_id, dental_installment) WHERE dental_kind = 'interest'"
        " AND dental_payment_plan_id IS NOT NULL",
        "The interest of this installment is charged already.",
    )

    # Business

    def _dental_payment_plans(self):
        """Payment plans in effect that stand on this bill."""
        owed = self.line_ids.filtered(lambda item: item.account_type == "asset_receivable")
        entries = owed.matched_credit_ids.credit_move_id.move_id
        plans = self.env["dental.payment.plan"].sudo()
        return plans.search([("move_id", "in", entries.ids), ("state", "=", "active")])

    def _dental_undo_blockers(self):
        """The bill stays while a payment plan stands on it."""
        return super()._dental_undo_blockers() + [
            self.env._("Payment plan %s stands on it. Undo the plan first.", plan.number)
            for plan in self._dental_payment_plans()
        ]
