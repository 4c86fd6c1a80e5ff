# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Command

# Statements that are worked on while one waits; more of them are a round in the background.
AT_ONCE = 20
STEPS = {"review": "draft", "send": "reviewed"}


class DentalStatementRound(models.Model):
    """Many statements that are prepared, reviewed or sent in the background."""

    _name = "dental.statement.round"
    _inherit = "dental.run.mixin"
    _description = "Statements in the background"
    _run_cron = "dental_coordinator_billing.cron_statement_rounds"

    step = fields.Selection(
        [
            ("prepare", "Prepare drafts"),
            ("review", "Review and keep the print"),
            ("send", "Send"),
        ],
        required=True,
        readonly=True,
    )
    line_ids = fields.One2many("dental.statement.round.line", "run_id", string="Statements")
    failed_line_ids = fields.One2many(
        "dental.statement.round.line",
        "run_id",
        domain=[("state", "=", "failed")],
        string="Failed statements",
    )

    # Actions

    def action_open_statements(self):
        """The statements of this round."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.number,
            "res_model": "dental.statement",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", self.line_ids.statement_id.ids)],
        }

    # Business

    @api.model
    def _begin(self, step, vals_list):
        """Note what is to be worked on, and wake the workers.

        :return: the round
        """
        lines = [Command.create({"step": step, **vals}) for vals in vals_list]
        begun = self.create({"step": step, "line_ids": lines})
        self._wake()
        return begun


class DentalStatementRoundLine(models.Model):
    """One account of a round, and its statement."""

    _name = "dental.statement.round.line"
    _inherit = "dental.run.line.mixin"
    _description = "Statement in the background"
    _order = "id"
    _rec_name = "run_id"
    _batch = 10  # a print takes its time, and a stop waits for no more than these

    run_id = fields.Many2one(
        "dental.statement.round", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True, precompute=True)
    step = fields.Selection(
        [("prepare", "Prepare"), ("review", "Review"), ("send", "Send")],
        required=True,
        readonly=True,
    )
    guarantor_id = fields.Many2one(
        "res.partner", required=True, readonly=True, ondelete="restrict", index=True
    )
    statement_id = fields.Many2one(
        "dental.statement", readonly=True, ondelete="set null", index="btree_not_null"
    )

    _waiting_idx = models.Index("(run_id, id) WHERE state = 'waiting'")
    _one_draft = models.UniqueIndex(
        "(company_id, guarantor_id) WHERE state = 'waiting' AND step = 'prepare'",
        "A statement for one of these accounts is being prepared already. Look at Money, "
        "Statements in the background.",
    )

    # Business

    def _do(self, env):
        if self.step != "prepare":
            getattr(self.statement_id.with_env(env), f"action_{self.step}")()
            return {}
        vals = {"guarantor_id": self.guarantor_id.id, "company_id": self.company_id.id}
        return {"statement_id": env["dental.statement"].create(vals).id}

    def _subject(self):
        return self.statement_id or self.guarantor_id


class DentalStatement(models.Model):
    _inherit = "dental.statement"

    # Actions

    def action_review(self):
        return self._begin_round("review") or super().action_review()

    def action_send(self):
        return self._begin_round("send") or super().action_send()

    # Business

    def _begin_round(self, step):
        """More than a few are worked on in the background: the round is shown.

        :return: the action, or None for a few
        """
        if len(self) <= AT_ONCE:
            return None
        self._check_state(STEPS[step])
        self.check_access("write")
        vals_list = [{"guarantor_id": s.guarantor_id.id, "statement_id": s.id} for s in self]
        return self.env["dental.statement.round"]._begin(step, vals_list).action_open()
