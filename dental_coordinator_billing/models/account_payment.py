# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class AccountPayment(models.Model):
    """Payments beside the entries of claims and plans."""

    _inherit = "account.payment"

    # Business

    def _search_reconciled_invoice_ids(self, operator, value):
        """A payment's invoices never hold a plain entry. Each change of an entry asks all the same,
        several times while one is posted and matched, by a search through all that is matched."""
        if operator == "in":
            moves = self.env["account.move"].sudo().browse(value)  # for their kind alone
            value = moves.filtered(lambda move: move.move_type != "entry").ids
            if not value:
                return [("id", "in", [])]
        return super()._search_reconciled_invoice_ids(operator, value)
