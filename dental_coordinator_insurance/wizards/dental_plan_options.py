# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class DentalPlanOptions(models.TransientModel):
    """Treatment plans of one patient side by side: what each costs, and which he chooses."""

    _name = "dental.plan.options"
    _description = "Options side by side"

    patient_id = fields.Many2one("dental.patient", required=True, readonly=True)
    currency_id = fields.Many2one(related="patient_id.company_id.currency_id")
    option_ids = fields.One2many("dental.plan.option", "options_id", readonly=True)

    # Business

    @api.model
    def _open(self, plans):
        """:param plans: treatment plans of one patient; each is estimated as if it were alone"""
        plans = plans.filtered(lambda plan: plan.state in ("draft", "presented", "accepted"))
        if len(plans) < 2 or len(plans.patient_id) > 1:
            raise UserError(
                self.env._("Choose at least two open treatment plans of one patient to compare.")
            )
        options = self.create(
            {
                "patient_id": plans.patient_id.id,
                "option_ids": [Command.create(self._prepare_option_vals(plan)) for plan in plans],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Options"),
            "res_model": self._name,
            "res_id": options.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _prepare_option_vals(self, plan):
        procedures = plan.procedure_ids.filtered(lambda one: one._is_open())._estimate_order()
        rows = procedures._estimate_rows(fields.Date.context_today(self)) if procedures else []
        described = [one._estimate_description() for one in procedures]
        return {
            "plan_id": plan.id,
            "what": "\n".join(described),
            "visits": len(procedures.appointment_id) or False,
            "fee": sum(row["fee"] for row in rows),
            "plan_amount": sum(row["plan_amount"] for row in rows),
            "write_off": sum(row["write_off"] for row in rows),
            "patient_amount": sum(row["patient_amount"] for row in rows),
            "unknown": "\n".join(
                dict.fromkeys(one["text"] for row in rows for one in row["unknowns"])
            ),
        }


class DentalPlanOption(models.TransientModel):
    _name = "dental.plan.option"
    _description = "One option of treatment"
    _order = "id"

    options_id = fields.Many2one("dental.plan.options", required=True, ondelete="cascade")
    plan_id = fields.Many2one("dental.treatment.plan", required=True, readonly=True)
    state = fields.Selection(related="plan_id.state")
    currency_id = fields.Many2one(related="options_id.currency_id")
    what = fields.Text(readonly=True, string="Treatment")
    visits = fields.Integer(readonly=True)
    fee = fields.Monetary(readonly=True)
    plan_amount = fields.Monetary(readonly=True, string="Insurance pays")
    write_off = fields.Monetary(readonly=True, string="Write-off")
    patient_amount = fields.Monetary(readonly=True, string="You pay")
    unknown = fields.Text(readonly=True, string="Not known")

    # Actions

    def action_choose(self):
        """The patient chooses this plan; the others are kept as declined for it."""
        self.ensure_one()
        chosen = self.plan_id
        if chosen.state == "draft":
            chosen.action_present()
        if chosen.state == "presented":
            chosen.action_accept()
        others = self.options_id.option_ids.plan_id - chosen
        for plan in others.filtered(lambda one: one.state != "declined"):
            plan.action_decline()
            plan.chosen_instead_id = chosen
        return True


class DentalTreatmentPlan(models.Model):
    _inherit = "dental.treatment.plan"

    chosen_instead_id = fields.Many2one(
        "dental.treatment.plan",
        string="Chosen instead",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
    )

    # Actions

    def action_compare(self):
        """Show these plans side by side; from one, all open plans of its patient."""
        plans = self
        if len(plans) == 1:
            plans = self.search([("patient_id", "=", self.patient_id.id)])
        return self.env["dental.plan.options"]._open(plans)
