# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta, timezone

from odoo import api, fields, models

from ..book import local

FAR = 21  # days within which a clinic opens again


class DentalAppointmentType(models.Model):
    _inherit = "dental.appointment.type"

    postop_call = fields.Boolean(
        string="Call next day", help="Patients are called on the next day the clinic is open."
    )


class DentalAppointment(models.Model):
    """A visit after which the patient is called."""

    _inherit = "dental.appointment"

    postop_call = fields.Boolean(
        string="Call next day",
        compute="_compute_postop_call",
        store=True,
        precompute=True,
        readonly=False,
        groups="dental_coordinator.group_staff",
        help="Call the patient on the next day the clinic is open.",
    )
    postop_call_ids = fields.One2many(
        "dental.postop.call", "appointment_id", groups="dental_coordinator.group_staff"
    )

    @api.depends("type_id")
    def _compute_postop_call(self):
        for visit in self:
            visit.postop_call = visit.postop_call or visit.type_id.postop_call

    def _apply_status(self, status, note=None):
        result = super()._apply_status(status, note)
        if status in ("checkout", "done"):
            self._plan_postop_calls()
        return result

    def _plan_postop_calls(self):
        """Whoever is flagged is called on the next open day, by who closed the visit."""
        flagged = self.sudo().filtered(lambda v: v.postop_call and not v.postop_call_ids)
        self.env["dental.postop.call"].sudo().create(
            [
                {
                    "patient_id": visit.patient_id.id,
                    "appointment_id": visit.id,
                    "owner_id": self.env.uid,
                    "next_action": self.env._("Call: how is the patient?"),
                    "next_date": self._next_open_day(visit._local_day()),
                }
                for visit in flagged
            ]
        )

    @api.model
    def _next_open_day(self, day):
        """The first day after ``day`` on which the clinic is open, by its calendar and leaves."""
        first = day + timedelta(days=1)
        return min(self._open_days(first, first + timedelta(days=FAR)), default=first)

    @api.model
    def _open_day_until(self, day):
        """The last day up to ``day`` on which the clinic is open; that day, if it never is."""
        return max(self._open_days(day - timedelta(days=FAR), day), default=day)

    @api.model
    def _open_days(self, first, last):
        """Days from ``first`` to ``last`` on which the clinic is open."""
        zone = self.env["dental.today"]._zone()
        calendar = self.env.company.resource_calendar_id
        begin = local.day_span(first, zone)[0].replace(tzinfo=timezone.utc)
        end = local.day_span(last, zone)[1].replace(tzinfo=timezone.utc)
        found = calendar._work_intervals_batch(begin, end)[False]
        return {start.astimezone(zone).date() for start, _stop, _meta in found}
