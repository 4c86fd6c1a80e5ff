# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dental_coordinator.models.lock_alone import lock_alone

# Two people who answer for one account within this time mean the same call.
AT_ONCE = timedelta(minutes=1)


class DentalCollectionCase(models.Model):
    """What is being done about an account; what is owed on it is the ledger's to say."""

    _name = "dental.collection.case"
    _inherit = ["dental.numbered.mixin", "dental.account.mixin", "dental.work.mixin"]
    _description = "Account being collected"
    _order = "next_date, id"

    promise_id = fields.Many2one(
        "dental.promise", readonly=True, ondelete="set null", index="btree_not_null"
    )
    dispute_id = fields.Many2one(
        "dental.dispute", readonly=True, ondelete="set null", index="btree_not_null"
    )
    rule_id = fields.Many2one(
        "dental.collection.rule", string="Last step", readonly=True, ondelete="set null"
    )
    rule_on = fields.Date(string="Last step on", readonly=True)
    final_on = fields.Date(string="Final notice on", readonly=True)
    answer = fields.Char(string="Last answer", readonly=True)
    answered_at = fields.Datetime(readonly=True)
    answered_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    promise_ids = fields.One2many("dental.promise", "case_id", string="Promises")
    dispute_ids = fields.One2many("dental.dispute", "case_id", string="Disputes")

    _one_account = models.Constraint(
        "UNIQUE (company_id, guarantor_id)",
        "Somebody else has just begun to work on this account. Refresh the list and look again.",
    )

    # CRUD

    def write(self, vals):
        """The rows of the list are views of these: read them anew."""
        result = super().write(vals)
        self.env["dental.collection"].invalidate_model(flush=False)
        return result

    # Actions

    def action_open_row(self):
        """The account as the list of what is to collect has it."""
        self.ensure_one()
        row = self._row()
        return row.action_open() if row else self.action_open()

    # Business

    def _row(self):
        return self.env["dental.collection"].search([("case_id", "=", self.id)], limit=1)

    def _open_fields(self):
        return []

    def _is_open(self):
        return True

    @api.model
    def _press_names(self):
        """Fields that an outcome may change, and its undo brings back."""
        return (
            *("owner_id", "next_action", "next_date", "promise_id", "dispute_id"),
            *("rule_id", "rule_on", "answer", "answered_at", "answered_by_id"),
        )

    def _press_restore(self, vals):
        """A promise or dispute that was noted by mistake stays on file as taken back."""
        for name in ("promise_id", "dispute_id"):
            if self[name] and self[name].id != vals[name]:
                self[name]._take_back()
        self.write(vals)

    def _take_turn(self):
        """One person answers for an account at a time; whoever comes second is told what was said.

        :raises UserError: naming the account and who was faster
        """
        lock_alone(self)
        since = fields.Datetime.now() - AT_ONCE
        for case in self.sudo():
            who = case.answered_by_id
            if who and who != self.env.user and case.answered_at > since:
                raise UserError(
                    self.env._(
                        "%(case)s: %(who)s has just noted “%(what)s”. Refresh the list and go on "
                        "with the next.",
                        case=case.number,
                        who=who.name,
                        what=case.answer,
                    )
                )

    def _take_step(self, rule):
        today = fields.Date.context_today(self)
        self.write({"rule_id": rule.id, "rule_on": today})
        if rule.kind == "final":
            self.final_on = today

    def _forget_step(self, rule):
        """The letter was taken back: its step is offered again."""
        for case in self.filtered(lambda one: one.rule_id == rule):
            case.write({"rule_id": False, "rule_on": False})
            if rule.kind == "final":
                case.final_on = False
