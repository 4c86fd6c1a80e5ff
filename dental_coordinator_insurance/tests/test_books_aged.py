# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import SQL

from .common import DentalInsuranceCase

# As reports on aged receivables reckon: what was posted by a day, less what was matched by it.
AS_OF = """
    SELECT item.partner_id,
           SUM(item.balance
               - COALESCE((SELECT SUM(amount) FROM account_partial_reconcile
                            WHERE debit_move_id = item.id AND max_date <= %(day)s), 0)
               + COALESCE((SELECT SUM(amount) FROM account_partial_reconcile
                            WHERE credit_move_id = item.id AND max_date <= %(day)s), 0))
      FROM account_move_line item
      JOIN account_account account ON account.id = item.account_id
     WHERE item.company_id = %(company)s
       AND item.parent_state = 'posted'
       AND account.account_type = 'asset_receivable'
       AND item.date <= %(day)s
  GROUP BY item.partner_id
"""


@tagged("post_install", "-at_install")
class TestBooksAged(DentalInsuranceCase):
    def test_past_days_say_what_was_said_on_them(self):
        """The ledger as of any past day agrees with what claims and account said that day."""
        self._usual_rules()
        self.payer._dental_make_payers(self.company)
        said = {}
        for days, step in sorted(self._steps().items(), reverse=True):
            day = date.today() - timedelta(days=days)
            with freeze_time(f"{day} 15:00:00"):
                step()
                self.env.flush_all()
                claims = self.env["dental.claim"].search([("company_id", "=", self.company.id)])
                said[day] = (sum(claims.mapped("open_amount")), self._owes())
        self.assertEqual(
            list(said.values()),
            [(435.0, 485.0), (435.0, 385.0), (0.0, 405.0), (0.0, 405.0), (435.0, 385.0), (0, 1050)],
        )
        for day, (payer, guarantor) in said.items():
            query = SQL(AS_OF, day=day, company=self.company.id)
            found = {partner: float(amount) for partner, amount in self.env.execute_query(query)}
            self.assertEqual(
                (found.get(self.payer.id, 0.0), found.get(self.guarantor.id, 0.0)),
                (payer, guarantor),
                day,
            )

    def _steps(self):
        return {
            60: self._visit,
            50: lambda: self.guarantor._dental_receive(100.0, self.journal, self.visit),
            40: self._answer,
            30: self._plan,
            20: self._undo,
            10: self._void,
        }

    def _visit(self):
        self.visit, self.claim, self.raw = self._sent("crown")

    def _answer(self):
        rows = [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 455)]
        self.remittance = self._pay(self.raw, lambda c, line: rows)
        self.remittance.action_post()

    def _plan(self):
        plans = self.env["dental.payment.plan"].with_user(self.billing)
        self.plan = plans.create({"patient_id": self.patient.id})
        self.plan.action_post()

    def _undo(self):
        """The money goes back as well: the payer's part is open, and nothing waits."""
        self.plan.action_undo()
        payment = self.remittance.sudo().payment_id
        self.remittance.action_reverse()
        payment.with_user(self.billing).sudo().move_id._reverse_moves(cancel=True)

    def _void(self):
        self.claim.action_undo_sending()
        self.claim.action_void()
