# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..claim_form import deposit_slip


class DentalDeposit(models.Model):
    """What is brought to the bank in one go, or arrived on one day, payment by payment."""

    _name = "dental.deposit"
    _inherit = "dental.numbered.mixin"
    _description = "Deposit slip"
    _order = "date desc, id desc"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    state = fields.Selection(
        [("open", "Open"), ("closed", "Deposited")],
        required=True,
        readonly=True,
        default="open",
        index=True,
        copy=False,
    )
    journal_id = fields.Many2one(
        "account.journal",
        string="Bank",
        required=True,
        check_company=True,
        ondelete="restrict",
        domain=[("type", "in", ("bank", "cash"))],
        default=lambda self: self._default_journal(),
    )
    date = fields.Date(
        string="Deposited on", required=True, default=fields.Date.context_today, index=True
    )
    date_from = fields.Date(
        string="Payments since", required=True, default=fields.Date.context_today
    )
    line_ids = fields.One2many("dental.deposit.line", "deposit_id", string="Payments", copy=False)
    count = fields.Integer(compute="_compute_amount", store=True, string="Payments on it")
    amount = fields.Monetary(compute="_compute_amount", store=True, string="Total")
    slip_number = fields.Char(string="Bank's number", help="Of the bag or the receipt.")
    note = fields.Char()

    _number_uniq = models.Constraint("UNIQUE (number)", "This slip number is taken.")
    _days = models.Constraint(
        "CHECK (date_from <= date)", "Payments since: this is after the day of the deposit."
    )

    # Computes

    @api.depends("journal_id.currency_id", "company_id.currency_id")
    def _compute_currency_id(self):
        for deposit in self:
            deposit.currency_id = deposit.journal_id.currency_id or deposit.company_id.currency_id

    @api.depends("line_ids.amount")
    def _compute_amount(self):
        for deposit in self:
            deposit.count = len(deposit.line_ids)
            deposit.amount = sum(deposit.line_ids.mapped("amount"))

    # CRUD

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        self._check_open()

    # Actions

    def action_fill(self):
        """Take the payments of these days into this bank that are on no slip yet."""
        self._check_open()
        for deposit in self:
            payments = self.env["account.payment"].search(
                deposit._fitting_domain(), order="date, id"
            )
            deposit.line_ids = [(0, 0, {"payment_id": payment.id}) for payment in payments]
            if not deposit.line_ids:
                raise UserError(
                    self.env._(
                        "%(number)s: %(bank)s got no payment since %(day)s that is on no slip yet.",
                        number=deposit.number,
                        bank=deposit.journal_id.name,
                        day=format_date(self.env, deposit.date_from),
                    )
                )
        return True

    def action_close(self):
        """The slip is handed in: it stays as it is."""
        self._check_open()
        for deposit in self:
            if not deposit.line_ids:
                raise UserError(self.env._("%s is empty. Take payments onto it.", deposit.number))
            deposit.line_ids._check_fits()
        self.state = "closed"
        return True

    def action_reopen(self):
        """It was closed too early."""
        self.state = "open"
        return True

    def action_print(self):
        """The slip as it goes to the bank. It names payers and payments, never a patient."""
        self.ensure_one()
        self.check_access("read")
        content = deposit_slip(
            self.env._("Deposit slip %s", self.number),
            [
                (self.env._("Bank"), self.journal_id.name),
                (self.env._("Account"), self.sudo().journal_id.bank_acc_number or ""),
                (self.env._("For"), self.company_id.name),
                (self.env._("Day"), format_date(self.env, self.date)),
            ],
            [line._slip_row() for line in self.line_ids],
            (self.env._("Payments: %s", len(self.line_ids)), f"{self.amount:.2f}"),
        )
        name = self.number.replace("/", "-")
        return self.env["dental.merged.print"]._open([content], name)

    # Business

    def _default_journal(self):
        return self.env.company._dental_money_journals(("bank",))[:1]

    def _fitting_domain(self):
        return [
            ("company_id", "=", self.company_id.id),
            ("journal_id", "=", self.journal_id.id),
            ("currency_id", "=", self.currency_id.id),
            ("payment_type", "=", "inbound"),
            ("state", "in", ("in_process", "paid")),
            ("date", ">=", self.date_from),
            ("date", "<=", self.date),
            ("dental_deposit_line_ids", "=", False),
        ]

    def _check_open(self):
        closed = self.filtered(lambda one: one.state == "closed")
        if closed:
            raise UserError(
                self.env._(
                    "%s was handed in and stays as it is. Reopen it first.", closed[0].number
                )
            )
