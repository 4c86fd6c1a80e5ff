# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from .dental_insurance_verification import OPEN


class DentalToday(models.AbstractModel):
    _inherit = "dental.today"

    def _asked_lists(self):
        """Coverages to ask after by today, for those who verify."""
        lists = super()._asked_lists()
        checks = "dental.insurance.verification"
        if self.env[checks].has_access("create"):
            domain = [("state", "in", OPEN), ("next_date", "<=", "today")]
            lists.insert(-1, ("to_verify", checks, domain, self.env._("To verify"), "warning"))
        return lists
