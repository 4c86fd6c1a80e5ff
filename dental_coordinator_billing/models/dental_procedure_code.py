# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Command


class DentalProcedureCode(models.Model):
    _inherit = "dental.procedure.code"

    product_id = fields.Many2one(
        "product.product",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index=True,
        help="What the ledger knows of this code: its number, not what is done. Made when needed.",
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_office_fee")
    office_fee = fields.Monetary(
        compute="_compute_office_fee",
        inverse="_inverse_office_fee",
        help="In the clinic's fee schedule. Other schedules and dates are kept as price lists.",
        string="Office fee",
    )
    fee_known = fields.Boolean(
        compute="_compute_office_fee",
        string="Has a fee",
        help="Unlike a fee of 0.00, no fee means that nobody has set one.",
    )

    # Computes

    @api.depends("product_id")
    @api.depends_context("company")
    def _compute_office_fee(self):
        fees = self._office_fees(self.env.company, fields.Date.context_today(self))
        for code in self:
            code.currency_id = self.env.company.currency_id
            code.fee_known = fees.get(code) is not None
            code.office_fee = fees.get(code) or 0.0

    def _inverse_office_fee(self):
        pricelist = self.env.company._dental_office_pricelist()
        for code in self:
            pricelist._dental_set_fee(code._product(), code.office_fee)

    # Business

    def _office_fees(self, company, day):
        """{code: the clinic's fee on a day, or None where the schedule has none}"""
        pricelist = company.sudo().dental_pricelist_id
        return self._fees(pricelist, day) if pricelist else dict.fromkeys(self)

    def _fees(self, pricelist, day):
        """Fees of these codes in any schedule (office or contract).

        :return: {code: amount for one unit, or None where the schedule has no fee}
        """
        products = {code: code.sudo().product_id for code in self}
        known = self.env["product.product"].sudo().union(*products.values())
        fees = pricelist.sudo()._dental_fees(known, day) if known else {}
        return {code: fees.get(product) for code, product in products.items()}

    def _product(self):
        """The product of this code, made on first use, with a name that tells nothing."""
        self.ensure_one()
        code = self.sudo()
        if not code.product_id:
            code.product_id = code.env["product.product"].create(code._prepare_product_vals())
            # Odoo gives a product of all companies the default taxes of each of them.
            code.product_id.taxes_id = [Command.clear()]
        return code.product_id

    def _prepare_product_vals(self):
        return {
            "name": self.code,
            "type": "service",
            "list_price": 0.0,
            "sale_ok": False,
            "purchase_ok": False,
            "taxes_id": [Command.clear()],
            "supplier_taxes_id": [Command.clear()],
            "company_id": False,
        }
