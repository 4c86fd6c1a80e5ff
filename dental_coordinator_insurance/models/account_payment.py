# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class AccountPayment(models.Model):
    """A payer's money that is entered in Odoo's own form."""

    _inherit = "account.payment"

    # Computes

    @api.depends("company_id")
    def _compute_destination_account_id(self):
        """What a payer sends waits for the remittance that says which claims it is for."""
        result = super()._compute_destination_account_id()
        for payment in self.filtered(lambda one: one.partner_type == "customer"):
            account = payment.company_id.sudo().dental_allocation_account_id
            if account and payment.partner_id.commercial_partner_id.dental_payer:
                payment.destination_account_id = account
        return result
