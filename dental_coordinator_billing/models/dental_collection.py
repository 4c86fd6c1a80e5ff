# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL, format_date, formatLang

from ..collecting import Account, holds, next_step
from ..reckoning import exact
from ..wording import account_sentence
from .dental_collection_rule import KINDS

# What is paid ahead covers the oldest first, as in `reckoning.ageing`; ``uncovered`` is what is
# then left of each item.
ACCOUNTS = """
    SELECT company_id, partner_id,
           SUM(uncovered) AS owed,
           SUM(uncovered) FILTER (WHERE age > 0) AS overdue,
           SUM(uncovered) FILTER (WHERE age BETWEEN 1 AND 30) AS age_30,
           SUM(uncovered) FILTER (WHERE age BETWEEN 31 AND 60) AS age_60,
           SUM(uncovered) FILTER (WHERE age BETWEEN 61 AND 90) AS age_90,
           SUM(uncovered) FILTER (WHERE age > 90) AS age_older,
           MIN(due) FILTER (WHERE age > 0 AND uncovered > 0) AS since,
           COALESCE(BOOL_OR(age > 0 AND uncovered > 0
                            AND kind IN ('installments', 'interest')), FALSE) AS plan_missed
      FROM (SELECT company_id, partner_id, due, kind, %(today)s - due AS age,
                   GREATEST(0, LEAST(
                       residual,
                       SUM(GREATEST(residual, 0)) OVER (account ORDER BY due, id)
                       + SUM(LEAST(residual, 0)) OVER (account))) AS uncovered
              FROM (SELECT line.id, line.company_id, line.partner_id, move.dental_kind AS kind,
                           line.amount_residual AS residual,
                           COALESCE(line.date_maturity, line.date) AS due
                      FROM account_move_line line
                      JOIN account_move move ON move.id = line.move_id
                      JOIN account_account account ON account.id = line.account_id
                      JOIN res_company company ON company.id = line.company_id
                     WHERE line.company_id IN %(companies)s
                       AND line.parent_state = 'posted'
                       AND line.reconciled IS NOT TRUE
                       AND account.account_type = 'asset_receivable'
                       AND account.id
                           IS DISTINCT FROM company.dental_insurance_receivable_account_id
                       AND account.id IS DISTINCT FROM company.dental_allocation_account_id) item
            WINDOW account AS (PARTITION BY company_id, partner_id)) part
     GROUP BY company_id, partner_id
"""
# One patient names the account: whoever pays for himself, else the first whom he pays for.
ROWS = """
    SELECT payer.id AS id,
           payer.id AS patient_id,
           payer.company_id,
           payer.guarantor_id,
           doing.id AS case_id,
           COALESCE(doing.owner_id, company.dental_collector_id) AS owner_id,
           doing.next_action,
           COALESCE(doing.next_date, account.since + 1) AS next_date,
           doing.promise_id,
           promise.date AS promise_date,
           promise.amount AS promise_amount,
           doing.dispute_id,
           CASE WHEN doing.rule_on >= account.since THEN doing.rule_id END AS rule_id,
           COALESCE(doing.final_on >= account.since, FALSE) AS final_sent,
           COALESCE(account.overdue, 0) AS overdue,
           COALESCE(account.owed, 0) AS owed,
           COALESCE(account.age_30, 0) AS age_30,
           COALESCE(account.age_60, 0) AS age_60,
           COALESCE(account.age_90, 0) AS age_90,
           COALESCE(account.age_older, 0) AS age_older,
           account.since,
           COALESCE(%(today)s - account.since, 0) AS days,
           CASE WHEN account.age_older > 0 THEN '4_older' WHEN account.age_90 > 0 THEN '3_90'
                WHEN account.age_60 > 0 THEN '2_60' WHEN account.age_30 > 0 THEN '1_30'
           END AS oldest,
           (NOT COALESCE(account.plan_missed, FALSE)
            AND EXISTS (SELECT 1 FROM dental_payment_plan plan
                         WHERE plan.guarantor_id = payer.guarantor_id
                           AND plan.company_id = payer.company_id
                           AND plan.state = 'active')) AS plan_kept,
           payment.date AS last_paid_on,
           payment.amount AS last_paid
      FROM (SELECT DISTINCT ON (company_id, guarantor_id) id, company_id, guarantor_id
              FROM dental_patient
             WHERE company_id IN %(companies)s AND guarantor_id IS NOT NULL
             ORDER BY company_id, guarantor_id, partner_id <> guarantor_id, id) payer
      JOIN res_company company ON company.id = payer.company_id
      LEFT JOIN dental_collection_case doing
        ON doing.company_id = payer.company_id AND doing.guarantor_id = payer.guarantor_id
      LEFT JOIN dental_promise promise ON promise.id = doing.promise_id
      LEFT JOIN (%(accounts)s) account
        ON account.company_id = payer.company_id AND account.partner_id = payer.guarantor_id
      LEFT JOIN LATERAL (
            SELECT line.date, -line.balance AS amount
              FROM account_move_line line
              JOIN account_account account ON account.id = line.account_id
             WHERE line.partner_id = payer.guarantor_id
               AND line.company_id = payer.company_id
               AND line.parent_state = 'posted'
               AND line.balance < 0
               AND (line.payment_id IS NOT NULL OR line.statement_line_id IS NOT NULL)
               AND account.account_type = 'asset_receivable'
             ORDER BY line.date DESC, line.id DESC
             LIMIT 1) payment ON TRUE
     WHERE account.overdue > 0 OR doing.id IS NOT NULL
"""


