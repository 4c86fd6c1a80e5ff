# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from .dental_referral import STATES


class DentalReferralReport(models.Model):
    """Who sends patients here, and how those answer to whom patients are sent: a row a referral."""

    _name = "dental.referral.report"
    _inherit = "dental.patient.mixin"
    _description = "Referrals counted"
    _auto = False
    _order = "referred_on desc, id desc"
    _rec_name = "referral_id"
    _depends = {
        "dental.referral": [
            "direction",
            "patient_id",
            "company_id",
            "partner_id",
            "provider_id",
            "state",
            "sent_on",
            "seen_on",
            "report_on",
        ]
    }

    referral_id = fields.Many2one("dental.referral", readonly=True)
    direction = fields.Selection([("out", "Out"), ("in", "In")], readonly=True)
    patient_id = fields.Many2one("dental.patient", readonly=True)
    company_id = fields.Many2one("res.company", related=None, readonly=True)
    partner_id = fields.Many2one("res.partner", string="Practice", readonly=True)
    provider_id = fields.Many2one("dental.provider", readonly=True)
    state = fields.Selection(STATES, readonly=True)
    referred_on = fields.Date(string="Referred on", readonly=True)
    referrals = fields.Integer(readonly=True)
    first_source = fields.Integer(
        string="Brought here first", readonly=True, help="The first that sent this patient to us."
    )
    seen = fields.Integer(string="Were seen", readonly=True)
    reported = fields.Integer(string="Were reported", readonly=True)
    days_to_visit = fields.Float(
        string="Days until seen", readonly=True, aggregator="avg", digits=(5, 1)
    )
    days_to_report = fields.Float(
        string="Days until the report", readonly=True, aggregator="avg", digits=(5, 1)
    )

    # Computes

    @api.depends("referral_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.referral_id.number

    # Business

    def init(self):
        self.env.cr.execute(SQL("DROP VIEW IF EXISTS dental_referral_report"))
        self.env.cr.execute(SQL("CREATE VIEW dental_referral_report AS %s", self._query()))

    @api.model
    def _query(self):
        columns = [SQL("%s AS %s", sql, SQL.identifier(name)) for name, sql in self._columns()]
        return SQL(
            """SELECT %s
                 FROM dental_referral referral
                 JOIN res_company company ON company.id = referral.company_id
                 LEFT JOIN resource_calendar calendar
                   ON calendar.id = company.resource_calendar_id""",
            SQL(", ").join(columns),
        )

    @api.model
    def _columns(self):
        """(field, expression) of the view. Addons add theirs."""
        same = ("direction", "patient_id", "company_id", "partner_id", "provider_id", "state")
        return [
            ("id", SQL("referral.id")),
            ("referral_id", SQL("referral.id")),
            *((name, SQL("referral.%s", SQL.identifier(name))) for name in same),
            ("referred_on", SQL("COALESCE(referral.sent_on, %s::date)", self._entered())),
            ("referrals", SQL("1")),
            ("first_source", SQL("(%s)::int", self._is_first())),
            ("seen", SQL("(referral.seen_on IS NOT NULL)::int")),
            ("reported", SQL("(referral.report_on IS NOT NULL)::int")),
            ("days_to_visit", SQL("referral.seen_on - referral.sent_on")),
            ("days_to_report", SQL("referral.report_on - referral.seen_on")),
        ]

    @api.model
    def _entered(self):
        """When a referral was entered, on the clinic's clock."""
        zone = SQL("COALESCE(calendar.tz, 'UTC')")
        return SQL("(referral.create_date AT TIME ZONE 'UTC' AT TIME ZONE %s)", zone)

    @api.model
    def _is_first(self):
        """Whether a referral is the first one by which its patient came here."""
        return SQL(
            """referral.direction = 'in' AND NOT EXISTS (
                SELECT FROM dental_referral earlier
                 WHERE earlier.patient_id = referral.patient_id
                   AND earlier.direction = 'in'
                   AND earlier.id < referral.id)"""
        )
