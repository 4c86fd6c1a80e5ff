# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, time

from odoo import models


class DentalProcedureCode(models.Model):
    """Fees of many codes in many schedules at once."""

    _inherit = "dental.procedure.code"

    # Business

    def _fees_many(self, pricelists, day):
        """Fees of these codes in each of the schedules, in a few queries however many they are.

        A schedule that only lists fixed fees of codes, as most do, is read directly; one with
        formulas is asked as Odoo asks it.

        :return: {pricelist: {code: amount for one unit, or None where the schedule has no fee}}
        """
        products = {code: code.sudo().product_id for code in self}
        plain = pricelists.sudo()._dental_plain()
        fixed = self._fixed_fees(plain, self.env["product.product"].union(*products.values()), day)
        fees = {
            pricelist: {
                code: fixed.get((pricelist.id, product.id)) for code, product in products.items()
            }
            for pricelist in plain
        }
        return fees | {one: self._fees(one, day) for one in pricelists.sudo() - plain}

    def _fixed_fees(self, pricelists, products, day):
        """{(pricelist id, product id): fee}"""
        if not pricelists or not products:
            return {}
        items = (
            self.env["product.pricelist.item"]
            .sudo()
            .search_fetch(
                [("pricelist_id", "in", pricelists.ids), ("product_id", "in", products.ids)],
                ["pricelist_id", "product_id", "fixed_price", "min_quantity"]
                + ["date_start", "date_end"],
                order="min_quantity desc, id desc",
            )
        )
        moment, found = datetime.combine(day, time.min), {}
        for item in items:
            holds = (not item.date_start or item.date_start <= moment) and (
                not item.date_end or item.date_end >= moment
            )
            if holds and item.min_quantity <= 1:
                found.setdefault((item.pricelist_id.id, item.product_id.id), item.fixed_price)
        return found


class ProductPricelist(models.Model):
    _inherit = "product.pricelist"

    # Business

    def _dental_plain(self):
        """Those with nothing but fixed fees of single codes, in their company's currency."""
        if not self:
            return self
        groups = self.env["product.pricelist.item"]._read_group(
            [
                ("pricelist_id", "in", self.ids),
                "|",
                ("compute_price", "!=", "fixed"),
                ("applied_on", "!=", "0_product_variant"),
            ],
            ["pricelist_id"],
        )
        mixed = self.browse([pricelist.id for (pricelist,) in groups])
        company = self.env.company
        return (self - mixed).filtered(
            lambda one: one.currency_id == (one.company_id or company).currency_id
        )
