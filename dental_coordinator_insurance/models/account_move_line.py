# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # Copied to the mirror entry: per claim the two then add up to nothing.
    dental_claim_id = fields.Many2one(
        "dental.claim",
        string="Claim",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        groups="dental_coordinator.group_billing",
    )
