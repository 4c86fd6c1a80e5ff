# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .append_only import make_append_only


class DentalFormAnswer(models.Model):
    """What one patient answered to one question, in the words of both. It is never changed."""

    _name = "dental.form.answer"
    _inherit = "dental.access.mixin"
    _description = "Answer of a patient"
    _order = "id"
    _rec_name = "question"
    _log_access = False

    sheet_id = fields.Many2one(
        "dental.form.sheet", required=True, readonly=True, ondelete="restrict"
    )
    patient_id = fields.Many2one(related="sheet_id.patient_id")
    company_id = fields.Many2one(related="sheet_id.company_id")
    question_id = fields.Many2one(
        "dental.form.question", required=True, readonly=True, ondelete="restrict", index=True
    )
    question = fields.Char(required=True, readonly=True, string="As asked")
    answer = fields.Char(readonly=True, help="Empty: left out.")
    alert = fields.Boolean(readonly=True)
    at = fields.Datetime(required=True, readonly=True)
    device = fields.Char(readonly=True)

    _once = models.Constraint(
        "UNIQUE (sheet_id, question_id)", "This question was answered already."
    )

    def init(self):
        make_append_only(self.env.cr, self._table)
