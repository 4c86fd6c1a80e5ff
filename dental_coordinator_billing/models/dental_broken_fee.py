# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_amount

# Which setting says what a way of breaking a visit costs.
FEES = {"missed": "dental_missed_fee", "cancelled_late": "dental_late_cancel_fee"}


class ResCompany(models.Model):
    _inherit = "res.company"

    dental_missed_fee = fields.Monetary(string="Missed visit", help="0.00: no fee is proposed.")
    dental_late_cancel_fee = fields.Monetary(
        string="Visit cancelled late", help="0.00: no fee is proposed."
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dental_missed_fee = fields.Monetary(
        related="company_id.dental_missed_fee", readonly=False, currency_field="dental_currency_id"
    )
    dental_late_cancel_fee = fields.Monetary(
        related="company_id.dental_late_cancel_fee",
        readonly=False,
        currency_field="dental_currency_id",
    )
    dental_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of the fees"
    )


class AccountMove(models.Model):
    _inherit = "account.move"

    dental_kind = fields.Selection(selection_add=[("broken", "Fee for a broken visit")])


class DentalAppointment(models.Model):
    """A broken visit may cost a fee: it waits as a draft bill, to be posted or deleted."""

    _inherit = "dental.appointment"

    broken_fee_ids = fields.One2many(
        "account.move",
        "dental_appointment_id",
        domain=[("dental_kind", "=", "broken")],
        groups="dental_coordinator.group_billing",
    )

    # Actions

    def action_unbreak(self):
        fees = self.sudo().broken_fee_ids
        posted = fees.filtered(lambda move: move.state == "posted")
        if posted:
            raise UserError(
                self.env._(
                    "%(visit)s: the fee stands on %(bill)s. Reverse that bill first.",
                    visit=posted[0].dental_appointment_id.number,
                    bill=posted[0].name,
                )
            )
        fees.filtered(lambda move: move.state == "draft").button_cancel()
        return super().action_unbreak()

    # Business

    def _break_fee(self, how):
        company = self.company_id.sudo()
        amount = company[FEES[how]] if how in FEES else 0
        if not amount:
            return super()._break_fee(how)
        return {
            "amount": amount,
            "text": format_amount(self.env, amount, company.currency_id),
        }

    def _settle_break_fee(self, how, charge, waived):
        fee = charge and self._break_fee(how)
        if fee:
            # Whoever keeps the book proposes the fee; whoever keeps the account posts it.
            self.env["account.move"].sudo().with_company(self.company_id).with_context(
                mail_create_nosubscribe=True
            ).create(self._prepare_break_fee_vals(fee["amount"]))
            self._log_status(self.env._("Fee proposed: %s", fee["text"]))
        return super()._settle_break_fee(how, charge, waived)

    def _prepare_break_fee_vals(self, amount):
        visit = self.sudo()
        return {
            "move_type": "out_invoice",
            "company_id": visit.company_id.id,
            "partner_id": visit.patient_id.guarantor_id.id,
            "currency_id": visit.company_id.currency_id.id,
            "invoice_date": fields.Date.context_today(self),
            "ref": visit.number,
            "dental_kind": "broken",
            "dental_patient_id": visit.patient_id.id,
            "dental_appointment_id": visit.id,
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": self.env._("Reserved time not used, visit %s", visit.number),
                        "quantity": 1,
                        "price_unit": amount,
                        "tax_ids": [Command.clear()],
                    }
                )
            ],
        }
