# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DentalPatientDue(models.Model):
    """What is left of this year's benefits, for those who could still use them."""

    _inherit = "dental.patient.due"

    benefits_left = fields.Monetary(
        string="Benefits left",
        compute="_compute_benefits_left",
        help="Left of the yearly maximum of the first payer. Empty: nobody has verified it.",
    )
    benefits_until = fields.Date(compute="_compute_benefits_left", string="Use by")

    # Computes

    @api.depends("patient_id")
    def _compute_benefits_left(self):
        today = fields.Date.context_today(self)
        covers = self.env["dental.insurance.coverage"].search(
            [("patient_id", "in", self.patient_id.ids)]
        )
        first = {}
        for cover in covers._live(today):
            first.setdefault(cover.patient_id, cover)
        found = covers.browse(cover.id for cover in first.values())._left_of_maximum(today)
        for row in self:
            left, until = found.get(first.get(row.patient_id), (False, False))
            row.benefits_left, row.benefits_until = left, until
