# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models, tools


class ResCompany(models.Model):
    _inherit = "res.company"

    dental_visit_needs_procedure = fields.Boolean(
        string="No visit without a procedure", help="Whoever books chooses what it is for."
    )
    dental_reset_confirmation = fields.Selection(
        [
            ("never", "Never"),
            ("other_day", "When it moves to another day"),
            ("always", "Whenever it moves"),
        ],
        string="Confirmed visits are to be confirmed again",
        default="other_day",
        required=True,
    )

    def cache_invalidation_fields(self):
        return {*super().cache_invalidation_fields(), "dental_visit_needs_procedure"}

    @tools.ormcache("self.id")
    def _dental_needs_procedure(self):
        """Whether this clinic books no visit without a procedure; every booking asks."""
        return self.sudo().dental_visit_needs_procedure
