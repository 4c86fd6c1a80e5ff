# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

from odoo.addons.dental_coordinator.models.lock_alone import lock_alone

from ..installments import InstallmentError, Terms, schedule
from ..reckoning import exact, unit

RHYTHMS = [
    ("weekly", "Every week"),
    ("every_other_week", "Every two weeks"),
    ("ordinal_weekday", "Same weekday of the month"),
    ("monthly", "Every month"),
    ("quarterly", "Every three months"),
]
AGREED = {
    "guarantor_id",
    "date",
    "first_date",
    "by",
    "count",
    "payment",
    "frequency",
    "down_payment",
    "apr",
    "interest_free",
    "interest_free_count",
    "interest_from",
    "template_id",
    "principal",
}


class DentalPaymentPlan(models.Model):
    """What a guarantor owes, agreed to be paid in installments.

    Once in effect his open items are closed, and one an installment stands open, each due on its
    day: ageing, statements and the portal follow. Undoing it is the mirror.
    """

    _name = "dental.payment.plan"
    _inherit = ["dental.numbered.mixin", "dental.patient.mixin"]
    _description = "Payment plan"
    _order = "id desc"

    guarantor_id = fields.Many2one(
        "res.partner",
        compute="_compute_guarantor_id",
        store=True,
        precompute=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        string="Who pays",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("active", "In effect"),
            ("closed", "Closed"),
            ("undone", "Undone"),
        ],
        required=True,
        readonly=True,
        default="draft",
        index=True,
        copy=False,
    )
    date = fields.Date(
        string="Agreed on", required=True, default=lambda self: fields.Date.context_today(self)
    )
    first_date = fields.Date(
        string="First installment on",
        required=True,
        default=lambda self: fields.Date.context_today(self) + relativedelta(months=1),
    )
    count = fields.Integer(string="Number of installments", required=True, default=3)
    frequency = fields.Selection(RHYTHMS, required=True, default="monthly")
    down_payment = fields.Monetary(help="Due on the day of the agreement.", string="Down payment")
    owed = fields.Monetary(
        compute="_compute_owed", compute_sudo=True, string="Owed and on no plan yet"
    )
    principal = fields.Monetary(readonly=True, copy=False, string="On the plan")
    left = fields.Monetary(compute="_compute_left", compute_sudo=True, string="Still to pay")
    next_due = fields.Date(compute="_compute_left", compute_sudo=True, string="Next due")
    schedule = fields.Text(compute="_compute_schedule", compute_sudo=True, string="Installments")
    move_id = fields.Many2one(
        "account.move",
        string="Entry",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="dental_coordinator.group_billing",
    )

    _count_positive = models.Constraint("CHECK (count > 0)", "A plan has one installment at least.")
    _down_payment_positive = models.Constraint(
        "CHECK (down_payment >= 0)", "A down payment cannot be negative."
    )
    _one_entry = models.UniqueIndex("(move_id)", "This entry belongs to a payment plan already.")

    # Computes

    @api.depends("patient_id")
    def _compute_guarantor_id(self):
        for plan in self:
            plan.guarantor_id = plan.patient_id.sudo().guarantor_id

    @api.depends("patient_id", "state")
    def _compute_owed(self):
        for plan in self:
            plan.owed = sum(plan._items_to_move().mapped("amount_residual"))

    @api.depends("state", "move_id.line_ids.amount_residual")
    def _compute_left(self):
        for plan in self:
            unpaid = plan._unpaid_items()
            active = plan.state == "active"
            plan.left = sum(unpaid.mapped("amount_residual")) if active else 0.0
            plan.next_due = unpaid[:1].date_maturity if active else False

    @api.depends("state", "owed", "first_date", "count", "frequency", "down_payment", "date")
    def _compute_schedule(self):
        for plan in self:
            try:
                plan.schedule = "\n".join(plan._told_row(row) for row in plan._rows())
            except InstallmentError as error:
                plan.schedule = str(error)

    # CRUD

    def write(self, vals):
        if AGREED & vals.keys():
            for plan in self.filtered(lambda one: one.state != "draft"):
                raise UserError(
                    self.env._(
                        "%s is in effect as it was agreed. Undo it, and agree on a new one.",
                        plan.number,
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_drafts(self):
        for plan in self.filtered(lambda one: one.state != "draft"):
            raise UserError(
                self.env._("%s was in effect and is kept. Undo it instead.", plan.number)
            )

    # Actions

    def action_post(self):
        """Put these plans into effect."""
        for plan in self:
            lock_alone(plan)
            plan._post()
        return True

    def action_undo(self):
        """Take these plans back: what they moved is owed as before, less what was paid."""
        for plan in self:
            lock_alone(plan)
            plan._undo()
        return True

    # Business

    def _items_to_move(self):
        """What the guarantor owes and is on no plan yet, oldest first."""
        self.ensure_one()
        items = self.guarantor_id._dental_open_items(self.company_id)
        return items.filtered(
            lambda item: item.balance > 0
            and item.move_id.dental_kind != "installments"
            and item.move_id.dental_payment_plan_id.state != "active"
        )

    def _installment_items(self):
        """The items that fall due one after the other."""
        items = self.sudo().move_id.line_ids.filtered(lambda item: item.balance > 0)
        return items.sorted("date_maturity")

    def _unpaid_items(self):
        """What is open of this plan, whatever fell or falls due first."""
        return self._installment_items().filtered(lambda item: not item.reconciled)

    def _rows(self):
        """Installments as agreed, or as they would be.

        :raises InstallmentError: for terms that are no plan
        """
        return schedule(self._terms(self.owed if self.state == "draft" else self.principal))

    def _told_row(self, row):
        day, money = format_date(self.env, row.date), self.currency_id.format
        if not row.interest:
            return f"{day}: {money(float(row.payment))}"
        return self.env._(
            "%(day)s: %(amount)s, of it interest %(interest)s",
            day=day,
            amount=money(float(row.payment)),
            interest=money(float(row.interest)),
        )

    def _terms(self, principal):
        return Terms(
            exact(principal),
            self.first_date,
            count=self.count,
            frequency=self.frequency,
            down_payment=exact(self.down_payment),
            plan_date=self.date,
            cent=unit(self.currency_id.decimal_places),
        )

    def _post(self):
        self._check_postable()
        items = self._items_to_move()
        self.guarantor_id._dental_apply_credits(items, self.company_id)
        items = items.filtered(lambda item: not item.reconciled)
        if not items:
            raise UserError(self.env._("%s: nothing is owed that could be put on it.", self.number))
        principal = sum((exact(item.amount_residual) for item in items), exact(0))
        self._check_principal(principal)
        try:
            rows = schedule(self._terms(principal))
        except InstallmentError as error:
            raise UserError(
                self.env._("%(plan)s: %(why)s", plan=self.number, why=str(error))
            ) from error
        move = self.env["account.move"].sudo().create(self._prepare_move_vals(items, rows))
        move.action_post()
        self.sudo().write({"principal": float(principal), "move_id": move.id, "state": "active"})
        closing = move.line_ids.filtered(lambda item: item.balance < 0)
        self.env["account.move.line"].sudo()._reconcile_plan(
            [item | own for item, own in zip(items, closing, strict=True)]
        )

    def _check_principal(self, principal):
        """Refuse an amount that was not agreed to. What was signed says so."""

    def _check_postable(self):
        if self.state != "draft":
            raise UserError(self.env._("%s was put into effect already.", self.number))
        foreign = self._items_to_move().filtered(
            lambda item: item.currency_id != self.company_id.currency_id
        )
        if foreign:
            raise UserError(
                self.env._(
                    "%(plan)s: %(bill)s is in %(currency)s. Plans are in the clinic's own.",
                    plan=self.number,
                    bill=foreign[0].move_id.name,
                    currency=foreign[0].currency_id.name,
                )
            )

    def _prepare_move_vals(self, items, rows):
        """The entry: each old item closed, an item an installment opened. Numbers only."""
        company = self.company_id
        old = [
            self._prepare_item_vals(item.account_id, -item.amount_residual, item.date_maturity)
            for item in items
        ]
        new = [
            self._prepare_item_vals(items[:1].account_id, float(row.principal), row.date)
            for row in rows
        ]
        return {
            "move_type": "entry",
            "company_id": company.id,
            "journal_id": company._dental_setting("dental_journal_id").id,
            "date": fields.Date.context_today(self),
            "ref": self.number,
            "dental_kind": "installments",
            "dental_patient_id": self.patient_id.id,
            "line_ids": [Command.create(vals) for vals in old + new],
        }

    def _prepare_item_vals(self, account, balance, due):
        return {
            "name": self.number,
            "account_id": account.id,
            "partner_id": self.guarantor_id.commercial_partner_id.id,
            "balance": balance,
            "date_maturity": due,
            "analytic_distribution": False,
        }

    def _undo(self):
        if self.state != "active":
            raise UserError(self.env._("%s is not in effect: nothing to undo.", self.number))
        self._give_back("undone")

    def _give_back(self, state):
        """Let what was put on it be owed as before, less what was paid, and leave it."""
        closing = self.sudo().move_id.line_ids.filtered(lambda item: item.balance < 0)
        old = closing.matched_debit_ids.debit_move_id
        self._reverse(self.sudo().move_id, "installments")
        self.sudo().state = state
        # What was paid on installments pays what they stood for.
        self.guarantor_id._dental_apply_credits(old, self.company_id)

    def _reverse(self, moves, kind):
        label = self.env._("Undoes %s", self.number)
        vals = {"date": fields.Date.context_today(self), "ref": label, "dental_kind": kind}
        moves._reverse_moves([dict(vals) for _move in moves], cancel=True)
