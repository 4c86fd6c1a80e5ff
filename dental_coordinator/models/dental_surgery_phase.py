# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .append_only import make_append_only
from .dental_surgery_check import PHASES


class DentalSurgeryPhase(models.Model):
    """A part of the safety checklist that is over: who was there, and when. It only grows."""

    _name = "dental.surgery.phase"
    _inherit = "dental.surgery.line.mixin"
    _description = "Part of the safety checklist"
    _order = "at, id"
    _log_access = False

    surgery_id = fields.Many2one(ondelete="restrict")
    # Not stored: a row is written once.
    patient_id = fields.Many2one(store=False, index=False)
    company_id = fields.Many2one(store=False, index=False)
    phase = fields.Selection(PHASES, required=True, readonly=True)
    at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="restrict", string="Led by"
    )
    present = fields.Char(required=True, readonly=True, help="Names of those who stopped for it.")

    _once = models.Constraint(
        "UNIQUE (surgery_id, phase)", "This part of the checklist was closed just now."
    )

    def init(self):
        make_append_only(self.env.cr, self._table)
