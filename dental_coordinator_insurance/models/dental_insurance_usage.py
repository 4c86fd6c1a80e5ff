# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from odoo.addons.dental_coordinator.models.dental_site_mixin import AREAS
from odoo.addons.dental_coordinator_billing.reckoning import exact

from .. import benefits
from .dental_insurance_benefit import SOURCES


class DentalInsuranceUsage(models.Model):
    """Benefits used that our own claims do not show: what the payer or the patient told us."""

    _name = "dental.insurance.usage"
    _inherit = "dental.patient.mixin"
    _description = "Benefits used elsewhere"
    _order = "as_of desc, id desc"

    coverage_id = fields.Many2one(
        "dental.insurance.coverage", required=True, ondelete="restrict", index=True
    )
    patient_id = fields.Many2one(
        related="coverage_id.patient_id", store=True, index=True, precompute=True, required=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("maximum", "Used of the maximum"),
            ("deductible", "Paid of the deductible"),
            ("service", "Service done elsewhere"),
            ("rollover", "Carried over from an earlier year"),
        ],
        required=True,
        default="maximum",
    )
    level = fields.Selection(
        [("individual", "Person"), ("family", "Family")], required=True, default="individual"
    )
    benefit_id = fields.Many2one(
        "dental.insurance.benefit",
        string="Of which limit",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: the general one.",
    )
    amount = fields.Monetary()
    is_total = fields.Boolean(
        string="Payer's total",
        help="The payer's figure of everything used up to that day, our own claims included. "
        "Otherwise it is added to what our claims used.",
    )
    code_id = fields.Many2one("dental.procedure.code", ondelete="restrict")
    category_id = fields.Many2one("dental.procedure.category", ondelete="restrict")
    tooth = fields.Char(help="In the notation of the clinic's records (FDI).")
    surfaces = fields.Char()
    area = fields.Selection(AREAS)
    tooth_range = fields.Char(string="Teeth")
    date = fields.Date(string="Service date", help="Or the first day of what is carried over.")
    expires_on = fields.Date(
        string="Expires on", help="Last day on which what is carried over may be used."
    )
    as_of = fields.Date(
        required=True, default=lambda self: fields.Date.context_today(self), string="As of"
    )
    source = fields.Selection(SOURCES, required=True, default="phone")
    representative = fields.Char()
    reference = fields.Char()
    user_id = fields.Many2one(
        "res.users", default=lambda self: self.env.user, readonly=True, string="Entered by"
    )
    exchange_id = fields.Many2one(
        "dental.exchange",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        groups="dental_coordinator.group_billing",
    )
    note = fields.Char()

    _amount_positive = models.Constraint("CHECK (amount >= 0)", "What is used is not negative.")
    _service_named = models.Constraint(
        "CHECK (kind <> 'service' OR (date IS NOT NULL AND"
        " (code_id IS NOT NULL OR category_id IS NOT NULL)))",
        "A service done elsewhere needs its date and its code or category.",
    )
    _rollover_dated = models.Constraint(
        "CHECK (kind <> 'rollover' OR (date IS NOT NULL AND expires_on >= date))",
        "What is carried over holds from a day until a later one. Fill in both dates.",
    )

    # Business

    def _engine_rollovers(self):
        """What is carried over, as the estimate engine takes it."""
        return [
            benefits.Rollover(
                exact(usage.amount),
                usage.date,
                usage.expires_on,
                benefits.Source(usage.source, usage.as_of, usage.reference or "", ""),
            )
            for usage in self
            if usage.kind == "rollover" and usage.active
        ]
