# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

from ..desk import YES, options_of, read_page
from .insert_rows import insert_rows
from .lock_alone import lock_alone

# What people set; all else is what was asked and answered.
OPEN_FIELDS = frozenset({"owner_id", "next_date", "next_action", "note"})


class DentalFormSheet(models.Model):
    """A form as one patient was asked it at one visit. A person looks at the answers."""

    _name = "dental.form.sheet"
    _inherit = ["dental.numbered.mixin", "dental.patient.mixin", "dental.work.mixin"]
    _description = "Answers of a patient"
    _order = "id desc"

    form_id = fields.Many2one(
        "dental.form", required=True, readonly=True, ondelete="restrict", index=True
    )
    appointment_id = fields.Many2one(
        "dental.appointment", required=True, readonly=True, ondelete="restrict"
    )
    device = fields.Char(readonly=True, help="The tablet at which it was asked.")
    state = fields.Selection(
        [("asked", "Not answered"), ("review", "To review"), ("reviewed", "Reviewed")],
        required=True,
        readonly=True,
        default="asked",
        index=True,
    )
    page = fields.Integer(readonly=True, help="Pages that were answered.")
    alert = fields.Boolean(readonly=True, help="A yes to a question that is marked as an alert.")
    finished_at = fields.Datetime(readonly=True, string="Finished at")
    reviewed_by_id = fields.Many2one(
        "res.users", readonly=True, ondelete="restrict", string="Reviewed by"
    )
    reviewed_at = fields.Datetime(readonly=True, string="Reviewed at")
    note = fields.Char(string="What was done about it")
    answer_ids = fields.One2many("dental.form.answer", "sheet_id", readonly=True)

    _once = models.Constraint(
        "UNIQUE (appointment_id, form_id)", "This form was asked at this visit already."
    )
    _alert_idx = models.Index("(patient_id) WHERE alert AND state = 'review'")

    # CRUD

    def write(self, vals):
        if not self.env.su and vals.keys() - OPEN_FIELDS:
            raise UserError(
                self.env._(
                    "%s: what was asked and answered stays as it is. Note what was done about it, "
                    "and press Reviewed.",
                    ", ".join(self.mapped("number")),
                )
            )
        return super().write(vals)

    # Actions

    def action_review(self):
        """A person has looked at the answers.

        :raises UserError: naming who was faster
        """
        lock_alone(self)
        for sheet in self:
            if sheet.state != "review":
                raise UserError(
                    self.env._(
                        "%(number)s was reviewed by %(name)s.",
                        number=sheet.number,
                        name=sheet.reviewed_by_id.name,
                    )
                    if sheet.state == "reviewed"
                    else self.env._("%s: there is no answer to review yet.", sheet.number)
                )
        self.sudo().write(
            {
                "state": "reviewed",
                "reviewed_by_id": self.env.uid,
                "reviewed_at": fields.Datetime.now(),
            }
        )
        self.sudo().appointment_id._tell_today()
        return True

    # Business

    def _is_open(self):
        return self.state == "review"

    def _keep(self, raw):
        """Keep the answers to the page that is open, where they are whole.

        :param raw: {question id: what was typed}
        :return: ids of the questions that are still to be answered; none when all was kept
        """
        self.ensure_one()
        pages = self.form_id._pages()
        if self.finished_at or self.page >= len(pages):
            return []
        questions = pages[self.page]
        asked = [(q.id, q.kind, q.required, options_of(q.options)) for q in questions]
        answers, missing = read_page(asked, raw)
        if missing:
            return missing
        insert_rows(
            self.env["dental.form.answer"].sudo(),
            [self._prepare_answer(question, answers[question.id]) for question in questions],
        )
        self.invalidate_recordset(["answer_ids"])
        last = self.page + 1 == len(pages)
        self.write(
            {
                "page": self.page + 1,
                "state": "review",
                "alert": self.alert
                or any(question.alert and answers[question.id] == YES for question in questions),
                "finished_at": fields.Datetime.now() if last else False,
            }
        )
        return []

    def _prepare_answer(self, question, answer):
        words = {"yes": self.env._("Yes"), "no": self.env._("No")}
        return {
            "sheet_id": self.id,
            "question_id": question.id,
            "question": question.name,
            "answer": words[answer] if question.kind == "yesno" and answer else answer,
            "alert": question.alert and answer == YES,
            "at": fields.Datetime.now(),
            "device": self.device,
        }
