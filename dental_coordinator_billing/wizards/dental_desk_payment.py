# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError


class DentalDeskPayment(models.TransientModel):
    """A payment at the desk, without a visit to close."""

    _name = "dental.desk.payment"
    _inherit = "dental.desk.mixin"
    _description = "Payment at the desk"

    guarantor_id = fields.Many2one("res.partner", required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    balance = fields.Monetary(string="Owes", compute="_compute_balance")

    def _compute_balance(self):
        for payment in self:
            payment.balance = payment.guarantor_id._dental_balance(payment.company_id)

    def action_pay(self):
        """Take the payment and lay it on the oldest bills."""
        self.ensure_one()
        if not self.amount:
            raise UserError(self.env._("Payment: enter the amount that was paid."))
        self.guarantor_id._dental_receive(
            self.amount, self._journal(), note=self.payment_note, company=self.company_id
        )
        return {"type": "ir.actions.act_window_close"}
