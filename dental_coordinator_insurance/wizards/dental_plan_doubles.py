# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..listing import doubles


class DentalPlanDoubles(models.TransientModel):
    """Plans and payers that may be one and the same, found by number and by name."""

    _name = "dental.plan.doubles"
    _description = "Plans and payers that may be doubles"

    line_ids = fields.One2many("dental.plan.doubles.line", "doubles_id")

    # Computes

    def _compute_display_name(self):
        self.display_name = self.env._("Doubles")

    # Business

    @api.model
    def _open(self):
        """Look through the plans and payers of this clinic.

        :raises UserError: when there is no double
        """
        plans = self.env["dental.insurance.plan"].search(
            [("company_id", "=", self.env.company.id)], order="id"
        )
        lines = [*self._payer_lines(plans.payer_id), *self._plan_lines(plans)]
        if not lines:
            raise UserError(
                self.env._("No two plans or payers of this clinic look like one and the same.")
            )
        found = self.create({"line_ids": [Command.create(line) for line in lines]})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plans and payers that may be doubles"),
            "res_model": self._name,
            "res_id": found.id,
            "views": [(False, "form")],
        }

    @api.model
    def _payer_lines(self, payers):
        items = ((one.id, one.name, one.dental_payer_code) for one in payers.sorted("id"))
        for ids, by_number in doubles(items):
            yield {
                "payer_ids": [Command.set(ids)],
                "reason": self.env._("the same payer id") if by_number else self._alike(),
            }

    @api.model
    def _plan_lines(self, plans):
        for own in plans.grouped("payer_id").values():
            items = ((one.id, one.name, one.group_number) for one in own)
            for ids, by_number in doubles(items):
                yield {
                    "plan_ids": [Command.set(ids)],
                    "reason": self.env._("the same group number") if by_number else self._alike(),
                }

    @api.model
    def _alike(self):
        return self.env._("names that are nearly the same")


class DentalPlanDoublesLine(models.TransientModel):
    _name = "dental.plan.doubles.line"
    _description = "One set of plans or payers that may be doubles"

    doubles_id = fields.Many2one("dental.plan.doubles", required=True, ondelete="cascade")
    plan_ids = fields.Many2many("dental.insurance.plan", string="Plans", readonly=True)
    payer_ids = fields.Many2many("res.partner", string="Payers", readonly=True)
    members = fields.Integer(compute="_compute_members", string="Policies")
    reason = fields.Char(readonly=True, string="Because of")
    kept_plan_id = fields.Many2one("dental.insurance.plan", string="Made one", readonly=True)

    # Computes

    @api.depends("plan_ids", "payer_ids")
    def _compute_members(self):
        groups = self.env["dental.insurance.policy"]._read_group(
            [("plan_id", "in", (self.plan_ids | self.payer_ids.dental_plan_ids).ids)],
            ["plan_id"],
            ["__count"],
        )
        counts = dict(groups)
        for line in self:
            plans = line.plan_ids or line.payer_ids.dental_plan_ids
            line.members = sum(counts.get(plan, 0) for plan in plans)

    # Actions

    def action_show(self):
        """The plans side by side, to look at and to choose from."""
        self.ensure_one()
        plans = self.plan_ids or self.payer_ids.dental_plan_ids
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plans that may be one"),
            "res_model": "dental.insurance.plan",
            "domain": [("id", "in", plans.ids)],
            "views": [(False, "list"), (False, "form")],
        }

    def action_combine(self):
        """Make one plan of these: the one with most policies stays."""
        self.ensure_one()
        action = self.plan_ids.action_combine()
        self.kept_plan_id = action["res_id"]
        return True

    def action_one_payer(self):
        """Put the plans of all these payers under the one that has most of them."""
        self.ensure_one()
        self.env["dental.insurance.plan"].check_access("write")
        plans = self.payer_ids.dental_plan_ids.filtered(
            lambda one: one.company_id == self.env.company
        )
        kept = max(
            self.payer_ids,
            key=lambda one: (
                sum(plans.filtered(lambda p: p.payer_id == one).mapped("policy_count")),
                -one.id,
            ),
        )
        plans.payer_id = kept
        self.reason = self.env._("All their plans are now of %s.", kept.name)
        self.payer_ids = kept
        return True
