# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timezone

from odoo import fields, models

from ..book import local
from ..lab import Workdays


class ResCompany(models.Model):
    """How a clinic reckons with laboratories."""

    _inherit = "res.company"

    dental_lab_buffer_days = fields.Integer(
        string="Laboratory work is here before the visit by",
        default=1,
        help="Working days between its coming and the visit, to look at it and send it back.",
    )

    _dental_lab_buffer = models.Constraint(
        "CHECK (dental_lab_buffer_days >= 0)",
        "Laboratory work is here before the visit by: working days are not below zero.",
    )

    # Business

    def _dental_workdays(self, first, last):
        """Working days of the clinic between two dates, by its calendar and its holidays."""
        self.ensure_one()
        calendar = self.sudo().resource_calendar_id
        zone = self.env["dental.today"]._zone()
        start = local.day_span(first, zone)[0].replace(tzinfo=timezone.utc)
        stop = local.day_span(last, zone)[1].replace(tzinfo=timezone.utc)
        spans = calendar._work_intervals_batch(start, stop)[False]
        return Workdays(first, last, {begin.astimezone(zone).date() for begin, *_rest in spans})
