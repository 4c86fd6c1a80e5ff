# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.dental_coordinator.models.dental_procedure import DONE, OPEN

from ..reckoning import exact


class DentalCheckout(models.TransientModel):
    """The end of a visit on one page: what was done, who pays what, what comes next."""

    _name = "dental.checkout"
    _inherit = "dental.desk.mixin"
    _description = "Checkout"

    appointment_id = fields.Many2one(
        "dental.appointment", string="Visit", required=True, readonly=True, ondelete="cascade"
    )
    patient_id = fields.Many2one(related="appointment_id.patient_id")
    guarantor_id = fields.Many2one(related="patient_id.guarantor_id", string="Bill to")
    company_id = fields.Many2one(related="appointment_id.company_id")
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed")], default="open", required=True, readonly=True
    )
    line_ids = fields.One2many("dental.checkout.line", "checkout_id")
    hands_on = fields.Boolean(
        compute="_compute_hands_on", help="Something was not done today.", string="Hands on"
    )
    # Money
    fee = fields.Monetary(string="Today's fees", compute="_compute_money")
    tax = fields.Monetary(compute="_compute_money")
    plan_amount = fields.Monetary(string="Plan part", compute="_compute_money")
    write_off = fields.Monetary(string="Write-off", compute="_compute_money")
    patient_amount = fields.Monetary(string="Your part", compute="_compute_money")
    old_balance = fields.Monetary(string="Old balance", compute="_compute_money")
    due_now = fields.Monetary(string="Due now", compute="_compute_money")
    payment = fields.Selection(
        [("now", "Pays now"), ("later", "Nothing today")],
        help="Say it either way, so that a payment is never forgotten.",
    )
    # Next
    next_appointment_id = fields.Many2one(
        "dental.appointment", string="Next visit", compute="_compute_next"
    )
    next_recall = fields.Date(related="patient_id.recall_due")
    leaves_without = fields.Char(
        string="Why none",
        help="Neither a visit nor a recall is planned: say why, in a few words.",
    )
    # After
    estimate_id = fields.Many2one("dental.estimate", readonly=True)
    invoice_name = fields.Char(string="Bill", readonly=True)
    paid_amount = fields.Monetary(string="Paid", readonly=True)
    left_amount = fields.Monetary(string="Owes now", readonly=True)
    statement_id = fields.Many2one("dental.statement", readonly=True)

    # Computes

    @api.depends("appointment_id")
    def _compute_display_name(self):
        for checkout in self:
            checkout.display_name = self.env._("Checkout %s", checkout.appointment_id.number)

    @api.depends("line_ids.done")
    def _compute_hands_on(self):
        for checkout in self:
            checkout.hands_on = not all(checkout.line_ids.mapped("done"))

    @api.depends("line_ids.done", "line_ids.patient_amount")
    def _compute_money(self):
        for checkout in self:
            done = checkout.line_ids.filtered("done")
            for name in ("fee", "tax", "plan_amount", "write_off", "patient_amount"):
                checkout[name] = sum(done.mapped(name))
            checkout.old_balance = checkout.guarantor_id._dental_balance(checkout.company_id)
            checkout.due_now = checkout.old_balance + checkout.patient_amount

    @api.depends("patient_id")
    def _compute_next(self):
        for checkout in self:
            checkout.next_appointment_id = checkout.patient_id.next_appointment_id

    # Onchange

    @api.onchange("payment", "line_ids")
    def _onchange_payment(self):
        """Propose what is due. Only on screen: what was entered is never changed by the server."""
        self.amount = max(self.due_now, 0.0) if self.payment == "now" else 0.0

    # Actions

    def action_book_next(self):
        """Look for the next visit; the page keeps what was entered."""
        self.ensure_one()
        return self.patient_id.action_book()

    # Business

    @api.model
    def _open(self, visit):
        """Prepare the page for a visit.

        :raises UserError: when the visit is closed already, or cannot be closed yet
        """
        visit.ensure_one()
        if not visit._is_inside() and not (visit.status == "done" and visit._to_bill()):
            raise UserError(visit._why_no_checkout())
        checkout = self.create(
            {
                "appointment_id": visit.id,
                "line_ids": [
                    Command.create({"procedure_id": procedure.id})
                    for procedure in self._visit_procedures(visit)
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Checkout %s", visit.number),
            "res_model": self._name,
            "res_id": checkout.id,
            "views": [(False, "form")],
        }

    @api.model
    def _visit_procedures(self, visit):
        """What was to be done in this visit or was, and stands on no bill."""
        return visit.procedure_ids.filtered(
            lambda procedure: procedure.state in (*OPEN, *DONE) and not procedure.invoice_line_id
        )._estimate_order()

    def _figures(self):
        """{procedure id: its figures today}; once closed, those that were told at closing."""
        if self.estimate_id:
            return {line.procedure_id.id: line for line in self.estimate_id.line_ids}
        if not self.appointment_id:
            return {}
        done = self.line_ids.filtered("done").procedure_id._estimate_order()
        rows = done._estimate_rows(self.appointment_id._local_day())
        return {row["procedure_id"]: row for row in rows}

    def _undecided(self):
        """What is still open on the page: texts that say what to enter."""
        self.ensure_one()
        texts = [line._undecided() for line in self.line_ids]
        if exact(self.due_now) > 0 and not self.payment:
            texts.append(self.env._("Payment: does the patient pay now?"))
        if self.payment == "now" and exact(self.amount) <= 0:
            texts.append(self.env._("Payment: enter the amount that was paid."))
        if not (self.next_appointment_id or self.next_recall or self.leaves_without):
            texts.append(self.env._("Next visit: book one, or say why there is none."))
        return [text for text in texts if text]
