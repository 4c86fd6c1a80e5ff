# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalLoopMixin(models.AbstractModel):
    """Something asked of others: chased, reviewed by a clinician, open until all know the result.

    Each state says what is to be done next, and when.
    """

    _name = "dental.loop.mixin"
    _description = "Is asked, answered, reviewed and told"
    _inherit = ["dental.clinician.mixin", "dental.steps.mixin"]
    _clinician_fields = frozenset({"reviewed_by_id", "reviewed_at"})
    _clinician_states = frozenset({"reviewed"})

    reason = fields.Char(string="Why")
    urgency = fields.Selection(
        [("routine", "Routine"), ("soon", "Soon"), ("urgent", "Urgent")],
        required=True,
        default="routine",
    )
    reviewed_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict", string="Reviewed by"
    )
    reviewed_at = fields.Datetime(readonly=True, copy=False, string="Reviewed at")
    told_at = fields.Datetime(readonly=True, copy=False, string="Patient told at")

    # Business

    def _review_values(self):
        """The clinician at the keyboard has looked at it."""
        return {"reviewed_by_id": self.env.uid, "reviewed_at": fields.Datetime.now()}
