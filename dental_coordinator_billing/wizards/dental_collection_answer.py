# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..models.dental_dispute import KINDS


class DentalCollectionAnswer(models.TransientModel):
    """What is asked before an answer is kept: until when how much, or what is wrong."""

    _name = "dental.collection.answer"
    _description = "Answer about money"

    answer = fields.Selection(
        [("promise", "Promise"), ("dispute", "Dispute"), ("end", "Hand over or write off")],
        required=True,
        readonly=True,
    )
    patient_id = fields.Many2one("dental.patient", required=True, readonly=True)
    currency_id = fields.Many2one(related="patient_id.money_currency_id")
    amount = fields.Monetary()
    date = fields.Date(
        string="Until",
        required=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(days=7),
    )
    kind = fields.Selection(KINDS, string="What about", default="amount")
    reason = fields.Char(string="What is said")
    what = fields.Selection(
        [("agency", "Hand over to an agency"), ("write_off", "Write off")],
        string="What to do",
        default="agency",
    )
    owner_id = fields.Many2one(
        "res.users", string="Who looks into it", default=lambda self: self.env.user
    )

    # Actions

    def action_keep(self):
        """Note it on the account; the last answer of a list is taken back there."""
        self.ensure_one()
        self._check_filled()
        row = self.env["dental.collection"].browse(self.patient_id.id).exists()
        if not row:
            raise UserError(self.env._("Nothing is overdue on this account any more."))
        if self.answer == "end":
            return row._ask_end(self).action_open()
        labels = {"promise": self.env._("Promises to pay"), "dispute": self.env._("Disputes it")}
        own = row.with_context(dental_asked=self.id)
        presses = self.env["dental.outcome.press"]
        presses._give(own, f"keep_{self.answer}", labels[self.answer])
        return {"type": "ir.actions.act_window_close"}

    # Business

    def _check_filled(self):
        today = fields.Date.context_today(self)
        if self.date < today:
            raise UserError(self.env._("Until: choose today or a later day."))
        if self.answer == "promise" and self.amount <= 0:
            raise UserError(self.env._("Amount: enter what will be paid."))
        if self.answer == "end" and not self.reason:
            raise UserError(self.env._("Why: write it down for whoever decides."))
        if self.answer == "dispute" and not (self.reason and self.owner_id):
            raise UserError(
                self.env._("What is said, Who looks into it: fill in both, so that it is work.")
            )

    @api.model
    def _day(self, day):
        return format_date(self.env, day)
