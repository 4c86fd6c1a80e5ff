# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

from ..collecting import notice, stopped


class DentalCollection(models.Model):
    """The steps of collecting that are more than a call: a letter, a final notice, the end."""

    _inherit = "dental.collection"

    approval_id = fields.Many2one("dental.collection.approval", related="case_id.approval_id")

    # Actions

    def action_write(self):
        """Write the letter that is due: amounts by age and the text of the step."""
        self.ensure_one()
        if self.step_kind not in ("letter", "final"):
            raise UserError(self._no_step_message())
        self._cases()
        statement = self.env["dental.statement"].create(
            {
                "guarantor_id": self.guarantor_id.id,
                "company_id": self.company_id.id,
                "kind": "reminder",
                "rule_id": self.step_id.id,
            }
        )
        return statement.action_open()

    def action_ask_approval(self):
        """Ask the manager whether it is handed over or written off."""
        self.ensure_one()
        if self.step_kind != "last":
            raise UserError(self._no_step_message())
        return self._ask("end", self.env._("Ask for approval"))

    # Business

    def _no_step_message(self):
        if self.waits_for:
            return self.env._(
                "%(account)s waits for %(why)s: no such step before that is settled.",
                account=self.display_name,
                why=self.waits_for,
            )
        return self.env._(
            "%s: no such step is due. Look under Configuration, Steps of collecting.",
            self.display_name,
        )

    def _notice_rule(self):
        """The step whose text stands on a bill of this account, or none."""
        rules = self.env["dental.collection.rule"]
        if not self:
            return rules
        found = notice(self._own_account(), rules._of(self.company_id)._plain())
        return rules.browse(found.key) if found else rules

    def _own_account(self):
        return self._plain_account(self.guarantor_id._dental_claims_open(self.company_id))

    def _stops(self, rule):
        """What speaks against reminding by this step: words, or nothing."""
        if self and stopped(self._own_account(), rule.kind):
            return self.waits_for
        return ""

    def _ask_end(self, asked):
        """Ask for the last step; nothing happens before somebody approves it."""
        case = self._cases()
        case._take_turn()
        self._check_nothing_open()
        approval = self.env["dental.collection.approval"].create(
            {
                **self._prepare_answer_vals(),
                "what": asked.what,
                "reason": asked.reason,
                "amount": self.overdue,
                "rule_id": self.step_id.id,
            }
        )
        words = self.env._("%s waits for approval", approval.number)
        case.write({"approval_id": approval.id, "next_action": words})
        return approval


class DentalCollectionCase(models.Model):
    _inherit = "dental.collection.case"

    approval_id = fields.Many2one(
        "dental.collection.approval", readonly=True, ondelete="set null", index="btree_not_null"
    )
