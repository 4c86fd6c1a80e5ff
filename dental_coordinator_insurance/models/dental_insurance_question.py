# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..callsheet import QUESTIONS, read_answer

BY_KEY = {question.key: question for question in QUESTIONS}


class DentalInsuranceQuestion(models.Model):
    """One question of a call to a payer, and what was typed as its answer. Blank is unknown."""

    _name = "dental.insurance.question"
    _inherit = "dental.patient.mixin"
    _description = "Question of a call sheet"
    _order = "verification_id, sequence, id"

    verification_id = fields.Many2one(
        "dental.insurance.verification",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    patient_id = fields.Many2one(
        related="verification_id.patient_id",
        store=True,
        index=True,
        precompute=True,
        required=True,
    )
    sequence = fields.Integer(readonly=True)
    key = fields.Char(required=True, readonly=True)
    section = fields.Selection(
        [
            ("identity", "The cover"),
            ("money", "Money"),
            ("class", "Shares"),
            ("limits", "Limits"),
            ("clauses", "Clauses"),
            ("history", "Done before"),
            ("process", "Procedure"),
        ],
        readonly=True,
    )
    category_id = fields.Many2one("dental.procedure.category", readonly=True, ondelete="restrict")
    text = fields.Char(compute="_compute_text", string="Question")
    reason = fields.Selection(
        [
            ("never", "Never asked"),
            ("old", "Answer is old"),
            ("last_year", "Of the last benefit year"),
            ("guessed", "Guessed"),
        ],
        readonly=True,
        string="Because",
    )
    last_asked = fields.Date(readonly=True, string="Last answer")
    on_file = fields.Char(readonly=True, string="On file")
    answer = fields.Char(help="As the payer says it: 80, 1500, 2 per year, 12 months, yes.")
    hint = fields.Char(compute="_compute_hint", string="Typed as")
    answered_at = fields.Datetime(readonly=True, copy=False, string="Answered at")

    _once = models.UniqueIndex(
        "(verification_id, key, category_id) NULLS NOT DISTINCT",
        "This question stands on the sheet already.",
    )

    # Computes

    @api.depends("key", "category_id")
    def _compute_display_name(self):
        for question in self:
            question.display_name = f"{question.verification_id.number}, {question.key}"

    @api.depends("key", "category_id")
    def _compute_text(self):
        words = self._words()
        for question in self:
            about = (question.category_id.name or "").lower()
            question.text = words.get(question.key, "").replace("{about}", about)

    @api.depends("key")
    def _compute_hint(self):
        hints = {
            "percent": self.env._("80"),
            "amount": self.env._("1500, unlimited"),
            "frequency": self.env._("2 per year, 1 per 6 months"),
            "span": self.env._("12 months, none"),
            "age": self.env._("18, none"),
            "date": self.env._("3/31/2026, never"),
            "yes": self.env._("yes, no"),
        }
        for question in self:
            question.hint = hints.get(question._form(), False)

    # Constraints

    @api.constrains("answer", "key")
    def _check_answer(self):
        for question in self:
            try:
                question._read()
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "%(question)s “%(answer)s” is not understood. %(remedy)s",
                        question=question.text,
                        answer=question.answer,
                        remedy=str(error),
                    )
                ) from error

    # CRUD

    def write(self, vals):
        if "answer" in vals:
            vals = {**vals, "answered_at": fields.Datetime.now() if vals["answer"] else False}
        return super().write(vals)

    # Business

    def _form(self):
        question = BY_KEY.get(self.key)
        return question.form if question else "text"

    def _read(self):
        """The answer as callsheet.Answer; None while it is unknown."""
        self.ensure_one()
        return read_answer(self._form(), self.answer or "")

    def _read_back(self):
        """The answer as it is read back to the payer's agent."""
        self.ensure_one()
        return f"{self.text} {self.answer}"

    @api.model
    def _words(self):
        """{key: the question, as it is asked on the telephone}"""
        return {
            "active": self.env._("Is the cover in force today?"),
            "effective": self.env._("Since when is the patient covered?"),
            "network": self.env._("Are we in the plan's network?"),
            "other_coverage": self.env._("Does another plan stand on file, which pays first?"),
            "maximum": self.env._("What is the yearly maximum for one person?"),
            "maximum_used": self.env._("How much of the yearly maximum is used?"),
            "family_maximum": self.env._("Is there a maximum for the family?"),
            "deductible": self.env._("What is the yearly deductible for one person?"),
            "deductible_met": self.env._("How much of the deductible is met?"),
            "ortho_maximum": self.env._("What is the lifetime maximum for orthodontics?"),
            "percent": self.env._("Which share is paid for {about}?"),
            "deductible_applies": self.env._("Does the deductible apply to {about}?"),
            "exam_frequency": self.env._("How often are exams paid?"),
            "xray_frequency": self.env._("How often are x-rays paid?"),
            "cleaning_frequency": self.env._("How often are cleanings paid?"),
            "perio_frequency": self.env._("How often is gum treatment paid?"),
            "replacement": self.env._("After how long is a replacement paid ({about})?"),
            "age_limit": self.env._("Through which age is orthodontics paid?"),
            "waiting": self.env._("Is there a waiting period for {about}?"),
            "missing_tooth": self.env._("Is there a missing tooth clause?"),
            "downgrade": self.env._("Is another, cheaper service paid instead ({about})?"),
            "pays_on": self.env._("Is it paid on preparation or on seating?"),
            "last_exam": self.env._("When was the last exam?"),
            "last_cleaning": self.env._("When was the last cleaning?"),
            "last_xray": self.env._("When were the last x-rays?"),
            "last_prosthesis": self.env._("When was the last of this kind placed ({about})?"),
            "precert": self.env._("Must you be asked beforehand about {about}?"),
        }
