# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date, formatLang

from ..reckoning import ageing, exact
from ..wording import account_sentence, charge_sentence

AGES = ("age_30", "age_60", "age_90", "age_older")


class DentalStatement(models.Model):
    """What a statement takes from the ledger, once."""

    _inherit = "dental.statement"

    # Business

    def _take_snapshot(self):
        """Write down the account of the guarantor as the ledger shows it now."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        items = self.guarantor_id._dental_open_items(self.company_id)
        procedures = self._told_procedures(items)
        self._check_may_open(procedures.patient_id)
        rows = self._procedure_rows(procedures)
        if self.kind == "statement":
            rows += self._other_rows(items)
        ages = ageing([(i.date_maturity or i.date, i.amount_residual) for i in items], today)
        self.write(
            {
                "as_of": today,
                "patient_ids": [Command.set(procedures.patient_id.ids)],
                "line_ids": [Command.clear(), *[Command.create(row) for row in rows]],
                **dict(zip(AGES, ages, strict=True)),
                **self._account_vals(items),
            }
        )

    def _told_procedures(self, items):
        """Billed procedures that belong on this statement, in the order of their bills."""
        visits = self.appointment_id
        if self.kind == "statement":
            visits = items.dental_appointment_id
            if self.date_from:
                visits |= self._visits_since(self.date_from)
        procedures = visits.sudo().procedure_ids.filtered("invoice_line_id")
        return procedures.sorted(lambda p: (p.appointment_id.start, p.sequence, p.id))

    def _visits_since(self, day):
        bills = self.env["account.move"].sudo()
        return bills.search(
            [
                ("partner_id", "=", self.guarantor_id.id),
                ("company_id", "=", self.company_id.id),
                ("dental_kind", "=", "invoice"),
                ("state", "=", "posted"),
                ("invoice_date", ">=", day),
            ]
        ).dental_appointment_id

    def _check_may_open(self, patients):
        """A statement tells what was done: whoever makes it may open every file on it."""
        closed = patients.with_env(self.env).filtered(lambda patient: not patient.may_open)
        if closed and not self.env.su:
            raise UserError(
                self.env._(
                    "This account holds the restricted file %s. Ask its care team to make the "
                    "statement, or open the file with a reason first.",
                    closed[0].sudo().number,
                )
            )

    def _procedure_rows(self, procedures):
        """Values of the lines, one a procedure, with the sentence that explains it."""
        charges = procedures._charges()
        return [
            self._prepare_charge_row(index, procedure, charges[procedure])
            for index, procedure in enumerate(procedures, start=1)
        ]

    def _prepare_charge_row(self, index, procedure, charge):
        visit = procedure.appointment_id
        patient = procedure.patient_id
        if patient.restricted:
            charge = replace(charge, what=self.env._("visit %s", visit.number))
        if patient.partner_id != self.guarantor_id:
            charge = replace(charge, whose=patient.preferred_name or patient.first_name)
        return {
            "sequence": index,
            "date": visit._local_day(),
            "patient_id": patient.id,
            "appointment_id": visit.id,
            "procedure_id": procedure.id,
            "label": self.env._("Visit %s", visit.number)
            if patient.restricted
            else procedure._estimate_description(),
            "fee": charge.fee,
            "plan_paid": charge.plan_paid,
            "plan_pending": charge.plan_pending,
            "written_off": charge.written_off + charge.credited,
            "paid": charge.paid,
            "left": charge.left,
            "sentence": charge_sentence(charge, self.env._, self._money),
        }

    def _other_rows(self, items):
        """Values of the lines for what is open beside visits: payments made ahead, other bills."""
        others = items.filtered(lambda item: not item.dental_appointment_id)
        return [
            {
                "sequence": 1000,
                "date": item.date,
                "label": self._other_label(item),
                "left": item.amount_residual,
            }
            for item in others
        ]

    def _other_label(self, item):
        if item.amount_residual < 0:
            return self.env._("Payment not yet laid on a bill")
        if item.move_id.dental_kind == "installments":
            return self.env._(
                "Installment of %(plan)s, due on %(day)s",
                plan=item.name,
                day=format_date(self.env, item.date_maturity),
            )
        return item.move_id.name

    def _account_vals(self, items):
        """What is due in all, what plans are expected to pay, and both in a sentence."""
        guarantor, company = self.guarantor_id, self.company_id
        due = guarantor._dental_balance(company)
        pending = guarantor._dental_plan_pending(company)[guarantor]
        ahead = -sum(item.amount_residual for item in items if item.amount_residual < 0)
        return {
            "amount_due": due,
            "insurance_pending": pending,
            "sentence": account_sentence(
                exact(due), exact(pending), exact(ahead) if due > 0 else 0, self.env._, self._money
            ),
        }

    def _money(self, amount):
        """An amount as it stands in a sentence, the way the reader's language writes it."""
        return formatLang(self.env, float(amount), digits=self.currency_id.decimal_places)
