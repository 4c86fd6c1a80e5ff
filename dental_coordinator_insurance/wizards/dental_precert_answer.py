# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class DentalPrecertAnswer(models.TransientModel):
    """A payer's answer to a predetermination that came by phone, letter or portal."""

    _name = "dental.precert.answer"
    _description = "Answer to a predetermination"

    precert_id = fields.Many2one("dental.precert", required=True, readonly=True)
    currency_id = fields.Many2one(related="precert_id.currency_id")
    number = fields.Char(help="The payer's number; the claim carries it later.")
    date = fields.Date(required=True, default=fields.Date.context_today, string="Answered on")
    valid_until = fields.Date(string="Valid until")
    line_ids = fields.One2many(
        "dental.precert.answer.line",
        "answer_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        precompute=True,
    )

    # Computes

    @api.depends("precert_id")
    def _compute_line_ids(self):
        for answer in self:
            answer.line_ids = [
                Command.create({"line_id": line.id, "approved": "yes"})
                for line in answer.precert_id.line_ids
            ]

    # Actions

    def action_record(self):
        """Keep the answer; estimates follow it from now on."""
        self.ensure_one()
        if self.valid_until and self.valid_until < self.date:
            raise UserError(
                self.env._(
                    "%s: the answer would expire before it was given. Correct the dates.",
                    self.precert_id.number,
                )
            )
        self._check_amounts()
        self.precert_id._record_answer(
            {line.line_id: line._prepare_answer_vals() for line in self.line_ids},
            self.number,
            valid_until=self.valid_until,
            day=self.date,
        )
        return True

    # Business

    def _check_amounts(self):
        """An answer without a figure is none: zero would be believed by every estimate."""
        empty = self.line_ids.filtered(
            lambda line: line.approved != "no" and not (line.allowed or line.plan_amount)
        )
        if empty:
            raise UserError(
                self.env._(
                    "%(number)s, %(code)s: enter what the payer allows and what it would pay, or "
                    "say that it refused.",
                    number=self.precert_id.number,
                    code=empty[0].code,
                )
            )
