# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Command


class DentalProcedureCode(models.Model):
    """Which sales taxes a service bears. Most bear none: nothing is taxed unless it is said."""

    _inherit = "dental.procedure.code"

    tax_ids = fields.Many2many(
        "account.tax",
        string="Sales taxes",
        compute="_compute_tax_ids",
        inverse="_inverse_tax_ids",
        domain="[('type_tax_use', '=', 'sale')]",
        help="Bills of this code bear them, and claims tell their amount. Empty: no tax.",
    )

    # Computes

    @api.depends("product_id")
    @api.depends_context("company")
    def _compute_tax_ids(self):
        for code in self:
            taxes = code.sudo().product_id.taxes_id
            code.tax_ids = taxes._filter_taxes_by_company(self.env.company).sudo(False)

    def _inverse_tax_ids(self):
        """Those of other companies stay as they are."""
        own = self.env["account.tax"].sudo()._check_company_domain(self.env.company)
        for code in self.filtered(lambda one: one.tax_ids or one.product_id):
            product = code._product().sudo()
            others = product.taxes_id - product.taxes_id.filtered_domain(own)
            product.taxes_id = [Command.set((others | code.tax_ids.sudo()).ids)]
