# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

REMEMBERED = timedelta(days=730)


class ResPartner(models.Model):
    """A practice that patients are sent to, or that sends them here."""

    _inherit = "res.partner"

    dental_specialty = fields.Char(string="Specialty", groups="dental_coordinator.group_staff")
    dental_preferred = fields.Boolean(
        string="Our choice",
        groups="dental_coordinator.group_staff",
        help="Offered first when a patient is referred.",
    )
    dental_referral_note = fields.Text(
        string="To know before referring",
        groups="dental_coordinator.group_staff",
        help="Shown on each referral to this practice.",
    )
    dental_referral_ids = fields.One2many(
        "dental.referral", "partner_id", groups="dental_coordinator.group_staff"
    )
    dental_open_referrals = fields.Integer(
        compute="_compute_dental_turnaround",
        groups="dental_coordinator.group_staff",
        string="Open referrals",
    )
    dental_days_to_visit = fields.Float(
        compute="_compute_dental_turnaround",
        groups="dental_coordinator.group_staff",
        string="Days until seen",
        help="The median of the last two years, of all whom this practice has seen.",
        digits=(5, 1),
    )
    dental_days_to_report = fields.Float(
        compute="_compute_dental_turnaround",
        groups="dental_coordinator.group_staff",
        string="Days until the report",
        help="The median of the last two years, after the patient was seen.",
        digits=(5, 1),
    )
    dental_seen_count = fields.Integer(
        compute="_compute_dental_turnaround",
        groups="dental_coordinator.group_staff",
        string="Patients seen",
    )

    # Computes

    def _compute_dental_turnaround(self):
        """How a practice answers: figures of the clinic, told without anybody's file."""
        found = {row[0]: row[1:] for row in self.env.execute_query(self._turnaround_query())}
        for partner in self:
            figures = found.get(partner._origin.id) or (0, 0, 0.0, 0.0)
            partner.dental_open_referrals, partner.dental_seen_count = figures[:2]
            partner.dental_days_to_visit = figures[2] or 0.0
            partner.dental_days_to_report = figures[3] or 0.0

    # Business

    def _turnaround_query(self):
        """(practice, open, seen, median days until seen, and then until the report)"""
        self.env["dental.referral"].flush_model()
        return SQL(
            """
            SELECT partner_id,
                   COUNT(*) FILTER (WHERE state NOT IN ('closed', 'declined', 'no_answer')),
                   COUNT(*) FILTER (WHERE seen_on >= %(since)s),
                   PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY seen_on - sent_on)
                       FILTER (WHERE seen_on >= %(since)s),
                   PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY report_on - seen_on)
                       FILTER (WHERE seen_on >= %(since)s)
              FROM dental_referral
             WHERE direction = 'out'
               AND partner_id = ANY(%(partners)s)
               AND company_id = ANY(%(companies)s)
             GROUP BY partner_id
            """,
            since=fields.Date.context_today(self) - REMEMBERED,
            partners=self._origin.ids,
            companies=self.env.companies.ids,
        )
