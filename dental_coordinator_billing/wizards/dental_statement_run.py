# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..models import dental_statement_round


class DentalStatementRun(models.TransientModel):
    """Prepare the statements that are due; nothing leaves the clinic before somebody reviews it."""

    _name = "dental.statement.run"
    _description = "Prepare statements"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    minimum = fields.Monetary(string="Owes at least", default=5.0)
    days_since = fields.Integer(
        string="Not billed for (days)",
        default=25,
        help="Leaves out whoever got a statement within these days.",
    )
    without_pending = fields.Boolean(
        string="Leave out while insurance is pending",
        help="Waits for the plan where it is still expected to pay something.",
    )

    # Actions

    def action_prepare(self):
        """Make one draft for each guarantor the choice names, and show the drafts.

        Many are made in the background; then the round is shown.
        """
        self.ensure_one()
        guarantors = self._guarantors()
        rounds = self.env["dental.statement.round"]
        if len(guarantors) > dental_statement_round.AT_ONCE:
            vals_list = [{"guarantor_id": guarantor.id} for guarantor in guarantors]
            return rounds.with_company(self.company_id)._begin("prepare", vals_list).action_open()
        statements = self.env["dental.statement"]
        restricted = 0
        for guarantor in guarantors:
            try:
                with self.env.cr.savepoint():
                    statements += statements.create(self._prepare_statement_vals(guarantor))
            except UserError:
                restricted += 1
        if not statements:
            raise UserError(self._nothing_message(restricted))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Statements to review"),
            "res_model": "dental.statement",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", statements.ids)],
        }

    # Business

    def _guarantors(self):
        """Who owes enough, was not billed lately, and waits for no plan if that was asked."""
        recent = self._recently_billed()
        patients = self.env["dental.patient"].sudo().with_context(active_test=False)
        guarantors = patients.search([("company_id", "=", self.company_id.id)]).guarantor_id
        due = (guarantors - recent)._dental_balances(self.company_id)
        pending = {}
        if self.without_pending:
            pending = guarantors._dental_plan_pending(self.company_id)
        rounding = self.currency_id
        return [
            guarantor
            for guarantor, amount in due.items()
            if amount > 0
            and rounding.compare_amounts(amount, self.minimum) >= 0
            and not pending.get(guarantor)
        ]

    def _recently_billed(self):
        """Guarantors with a statement in work, or sent within the days asked."""
        since = fields.Datetime.now() - timedelta(days=self.days_since)
        told = Domain("state", "=", "sent") & Domain("sent_at", ">=", since)
        statements = (
            self.env["dental.statement"]
            .sudo()
            .search(
                Domain("company_id", "=", self.company_id.id)
                & Domain("kind", "=", "statement")
                & (Domain("state", "in", ("draft", "reviewed")) | told)
            )
        )
        waiting = self.env["dental.statement.round.line"].sudo()
        waiting = waiting.search(
            [
                ("company_id", "=", self.company_id.id),
                ("step", "=", "prepare"),
                ("state", "=", "waiting"),
            ]
        )
        return statements.guarantor_id | waiting.guarantor_id

    def _prepare_statement_vals(self, guarantor):
        return {"guarantor_id": guarantor.id, "company_id": self.company_id.id}

    def _nothing_message(self, restricted):
        if restricted:
            return self.env._(
                "Only accounts with restricted files are due (%s). Ask their care team to make the "
                "statements.",
                restricted,
            )
        return self.env._(
            "Nobody is due: no account owes this much without a statement in these days."
        )
