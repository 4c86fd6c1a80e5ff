# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import operator as compare
from typing import NamedTuple

from odoo import api, fields, models

from .dental_insurance_plan import MONTHS

# Where a transaction remembers what is left for everybody on the list: a screen that counts,
# groups and lists asks several times.
MEMO = "dental_yearly_benefits"
COMPARE = {">": compare.gt, ">=": compare.ge, "<": compare.lt, "<=": compare.le}


class Yearly(NamedTuple):
    """The yearly benefits of one patient's first payer; no figures where nobody verified it."""

    month: str
    limit: float | None = None
    used: float | None = None
    pending: float | None = None
    left: float | None = None
    until: object = None


class DentalPatientDue(models.Model):
    """What is left of this year's benefits, for those who could still use them."""

    _inherit = "dental.patient.due"

    benefits_left = fields.Monetary(
        string="Benefits left",
        compute="_compute_benefits",
        search="_search_benefits_left",
        help="Left of the yearly maximum of the first payer; what is on open claims counts as "
        "used. Empty: nobody has verified it.",
    )
    benefits_until = fields.Date(
        compute="_compute_benefits", search="_search_benefits_until", string="Use by"
    )
    benefits_limit = fields.Monetary(compute="_compute_benefits", string="Yearly maximum")
    benefits_used = fields.Monetary(
        compute="_compute_benefits", string="Benefits used", help="Paid, without open claims."
    )
    benefits_pending = fields.Monetary(compute="_compute_benefits", string="On open claims")
    benefit_month = fields.Selection(
        MONTHS,
        compute="_compute_benefits",
        search="_search_benefit_month",
        string="Benefit year from",
    )

    # Computes

    @api.depends("patient_id")
    def _compute_benefits(self):
        covers = self.env["dental.insurance.coverage"].search(
            [("patient_id", "in", self.patient_id.ids)]
        )
        found = self._yearly(covers)
        for row in self:
            yearly = found.get(row.patient_id.id, Yearly(False))
            row.benefits_left, row.benefits_until = yearly.left, yearly.until
            row.benefits_limit, row.benefits_used = yearly.limit, yearly.used
            row.benefits_pending, row.benefit_month = yearly.pending, yearly.month

    @api.model
    def _search_benefits_left(self, operator, value):
        return self._search_yearly("left", operator, value, float)

    @api.model
    def _search_benefits_until(self, operator, value):
        return self._search_yearly("until", operator, value, fields.Date.to_date)

    @api.model
    def _search_benefit_month(self, operator, value):
        return self._search_yearly("month", operator, value, str)

    @api.model
    def _search_yearly(self, name, operator, value, convert):
        """What is not known is neither above nor below anything."""
        known = {
            patient: figure
            for patient, yearly in self._yearly_of_all().items()
            if (figure := getattr(yearly, name)) is not None
        }
        if operator == "in":
            wanted = {convert(one) for one in value if one is not False}
            domain = fields.Domain("id", "in", [p for p, f in known.items() if f in wanted])
            if False in value:
                domain |= fields.Domain("id", "not in", list(known))
            return domain
        if operator not in COMPARE:
            return NotImplemented
        fits, limit = COMPARE[operator], convert(value)
        return [("id", "in", [p for p, figure in known.items() if fits(figure, limit)])]

    # Business

    @api.model
    def _yearly_of_all(self):
        """{patient id: Yearly} of everybody on the list, reckoned once a transaction.

        Read as the server: it decides which of the lines that somebody may open are shown.
        """
        memo = self.env.cr.cache.setdefault(MEMO, {})
        companies = self.env.companies.ids
        key = fields.Date.context_today(self), *companies
        if key not in memo:
            listed = self.sudo()._search([("company_id", "in", companies)])
            covers = self.env["dental.insurance.coverage"].sudo()
            memo[key] = self._yearly(covers.search([("patient_id", "in", listed)]))
        return memo[key]

    @api.model
    def _yearly(self, covers):
        """{patient id: Yearly} of those who have a cover in force today."""
        today = fields.Date.context_today(self)
        first = {}
        for cover in covers._live(today):
            first.setdefault(cover.patient_id.id, cover)
        rows = covers.browse(cover.id for cover in first.values())._yearly_maximum(today)
        return {
            patient: self._one_yearly(cover, rows.get(cover)) for patient, cover in first.items()
        }

    @api.model
    def _one_yearly(self, cover, row):
        month = cover.plan_id.benefit_year_month
        if not row:
            return Yearly(month)
        used, left = float(row.used - row.pending), float(row.left)
        return Yearly(month, float(row.limit), used, float(row.pending), left, row.resets_on)


class DentalEstimateCheck(models.Model):
    _inherit = "dental.estimate.check"

    @api.model
    def _enqueue(self, patients, reason):
        """What an estimate rests on has changed: what was reckoned before is worth nothing."""
        self.env.cr.cache.pop(MEMO, None)
        return super()._enqueue(patients, reason)
