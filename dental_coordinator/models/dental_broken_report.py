# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from .dental_appointment_status import STATUSES

LEADS = [
    ("1_day", "Same day"),
    ("2_week", "Within a week"),
    ("3_month", "Within a month"),
    ("4_longer", "Longer"),
]
WEEKDAYS = [
    ("1", "Monday"),
    ("2", "Tuesday"),
    ("3", "Wednesday"),
    ("4", "Thursday"),
    ("5", "Friday"),
    ("6", "Saturday"),
    ("7", "Sunday"),
]

# One row for each time that a visit was kept or broken, as the log has it, with the start that it
# had then: who was missed may have another place since. What was taken back does not count. The
# zone makes the weekday the clinic's.
VIEW = """
    CREATE OR REPLACE VIEW dental_broken_report AS
    SELECT line.id,
           visit.id AS appointment_id,
           visit.patient_id,
           visit.company_id,
           visit.type_id,
           visit.provider_id,
           visit.break_reason_id,
           line.status,
           line.at,
           line.user_id,
           was.start,
           EXTRACT(isodow FROM was.start AT TIME ZONE 'UTC'
                   AT TIME ZONE COALESCE(calendar.tz, 'UTC'))::int::text AS weekday,
           CASE WHEN was.start - booked.at < interval '1 day' THEN '1_day'
                WHEN was.start - booked.at < interval '7 days' THEN '2_week'
                WHEN was.start - booked.at < interval '30 days' THEN '3_month'
                ELSE '4_longer' END AS lead,
           GREATEST(0, EXTRACT(epoch FROM was.start - line.at) / 3600) AS notice_hours,
           1 AS visits,
           (line.status = 'missed')::int AS missed,
           (line.status = 'cancelled_late')::int AS late,
           (line.status IN ('missed', 'cancelled_late', 'cancelled', 'cancelled_clinic'))::int
               AS broken,
           (line.status IN ('missed', 'cancelled_late'))::int * 100.0 AS broken_rate
      FROM dental_visit_event line
      JOIN dental_appointment visit ON visit.id = line.appointment_id
      JOIN calendar_event event ON event.id = visit.event_id
     CROSS JOIN LATERAL (SELECT COALESCE(line.start, event.start) AS start) was
      JOIN res_company company ON company.id = visit.company_id
      LEFT JOIN resource_calendar calendar ON calendar.id = company.resource_calendar_id
      LEFT JOIN LATERAL (
            SELECT earlier.at FROM dental_visit_event earlier
             WHERE earlier.appointment_id = visit.id
               AND earlier.id < line.id
               AND earlier.status IN ('scheduled', 'held')
             ORDER BY earlier.id DESC LIMIT 1) booked ON TRUE
     WHERE line.status IN ('done', 'missed', 'cancelled_late', 'cancelled', 'cancelled_clinic')
       AND line.takes_back_id IS NULL
       AND NOT EXISTS (
            SELECT 1 FROM dental_visit_event back WHERE back.takes_back_id = line.id)
"""


class DentalBrokenReport(models.Model):
    """Kept and broken visits, from the log that nobody edits."""

    _name = "dental.broken.report"
    _inherit = "dental.patient.mixin"
    _description = "Kept and broken visits"
    _auto = False
    _order = "at desc, id desc"
    _rec_name = "appointment_id"
    _depends = {
        "dental.visit.event": ["status", "at", "start", "appointment_id", "takes_back_id"],
        "dental.appointment": ["type_id", "provider_id", "break_reason_id", "company_id"],
        "calendar.event": ["start"],
    }

    appointment_id = fields.Many2one("dental.appointment", string="Visit", readonly=True)
    patient_id = fields.Many2one("dental.patient", readonly=True)
    company_id = fields.Many2one("res.company", related=None, readonly=True)
    type_id = fields.Many2one("dental.appointment.type", string="Kind of visit", readonly=True)
    provider_id = fields.Many2one("dental.provider", readonly=True)
    break_reason_id = fields.Many2one("dental.break.reason", string="Reason", readonly=True)
    status = fields.Selection(STATUSES, readonly=True)
    at = fields.Datetime(string="When", readonly=True)
    user_id = fields.Many2one("res.users", string="By", readonly=True)
    start = fields.Datetime(string="Visit at", readonly=True)
    weekday = fields.Selection(WEEKDAYS, readonly=True)
    lead = fields.Selection(LEADS, string="Booked ahead", readonly=True)
    notice_hours = fields.Float(string="Notice (hours)", readonly=True, aggregator="avg")
    visits = fields.Integer(readonly=True)
    broken = fields.Integer(string="All broken", readonly=True)
    missed = fields.Integer(readonly=True)
    late = fields.Integer(string="Cancelled late", readonly=True)
    broken_rate = fields.Float(
        string="Missed or late (%)", readonly=True, aggregator="avg", digits=(5, 1)
    )

    def init(self):
        self.env.cr.execute(SQL("DROP VIEW IF EXISTS dental_broken_report"))
        self.env.cr.execute(SQL(VIEW))

    @api.depends("appointment_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.appointment_id.number
