# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalClaimSplit(models.TransientModel):
    """Which services of a claim go on one of their own."""

    _name = "dental.claim.split"
    _description = "Split a claim"

    claim_id = fields.Many2one("dental.claim", required=True, readonly=True)
    line_ids = fields.Many2many(
        "dental.claim.line",
        string="Services to take off",
        domain="[('claim_id', '=', claim_id), ('whole_claim', '=', False)]",
    )

    # Actions

    def action_split(self):
        self.ensure_one()
        return self.claim_id._split_off(self.line_ids).action_open()
