# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..installments import InstallmentError


class DentalPaymentPlanProposal(models.TransientModel):
    """What the templates come to for one plan, side by side: nothing is kept of it."""

    _name = "dental.payment.plan.proposal"
    _description = "Ways to pay"

    plan_id = fields.Many2one("dental.payment.plan", required=True, readonly=True)
    currency_id = fields.Many2one(related="plan_id.currency_id")
    owed = fields.Monetary(related="plan_id.owed")
    can_pay = fields.Monetary(
        string="Can pay each time", help="Empty: as the templates say. Then Reckon."
    )
    line_ids = fields.One2many("dental.payment.plan.proposal.line", "proposal_id", readonly=True)

    # Actions

    def action_reckon(self):
        """Reckon all ways anew with what the patient can pay."""
        self.ensure_one()
        rows = [self._prepare_line_vals(template) for template in self._templates()]
        self.line_ids = [Command.clear(), *[Command.create(row) for row in rows]]
        return self._show()

    # Business

    @api.model
    def _open(self, plan):
        proposal = self.create({"plan_id": plan.id})
        return proposal.action_reckon()

    def _show(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ways to pay"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _templates(self):
        templates = self.env["dental.payment.plan.template"].search(
            [("company_id", "=", self.plan_id.company_id.id)]
        )
        if not templates:
            raise UserError(
                self.env._(
                    "No payment plan templates yet. A manager makes them under Configuration, "
                    "Payment plan templates."
                )
            )
        return templates

    def _plan_vals(self, template):
        """Values of the plan on one template, with what the patient can pay if he said so."""
        vals = template._plan_vals(self.owed, self.plan_id.guarantor_id.sudo().lang)
        return vals | ({"by": "payment", "payment": self.can_pay} if self.can_pay else {})

    def _prepare_line_vals(self, template):
        """What a template comes to. The plan itself is reckoned with, and not kept."""
        plan, vals = self.plan_id, self._plan_vals(template)
        told = {"template_id": template.id, "down_payment": vals["down_payment"]}
        own = plan.new(vals, origin=plan)
        try:
            rows = own._rows()
        except InstallmentError as error:
            return {**told, "why_not": str(error)}
        if not rows:
            return {**told, "why_not": self.env._("Nothing is owed.")}
        regular = [row for row in rows if row.number]
        return {
            **told,
            "count": len(regular),
            "each": float(regular[0].payment) if regular else 0.0,
            "last_date": rows[-1].date,
            "interest": float(sum(row.interest for row in rows)),
            "total": float(sum(row.payment for row in rows)),
            "why_not": template._limit(rows),
        }
