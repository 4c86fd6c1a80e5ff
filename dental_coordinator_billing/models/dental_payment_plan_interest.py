# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace

from odoo import api, fields, models
from odoo.fields import Command

from ..installments import InstallmentError, earned, free_until
from ..reckoning import exact

AGREED_BY = [("count", "Their number"), ("payment", "Their amount")]


class DentalPaymentPlan(models.Model):
    """Interest of a plan: told before it is agreed, charged on its day by an entry of its own."""

    _inherit = "dental.payment.plan"

    by = fields.Selection(
        AGREED_BY,
        string="Installments agreed by",
        required=True,
        default="count",
    )
    payment = fields.Monetary(string="Each installment")
    apr = fields.Float(string="Interest a year (%)", digits=(5, 2))
    interest_free = fields.Selection(
        [
            ("no", "From the first installment"),
            ("first", "After some installments"),
            ("until", "From a day"),
        ],
        string="Interest runs",
        required=True,
        default="no",
    )
    interest_free_count = fields.Integer(string="Installments without interest")
    interest_from = fields.Date(string="Interest runs from")
    interest_total = fields.Monetary(
        compute="_compute_totals", compute_sudo=True, string="Interest in all"
    )
    total = fields.Monetary(compute="_compute_totals", compute_sudo=True, string="To pay in all")
    last_date = fields.Date(
        compute="_compute_totals", compute_sudo=True, string="Last installment on"
    )
    interest_charged = fields.Monetary(
        compute="_compute_interest_charged", compute_sudo=True, string="Interest charged so far"
    )
    interest_move_ids = fields.One2many(
        "account.move",
        "dental_payment_plan_id",
        domain=[("dental_kind", "=", "interest")],
        string="Entries of interest",
        readonly=True,
        groups="dental_coordinator.group_billing",
    )

    _apr_sane = models.Constraint(
        "CHECK (apr >= 0 AND apr <= 100)", "The yearly rate lies between 0 and 100 %."
    )
    _free_count_positive = models.Constraint(
        "CHECK (interest_free_count >= 0)",
        "The number of installments without interest cannot be negative.",
    )

    # Computes

    @api.depends("by", "payment", "apr", "interest_free", "interest_free_count", "interest_from")
    def _compute_schedule(self):
        return super()._compute_schedule()

    @api.depends("interest_move_ids.line_ids.amount_residual")
    def _compute_left(self):
        return super()._compute_left()

    @api.depends("schedule")
    def _compute_totals(self):
        for plan in self:
            try:
                rows = plan._rows()
            except InstallmentError:
                rows = []
            plan.interest_total = float(sum(row.interest for row in rows))
            plan.total = float(sum(row.payment for row in rows))
            plan.last_date = rows[-1].date if rows else False

    @api.depends("interest_move_ids.amount_total", "state")
    def _compute_interest_charged(self):
        for plan in self:
            undone = plan.state == "undone"
            plan.interest_charged = 0 if undone else sum(plan._interest_items().mapped("balance"))

    # Business

    def _terms(self, principal):
        terms = super()._terms(principal)
        if self.by == "payment":
            terms = replace(terms, count=None, payment=exact(self.payment))
        if not self.apr:
            return terms
        since = self.interest_from if self.interest_free == "until" else None
        if self.interest_free == "first" and self.interest_free_count:
            since = free_until(terms, self.interest_free_count)
        return replace(terms, apr=exact(self.apr), interest_from=since or None)

    def _interest_items(self):
        moves = self.sudo().interest_move_ids
        return moves.line_ids.filtered(lambda item: item.account_type == "asset_receivable")

    def _unpaid_items(self):
        interest = self._interest_items().filtered(lambda item: not item.reconciled)
        return (super()._unpaid_items() | interest).sorted("date_maturity")

    def _charge_interest(self, day):
        """Charge what was earned by a day and is not charged yet, one entry an installment.

        :return: the posted entries
        """
        self.ensure_one()
        moves = self.env["account.move"].sudo()
        if self.state != "active" or not self.apr:
            return moves
        charged = set(self.sudo().interest_move_ids.mapped("dental_installment"))
        terms, begins = self._terms(self.principal), self.date
        for row in self._rows():
            if row.date > day:
                break
            if row.interest and row.number not in charged:
                moves |= self._charge_row(terms, row, begins)
            begins = row.date
        return moves

    def _charge_row(self, terms, row, begins):
        at_end = self._unpaid_after(fields.Date.subtract(row.date, days=1))
        amount = earned(terms, row, self._unpaid_after(begins), at_end)
        if not amount:
            return self.env["account.move"]
        move = self.env["account.move"].sudo().create(self._prepare_interest_vals(row, amount))
        move.action_post()
        self._pay_interest(move)
        return move

    def _unpaid_after(self, day):
        """Principal on the plan that was unpaid when a day was over."""
        paid = self._installment_items().matched_credit_ids.filtered(
            lambda partial: partial.credit_move_id.date <= day
        )
        return exact(self.principal) - sum(exact(partial.amount) for partial in paid)

    def _prepare_interest_vals(self, row, amount):
        """The entry of one installment's interest. Numbers only."""
        company = self.company_id
        owed = self._installment_items()[:1].account_id
        earns = company._dental_setting("dental_interest_account_id")
        return {
            "move_type": "entry",
            "company_id": company.id,
            "journal_id": company._dental_setting("dental_journal_id").id,
            "date": row.date,
            "ref": self.number,
            "dental_kind": "interest",
            "dental_patient_id": self.patient_id.id,
            "dental_payment_plan_id": self.id,
            "dental_installment": row.number,
            "line_ids": [
                Command.create(self._prepare_item_vals(owed, float(amount), row.date)),
                Command.create(self._prepare_item_vals(earns, -float(amount), False)),
            ],
        }

    def _pay_interest(self, move):
        """What was paid ahead pays the interest first: credit, then what lies on later days."""
        interest = move.line_ids.filtered(lambda item: item.account_type == "asset_receivable")
        self.guarantor_id._dental_apply_credits(interest, self.company_id)
        later = self._installment_items().filtered(
            lambda item: item.date_maturity > interest.date_maturity
        )
        for item in later.sorted("date_maturity", reverse=True):
            for partial in item.matched_credit_ids:
                if interest.reconciled:
                    return
                credit = partial.credit_move_id
                partial.unlink()
                credit._dental_settle(interest | item)

    def _undo(self):
        """As if it had not been: interest goes back too, and what was paid on it pays the rest."""
        if self.state == "active" and self.sudo().interest_move_ids:
            self._reverse(self.sudo().interest_move_ids, "interest")
        return super()._undo()
