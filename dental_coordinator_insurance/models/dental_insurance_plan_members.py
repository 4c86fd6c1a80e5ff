# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError


class DentalInsurancePlan(models.Model):
    """A plan is changed once for all its members, split for some, or combined with its double."""

    _inherit = "dental.insurance.plan"

    split_of_id = fields.Many2one(
        "dental.insurance.plan",
        string="Split off from",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    former_rule_count = fields.Integer(compute="_compute_former_rule_count", string="Former rules")

    # Computes

    def _compute_former_rule_count(self):
        groups = (
            self.env["dental.insurance.benefit"]
            .with_context(active_test=False)
            ._read_group(
                [("plan_id", "in", self.ids), ("active", "=", False)], ["plan_id"], ["__count"]
            )
        )
        counts = {plan.id: count for plan, count in groups}
        for plan in self:
            plan.former_rule_count = counts.get(plan.id, 0)

    # Actions

    def action_former_rules(self):
        """What was believed before, and since when it is not."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Former rules of %s", self.name),
            "res_model": "dental.insurance.benefit",
            "domain": [("plan_id", "=", self.id), ("active", "=", False)],
            "context": {"active_test": False, "create": False},
            "views": [(False, "list"), (False, "form")],
        }

    def action_combine(self):
        """Make one plan of several that are the same: the one with most policies stays."""
        if len(self) < 2:
            raise UserError(self.env._("Choose the plans that are one and the same."))
        if len(self.payer_id) > 1 or len(self.company_id) > 1:
            raise UserError(
                self.env._("Only plans of one payer and one clinic can be one and the same.")
            )
        kept = max(self, key=lambda plan: (plan.policy_count, -plan.id))
        doubles = self - kept
        policies = self.env["dental.insurance.policy"].with_context(active_test=False)
        policies.search([("plan_id", "in", doubles.ids)]).plan_id = kept
        doubles.active = False
        return kept.action_open_plan()

    def action_find_doubles(self):
        """Look for plans and payers that are on file twice."""
        self.check_access("write")
        return self.env["dental.plan.doubles"]._open()

    def action_open_plan(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_split(self):
        """Choose for whose policies the plan is another one."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Split %s", self.name),
            "res_model": "dental.plan.split",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_plan_id": self.id},
        }

    # Business

    def _split(self, policies, name):
        """A copy of this plan, with its rules and dentists, for some of its policies.

        :return: the new plan
        """
        self.ensure_one()
        new = self.copy({"name": name, "split_of_id": self.id})
        for rule in self.benefit_ids.filtered(lambda one: not one.coverage_id):
            rule.copy({"plan_id": new.id})
        own = self.benefit_ids.filtered(lambda one: one.coverage_id.policy_id in policies)
        own.plan_id = new
        for contract in self.contract_ids:
            contract.copy({"plan_id": new.id})
        policies.plan_id = new
        return new
