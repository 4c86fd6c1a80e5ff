# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class DentalDepositLine(models.Model):
    """One payment on a deposit slip. A payment is on one slip only."""

    _name = "dental.deposit.line"
    _description = "Payment on a deposit slip"
    _order = "deposit_id, id"

    deposit_id = fields.Many2one(
        "dental.deposit", required=True, ondelete="cascade", index=True, string="Slip"
    )
    company_id = fields.Many2one(related="deposit_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="deposit_id.currency_id")
    payment_id = fields.Many2one("account.payment", required=True, ondelete="restrict", index=True)
    date = fields.Date(related="payment_id.date", store=True, string="Received on")
    memo = fields.Char(related="payment_id.memo", store=True, string="Cheque or trace number")
    amount = fields.Monetary(related="payment_id.amount", store=True)
    partner_id = fields.Many2one(related="payment_id.partner_id", string="From")
    how = fields.Char(compute="_compute_how", compute_sudo=True, string="Sent as")

    _payment_once = models.Constraint(
        "UNIQUE (payment_id)",
        "One of these payments is on a deposit slip already. Take it off this one.",
    )

    # Computes

    @api.depends("payment_id")
    def _compute_how(self):
        found = self.env["dental.remittance"].search([("payment_id", "in", self.payment_id.ids)])
        methods = dict(found._fields["method"]._description_selection(self.env))
        told = {one.payment_id: methods.get(one.method) for one in found}
        for line in self:
            payment = line.payment_id
            line.how = told.get(payment) or payment.payment_method_line_id.name

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.deposit_id._check_open()
        lines._check_fits()
        return lines

    def write(self, vals):
        self.deposit_id._check_open()
        result = super().write(vals)
        self.deposit_id._check_open()
        self._check_fits()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self.deposit_id._check_open()

    # Business

    def _check_fits(self):
        for line in self:
            payment, slip = line.payment_id, line.deposit_id
            fits = (
                payment.journal_id == slip.journal_id
                and payment.currency_id == slip.currency_id
                and payment.payment_type == "inbound"
                and payment.state in ("in_process", "paid")
            )
            if not fits:
                raise UserError(
                    self.env._(
                        "%(payment)s does not go on %(slip)s: it is no money received in %(bank)s.",
                        payment=payment.name,
                        slip=slip.number,
                        bank=slip.journal_id.name,
                    )
                )

    def _slip_row(self):
        """(day, what, number, amount) as the bank reads it."""
        payer = self.partner_id if self.partner_id.dental_payer else self.partner_id.browse()
        who = payer.name or self.payment_id.name
        number = self.memo if payer else ""
        return (str(self.date), who or "", self.how or "", number or "", f"{self.amount:.2f}")


class AccountPayment(models.Model):
    _inherit = "account.payment"

    dental_deposit_line_ids = fields.One2many(
        "dental.deposit.line",
        "payment_id",
        string="On deposit slip",
        groups="dental_coordinator.group_billing",
    )

    # Actions

    def action_draft(self):
        self._check_dental_deposit()
        return super().action_draft()

    def action_cancel(self):
        self._check_dental_deposit()
        return super().action_cancel()

    # Business

    def _check_dental_deposit(self):
        """What was handed in at the bank is not taken back while the slip says so."""
        slip = self.sudo().dental_deposit_line_ids.deposit_id.filtered(
            lambda one: one.state == "closed"
        )[:1]
        if slip:
            raise UserError(
                self.env._(
                    "This payment is on deposit slip %s. Reopen the slip and take it off first.",
                    slip.number,
                )
            )


class AccountMove(models.Model):
    _inherit = "account.move"

    # Actions

    def button_draft(self):
        self.sudo().origin_payment_id._check_dental_deposit()
        return super().button_draft()
