# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import models

from ..reckoning import exact

ZERO = Decimal(0)


class DentalProcedure(models.Model):
    """Sales tax of a service: in its fee, or added to it.

    Plans reckon with the fee. A tax that is added to it is the patient's, like all else that no
    plan pays; a payer that does pay it lowers what the patient owes.
    """

    _inherit = "dental.procedure"

    # Business

    def _tax_to_add(self):
        """What the bill will add to the fee of this service, which is not billed yet."""
        self.ensure_one()
        own = self.sudo()
        company = own.company_id or self.env.company
        taxes = own.code_id.product_id.taxes_id._filter_taxes_by_company(company)
        if not taxes or not own.fee:
            return ZERO
        partner = own.patient_id.guarantor_id
        positions = self.env["account.fiscal.position"].sudo().with_company(company)
        told = (
            positions._get_fiscal_position(partner)
            .map_tax(taxes)
            .compute_all(
                own.fee,
                company.currency_id,
                product=own.code_id.product_id,
                partner=partner,
            )
        )
        return exact(told["total_included"]) - exact(own.fee)

    def _billed_money(self):
        """What the bills ask for these services, to the cent of their totals.

        :return: {procedure: (fee with its tax, tax in it)}, Decimals, read as the server. What is
            not billed is left out.
        """
        money = {}
        bills = self.sudo().filtered("invoice_line_id")
        for bill in bills.invoice_line_id.move_id:
            money.update(self._bill_money(bill))
        return {one: money[one.id] for one in self if one.id in money}

    def _bill_money(self, bill):
        """{procedure id: (fee with its tax, tax in it)} of one bill.

        A company may round taxes on the whole bill: the cents by which its lines miss the total
        go to the line with most tax.
        """
        lines = bill.invoice_line_ids
        money = {
            line: [exact(line.price_total), exact(line.price_total) - exact(line.price_subtotal)]
            for line in lines
        }
        missing = exact(bill.amount_total) - sum((total for total, _tax in money.values()), ZERO)
        if missing:
            most = max(lines, key=lambda line: money[line][1])
            money[most] = [amount + missing for amount in money[most]]
        return {line.dental_procedure_id.id: tuple(told) for line, told in money.items()}

    def _estimate_rows(self, as_of):
        """Who pays what, as `_estimate_lines` tells it, and the tax on top, which is the
        patient's: plan_amount + write_off + patient_amount equals fee + tax.
        """
        rows = self._estimate_lines(as_of)
        for row in rows:
            tax = self.browse(row["procedure_id"])._tax_to_add()
            row["tax"] = float(tax)
            if tax:
                row["patient_amount"] = float(exact(row["patient_amount"]) + tax)
        return rows

    def _estimate_inputs(self, as_of):
        inputs = super()._estimate_inputs(as_of)
        taxes = {one.id: str(tax) for one in self if (tax := one._tax_to_add())}
        return {**inputs, "taxes": taxes} if taxes else inputs
