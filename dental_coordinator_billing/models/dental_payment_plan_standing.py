# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dental_coordinator.models.lock_alone import lock_alone
from odoo.addons.dental_coordinator.models.one_by_one import one_by_one, reason


class DentalPaymentPlan(models.Model):
    """Where plans stand by the ledger and the calendar, looked at nightly and when they are listed.

    The ledger alone decides: nobody types that somebody is late.
    """

    _inherit = "dental.payment.plan"

    standing = fields.Selection(
        [
            ("default", "In default"),
            ("late", "Late"),
            ("now", "Due today"),
            ("on_time", "On time"),
            ("pending", "Signature pending"),
            ("proposed", "Not agreed yet"),
            ("settled", "Paid"),
        ],
        readonly=True,
        default="proposed",
        copy=False,
        index=True,
    )
    overdue = fields.Monetary(readonly=True, copy=False)
    unpaid_since = fields.Date(readonly=True, copy=False, string="Unpaid since", index=True)
    problem = fields.Char(readonly=True, copy=False, string="Could not be done")
    renews_id = fields.Many2one(
        "dental.payment.plan",
        string="Goes on with",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )

    # Actions

    def action_close(self):
        """End these plans: what is left is owed at once, interest that was earned stays."""
        for plan in self:
            lock_alone(plan)
            plan._close()
        return True

    def action_renew(self):
        """Agree anew on what is owed, on the same terms."""
        self.ensure_one()
        if self.state in ("draft", "active"):
            raise UserError(
                self.env._("%s is not closed: it goes on as it was agreed.", self.number)
            )
        today = fields.Date.context_today(self)
        first = max(self.first_date, today + relativedelta(months=1))
        vals = {"date": today, "first_date": first, "down_payment": 0.0, "renews_id": self.id}
        return self.copy(vals).action_open()

    # Business

    @api.model
    def _open_centre(self):
        """The list of all plans, as they stand now."""
        plans = self.search([("state", "in", ("draft", "active"))])
        plans._look_again(fields.Date.context_today(self))
        return self.env["ir.actions.actions"]._for_xml_id(
            "dental_coordinator_billing.dental_payment_plan_action"
        )

    @api.model
    def _cron_payment_plans(self):
        """Charge interest that was earned and note who is late: one that fails stops no other."""
        plans = self.search([("state", "=", "active")])
        one_by_one(
            self.env,
            plans,
            lambda plan: plan._work_nightly(plan.company_id._dental_day()),
            self._note_problem,
        )

    @api.model
    def _note_problem(self, plan, error):
        """What hinders a plan stands on it and in the list, until it is done."""
        plan.problem = reason(error, self.env)

    def _work_nightly(self, day):
        """What is done for one plan; one that was ended meanwhile is seen."""
        if self.state == "active":
            # A credit note or what a payer gave back lowers what is due next.
            self.guarantor_id._dental_apply_credits(self._unpaid_items(), self.company_id)
            self._charge_interest(day)
        self.sudo().problem = False
        self._look_again(day)

    def _look_again(self, day):
        """Write down where these plans stand; only what changed is written."""
        for plan in self.sudo():
            vals = plan._standing_vals(day)
            changed = {name: value for name, value in vals.items() if plan[name] != value}
            if changed:
                plan.write(changed)

    def _standing_vals(self, day):
        if self.state != "active":
            standing = self._draft_standing() if self.state == "draft" else False
            return {"standing": standing, "overdue": 0.0, "unpaid_since": False}
        unpaid = self._unpaid_items()
        past = unpaid.filtered(lambda item: item.date_maturity < day)
        return {
            "standing": self._standing(unpaid[:1].date_maturity, day),
            "overdue": self.currency_id.round(sum(past.mapped("amount_residual"))),
            "unpaid_since": past[:1].date_maturity,
        }

    def _draft_standing(self):
        return "proposed"

    def _standing(self, due, day):
        """
        :param due: day of the first installment that is unpaid, if any is
        """
        if not due:
            return "settled"
        if due >= day:
            return "now" if due == day else "on_time"
        days = self.company_id.sudo().dental_plan_default_days
        return "default" if (day - due).days > days else "late"

    def _post(self):
        result = super()._post()
        self._look_again(fields.Date.context_today(self))
        return result

    def _close(self):
        if self.state != "active":
            raise UserError(self.env._("%s is not in effect: nothing to close.", self.number))
        self._charge_interest(fields.Date.context_today(self))
        self._give_back("closed")

    def _give_back(self, state):
        result = super()._give_back(state)
        self._look_again(fields.Date.context_today(self))
        return result
