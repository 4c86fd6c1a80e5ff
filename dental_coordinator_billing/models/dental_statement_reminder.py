# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .dental_statement_round import AT_ONCE

WAIT_AFTER = 14


class DentalStatement(models.Model):
    """The text that reminds, by age; and the letter that is only that: amounts, no treatment.

    Nobody is reminded of what he disputes.
    """

    _inherit = "dental.statement"

    rule_id = fields.Many2one(
        "dental.collection.rule", string="Step", readonly=True, ondelete="restrict"
    )
    notice = fields.Text(
        string="Text for this age", readonly=True, help="In the language of whoever pays."
    )
    dispute_id = fields.Many2one("dental.dispute", compute="_compute_dispute_id", compute_sudo=True)

    _one_reminder = models.UniqueIndex(
        "(company_id, guarantor_id) WHERE kind = 'reminder' AND state IN ('draft', 'reviewed')",
        "A letter to remind this account is being prepared already. Look under Money, Statements.",
    )

    # Computes

    @api.depends("guarantor_id", "company_id")
    def _compute_dispute_id(self):
        disputes = self.env["dental.dispute"].search(
            [("guarantor_id", "in", self.guarantor_id.ids), ("state", "=", "open")]
        )
        found = {(one.company_id, one.guarantor_id): one for one in disputes}
        for statement in self:
            key = (statement.company_id, statement.guarantor_id)
            statement.dispute_id = found.get(key, False)

    # Actions

    def action_send(self):
        if len(self) <= AT_ONCE:
            self._check_may_remind()
        result = super().action_send()
        self.filtered(lambda one: one.kind == "reminder" and one.state == "sent")._note_step()
        return result

    def action_undo(self):
        result = super().action_undo()
        for statement in self.filtered("rule_id"):
            statement._case()._forget_step(statement.rule_id)
        return result

    # Business

    def _take_snapshot(self):
        result = super()._take_snapshot()
        vals = {"notice": self._notice()}
        if self.kind == "reminder":
            patients = self.guarantor_id._dental_patients(self.company_id)
            self._check_may_open(patients)
            vals["patient_ids"] = [Command.set(patients.ids)]
        self.write(vals)
        return result

    def _notice(self):
        """The text for a bill of this account; none on what is handed over after a visit."""
        if self.kind == "walkout":
            return False
        rule = self.rule_id or self._row()._notice_rule()
        return rule.sudo().with_context(lang=self.guarantor_id.lang).text

    def _row(self):
        return self.env["dental.collection"]._of(self.guarantor_id, self.company_id)

    def _case(self):
        return self._row().case_id.with_env(self.env)

    def _check_fresh(self):
        self._check_may_remind()
        return super()._check_fresh()

    def _check_may_remind(self):
        """Refuse to remind of what is disputed or promised, or to threaten where claims are open.

        :raises UserError: naming the statement, what it waits for and the remedy
        """
        for statement in self.filtered("notice"):
            row = statement._row()
            why = row._stops(statement.rule_id or row._notice_rule())
            if not why:
                continue
            words = {"number": statement.number, "why": why}
            if statement.kind == "reminder":
                raise UserError(
                    self.env._(
                        "%(number)s waits for %(why)s. Undo it, or settle that first.", **words
                    )
                )
            raise UserError(
                self.env._(
                    "%(number)s reminds of an account that waits for %(why)s. Take the account "
                    "anew: it then goes without that text.",
                    **words,
                )
            )

    def _note_step(self):
        """The letter went: the step is taken, the log says so."""
        today = fields.Date.context_today(self)
        for statement in self:
            row = statement._row().with_env(self.env)
            case = row._cases()
            row._log_contact("sent", channel=statement._contact_channel(), note=statement.number)
            rule = statement.rule_id
            case._take_step(rule)
            case.write(
                {
                    "next_action": self.env._(
                        "%s went: look whether it was paid", statement.number
                    ),
                    "next_date": today + timedelta(days=WAIT_AFTER),
                }
            )

    def _contact_channel(self):
        return {"email": "email", "hand": "person"}.get(self.mode, "letter")
