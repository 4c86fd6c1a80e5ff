# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class DentalToday(models.AbstractModel):
    _inherit = "dental.today"

    def _asked_lists(self):
        """What was done and stands on no bill, for those who bill."""
        lists = super()._asked_lists()
        if self.env["dental.checkout"].has_access("create"):
            domain = [("state", "=", "done"), ("invoice_line_id", "=", False)]
            words = self.env._("To bill")
            lists.insert(-1, ("to_bill", "dental.procedure", domain, words, "warning"))
        return lists
