# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class DentalDeskMixin(models.AbstractModel):
    """Taking money at the desk, for people who need not see the ledger."""

    _name = "dental.desk.mixin"
    _description = "Takes a payment"

    company_id = fields.Many2one("res.company")
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary()
    method = fields.Selection(
        "_select_methods", string="Paid into", default=lambda self: self._default_method()
    )
    payment_note = fields.Char(string="Cheque or slip no.")

    @api.model
    def _select_methods(self):
        """Bank and cash journals, as a plain choice: the desk has no access to journals."""
        clinics = self.env.companies.sudo()
        found = {}
        for clinic in clinics:
            for journal in clinic._dental_money_journals():
                owner = journal.company_id.name
                found[str(journal.id)] = (
                    f"{journal.name} ({owner})" if len(clinics) > 1 else journal.name
                )
        return list(found.items())

    @api.model
    def _default_method(self):
        """Where there is only one place for money, nobody has to choose it."""
        methods = self._select_methods()
        return methods[0][0] if len(methods) == 1 else False

    def _journal(self):
        """The chosen journal.

        :raises UserError: without one of the clinic
        """
        journal = self.env["account.journal"].sudo().browse(int(self.method or 0)).exists()
        if journal not in self.company_id._dental_money_journals():
            raise UserError(
                self.env._(
                    "Payment: choose where the money goes. Journals are made under Invoicing, "
                    "Configuration."
                )
            )
        return journal
