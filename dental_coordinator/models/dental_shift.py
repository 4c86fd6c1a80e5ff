# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, time, timedelta

from odoo import api, fields, models

from ..book import local


class DentalShift(models.Model):
    """Working time of one person on one date, in certain chairs if so wished.

    On a date that has shifts they count in place of the weekly working hours; time off goes on
    counting. A shift without hours says that the person does not work on that date.
    """

    _name = "dental.shift"
    _description = "Shift"
    _order = "day, start_hour, id"
    _rec_name = "day"

    provider_id = fields.Many2one(
        "dental.provider", string="Who", required=True, ondelete="cascade", index=True
    )
    resource_id = fields.Many2one(related="provider_id.resource_id", store=True, index=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    day = fields.Date(required=True, index=True, default=fields.Date.context_today)
    start_hour = fields.Float(string="From", default=8.0)
    stop_hour = fields.Float(string="To", default=17.0)
    operatory_ids = fields.Many2many(
        "dental.operatory", string="Chairs", help="Only in these. Empty: in any."
    )
    start = fields.Datetime(compute="_compute_span", store=True, precompute=True)
    stop = fields.Datetime(compute="_compute_span", store=True, precompute=True)

    _hours_of_day = models.Constraint(
        "CHECK (start_hour >= 0 AND start_hour <= stop_hour AND stop_hour <= 24)",
        "A shift lies within one day: put the earlier hour first.",
    )
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (resource_id WITH =, tsrange(start, stop) WITH &&)",
        "This person has a shift at that time already. Change that one instead.",
    )

    @api.depends("day", "start_hour", "stop_hour", "company_id")
    def _compute_span(self):
        for shift in self:
            if not shift.day:
                shift.start = shift.stop = False
                continue
            tz = shift.company_id._dental_zone()
            midnight = datetime.combine(shift.day, time())
            shift.start, shift.stop = (
                local.to_utc(midnight + timedelta(minutes=round(hour * 60)), tz)
                for hour in (shift.start_hour, shift.stop_hour)
            )

    # Actions

    @api.model
    def action_open_shifts(self):
        """The shifts; the calendar opens on the next one, or on the last there was."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dental_coordinator.dental_shift_action"
        )
        today = fields.Date.context_today(self)
        coming = self.search([("day", ">=", today)], order="day", limit=1)
        shown = coming or self.search([], order="day desc", limit=1)
        if shown:
            action["context"] = {
                "search_default_coming": 1 if coming else 0,
                "initial_date": fields.Datetime.to_string(shown.start),
            }
        return action
