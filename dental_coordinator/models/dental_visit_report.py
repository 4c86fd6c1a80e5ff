# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models, tools

from .dental_appointment_status import STATUSES

REPORT = """
CREATE OR REPLACE VIEW dental_visit_report AS
SELECT span.*,
       span.chair_minutes - span.planned_minutes AS over_minutes,
       CASE WHEN span.late_minutes <= 0 THEN 100.0 ELSE 0.0 END AS punctual,
       EXTRACT(isodow FROM span.start AT TIME ZONE 'UTC' AT TIME ZONE span.tz)::int::varchar
           AS weekday
  FROM (
    SELECT visit.id, visit.id AS appointment_id, visit.patient_id, visit.company_id,
           visit.provider_id, visit.type_id, visit.operatory_id, visit.status, event.start,
           COALESCE(calendar.tz, 'UTC') AS tz, 1 AS visits,
           EXTRACT(epoch FROM visit.seated_at - visit.arrived_at)::float / 60 AS wait_minutes,
           EXTRACT(epoch FROM visit.arrived_at - event.start)::float / 60 AS late_minutes,
           EXTRACT(epoch FROM visit.seated_at - event.start)::float / 60 AS seat_delay,
           EXTRACT(epoch FROM event.stop - event.start)::float / 60 AS planned_minutes,
           EXTRACT(epoch FROM COALESCE(visit.left_chair_at, visit.dismissed_at)
                              - visit.seated_at)::float / 60 AS chair_minutes
      FROM dental_appointment visit
      JOIN calendar_event event ON event.id = visit.event_id
      JOIN res_company company ON company.id = visit.company_id
      LEFT JOIN resource_calendar calendar ON calendar.id = company.resource_calendar_id
     WHERE visit.active AND visit.arrived_at IS NOT NULL) AS span
"""


class DentalVisitReport(models.Model):
    """How the days went, from what was stamped: waiting, punctuality, chair time and plan."""

    _name = "dental.visit.report"
    _inherit = "dental.access.mixin"
    _description = "Statistics of visits"
    _auto = False
    _order = "start desc"
    _rec_name = "appointment_id"

    appointment_id = fields.Many2one("dental.appointment", string="Visit", readonly=True)
    patient_id = fields.Many2one("dental.patient", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    provider_id = fields.Many2one("dental.provider", readonly=True)
    type_id = fields.Many2one("dental.appointment.type", readonly=True)
    operatory_id = fields.Many2one("dental.operatory", string="Chair", readonly=True)
    status = fields.Selection(STATUSES, readonly=True)
    start = fields.Datetime(readonly=True)
    weekday = fields.Selection(
        [
            ("1", "Monday"),
            ("2", "Tuesday"),
            ("3", "Wednesday"),
            ("4", "Thursday"),
            ("5", "Friday"),
            ("6", "Saturday"),
            ("7", "Sunday"),
        ],
        readonly=True,
    )
    visits = fields.Integer(readonly=True)
    wait_minutes = fields.Float(string="Waiting (min)", aggregator="avg", readonly=True)
    late_minutes = fields.Float(
        string="Arrived late by (min)",
        aggregator="avg",
        readonly=True,
        help="Below zero: came early.",
    )
    punctual = fields.Float(string="On time (%)", aggregator="avg", readonly=True)
    seat_delay = fields.Float(string="Seated late by (min)", aggregator="avg", readonly=True)
    planned_minutes = fields.Float(string="Planned (min)", aggregator="sum", readonly=True)
    chair_minutes = fields.Float(string="In the chair (min)", aggregator="sum", readonly=True)
    over_minutes = fields.Float(
        string="Over the plan by (min)", aggregator="avg", readonly=True, help="Actual less plan."
    )

    def init(self):
        tools.drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(REPORT)
