# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DentalTask(models.Model):
    """Something to do for the day, as the morning meeting decides, or promised to a patient."""

    _name = "dental.task"
    _inherit = ["dental.numbered.mixin", "dental.access.mixin"]
    _description = "Task or promise of the day"
    _order = "due_at, id"

    kind = fields.Selection(
        [("task", "Task"), ("promise", "Promised")], required=True, default="task"
    )
    text = fields.Char(string="What", required=True)
    due_at = fields.Datetime(
        string="By", required=True, default=lambda self: fields.Datetime.now(), index=True
    )
    owner_id = fields.Many2one(
        "res.users",
        required=True,
        default=lambda self: self.env.user,
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("dental_coordinator.group_staff").ids)
        ],
        ondelete="restrict",
        index=True,
    )
    patient_id = fields.Many2one("dental.patient", ondelete="restrict", index=True)
    appointment_id = fields.Many2one("dental.appointment", string="Visit", ondelete="restrict")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    done_at = fields.Datetime(readonly=True, copy=False, string="Done at")
    done_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")

    _open_idx = models.Index("(company_id, due_at) WHERE done_at IS NULL")

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list)
        tasks._tell_today()
        return tasks

    def write(self, vals):
        result = super().write(vals)
        self._tell_today()
        return result

    # Actions

    def action_done(self):
        self.filtered(lambda task: not task.done_at).write(
            {"done_at": fields.Datetime.now(), "done_by_id": self.env.uid}
        )
        return True

    def action_reopen(self):
        self.write({"done_at": False, "done_by_id": False})
        return True

    # Business

    def _tell_today(self):
        for company in self.sudo().company_id:
            self.env["dental.today"]._tell(company)
