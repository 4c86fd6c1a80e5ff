# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class DentalToday(models.AbstractModel):
    _inherit = "dental.today"

    def _counters(self, visits, chairs):
        """What was done and stands on no bill, for those who bill."""
        counters = super()._counters(visits, chairs)
        if self.env["dental.checkout"].has_access("create"):
            counters.insert(-1, self._unbilled_counter())
        return counters

    def _unbilled_counter(self):
        procedures = self.env["dental.procedure"]
        domain = [("state", "=", "done"), ("invoice_line_id", "=", False)]
        counter = self._counter("to_bill", self.env._("To bill"), procedures, level="warning")
        return {**counter, "count": procedures.search_count(domain), "domain": domain}
