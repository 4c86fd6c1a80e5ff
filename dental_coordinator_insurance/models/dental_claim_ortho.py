# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .. import orthodontics
from .dental_ortho_case import WAYS


class DentalInsurancePlan(models.Model):
    _inherit = "dental.insurance.plan"

    ortho_way = fields.Selection(
        WAYS,
        string="Orthodontic claims",
        help="How the payer wants the claims of an orthodontic treatment. Empty: each month.",
    )


class DentalProcedure(models.Model):
    _inherit = "dental.procedure"

    ortho_step_id = fields.Many2one(
        "dental.ortho.step",
        string="Part of the treatment",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )

    _ortho_once = models.UniqueIndex(
        "(ortho_step_id) WHERE ortho_step_id IS NOT NULL",
        "This part of the orthodontic treatment is billed already. Nothing was changed.",
    )


class DentalClaim(models.Model):
    """The claims of an orthodontic treatment say how long it takes and how much of it is left."""

    _inherit = "dental.claim"

    # Business

    @api.model
    def _prepare_claim_vals(self, coverage, shares, invoice):
        vals = super()._prepare_claim_vals(coverage, shares, invoice)
        procedures = shares.line_id.procedure_id
        if "ortho" not in procedures.category_id.mapped("key"):
            return vals
        case = self.env["dental.ortho.case"].sudo()._of(procedures)
        return {**vals, **case._prepare_claim_block(vals["date_service"])} if case else vals


class DentalOrthoCase(models.Model):
    _inherit = "dental.ortho.case"

    # Business

    def _prepare_claim_block(self, day):
        placed = self.placed_on or day
        return {
            "ortho": True,
            "ortho_placed": placed,
            "ortho_months": self.months,
            "ortho_remaining": orthodontics.months_left(placed, self.months, day),
        }
