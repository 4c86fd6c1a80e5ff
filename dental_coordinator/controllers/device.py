# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY",
}
LONGEST = 120
MOST = 1000


class DentalDevices(http.Controller):
    """Pages of screens without a login. A link that does not work is a page that is not there."""

    @http.route("/dental/hall/<string:token>", type="http", auth="public", sitemap=False)
    def hall(self, token):
        device = self._device(token, "hall")
        return self._page("dental_coordinator.hall_page", device, token=token)

    @http.route("/dental/hall/<string:token>/calls", type="http", auth="public", sitemap=False)
    def hall_calls(self, token):
        device = self._device(token, "hall")
        return request.make_json_response({"calls": device._calls()}, headers=[*HEADERS.items()])

    @http.route(
        "/dental/kiosk/<string:token>",
        type="http",
        auth="public",
        sitemap=False,
        methods=["GET", "POST"],
    )
    def kiosk(self, token, name="", birth_date="", **_others):
        device = self._device(token, "kiosk")
        if request.httprequest.method == "GET":
            return self._page("dental_coordinator.kiosk_page", device, token=token, step="ask")
        found = device._offer(name[:LONGEST], birth_date[:10])
        step = "confirm" if found else "desk"
        values = {"step": step, **(found or {})}
        return self._page("dental_coordinator.kiosk_page", device, token=token, **values)

    @http.route(
        "/dental/kiosk/<string:token>/here",
        type="http",
        auth="public",
        sitemap=False,
        methods=["POST"],
    )
    def kiosk_here(self, token, offer="", **_others):
        device = self._device(token, "kiosk")
        ticket = device._accept(offer[:500])
        page = ticket and device._form_page(device._visit_of(offer[:500]))
        return self._kiosk_next(device, token, ticket, page)

    @http.route(
        "/dental/kiosk/<string:token>/form",
        type="http",
        auth="public",
        sitemap=False,
        methods=["POST"],
    )
    def kiosk_form(self, token, **values):
        device = self._device(token, "kiosk")
        raw = {
            int(name[2:12]): text[:MOST]
            for name, text in values.items()
            if name.startswith("q_") and name[2:12].isdecimal() and isinstance(text, str)
        }
        kept = device._keep_page(str(values.get("pass"))[:500], raw) or {}
        return self._kiosk_next(
            device, token, kept.get("ticket"), kept.get("page"), kept.get("thanks")
        )

    def _kiosk_next(self, device, token, ticket, page, thanks=None):
        """A page of a form, the ticket, or the way to the desk."""
        step = "form" if page else "welcome" if ticket else "desk"
        return self._page(
            "dental_coordinator.kiosk_page",
            device,
            token=token,
            step=step,
            ticket=ticket,
            page=page,
            thanks=thanks,
        )

    def _device(self, token, kind):
        device = request.env["dental.device"]._by_token(token, kind)
        if not device:
            raise request.not_found()
        return device

    def _page(self, template, device, **values):
        response = request.render(template, {"company": device.company_id, **values})
        response.headers.update(HEADERS)
        return response
