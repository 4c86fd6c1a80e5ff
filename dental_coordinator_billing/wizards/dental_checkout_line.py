# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import formatLang

from ..reckoning import exact
from ..wording import difference_sentence

FIGURES = ("fee", "plan_amount", "write_off", "patient_amount")


class DentalCheckoutLine(models.TransientModel):
    """One procedure of the visit: done, or who has it next."""

    _name = "dental.checkout.line"
    _description = "Checkout line"
    _order = "id"

    checkout_id = fields.Many2one("dental.checkout", required=True, ondelete="cascade")
    procedure_id = fields.Many2one("dental.procedure", required=True, readonly=True)
    label = fields.Char(string="What", compute="_compute_label")
    currency_id = fields.Many2one(related="checkout_id.currency_id")
    done = fields.Boolean(default=True)
    next_action = fields.Char(string="Next step")
    next_date = fields.Date(string="When")
    owner_id = fields.Many2one("res.users", string="Who")
    # Money
    fee = fields.Monetary(compute="_compute_money")
    tax = fields.Monetary(compute="_compute_money", help="Added to the fee.")
    plan_amount = fields.Monetary(string="Plan part", compute="_compute_money")
    write_off = fields.Monetary(string="Write-off", compute="_compute_money")
    patient_amount = fields.Monetary(string="Your part", compute="_compute_money")
    quoted = fields.Monetary(compute="_compute_quote")
    has_quote = fields.Boolean(compute="_compute_quote", string="Has quote")
    difference = fields.Char(string="Why different", compute="_compute_quote")

    # Computes

    @api.depends("procedure_id")
    def _compute_label(self):
        for line in self:
            line.label = line.procedure_id._estimate_description()

    @api.depends("done", "checkout_id.line_ids.done", "checkout_id.estimate_id")
    def _compute_money(self):
        """What is done together is reckoned together: one line uses up what the next one lacks."""
        for checkout, lines in self.grouped("checkout_id").items():
            figures = checkout._figures()
            for line in lines:
                figure = figures.get(line.procedure_id.id) if line.done else None
                for name in (*FIGURES, "tax"):
                    line[name] = figure[name] if figure else 0.0

    @api.depends("patient_amount", "done", "checkout_id.estimate_id")
    def _compute_quote(self):
        for checkout, lines in self.grouped("checkout_id").items():
            quotes = lines.procedure_id._quoted_lines(besides=checkout.estimate_id)
            for line in lines:
                quote = quotes.get(line.procedure_id)
                line.has_quote = bool(quote)
                line.quoted = quote.patient_amount if quote else 0.0
                line.difference = line._difference(quote) if quote and line.done else ""

    # Onchange

    @api.onchange("done")
    def _onchange_done(self):
        """What was not done goes back to whoever had it, soon, unless somebody says otherwise."""
        for line in self.filtered(lambda line: not line.done):
            line.next_action = line.next_action or self.env._("Book again")
            line.owner_id = line.owner_id or self.env.user

    # Business

    def _difference(self, quote):
        """Why the patient pays something else than he was told, in words."""
        return difference_sentence(
            {name: exact(quote[name]) for name in FIGURES},
            {name: exact(self[name]) for name in FIGURES},
            self.env._,
            lambda amount: formatLang(self.env, float(amount), digits=2),
        )

    def _undecided(self):
        """What to enter for a procedure that was not done; empty when all is said."""
        if self.done or (self.next_action and self.next_date and self.owner_id):
            return ""
        return self.env._(
            "%s was not done: enter the next step, when, and who.", self.procedure_id.number
        )

    def _hand_on(self):
        """Give a procedure that was not done to its next owner."""
        for line in self:
            procedure = line.procedure_id.sudo()
            if not procedure._is_open():
                procedure._set_state("planned", date_done=False)
            procedure.appointment_id = False
            procedure.write(
                {
                    "next_action": line.next_action,
                    "next_date": line.next_date,
                    "owner_id": line.owner_id.id,
                }
            )
