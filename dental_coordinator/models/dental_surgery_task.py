# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models


class DentalSurgeryTask(models.Model):
    """Something due before an operation: history and physical, a test, a paper for the hospital."""

    _name = "dental.surgery.task"
    _inherit = "dental.surgery.line.mixin"
    _description = "Due before a surgery"
    _order = "due_on, id"

    surgery_id = fields.Many2one(readonly=False)
    name = fields.Char(string="What", required=True)
    days_before = fields.Integer(
        string="Days before", help="Due so many days before the operation."
    )
    due_on = fields.Date(
        compute="_compute_due_on", store=True, readonly=False, string="Due", index=True
    )
    owner_id = fields.Many2one(
        "res.users",
        required=True,
        default=lambda self: self.env.user,
        index=True,
        help="Who sees to it.",
    )
    done_on = fields.Date(string="Done on", copy=False)
    done_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    result = fields.Char(copy=False)

    _days_positive = models.Constraint(
        "CHECK (days_before >= 0)", "It is due before the operation, not after it."
    )

    # Computes

    @api.depends("days_before", "surgery_id.start")
    def _compute_due_on(self):
        for task in self:
            visit = task.surgery_id.appointment_id
            if visit:
                task.due_on = visit._local_day() - timedelta(days=task.days_before)

    # CRUD

    def write(self, vals):
        if "done_on" in vals:
            vals = {**vals, "done_by_id": vals["done_on"] and self.env.uid}
        return super().write(vals)

    # Actions

    def action_done(self):
        self.write({"done_on": fields.Date.context_today(self)})
        return True
