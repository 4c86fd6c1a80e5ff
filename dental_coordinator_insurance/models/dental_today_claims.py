# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class DentalToday(models.AbstractModel):
    _inherit = "dental.today"

    def _asked_lists(self):
        """Claims that may go and payments that wait to be posted, for those who do it."""
        lists = super()._asked_lists()
        claims, payments = "dental.claim", "dental.remittance"
        if self.env[payments].has_access("write"):
            company = ("company_id", "=", self.env.company.id)
            to_send = [company, ("state", "in", ("made", "rejected"))]
            to_post = [company, ("state", "in", ("open", "held"))]
            lists.insert(-1, ("claims", claims, to_send, self.env._("To send"), "warning"))
            lists.insert(-1, ("payments", payments, to_post, self.env._("To post"), "warning"))
        return lists
