# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class DentalCheckout(models.TransientModel):
    _inherit = "dental.checkout"

    # Business

    def _after_invoice(self, invoice):
        """File the claims for the visit before the patient pays the rest."""
        result = super()._after_invoice(invoice)
        if self.estimate_id:
            self.env["dental.claim"]._file_for(self.estimate_id, invoice)
            invoice._dental_post_discounts(self.estimate_id)
        return result
