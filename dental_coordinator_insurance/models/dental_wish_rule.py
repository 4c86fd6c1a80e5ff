# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class DentalWishRule(models.Model):
    _inherit = "dental.wish.rule"

    @api.model
    def _most_used_payers(self, company):
        """The payers of most covers first, then what people named online."""
        groups = self.env["dental.insurance.coverage"]._read_group(
            [("company_id", "=", company.id)], ["plan_id"], ["__count"]
        )
        counts = {}
        for plan, count in groups:
            counts[plan.payer_id] = counts.get(plan.payer_id, 0) + count
        order = sorted(counts, key=lambda payer: (-counts[payer], payer.name or "", payer.id))
        covered = [(payer.name, payer) for payer in order if payer.name]
        return covered or super()._most_used_payers(company)
