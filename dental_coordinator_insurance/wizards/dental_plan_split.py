# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError


class DentalPlanSplit(models.TransientModel):
    """Some members of a plan have other benefits from now on: theirs becomes a plan of its own."""

    _name = "dental.plan.split"
    _description = "Split a plan"

    plan_id = fields.Many2one("dental.insurance.plan", required=True, readonly=True)
    name = fields.Char(string="Name of the new plan", required=True)
    policy_ids = fields.Many2many(
        "dental.insurance.policy",
        string="Policies that move",
        domain="[('plan_id', '=', plan_id)]",
    )

    # Actions

    def action_split(self):
        self.ensure_one()
        if not self.policy_ids or self.policy_ids.plan_id != self.plan_id:
            raise UserError(
                self.env._("Choose policies of %s that move to the new plan.", self.plan_id.name)
            )
        return self.plan_id._split(self.policy_ids, self.name).action_open_plan()
