# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class DentalTreatmentPlan(models.Model):
    _inherit = "dental.treatment.plan"

    # Actions

    def action_estimate(self):
        """Estimate what is left to do of this plan."""
        self.ensure_one()
        return self.procedure_ids.filtered(lambda procedure: procedure._is_open())._open_estimate()
