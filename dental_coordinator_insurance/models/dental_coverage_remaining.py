# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from functools import partial

from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from .. import benefits


class DentalInsuranceCoverage(models.Model):
    """What is left of the benefits on a day, and the end of a cover."""

    _inherit = "dental.insurance.coverage"

    remaining_on = fields.Date(
        string="Left on",
        compute="_compute_remaining_on",
        readonly=False,
        help="Another day shows what will be left then, if nothing else is used.",
    )
    remaining_html = fields.Html(compute="_compute_remaining_html", string="Left of the benefits")

    # Computes

    @api.depends("active")
    def _compute_remaining_on(self):
        for coverage in self:
            coverage.remaining_on = fields.Date.context_today(self)

    @api.depends("remaining_on", "usage_ids", "plan_id.benefit_ids")
    def _compute_remaining_html(self):
        for day, covers in self.grouped("remaining_on").items():
            real = covers._origin
            found = real._remaining(day or fields.Date.context_today(self)) if real else {}
            for coverage in covers:
                coverage.remaining_html = self.env["ir.qweb"]._render(
                    "dental_coordinator_insurance.coverage_remaining",
                    {
                        "rows": coverage._remaining_words(found.get(coverage._origin, ())),
                        "money": lambda amount: formatLang(self.env, float(amount), digits=2),
                        "day": partial(format_date, self.env),
                    },
                )

    # Actions

    def action_drop(self):
        """End this cover today. It stays on file, and so does what was used of it."""
        for coverage in self:
            coverage.date_to = fields.Date.context_today(self)
        return True

    # Business

    def _remaining(self, day, since=None):
        """{coverage: rows of benefits.Remaining} on a day, several in the queries of one.

        :param since: count no claims of services before that day
        """
        covers = self.sudo()
        engine = self.env["dental.estimate.engine"]
        rules = engine._rules(covers)
        codes = self.env["dental.procedure.code"].sudo()
        plans = self.env["dental.estimate.plans"]._load(covers, rules, codes, day)
        histories = self.env["dental.estimate.history"]._load(covers, since)
        nothing = self.env["dental.procedure"].sudo()
        return {
            one.with_env(self.env): benefits.remaining(
                plans.coverage(one, nothing), histories[one.patient_id.id], day
            )
            for one in covers
        }

    def _remaining_words(self, rows):
        """Rows as the grid shows them: a limit that is not known has no figure, not zero."""
        keys = [row.scope for row in rows]
        categories = self.env["dental.procedure.category"].search([("key", "in", keys)])
        names = {one.key: one.name for one in categories} | {"general": self.env._("All")}
        kinds = {"maximum": self.env._("Maximum"), "deductible": self.env._("Deductible")}
        levels = {"individual": self.env._("person"), "family": self.env._("family")}
        return [
            {
                "what": f"{kinds[row.kind]}, {levels[row.level]}",
                "scope": names.get(row.scope, row.scope),
                "limit": row.limit,
                "used": row.used - row.pending,
                "pending": row.pending,
                "left": row.left,
                "unlimited": row.benefit.unlimited,
                "resets_on": row.resets_on,
            }
            for row in rows
            if row.kind == "maximum" or row.limit != 0  # a waiver is no deductible
        ]

    def _left_of_maximum(self, day):
        """{coverage: (left of the general yearly maximum of the person, its reset)} where known."""
        return {
            coverage: (row.left, row.resets_on)
            for coverage, row in self._yearly_maximum(day).items()
        }

    def _yearly_maximum(self, day):
        """{coverage: benefits.Remaining of the general yearly maximum of the person} if known.

        No year reaches back further than a year: older claims are not even read.
        """
        found = {}
        for coverage, rows in self._remaining(day, fields.Date.subtract(day, years=1)).items():
            for row in rows:
                general = row.benefit.scope.is_general and row.period != "lifetime"
                if row.kind == "maximum" and row.level == "individual" and general:
                    if row.left is not None:
                        found[coverage] = row
        return found
