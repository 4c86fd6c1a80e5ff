# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..triage import before_surgery
from .dental_appointment_status import COMING
from .dental_call_mixin import TODO

# topic of a question -> the tick of the surgery that its answer sets
GATES = {
    "instructions": "instructions_given",
    "fasting": "fasting_told",
    "medicines": "premed_told",
    "escort": "escort_confirmed",
}
YES = {"yes": True, "no": False}


class DentalSurgeryCall(models.Model):
    """The call some days before an operation: what is asked sets its gates, or stops it."""

    _name = "dental.surgery.call"
    _inherit = "dental.call.mixin"
    _description = "Call before surgery"
    _patient_links = ("appointment_id", "surgery_id")
    _flow = {
        "to_call": ("escalated", "closed", "dropped"),
        "escalated": ("closed", "dropped"),
    }
    _clinician_fields = frozenset({"dentist_note", "decision"})
    _ask_view = "dental_coordinator.dental_surgery_call_view_form_ask"

    surgery_id = fields.Many2one(
        "dental.surgery", required=True, readonly=True, ondelete="restrict", index=True
    )
    appointment_id = fields.Many2one(readonly=True)
    state = fields.Selection(
        selection_add=[("dropped", "Not needed")], ondelete={"dropped": "set default"}
    )
    type_id = fields.Many2one(string="Operation")
    provider_id = fields.Many2one(string="Decides", help="The surgeon decides what is missing.")
    script_id = fields.Many2one(
        "dental.surgery.script", required=True, readonly=True, ondelete="restrict"
    )
    opening = fields.Text(related="script_id.opening")
    days_before = fields.Integer(related="script_id.days_before")
    surgery_day = fields.Date(readonly=True, required=True, string="Day of the operation")
    surgery_start = fields.Datetime(related="surgery_id.start", string="Operation on")
    readiness = fields.Json(related="surgery_id.readiness")
    readiness_level = fields.Selection(related="surgery_id.readiness_level", string="Gates")
    escort_needed = fields.Boolean(related="surgery_id.escort_needed")
    escort_name = fields.Char(related="surgery_id.escort_name", readonly=False)
    escort_phone = fields.Char(related="surgery_id.escort_phone", readonly=False)
    fasting_rule = fields.Char(related="surgery_id.fasting_rule")
    premed = fields.Char(related="surgery_id.premed")
    line_ids = fields.One2many("dental.surgery.call.line", "call_id", string="Questions")
    # What follows from it
    advice = fields.Selection(
        [("dentist", "Dentist decides"), ("again", "Ask again"), ("fine", "All clear")],
        compute="_compute_advice",
        string="What follows",
    )
    advice_text = fields.Char(compute="_compute_advice", string="Because")
    decision = fields.Selection(
        [("go", "It takes place"), ("postpone", "Postponed: find another day")], copy=False
    )

    _once = models.UniqueIndex(
        "(surgery_id, script_id) WHERE state = 'to_call'",
        "This call before surgery is on the list already.",
    )

    # Computes

    @api.depends("line_ids.answer", "state", "reached_at", "surgery_id.call_ids.state")
    def _compute_advice(self):
        topics = dict(self.line_ids._fields["topic"]._description_selection(self.env))
        for call in self:
            care = call._care()
            unreached = call.state == "escalated" and not call.reached_at and not care.wrong
            call.advice = "dentist" if unreached else care.level
            words = [call._wrong_words(topic, topics) for topic in care.wrong]
            if unreached:
                words.append(self.env._("not reached"))
            call.advice_text = "; ".join(words)

    # Actions

    def action_ask(self):
        self._fill_script()
        return super().action_ask()

    def action_close(self):
        for call in self:
            call._check_closing()
            call._settle_answers()
        result = super().action_close()
        for call in self.filtered(lambda c: c.decision == "postpone"):
            call._postpone_surgery()
        return result

    def action_escalate(self):
        for call in self:
            call._settle_answers()
        return super().action_escalate()

    # Business

    def _outcome_give_up(self):
        """Nobody may find out on the day: if no call follows, the dentist decides."""
        self._check_tries()
        last = self.filtered(lambda c: c._is_last())
        if last:
            last.action_escalate()
        return super(DentalSurgeryCall, self - last)._outcome_give_up()

    def _day_after(self, today):
        """Never later than the day before the operation."""
        return max(today, min(super()._day_after(today), self.surgery_day - timedelta(days=1)))

    def _is_last(self):
        return not self.surgery_id.call_ids.filtered(
            lambda c: c.state == "to_call" and c.days_before < self.days_before
        )

    def _care(self):
        """What the answers ask for, see the package triage."""
        asked = self.line_ids.filtered(lambda line: line.kind == "ask")
        answers = [(line.topic or None, YES.get(line.answer)) for line in asked]
        return before_surgery(answers, self._is_last())

    def _wrong_words(self, topic, topics):
        words = {"coming": self.env._("does not come"), "ill": self.env._("ill, or something new")}
        return words.get(topic) or self.env._("not so: %s", topics[topic])

    def _fill_script(self):
        """The script as it is worded today; what was answered stays."""
        for call in self.filtered(lambda c: c.state == "to_call"):
            known = call.line_ids.script_line_id
            lines = call.script_id.line_ids.filtered(
                lambda line, c=call, k=known: line not in k and line._concerns(c.surgery_id)
            )
            call.line_ids = [Command.create(line._prepare()) for line in lines]

    def _settle_answers(self):
        """The answers set the gates of the surgery; who asked goes with the tick."""
        surgery = self.surgery_id
        said = {
            GATES[line.topic]: YES[line.answer]
            for line in self.line_ids
            if line.topic in GATES and line.answer
        }
        changed = {name: value for name, value in said.items() if surgery[name] != value}
        if changed and self.state == "to_call":
            surgery.write(changed)

    def _check_closing(self):
        if self.state == "escalated":
            self._check_clinician({"decision": True})
            if not self.decision:
                raise UserError(self.env._("%s, Decision: choose it before closing.", self.number))
            return
        waiting = self.line_ids.filtered(lambda line: line.kind == "ask" and not line.answer)
        if waiting or not self.line_ids:
            raise UserError(
                self.env._(
                    "%(number)s: ask also: %(what)s",
                    number=self.number,
                    what=" ".join(waiting.mapped("name")) or self.script_id.name,
                )
            )
        if self.advice == "dentist":
            raise UserError(
                self.env._(
                    "%(number)s: %(why)s. %(who)s decides: hand it over.",
                    number=self.number,
                    why=self.advice_text,
                    who=self.provider_id.name,
                )
            )

    def _was_asked(self):
        return bool(self.line_ids.filtered("answer"))

    def _escalation(self):
        return self.env._("Decide whether it takes place"), self.env._("Decide on a surgery")

    def _postpone_surgery(self):
        """The visit waits for another place; whoever called finds it."""
        visit = self.appointment_id
        if visit.status in COMING:
            visit._set_status("planned", self.env._("Postponed by the dentist: %s", self.number))
            visit.owner_id = self.escalated_by_id

    def _drop(self):
        """Nobody needs this call any more: the operation was moved, cancelled or has begun."""
        self.write({"state": "dropped", "next_action": False})
        self.sudo().activity_unlink([TODO])
