# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.dental_coordinator.models.say_moment import say_moment

from ..reckoning import exact


class DentalAppointment(models.Model):
    """A visit becomes a bill: one invoice to the guarantor, at the office fee."""

    _inherit = "dental.appointment"

    invoice_ids = fields.One2many(
        "account.move",
        "dental_appointment_id",
        domain=[("dental_kind", "=", "invoice")],
        groups="dental_coordinator.group_billing",
    )

    # Actions

    def action_done(self):
        """Close the visit; where there is something to bill or hand on, by way of the checkout."""
        desk = self.env["dental.checkout"]
        if len(self) == 1 and desk._visit_procedures(self) and desk.has_access("create"):
            return self.action_open_checkout()
        return super().action_done()

    def action_open_checkout(self):
        """Open the one page on which a visit is closed."""
        self.ensure_one()
        return self.env["dental.checkout"]._open(self)

    # Business

    def _check_gate(self, step):
        """Nobody leaves silently: what was to be done is billed, or handed on, at the checkout."""
        items = super()._check_gate(step)
        if step == "done" and self.env["dental.checkout"]._visit_procedures(self):
            items.append(
                {
                    "severity": "stop",
                    "reason": self.env._("procedures are not billed or handed on: check out."),
                    "fix": "action_open_checkout",
                }
            )
        return items

    def _bill(self):
        """Bill what was done in this visit and stands on no bill. The caller checked the rights.

        :return: the posted invoice; empty when nothing was done
        :raises UserError: when a fee or a usable guarantor is missing, or it is billed already
        """
        self.ensure_one()
        visit = self.sudo()
        procedures = visit._billable_procedures()
        if not procedures:
            return self.env["account.move"]
        visit._check_billable(procedures)
        invoice = (
            self.env["account.move"]
            .sudo()
            .with_company(visit.company_id)
            .with_context(mail_create_nosubscribe=True)
            .create(visit._prepare_invoice_vals(procedures))
        )
        invoice.action_post()
        procedures._set_billed(invoice)
        return invoice.with_env(self.env)

    def _billable_procedures(self):
        """What was done in this visit and stands on no bill."""
        return self.procedure_ids.filtered(
            lambda procedure: procedure.state == "done" and not procedure.invoice_line_id
        ).sorted(lambda procedure: (procedure.sequence, procedure.id))

    def _check_billable(self, procedures):
        reasons = [
            self.env._(
                "%(procedure)s: code %(code)s has no office fee. Set it on the code (0.00 where "
                "nothing is charged), or type the fee into the procedure.",
                procedure=procedure.number,
                code=procedure.code_id.code,
            )
            for procedure in procedures.filtered("fee_missing")
        ]
        guarantor = self.patient_id.guarantor_id
        if guarantor.commercial_partner_id != guarantor:
            reasons.append(
                self.env._(
                    "%(patient)s: the guarantor is a contact of a company, so the bill would go to "
                    "that company. Name another guarantor, or take the contact out of the company.",
                    patient=self.patient_id.number,
                )
            )
        billed = self._standing_bill()
        if billed:
            reasons.append(
                self.env._(
                    "%(visit)s is billed already on %(invoice)s. Undo that bill first.",
                    visit=self.number,
                    invoice=billed.name,
                )
            )
        if reasons:
            raise UserError("\n".join(reasons))

    def _standing_bill(self):
        """The invoice of this visit that has not been undone."""
        return self.sudo().invoice_ids.filtered(
            lambda move: move.state != "cancel" and not move.dental_undone
        )

    def _prepare_invoice_vals(self, procedures):
        """Values of the bill. Nothing on it tells what was done: only numbers and own codes."""
        self.ensure_one()
        guarantor = self.patient_id.guarantor_id.with_company(self.company_id)
        day = self._local_day()
        # Without payment terms Odoo would let a bill fall due on the day it is entered.
        due = {} if guarantor.property_payment_term_id else {"invoice_date_due": day}
        return {
            "move_type": "out_invoice",
            "company_id": self.company_id.id,
            "partner_id": guarantor.id,
            "currency_id": self.company_id.currency_id.id,
            "invoice_date": day,
            **due,
            "ref": self.number,
            "dental_kind": "invoice",
            "dental_patient_id": self.patient_id.id,
            "dental_appointment_id": self.id,
            "invoice_line_ids": [
                Command.create(self._prepare_invoice_line_vals(procedure))
                for procedure in procedures
            ],
        }

    def _prepare_invoice_line_vals(self, procedure):
        return {
            "product_id": procedure.code_id._product().id,
            "name": self.env._(
                "Dental services, visit %(visit)s, %(procedure)s %(code)s",
                visit=self.number,
                procedure=procedure.number,
                code=procedure.code_id.code,
            ),
            "quantity": 1,
            "price_unit": procedure.fee,
            "dental_procedure_id": procedure.id,
        }

    def _to_bill(self):
        """Whether something that was done in this visit stands on no bill."""
        return bool(self.sudo()._billable_procedures())

    def _why_no_checkout(self):
        """Why this visit cannot be checked out: closed already, by whom and when, or not begun."""
        self.ensure_one()
        closed = self.sudo().visit_event_ids.filtered(lambda event: event.status == "done")[:1]
        if closed:
            return self.env._(
                "%(visit)s was closed by %(user)s, %(when)s. Nothing is left to do here.",
                visit=self.number,
                user=closed.user_id.name,
                when=say_moment(self.env, closed.at, self.company_id),
            )
        return self.env._("%s has not begun: check the patient in first.", self.number)

    def _open_money(self):
        """What is open for the guarantor on this visit, and what else than payments closed of it.

        :return: {"open", "credited", "on_plan"}: Decimals; read as the server
        """
        self.ensure_one()
        payers = (
            self.sudo().company_id.dental_insurance_receivable_account_id
            | self.sudo().company_id.dental_allocation_account_id
        )
        lines = (
            self.env["account.move.line"]
            .sudo()
            .search(
                [
                    ("dental_appointment_id", "=", self.id),
                    ("parent_state", "=", "posted"),
                    ("account_type", "=", "asset_receivable"),
                    ("account_id", "not in", payers.ids),
                ]
            )
        )
        debits = lines.filtered(lambda line: line.balance > 0 and not line.move_id.dental_undone)
        return {
            "open": exact(sum(lines.mapped("amount_residual"))),
            "credited": exact(sum(debits._dental_credited())),
            "on_plan": exact(sum(lines._dental_on_plan())),
        }
