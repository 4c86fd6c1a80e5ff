# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import models

from ..reckoning import spread
from ..wording import Charge


class DentalProcedure(models.Model):
    """What became of the fee of a billed procedure."""

    _inherit = "dental.procedure"

    # Business

    def _set_billed(self, invoice):
        """Note the invoice line of each procedure: from here on it is a matter of money."""
        lines = {line.dental_procedure_id: line for line in invoice.invoice_line_ids}
        for procedure in self:
            procedure.invoice_line_id = lines[procedure]
        self._set_state("billed")

    def _unbill(self):
        """Take procedures off an undone bill; they can be billed again."""
        self.invoice_line_id = False
        self._set_state("done")

    def _plan_shares(self):
        """What plans did about these fees. Insurance overrides it.

        :return: {procedure: (paid, pending, written off)}, Decimals; procedures without a plan are
            left out
        """
        return {}

    def _charges(self):
        """What became of each billed fee.

        What the patient still owes is known by visit (the ledger's open items); it is laid on the
        visit's procedures in their order.

        :return: {procedure: wording.Charge}, read as the server
        """
        charges = {}
        shares = self._visit_procedures()._plan_shares()
        for visit, procedures in self._visit_procedures().grouped("appointment_id").items():
            charges.update(procedures._visit_charges(visit, shares))
        return {procedure: charges[procedure.id] for procedure in self}

    def _visit_procedures(self):
        """All billed procedures of the visits of these, in the order of their bill."""
        visits = self.sudo().appointment_id
        return visits.procedure_ids.filtered("invoice_line_id")._estimate_order()

    def _visit_charges(self, visit, shares):
        billed = self._billed_money()
        fees = [billed[procedure][0] for procedure in self]
        plans = [shares.get(procedure, (Decimal(0), Decimal(0), Decimal(0))) for procedure in self]
        own = [fee - sum(plan) for fee, plan in zip(fees, plans, strict=True)]
        money = visit._open_money()
        credited = spread(money["credited"], own)
        own = [part - off for part, off in zip(own, credited, strict=True)]
        paid = spread(sum(own) - money["open"] - money["on_plan"], own)
        due = [mine - part for mine, part in zip(own, paid, strict=True)]
        on_plan = spread(money["on_plan"], due)
        return {
            procedure.id: Charge(
                what=procedure.code_id.name.lower(),
                fee=fee,
                plan_paid=plan[0],
                plan_pending=plan[1],
                written_off=plan[2],
                credited=off,
                paid=part,
                on_plan=later,
                left=mine - later,
            )
            for procedure, fee, plan, off, part, later, mine in zip(
                self, fees, plans, credited, paid, on_plan, due, strict=True
            )
        }
