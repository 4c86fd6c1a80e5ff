# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class ResPartner(models.Model):
    """Whoever waits for his plan gets no final notice."""

    _inherit = "res.partner"

    # Business

    def _dental_claims_open(self, company):
        """Those of these people who still owe on a bill of which a claim is open."""
        groups = (
            self.env["dental.claim"]
            .sudo()
            ._read_group(
                [
                    ("company_id", "=", company.id),
                    ("invoice_id.partner_id", "in", self.ids),
                    ("invoice_id.amount_residual", ">", 0),
                    ("open_amount", "!=", 0),
                ],
                ["invoice_id"],
            )
        )
        invoices = self.env["account.move"].sudo().concat(*(invoice for (invoice,) in groups))
        return self & invoices.partner_id.with_env(self.env)
