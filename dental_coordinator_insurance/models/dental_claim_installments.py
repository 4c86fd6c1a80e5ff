# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class DentalClaim(models.Model):
    """A payer's answer on a bill whose rest is paid in installments."""

    _inherit = "dental.claim"

    # Business

    def _match(self, open_items):
        """What an answer takes off such a bill lowers its installments, the next one first."""
        result = super()._match(open_items)
        for credit in open_items.filtered(lambda item: item.balance < 0 and not item.reconciled):
            bill = credit.dental_claim_id.invoice_id
            credit._dental_settle(bill._dental_payment_plans()._installment_items())
        return result
