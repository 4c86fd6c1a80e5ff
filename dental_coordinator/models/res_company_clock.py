# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from zoneinfo import ZoneInfo

from odoo import fields, models

from ..book import local


class ResCompany(models.Model):
    """The clinic's wall clock: its calendar says where it hangs, whoever looks at it."""

    _inherit = "res.company"

    # Business

    def _dental_zone(self):
        # Patients without a login are told local times too, and may not read working hours.
        zone = self.sudo().resource_calendar_id.tz
        return ZoneInfo(zone or self.env.user.tz or "UTC")

    def _dental_day(self, moment=None):
        """The clinic's date of a naive UTC moment; of now, where none is given."""
        return local.day_of(moment or fields.Datetime.now(), self._dental_zone())