class DentalCollection(models.Model):
    """Whoever owes the clinic money of his own that is overdue: one row an account, of the ledger.

    What payers are expected to pay stands on their own account, and is not in it.
    """

    _name = "dental.collection"
    _inherit = ["dental.account.mixin", "dental.work.mixin", "dental.outcome.mixin"]
    _description = "Account to collect"
    _auto = False
    _order = "next_date, days desc, id"
    _rec_name = "case_id"
    _contact_topic = "money"
    _depends = {
        "account.account": ["account_type"],
        "account.move": ["dental_kind"],
        "account.move.line": [
            *("company_id", "partner_id", "account_id", "parent_state", "reconciled", "balance"),
            *("amount_residual", "date", "date_maturity", "payment_id", "statement_line_id"),
        ],
        "dental.collection.case": [
            *("company_id", "guarantor_id", "owner_id", "next_action", "next_date"),
            *("promise_id", "dispute_id", "rule_id", "rule_on", "final_on"),
        ],
        "dental.patient": ["company_id", "guarantor_id", "partner_id"],
        "dental.payment.plan": ["company_id", "guarantor_id", "state"],
        "dental.promise": ["amount", "date"],
        "res.company": ["dental_collector_id"],
    }

    patient_id = fields.Many2one("dental.patient", readonly=True)
    company_id = fields.Many2one("res.company", related=None, readonly=True)
    case_id = fields.Many2one("dental.collection.case", string="Number", readonly=True)
    phone = fields.Char(related="guarantor_id.phone")
    overdue = fields.Monetary(readonly=True)
    owed = fields.Monetary(string="Owes in all", readonly=True)
    age_30 = fields.Monetary(string="1-30 days", readonly=True)
    age_60 = fields.Monetary(string="31-60 days", readonly=True)
    age_90 = fields.Monetary(string="61-90 days", readonly=True)
    age_older = fields.Monetary(string="Over 90 days", readonly=True)
    since = fields.Date(string="Overdue since", readonly=True)
    days = fields.Integer(string="Days late", readonly=True, aggregator="max")
    oldest = fields.Selection(
        [
            ("1_30", "1-30 days late"),
            ("2_60", "31-60 days late"),
            ("3_90", "61-90 days late"),
            ("4_older", "Over 90 days late"),
        ],
        string="How late",
        readonly=True,
    )
    last_paid_on = fields.Date(string="Last paid on", readonly=True)
    last_paid = fields.Monetary(string="Last payment", readonly=True, aggregator=None)
    promise_id = fields.Many2one("dental.promise", readonly=True)
    promise_date = fields.Date(string="Promised until", readonly=True)
    promise_amount = fields.Monetary(string="Promised", readonly=True, aggregator=None)
    dispute_id = fields.Many2one("dental.dispute", readonly=True)
    plan_kept = fields.Boolean(string="Keeps a payment plan", readonly=True)
    rule_id = fields.Many2one("dental.collection.rule", string="Last step", readonly=True)
    final_sent = fields.Boolean(string="Final notice sent", readonly=True)
    contacts = fields.Char(compute="_compute_contacts", string="Last contacts")
    sentence = fields.Char(compute="_compute_sentence", string="To say")
    step_id = fields.Many2one("dental.collection.rule", compute="_compute_step", compute_sudo=True)
    step_kind = fields.Selection(
        KINDS,
        compute="_compute_step",
        compute_sudo=True,
        search="_search_step_kind",
        string="Kind of step",
    )
    todo = fields.Char(compute="_compute_todo", string="To do")
    waits_for = fields.Char(compute="_compute_step", compute_sudo=True)

    # Computes

    @property
    def _table_query(self):
        words = {
            "today": SQL("%s::date", fields.Date.context_today(self)),
            "companies": tuple(self.env.companies.ids or [0]),
        }
        return SQL(ROWS, accounts=SQL(ACCOUNTS, **words), **words)

    @api.depends("guarantor_id")
    def _compute_contacts(self):
        """The last three contacts about money, the newest first, read in one query."""
        labels = dict(
            self.env["dental.contact.log"]._fields["outcome"]._description_selection(self.env)
        )
        found = {}
        for row_id, at, outcome, note in self._last_contacts():
            day = self.browse(row_id).company_id._dental_day(at)
            words = " ".join(filter(None, (format_date(self.env, day), note or labels[outcome])))
            found.setdefault(row_id, []).append(words)
        for row in self:
            row.contacts = "; ".join(found.get(row.id, ()))

    @api.depends("owed", "guarantor_id", "promise_date")
    def _compute_sentence(self):
        for company, rows in self.grouped("company_id").items():
            pending = rows.guarantor_id._dental_plan_pending(company)
            for row in rows:
                row.sentence = account_sentence(
                    exact(row.owed),
                    exact(pending.get(row.guarantor_id, 0)),
                    0,
                    self.env._,
                    row._money,
                )

    @api.depends("overdue", "days", "rule_id", "promise_id", "dispute_id", "plan_kept")
    def _compute_step(self):
        for company, rows in self.grouped("company_id").items():
            rules = self.env["dental.collection.rule"]._of(company)
            plain = rules._plain()
            claims = rows.guarantor_id._dental_claims_open(company)
            for row in rows:
                account = row._plain_account(claims)
                step = next_step(account, plain)
                row.step_id = rules.browse(step.key) if step else False
                row.step_kind = step.kind if step else False
                words = row._hold_words()
                row.waits_for = ", ".join(words[name] for name in holds(account))

    @api.depends("next_action", "step_id")
    def _compute_todo(self):
        """What somebody wrote down, else the step that is due by age."""
        for row in self:
            row.todo = row.next_action or row.sudo().step_id.name

    @api.model
    def _search_step_kind(self, operator, value):
        if operator != "in":
            return NotImplemented
        rows = self.search([("overdue", ">", 0)])
        return [("id", "in", rows.filtered(lambda row: row.step_kind in value).ids)]

    @api.depends("case_id", "patient_id")
    def _compute_display_name(self):
        """A number: of the account, or of the file by which it is known until then."""
        for row in self:
            row.display_name = row.case_id.number or row.patient_id.number

    # Actions

    def action_open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_open_case(self):
        """Owner, next step and date of an account, to change by hand."""
        self.ensure_one()
        return {**self._cases().action_open(), "target": "new"}

    def action_take_payment(self):
        """Take a payment of whoever pays."""
        self.ensure_one()
        self._cases()
        return self.patient_id.action_take_payment()

    def action_open_statements(self):
        self.ensure_one()
        return self.patient_id.action_open_account()

    # Business

    def _is_open(self):
        return True

    @api.model
    def _of(self, guarantor, company):
        """The row of an account, or none, as the server sees it."""
        rows = self.sudo().with_context(allowed_company_ids=company.ids)
        return rows.search([("guarantor_id", "=", guarantor.id)], limit=1)

    def _cases(self):
        """The cases of these accounts, begun where nobody worked on them yet."""
        fresh = self.filtered(lambda row: not row.case_id)
        if fresh:
            cases = self.env["dental.collection.case"]
            cases.create([row._prepare_case_vals() for row in fresh])
            self.env.flush_all()
            self.invalidate_recordset()
        return self.case_id

    def _prepare_case_vals(self):
        return {
            "patient_id": self.patient_id.id,
            "guarantor_id": self.guarantor_id.id,
            "owner_id": self.owner_id.id or self.env.uid,
            "next_date": self.next_date or fields.Date.context_today(self),
        }

    def _plain_account(self, claims):
        """As the package `collecting` takes it."""
        return Account(
            self.days,
            exact(self.overdue),
            taken=self.rule_id.id or None,
            final_sent=self.final_sent,
            disputed=bool(self.dispute_id),
            promised=bool(self.promise_id),
            plan_kept=self.plan_kept,
            claims_open=self.guarantor_id in claims,
        )

    def _hold_words(self):
        return {
            "disputed": self.env._("a dispute"),
            "promised": self.env._("a promise until %s", format_date(self.env, self.promise_date)),
            "plan_kept": self.env._("a payment plan that is kept"),
            "claims_open": self.env._("open claims"),
        }

    def _money(self, amount):
        return formatLang(self.env, float(amount), currency_obj=self.currency_id)

    def _last_contacts(self):
        """(id of the row, when, outcome, note) of the last three of each, the newest first"""
        if not self.ids:
            return []
        self.env["dental.contact.log"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT payer.id, contact.at, contact.outcome, contact.note
                  FROM dental_patient payer
                  JOIN LATERAL (
                        SELECT log.at, log.outcome, log.note
                          FROM dental_patient other
                          JOIN dental_contact_log log ON log.patient_id = other.id
                         WHERE other.guarantor_id = payer.guarantor_id
                           AND other.company_id = payer.company_id
                           AND log.topic = 'money' AND log.taken_back_at IS NULL
                         ORDER BY log.at DESC, log.id DESC
                         LIMIT 3) contact ON TRUE
                 WHERE payer.id IN %s
                 ORDER BY payer.id, contact.at DESC
                """,
                tuple(self.ids),
            )
        )
