# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo import models

CHANGED = "dental.today/changed"
SUBCHANNEL = "dental_today"
ASKED = re.compile(r"dental_today_(\d+)")


class DentalAppointment(models.Model):
    """Screens that show the day learn that it changed, and nothing of what or whom."""

    _inherit = "dental.appointment"

    def _reserve(self):
        # Whatever changes a visit's time or place passes here: booking, board, calendar.
        result = super()._reserve()
        self._tell_today()
        return result

    def _apply_status(self, status, note=None):
        result = super()._apply_status(status, note)
        self._tell_today()
        return result

    def _tell_today(self):
        for company in self.sudo().company_id:
            visits = self.filtered(lambda v, company=company: v.company_id == company)
            self.env["dental.today"]._tell(company, visits.ids)


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """The dental team hears of the day of the clinics it works in, everybody else does not.

        A screen asks for ``dental_today_<company id>``. The messages go to a channel that no
        client can name, so that only this door leads to it.
        """
        wanted, others = set(), []
        for channel in channels:
            asked = ASKED.fullmatch(channel) if isinstance(channel, str) else None
            if asked:
                wanted.add(int(asked[1]))
            else:
                others.append(channel)
        if wanted and self.env.user.has_group("dental_coordinator.group_staff"):
            own = self.env.user.company_ids.filtered(lambda company: company.id in wanted)
            others += [(company, SUBCHANNEL) for company in own]
        return super()._build_bus_channel_list(others)
