# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class DentalToday(models.AbstractModel):
    _inherit = "dental.today"

    def _counters(self, visits, chairs):
        """What was done and stands on no bill, for those who bill."""
        counters = super()._counters(visits, chairs)
        if self.env["dental.checkout"].has_access("create"):
            unbilled = self.env["dental.procedure"].search(
                [("state", "=", "done"), ("invoice_line_id", "=", False)]
            )
            counters.append(
                self._counter("to_bill", self.env._("To bill"), unbilled, level="warning")
            )
        return counters
