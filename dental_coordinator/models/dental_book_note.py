# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .dental_today_change import CHANGED, SUBCHANNEL


class DentalBookNote(models.Model):
    """A line over the day of the book, or a thing to do at a time in a column of it."""

    _name = "dental.book.note"
    _inherit = "dental.access.mixin"
    _description = "Note in the book"
    _order = "day, start NULLS FIRST, id"
    _rec_name = "day"

    day = fields.Date(
        compute="_compute_day",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
    )
    text = fields.Char(required=True)
    todo = fields.Boolean(
        string="To do", help="Stays on the following days until somebody ticks it off."
    )
    done = fields.Boolean(copy=False)
    start = fields.Datetime(string="At", help="Empty: over the whole day.")
    operatory_id = fields.Many2one("dental.operatory", string="Chair", ondelete="restrict")
    patient_id = fields.Many2one("dental.patient", ondelete="restrict", index=True)
    user_id = fields.Many2one(
        "res.users", string="Owner", default=lambda self: self.env.user, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )

    _open_todo = models.Index("(company_id, day) WHERE todo AND done IS NOT TRUE")

    # Computes

    @api.depends("start")
    def _compute_day(self):
        for note in self:
            if note.start or not note.day:
                note.day = note.company_id._dental_day(note.start)

    # Constraints

    @api.constrains("patient_id", "company_id", "operatory_id")
    def _check_company(self, fnames=None):
        for note in self.sudo():
            others = note.patient_id.company_id | note.operatory_id.company_id
            if others - note.company_id:
                raise ValidationError(
                    self.env._("A note stays within one clinic: choose its patient and chair.")
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        notes = super().create(vals_list)
        notes._tell()
        return notes

    def write(self, vals):
        result = super().write(vals)
        self._tell()
        return result

    def unlink(self):
        self._tell()
        return super().unlink()

    # Business

    def _tell(self):
        """The screens that show the day look again."""
        for company in self.sudo().company_id:
            self.env["bus.bus"]._sendone(
                (company, SUBCHANNEL), CHANGED, {"company_id": company.id, "ids": []}
            )
