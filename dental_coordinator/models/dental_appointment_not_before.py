# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DentalAppointment(models.Model):
    """A visit waits for what waits longest of its treatment."""

    _inherit = "dental.appointment"

    not_before = fields.Date(compute="_compute_not_before", string="Better not before")
    is_too_early = fields.Boolean(compute="_compute_not_before", string="Before what waits")

    # Computes

    @api.depends("start", "status", "procedure_ids.not_before", "procedure_ids.state")
    def _compute_not_before(self):
        for visit in self:
            waiting = visit.procedure_ids.filtered(lambda one: one.not_before and one._is_open())
            visit.not_before = max(waiting.mapped("not_before"), default=False)
            placed = visit.not_before and visit.start and visit._is_coming()
            visit.is_too_early = bool(placed and visit._local_day() < visit.not_before)

    # Business

    def _prepare_finder_vals(self):
        """The search begins on the day before which the treatment should not be done."""
        vals = super()._prepare_finder_vals()
        if self.not_before and self.not_before > fields.Date.context_today(self):
            vals["earliest"] = self.not_before
        return vals
