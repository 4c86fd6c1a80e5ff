# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalVisitEvent(models.Model):
    """A step that was taken back stays in the log, and says so."""

    _inherit = "dental.visit.event"

    takes_back_id = fields.Many2one(
        "dental.visit.event",
        string="Takes back",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    taken_back_ids = fields.One2many("dental.visit.event", "takes_back_id")


class DentalAppointment(models.Model):
    _inherit = "dental.appointment"

    def _prepare_log_vals(self, note=None):
        vals = super()._prepare_log_vals(note)
        undone = self.env.context.get("dental_takes_back")
        return {**vals, "takes_back_id": undone and self._step_event(undone).id}

    def _step_event(self, status):
        """The last line of the log by which this visit came to ``status``, and stayed."""
        lines = self.sudo().visit_event_ids.sorted("id", reverse=True)
        return lines.filtered(
            lambda line: line.status == status
            and not line.takes_back_id
            and not line.taken_back_ids
        )[:1]
