# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from .dental_appointment_status import COMING, INSIDE
from .dental_readiness_item import AHEAD_DAYS

# What each open thing takes from the hundred.
POINTS = {"stop": 25, "warn": 10}
VIEW = """
    CREATE OR REPLACE VIEW dental_readiness_score AS
    SELECT visit.id AS id,
           visit.id AS appointment_id,
           visit.patient_id,
           visit.company_id,
           visit.type_id,
           visit.provider_id,
           event.start,
           COALESCE(open.stops, 0) AS stops,
           COALESCE(open.warns, 0) AS warns,
           GREATEST(0, 100 - %(stop)s * COALESCE(open.stops, 0)
                           - %(warn)s * COALESCE(open.warns, 0)) AS score,
           open.parts
      FROM dental_appointment visit
      JOIN calendar_event event ON event.id = visit.event_id
      LEFT JOIN (
            SELECT appointment_id,
                   count(*) FILTER (WHERE severity = 'stop') AS stops,
                   count(*) FILTER (WHERE severity = 'warn') AS warns,
                   string_agg(
                       CASE severity WHEN 'stop' THEN '−' || %(stop)s ELSE '−' || %(warn)s END
                       || ' ' || reason, '  ' ORDER BY severity, id) AS parts
              FROM dental_readiness_item
             GROUP BY appointment_id) open ON open.appointment_id = visit.id
     WHERE visit.active
       AND visit.status IN %(statuses)s
       AND event.start >= CURRENT_DATE
       AND event.start < CURRENT_DATE + %(days)s
"""


class DentalReadinessScore(models.Model):
    """How ready each coming visit is, from 0 to 100, with what took the points away."""

    _name = "dental.readiness.score"
    _inherit = "dental.patient.mixin"
    _description = "Readiness of a visit as a score"
    _auto = False
    _order = "score, start, id"
    _rec_name = "appointment_id"
    _depends = {
        "dental.appointment": [
            "active", "status", "patient_id", "company_id", "type_id", "provider_id", "event_id",
        ],
        "calendar.event": ["start"],
        "dental.readiness.item": ["appointment_id", "severity", "reason"],
    }  # fmt: skip

    appointment_id = fields.Many2one("dental.appointment", string="Visit", readonly=True)
    patient_id = fields.Many2one("dental.patient", readonly=True)
    company_id = fields.Many2one("res.company", related=None, readonly=True)
    type_id = fields.Many2one("dental.appointment.type", readonly=True)
    provider_id = fields.Many2one("dental.provider", readonly=True)
    start = fields.Datetime(readonly=True)
    score = fields.Integer(
        readonly=True,
        aggregator="avg",
        help="100 less 25 for each thing that stops and 10 for each that is open.",
    )
    stops = fields.Integer(readonly=True)
    warns = fields.Integer(string="Warnings", readonly=True)
    parts = fields.Char(string="What is missing", readonly=True)

    def init(self):
        query = SQL(
            VIEW,
            statuses=(*COMING, *INSIDE),
            days=AHEAD_DAYS,
            stop=POINTS["stop"],
            warn=POINTS["warn"],
        )
        self.env.cr.execute(SQL("DROP VIEW IF EXISTS dental_readiness_score"))
        self.env.cr.execute(query)

    # CRUD

    @api.model
    def web_search_read(self, *args, **kwargs):
        """The list tells what is true now."""
        self._follow_checks()
        return super().web_search_read(*args, **kwargs)

    @api.model
    def web_read_group(self, *args, **kwargs):
        self._follow_checks()
        return super().web_read_group(*args, **kwargs)

    web_search_read._readonly = False
    web_read_group._readonly = False

    # Actions

    def action_open_visit(self):
        self.ensure_one()
        return self.appointment_id.action_open()

    # Business

    def _follow_checks(self):
        self.env["dental.readiness.item"]._refresh()
        self.invalidate_model()
