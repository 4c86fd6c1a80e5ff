# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..models.dental_appointment_status import COMING


class DentalPortal(CustomerPortal):
    """A patient, or a guardian, sees the own visits. Record rules decide which those are."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "dental_appointment_count" in counters:
            visits = request.env["dental.appointment"]
            values["dental_appointment_count"] = (
                visits.search_count([("status", "in", COMING)]) if visits.has_access("read") else 0
            )
        return values

    @http.route(
        ["/my/appointments", "/my/appointments/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def portal_my_appointments(self, page=1, **kwargs):
        visits = request.env["dental.appointment"]
        visits.check_access("read")
        pager = portal_pager(
            url="/my/appointments",
            total=visits.search_count([]),
            page=page,
            step=self._items_per_page,
        )
        shown = visits.search(
            [], order="start desc", limit=self._items_per_page, offset=pager["offset"]
        )
        shown._record_access("portal")
        return request.render(
            "dental_coordinator.portal_my_appointments",
            {"visits": shown, "page_name": "dental_appointments", "pager": pager},
        )
