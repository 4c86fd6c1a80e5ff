# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def context_get(self):
        """The dental team reads patients' names on its screens; everybody else reads numbers."""
        context = super().context_get()
        if self.env.user.has_group("dental_coordinator.group_staff"):
            return type(context)({**context, "dental_names": True})
        return context
