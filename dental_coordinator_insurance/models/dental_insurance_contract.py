# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalInsuranceContract(models.Model):
    """One dentist in or out of a plan's network for a time, with fees of his own if he has any."""

    _name = "dental.insurance.contract"
    _description = "Dentist in a plan's network"
    _order = "plan_id, provider_id, date_from desc, id"

    plan_id = fields.Many2one(
        "dental.insurance.plan", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="plan_id.company_id", store=True, index=True, precompute=True
    )
    provider_id = fields.Many2one(
        "dental.provider", string="Dentist", required=True, ondelete="restrict", index=True
    )
    network = fields.Selection(
        [("in", "In network"), ("out", "Out of network")], required=True, default="in"
    )
    pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Own contracted fees",
        ondelete="restrict",
        help="Empty: the plan's.",
    )
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="Until")

    _dates_order = models.Constraint(
        "CHECK (date_from IS NULL OR date_to IS NULL OR date_from <= date_to)",
        "A contract ends after it begins.",
    )
    _one_at_a_time = models.Constraint(
        "EXCLUDE USING gist (plan_id WITH =, provider_id WITH =,"
        " daterange(date_from, date_to, '[]') WITH &&)",
        "This dentist already has a contract with that plan at that time. End the old one first.",
    )

    # Computes

    def _compute_display_name(self):
        for contract in self:
            contract.display_name = f"{contract.plan_id.name}, {contract.provider_id.name}"

    # Business

    def _live(self, day):
        """Those that hold on ``day``."""
        return self.filtered(
            lambda one: (not one.date_from or one.date_from <= day)
            and (not one.date_to or one.date_to >= day)
        )
