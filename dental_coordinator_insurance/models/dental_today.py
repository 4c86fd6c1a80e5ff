# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from .dental_insurance_verification import OPEN


class DentalToday(models.AbstractModel):
    _inherit = "dental.today"

    def _counters(self, visits, chairs):
        """Coverages to ask after by today, for those who verify."""
        counters = super()._counters(visits, chairs)
        if self.env["dental.insurance.verification"].has_access("create"):
            counters.insert(-1, self._unverified_counter())
        return counters

    def _unverified_counter(self):
        checks = self.env["dental.insurance.verification"]
        domain = [("state", "in", OPEN), ("next_date", "<=", "today")]
        counter = self._counter("to_verify", self.env._("To verify"), checks, level="warning")
        return {**counter, "count": checks.search_count(domain), "domain": domain}
