# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.dental_coordinator.models.dental_procedure import OPEN
from odoo.addons.dental_coordinator.models.lock_alone import lock_alone


class DentalCheckout(models.TransientModel):
    """The one button: everything that closing a visit does, or nothing of it.

    The desk needs no rights in the ledger for it: this model's access line and the right to write
    the visit are the permission, and what is posted is posted by the server in the user's name.
    """

    _inherit = "dental.checkout"

    # Actions

    def action_close(self):
        """Mark, bill, file, take the payment and close the visit, in one transaction."""
        self.ensure_one()
        visit = self.appointment_id
        lock_alone(visit)
        self._check_closable(visit)
        self._settle_procedures()
        self._bill_visit()
        self._take_payment()
        if visit.status != "done":
            visit._set_status("done", note=self.leaves_without)
        self.write(
            {
                "state": "closed",
                "left_amount": self.guarantor_id._dental_balance(self.company_id),
            }
        )
        return True

    def action_print(self):
        """The visit's summary for the patient to take home."""
        self.ensure_one()
        if not self.statement_id:
            self.statement_id = self.env["dental.statement"].create(
                {
                    "kind": "walkout",
                    "mode": "hand",
                    "guarantor_id": self.guarantor_id.id,
                    "company_id": self.company_id.id,
                    "appointment_id": self.appointment_id.id,
                }
            )
            self.statement_id.action_review()
            self.statement_id.action_send()
        return self.statement_id.action_print()

    # Business

    def _check_closable(self, visit):
        if self.state == "closed" or (visit.status == "done" and not visit._to_bill()):
            raise UserError(visit._why_no_checkout())
        undecided = self._undecided()
        if undecided:
            raise UserError("\n".join(undecided))

    def _settle_procedures(self):
        """What was done is done; what was not has a new owner."""
        day = min(self.appointment_id._local_day(), fields.Date.context_today(self))
        done = self.line_ids.filtered("done").procedure_id
        done.filtered(lambda procedure: procedure.state in OPEN).sudo().action_done(day)
        self.line_ids.filtered(lambda line: not line.done)._hand_on()
        if done:
            self.estimate_id = done._make_estimate(day, self.appointment_id)

    def _bill_visit(self):
        invoice = self.appointment_id._bill()
        if invoice:
            self.invoice_name = invoice.sudo().name
            self._after_invoice(invoice.sudo())
            lines = invoice.sudo().line_ids.filtered(
                lambda line: line.account_type == "asset_receivable" and not line.reconciled
            )
            self.guarantor_id._dental_apply_credits(lines, self.company_id)

    def _after_invoice(self, invoice):
        """What follows from the bill before the patient pays. Insurance files the claim here.

        :param invoice: the posted bill of the visit, as the server
        """

    def _take_payment(self):
        if self.payment == "now":
            self.guarantor_id._dental_receive(
                self.amount, self._journal(), self.appointment_id, self.payment_note
            )
            self.paid_amount = self.amount
