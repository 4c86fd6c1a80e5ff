# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from .dental_precert import OPEN


class DentalToday(models.AbstractModel):
    _inherit = "dental.today"

    def _counters(self, visits, chairs):
        """Requests to payers that must go by today, where there are any."""
        counters = super()._counters(visits, chairs)
        if self.env["dental.precert"].has_access("create"):
            counter = self._precert_counter()
            if counter["count"]:
                counters.insert(-1, counter)
        return counters

    def _precert_counter(self):
        precerts = self.env["dental.precert"]
        domain = [("state", "in", OPEN), ("next_date", "<=", "today")]
        counter = self._counter("precerts", self.env._("Ask payers"), precerts, level="warning")
        return {**counter, "count": precerts.search_count(domain), "domain": domain}
