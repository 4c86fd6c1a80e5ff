# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..lab import Pace

# What a laboratory does now says more than what it did years ago.
NEWEST = 20
REAL = """
SELECT partner_id, kind_id, company_id, count(*),
       percentile_cont(0.5) WITHIN GROUP (ORDER BY real_days)
  FROM (SELECT partner_id, kind_id, company_id, real_days,
               row_number() OVER (PARTITION BY partner_id, kind_id, company_id
                                  ORDER BY received_on DESC, id DESC) AS place
          FROM dental_lab_case
         WHERE sent_on IS NOT NULL AND received_on IS NOT NULL AND partner_id = ANY(%s)
       ) AS back
 WHERE place <= %s
 GROUP BY partner_id, kind_id, company_id
"""


class DentalLabTurnaround(models.Model):
    """How many working days a laboratory says it takes for a kind of work, and really takes."""

    _name = "dental.lab.turnaround"
    _description = "Turnaround of a laboratory"
    _order = "partner_id, kind_id, id"
    _rec_name = "kind_id"

    partner_id = fields.Many2one(
        "res.partner", string="Laboratory", required=True, index=True, ondelete="restrict"
    )
    kind_id = fields.Many2one(
        "dental.lab.kind", string="Kind of work", required=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    days = fields.Integer(
        string="Published days",
        required=True,
        default=10,
        help="Working days, as the laboratory says; weekends and the clinic's holidays do not "
        "count.",
    )
    real_days = fields.Float(
        compute="_compute_real",
        string="Real days",
        digits=(4, 1),
        help="Median of the newest cases that came back, in working days.",
    )
    case_count = fields.Integer(compute="_compute_real", string="Cases back")
    lateness = fields.Float(
        compute="_compute_real",
        string="Later than published",
        digits=(4, 1),
        help="Working days. Below zero: it is quicker.",
    )

    _once = models.Constraint(
        "UNIQUE (company_id, partner_id, kind_id)",
        "This laboratory has its days for this kind of work already: change that line.",
    )
    _days_positive = models.Constraint(
        "CHECK (days >= 0 AND days <= 365)",
        "Published days of a laboratory are between 0 and 365.",
    )

    # Computes

    @api.depends("partner_id", "kind_id", "company_id", "days")
    def _compute_real(self):
        paces = self._paces(self.partner_id)
        for row in self:
            key = (row.partner_id.id, row.kind_id.id, row.company_id.id)
            pace = paces.get(key, Pace())
            row.case_count = pace.count
            row.real_days = pace.real or 0
            row.lateness = pace.count and (pace.real or 0) - row.days

    # Business

    @api.model
    def _paces(self, laboratories):
        """{(laboratory id, kind id, company id): Pace}, in two queries.

        Medians tell nothing of any one patient, so restricted files count too.
        """
        table = self.env["dental.lab.turnaround"].sudo()
        published = {
            (row.partner_id.id, row.kind_id.id, row.company_id.id): row.days
            for row in table.search_fetch(
                [("partner_id", "in", laboratories.ids)],
                ["partner_id", "kind_id", "company_id", "days"],
            )
        }
        self.env["dental.lab.case"].flush_model(
            ["partner_id", "kind_id", "company_id", "real_days", "sent_on", "received_on"]
        )
        paces = {key: Pace(days) for key, days in published.items()}
        for *key, count, median in self.env.execute_query(SQL(REAL, laboratories.ids, NEWEST)):
            paces[tuple(key)] = Pace(published.get(tuple(key)), median, count)
        return paces
