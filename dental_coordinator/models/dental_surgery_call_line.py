# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from .dental_intake import YES_NO
from .dental_surgery_script_line import TOPICS


class DentalSurgeryCallLine(models.Model):
    """What was said or asked in a call before surgery, as it was worded then, and the answer."""

    _name = "dental.surgery.call.line"
    _inherit = "dental.patient.mixin"
    _description = "Line of a call before surgery"
    _order = "call_id, sequence, id"

    call_id = fields.Many2one(
        "dental.surgery.call", required=True, readonly=True, ondelete="cascade", index=True
    )
    patient_id = fields.Many2one(
        "dental.patient", related="call_id.patient_id", store=True, required=False
    )
    script_line_id = fields.Many2one(
        "dental.surgery.script.line", readonly=True, ondelete="set null", index="btree_not_null"
    )
    sequence = fields.Integer(readonly=True)
    kind = fields.Selection([("ask", "Ask"), ("say", "Say")], required=True, readonly=True)
    name = fields.Char(string="Words", required=True, readonly=True)
    topic = fields.Selection(TOPICS, readonly=True, string="About")
    answer = fields.Selection(YES_NO, readonly=True)
    note = fields.Char(string="What the patient said")

    # Computes

    @api.depends("call_id.number")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.call_id.number

    # CRUD

    def write(self, vals):
        closed = self.call_id.filtered(lambda c: c.state != "to_call")[:1]
        if closed and {"answer", "note"} & vals.keys():
            raise UserError(
                self.env._(
                    "%s is with the dentist or closed, and its answers stay as they are. Refresh "
                    "the screen.",
                    closed.number,
                )
            )
        return super().write(vals)

    # Actions

    def action_yes(self):
        self.write({"answer": "yes"})
        return True

    def action_no(self):
        self.write({"answer": "no"})
        return True
