# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class AccountMove(models.Model):
    """A bill whose open amount was put on a payment plan."""

    _inherit = "account.move"

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
