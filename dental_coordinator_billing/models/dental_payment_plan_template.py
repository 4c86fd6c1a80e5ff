# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

from ..installments import FREQUENCIES
from ..reckoning import exact
from .dental_payment_plan import RHYTHMS
from .dental_payment_plan_interest import AGREED_BY

#: what a plan takes over from its template as it is
TAKEN = (
    "by",
    "count",
    "payment",
    "frequency",
    "apr",
    "interest_free",
    "interest_free_count",
    "needs_signature",
)


class DentalPaymentPlanTemplate(models.Model):
    """Terms that the clinic offers, and the limits within which it does."""

    _name = "dental.payment.plan.template"
    _description = "Payment plan template"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    down_percent = fields.Float(string="Down payment (%)", digits=(5, 2))
    by = fields.Selection(
        AGREED_BY,
        string="Installments agreed by",
        required=True,
        default="count",
    )
    count = fields.Integer(string="Number of installments", required=True, default=6)
    payment = fields.Monetary(string="Each installment")
    frequency = fields.Selection(RHYTHMS, required=True, default="monthly")
    apr = fields.Float(string="Interest a year (%)", digits=(5, 2))
    interest_free = fields.Selection(
        [("no", "From the first installment"), ("first", "After some installments")],
        string="Interest runs",
        required=True,
        default="no",
    )
    interest_free_count = fields.Integer(string="Installments without interest")
    smallest = fields.Monetary(
        string="Smallest installment", help="No installment but the last may be less. 0: any."
    )
    longest = fields.Integer(string="Longest term (months)", help="0: any.")
    needs_signature = fields.Boolean(string="Needs a signature", default=True)
    terms = fields.Text(string="Further terms", translate=True)

    _percents = models.Constraint(
        "CHECK (down_percent >= 0 AND down_percent < 100 AND apr >= 0 AND apr <= 100)",
        "The down payment lies between 0 and 100 %, the yearly rate too.",
    )
    _positive = models.Constraint(
        "CHECK (count > 0 AND payment >= 0 AND interest_free_count >= 0 AND smallest >= 0"
        " AND longest >= 0)",
        "Numbers and amounts of a template cannot be negative; it has one installment at least.",
    )
    _payment_given = models.Constraint(
        "CHECK (by != 'payment' OR payment > 0)", "Enter the amount of each installment."
    )

    # Business

    def _plan_vals(self, owed, lang=None):
        """Values of a plan on these terms.

        :param owed: what is put on the plan, of which the down payment is a part
        :param lang: language in which the terms are printed
        """
        self.ensure_one()
        vals = {name: self[name] for name in TAKEN}
        down = self.currency_id.round(owed * self.down_percent / 100)
        terms = self.with_context(lang=lang).terms if lang else self.terms
        return {**vals, "template_id": self.id, "down_payment": down, "terms": terms}

    def _limit(self, rows):
        """Which limit these installments break.

        :return: a text with the remedy, or ""
        """
        regular = [row for row in rows if row.number]
        smallest = exact(self.smallest)
        if regular[:-1] and min(row.payment for row in regular[:-1]) < smallest:
            return self.env._(
                "installments are less than %s; agree on fewer of them",
                self.currency_id.format(self.smallest),
            )
        months = len(regular) * 12 / FREQUENCIES[self.frequency]
        if self.longest and months > self.longest:
            return self.env._("it takes longer than %s months; agree on more each", self.longest)
        return ""

    def _check_limit(self, plan):
        """
        :raises UserError: when a plan breaks a limit of its template
        """
        broken = self._limit(plan._rows()) if self else ""
        if broken:
            raise UserError(
                self.env._(
                    "%(plan)s, %(template)s: %(why)s. Or choose another template.",
                    plan=plan.number,
                    template=self.name,
                    why=broken,
                )
            )
