# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

KINDS = [
    ("amount", "The amount is wrong"),
    ("plan", "The plan should pay"),
    ("paid", "It is paid"),
    ("told", "Was told something else"),
    ("work", "Not satisfied"),
    ("other", "Something else"),
]
OUTCOMES = [
    ("owed", "Owed as billed"),
    ("corrected", "Bill corrected"),
    ("plan_pays", "The plan pays"),
    ("given_up", "Not held up"),
]


class DentalDispute(models.Model):
    """Somebody says that he does not owe it. Until it is settled nobody reminds him of it."""

    _name = "dental.dispute"
    _inherit = ["dental.numbered.mixin", "dental.account.mixin", "dental.work.mixin"]
    _description = "Disputed account"
    _order = "next_date, id"

    case_id = fields.Many2one(
        "dental.collection.case", required=True, readonly=True, ondelete="restrict", index=True
    )
    kind = fields.Selection(
        KINDS,
        required=True,
        default="amount",
    )
    reason = fields.Char(string="What is said", required=True)
    amount = fields.Monetary(string="Overdue then", readonly=True)
    state = fields.Selection(
        [("open", "Open"), ("settled", "Settled"), ("taken_back", "Taken back")],
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    outcome = fields.Selection(OUTCOMES)
    outcome_note = fields.Char(string="What was found")
    settled_on = fields.Date(readonly=True, string="Settled on")
    settled_by_id = fields.Many2one(
        "res.users", readonly=True, ondelete="restrict", string="Settled by"
    )

    _one_open = models.UniqueIndex(
        "(case_id) WHERE state = 'open'",
        "This account is disputed already. Write what is said into that dispute.",
    )
    _outcome_when_settled = models.Constraint(
        "CHECK (state != 'settled' OR outcome IS NOT NULL)",
        "Say what came out before you settle a dispute.",
    )

    # Actions

    def action_settle(self):
        """It is decided: the account goes on where it stood."""
        for dispute in self:
            if dispute.state != "open":
                raise UserError(self.env._("%s is settled already.", dispute.number))
            if not dispute.outcome:
                raise UserError(
                    self.env._("%s, Outcome: say what came out of it first.", dispute.number)
                )
            dispute._close("settled")
        return True

    def action_open_row(self):
        self.ensure_one()
        return self.case_id.action_open_row()

    # Business

    def _is_open(self):
        return self.state == "open"

    def _begin(self):
        for dispute in self:
            dispute.case_id.dispute_id = dispute

    def _take_back(self):
        self.write({"state": "taken_back", "next_action": False})

    def _close(self, state):
        today = fields.Date.context_today(self)
        self.write(
            {
                "state": state,
                "settled_on": today,
                "settled_by_id": self.env.uid,
                "next_action": False,
            }
        )
        outcome = dict(self._fields["outcome"]._description_selection(self.env))[self.outcome]
        words = self.env._("%(dispute)s: %(what)s", dispute=self.number, what=outcome)
        day = today + timedelta(days=1)
        self.case_id.write({"dispute_id": False, "next_action": words, "next_date": day})
