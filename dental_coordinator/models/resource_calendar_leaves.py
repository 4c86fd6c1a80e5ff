# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class ResourceCalendarLeaves(models.Model):
    """Whoever enters time off of the dental team is told how many visits it leaves behind."""

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._tell_visits_to_rebook()
        return leaves

    def _tell_visits_to_rebook(self):
        resources = self.resource_id
        if not resources or not self.env.user.has_group("dental_coordinator.group_staff"):
            return
        visits = self.env["dental.appointment"]._to_rebook(resources)
        if visits:
            title = self.env._("%s visits to rebook", len(visits))
            self.env.user._bus_send(
                "simple_notification",
                {
                    "type": "warning",
                    "sticky": True,
                    "title": title if len(visits) > 1 else self.env._("A visit to rebook"),
                    "message": self.env._("See Book, To rebook."),
                },
            )
