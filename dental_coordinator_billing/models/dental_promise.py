# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL, format_date, formatLang

from odoo.addons.dental_coordinator.models.one_by_one import one_by_one

from ..collecting import judge
from ..reckoning import exact

PAID = """
    SELECT promise.id, -SUM(line.balance)
      FROM dental_promise promise
      JOIN res_company company ON company.id = promise.company_id
      JOIN account_move_line line ON line.partner_id = promise.guarantor_id
       AND line.company_id = promise.company_id
       AND line.date BETWEEN promise.made_on AND promise.date
      JOIN account_account account ON account.id = line.account_id
     WHERE promise.id IN %(ids)s
       AND line.parent_state = 'posted'
       AND (line.payment_id IS NOT NULL OR line.statement_line_id IS NOT NULL)
       AND account.account_type = 'asset_receivable'
       AND account.id IS DISTINCT FROM company.dental_insurance_receivable_account_id
       AND account.id IS DISTINCT FROM company.dental_allocation_account_id
     GROUP BY promise.id
"""


class DentalPromise(models.Model):
    """Somebody said what he will pay until when; the ledger says whether he did."""

    _name = "dental.promise"
    _inherit = ["dental.numbered.mixin", "dental.account.mixin"]
    _description = "Promise to pay"
    _order = "date desc, id desc"

    case_id = fields.Many2one(
        "dental.collection.case", required=True, readonly=True, ondelete="restrict", index=True
    )
    amount = fields.Monetary(required=True, readonly=True)
    date = fields.Date(string="Until", required=True, readonly=True)
    made_on = fields.Date(
        required=True,
        readonly=True,
        string="Promised on",
        default=lambda self: fields.Date.context_today(self),
    )
    made_by_id = fields.Many2one(
        "res.users",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
        string="Noted by",
    )
    paid_before = fields.Monetary(
        readonly=True, help="Paid on the day of the promise, before it was made."
    )
    paid = fields.Monetary(string="Paid in time", readonly=True)
    state = fields.Selection(
        [
            ("open", "Open"),
            ("kept", "Kept"),
            ("broken", "Broken"),
            ("settled", "Settled otherwise"),
            ("taken_back", "Taken back"),
        ],
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    decided_on = fields.Date(readonly=True, string="Decided on")

    _amount_positive = models.Constraint("CHECK (amount > 0)", "Promise: enter an amount above 0.")
    _date_ahead = models.Constraint(
        "CHECK (date >= made_on)", "Promise: its day cannot lie in the past."
    )
    _one_open = models.UniqueIndex(
        "(case_id) WHERE state = 'open'",
        "A promise for this account is open already. Look at it, or take it back first.",
    )

    # Actions

    def action_take_back(self):
        """It was noted by mistake, or the patient says something else now."""
        for promise in self.filtered(lambda one: one.state == "open"):
            promise._take_back()
            promise.case_id.promise_id = False
        return True

    # Business

    def _paid_in_time(self):
        """{promise: what the guarantor paid since he made it, and in time}"""
        found = {}
        if self.ids:
            self.env.flush_all()
            found = dict(self.env.execute_query(SQL(PAID, ids=tuple(self.ids))))
        return {promise: (found.get(promise.id) or 0) for promise in self}

    def _begin(self):
        """Note what was paid on this day already: it keeps no promise."""
        for promise, paid in self._paid_in_time().items():
            promise.paid_before = paid
            promise.case_id.promise_id = promise

    def _take_back(self):
        self.write({"state": "taken_back", "decided_on": fields.Date.context_today(self)})

    def _cron_decide(self):
        """Let the ledger decide the open promises; a broken one is work again."""
        promises = self.search([("state", "=", "open")])
        one_by_one(self.env, list(promises), lambda one: one._decide())

    def _decide(self):
        for promise, paid in self._paid_in_time().items():
            if promise.state != "open":
                continue
            since = exact(paid) - exact(promise.paid_before)
            owes = exact(promise.guarantor_id._dental_balance(promise.company_id))
            today = promise.company_id._dental_day()  # the job's own clock may be a day ahead
            verdict = judge(exact(promise.amount), promise.date, since, owes, today)
            if verdict != "open":
                promise._settle(verdict, since)

    def _settle(self, verdict, paid):
        today = self.company_id._dental_day()
        self.write({"state": verdict, "paid": float(paid), "decided_on": today})
        words = {
            "promise": self.number,
            "amount": formatLang(self.env, self.amount, currency_obj=self.currency_id),
            "day": format_date(self.env, self.date),
        }
        steps = {
            "kept": self.env._("%(promise)s was kept: look at what is left", **words),
            "broken": self.env._("%(promise)s, %(amount)s until %(day)s, is broken: call", **words),
            "settled": self.env._("%(promise)s is not needed any more", **words),
        }
        self.case_id.write({"promise_id": False, "next_action": steps[verdict], "next_date": today})
