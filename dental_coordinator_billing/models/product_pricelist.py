# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ProductPricelist(models.Model):
    _inherit = "product.pricelist"

    dental_fee_schedule = fields.Boolean(
        string="Dental fee schedule",
        help="Fees of the clinic or of a contract. Never proposed to customers as a price list.",
    )

    def _get_partner_pricelist_multi_search_domain_hook(self, company_id):
        """Sales must not start to use a fee schedule because it happens to be the only list."""
        domain = super()._get_partner_pricelist_multi_search_domain_hook(company_id)
        return [*domain, ("dental_fee_schedule", "=", False)]

    def _get_partner_pricelist_multi_filter_hook(self):
        lists = super()._get_partner_pricelist_multi_filter_hook()
        return lists.filtered(lambda pricelist: not pricelist.dental_fee_schedule)

    # Business

    def _dental_fees(self, products, day):
        """Fees of products on a day, without guessing.

        A product for which the schedule says nothing has no fee, which is not a fee of zero.

        :return: {product: amount in the currency of the schedule's company, or None}
        """
        self.ensure_one()
        currency = (self.company_id or self.env.company).currency_id
        found = self._compute_price_rule(products, 1.0, currency=currency, date=day)
        rules = self.env["product.pricelist.item"].browse(
            {rule for _price, rule in found.values() if rule}
        )
        known = {rule.id: rule for rule in rules}
        return {
            product: found[product.id][0]
            if self._dental_rule_knows(known.get(found[product.id][1]), product, day)
            else None
            for product in products
        }

    def _dental_rule_knows(self, rule, product, day):
        """Whether a rule leads to a real fee: fixed, or derived from one that is known."""
        if not rule:
            return False
        if rule.compute_price == "fixed":
            return True
        if rule.base == "pricelist":
            return rule.base_pricelist_id._dental_fees(product, day)[product] is not None
        return bool(product.standard_price if rule.base == "standard_price" else product.lst_price)

    def _dental_set_fee(self, product, fee):
        """Set the undated fee of a product in this schedule."""
        self.ensure_one()
        items = self.sudo().item_ids.filtered(
            lambda item: item.product_id == product and not (item.date_start or item.date_end)
        )
        if items:
            items.fixed_price = fee
        else:
            self.env["product.pricelist.item"].sudo().create(
                {
                    "pricelist_id": self.id,
                    "applied_on": "0_product_variant",
                    "product_tmpl_id": product.product_tmpl_id.id,
                    "product_id": product.id,
                    "compute_price": "fixed",
                    "fixed_price": fee,
                }
            )
