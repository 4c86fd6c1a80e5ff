# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalProcedure(models.Model):
    """What the clinic's own discount plan took off a billed procedure."""

    _inherit = "dental.procedure"

    discount_given = fields.Monetary(readonly=True, copy=False, string="Member's discount")
    discount_coverage_id = fields.Many2one(
        "dental.insurance.coverage",
        string="Discount as member of",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
