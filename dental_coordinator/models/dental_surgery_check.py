# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

PHASES = [
    ("sign_in", "Before anaesthesia"),
    ("time_out", "Time-out before the first cut"),
    ("sign_out", "Before leaving the room"),
]
ANSWERS = [("yes", "Yes"), ("no", "No"), ("na", "Does not apply")]
# The database keeps an answer as it was given, whoever asks.
KEEP = """
CREATE OR REPLACE FUNCTION dental_surgery_check_keep() RETURNS trigger AS $$
BEGIN
    IF OLD.answered_at IS NOT NULL THEN
        RAISE EXCEPTION 'dental_surgery_check: an answer is kept';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$ LANGUAGE plpgsql;
"""


class DentalSurgeryCheck(models.Model):
    """One question of the safety checklist. An answer stays; a wrong one is asked again."""

    _name = "dental.surgery.check"
    _inherit = "dental.surgery.line.mixin"
    _description = "Safety check"
    _order = "surgery_id, sequence, id"

    phase = fields.Selection(PHASES, required=True, readonly=True)
    sequence = fields.Integer(default=10, readonly=True)
    name = fields.Char(string="Question", required=True, readonly=True)
    answer = fields.Selection(ANSWERS, readonly=True, copy=False)
    note = fields.Char(copy=False)
    answered_by_id = fields.Many2one(
        "res.users", string="Answered by", readonly=True, copy=False, ondelete="restrict"
    )
    answered_at = fields.Datetime(string="Answered at", readonly=True, copy=False)
    again_of_id = fields.Many2one(
        "dental.surgery.check", string="Asked again", readonly=True, ondelete="restrict"
    )
    again_ids = fields.One2many("dental.surgery.check", "again_of_id")

    _again_once = models.UniqueIndex(
        "(again_of_id) WHERE again_of_id IS NOT NULL", "This question is asked again already."
    )
    _answer_whole = models.Constraint(
        "CHECK ((answer IS NULL) = (answered_at IS NULL))", "An answer has its moment."
    )

    def init(self):
        self.env.cr.execute(KEEP)
        self.env.cr.execute(
            SQL(
                "CREATE OR REPLACE TRIGGER dental_surgery_check_keep BEFORE UPDATE OR DELETE ON %s"
                " FOR EACH ROW EXECUTE FUNCTION dental_surgery_check_keep()",
                SQL.identifier(self._table),
            )
        )

    # CRUD

    def write(self, vals):
        kept = self.filtered("answered_at")[:1]
        if kept:
            raise UserError(
                self.env._(
                    "%(number)s, %(question)s: the answer stays as given. Ask again instead.",
                    number=kept.surgery_id.number,
                    question=kept.name,
                )
            )
        if not self.env.su and vals.keys() - {"note"}:
            raise AccessError(
                self.env._("%s: answer a question by its buttons.", self[:1].surgery_id.number)
            )
        return super().write(vals)

    # Actions

    def action_yes(self):
        return self._answer("yes")

    def action_no(self):
        return self._answer("no")

    def action_na(self):
        return self._answer("na")

    def action_again(self):
        """The answer was wrong or has changed: it stays, and the question stands open again."""
        self.check_access("write")
        for check in self.sudo():
            if not check.answered_at or check.again_ids:
                raise UserError(
                    self.env._("%s: this question is open already.", check.surgery_id.number)
                )
            check._check_phase_open()
            check.copy({"again_of_id": check.id, "surgery_id": check.surgery_id.id})
        return True

    # Business

    def _answer(self, answer):
        self.check_access("write")
        for check in self.sudo():
            if check.answered_at:
                raise UserError(
                    self.env._(
                        "%(number)s, %(question)s: answered by %(who)s already. Ask it again if "
                        "the answer has changed.",
                        number=check.surgery_id.number,
                        question=check.name,
                        who=check.answered_by_id.name,
                    )
                )
            check._check_phase_open()
            check.write(
                {
                    "answer": answer,
                    "answered_by_id": self.env.uid,
                    "answered_at": fields.Datetime.now(),
                }
            )
        return True

    def _check_phase_open(self):
        self.surgery_id._check_phase_open(self.phase)
