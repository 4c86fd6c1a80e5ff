# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, http
from odoo.exceptions import LockError
from odoo.http import request


class DentalLinkController(http.Controller):
    """Pages for whoever holds a link. Looking changes nothing; only a button acts."""

    @http.route(
        "/dental/l/<string:token>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        sitemap=False,
    )
    def link(self, token, answer=None, **kwargs):
        misses = request.env["dental.link.miss"]
        address = request.httprequest.remote_addr or ""
        if misses._must_wait(address):
            return self._page(text=request.env._("Too many tries. Wait some minutes."), status=429)
        link = request.env["dental.link"]._find(token)
        if not link:
            misses._count(address)
            return self._page(text=request.env._("This link is not known."), status=404)
        link = link.with_context(lang=link.patient_id.lang or request.env.lang)
        if not link._is_open():
            return self._page(link, text=link._closed_text())
        if request.httprequest.method == "POST":
            return self._page(link, text=self._act(link, answer))
        if not link.viewed_at:
            link.write({"viewed_at": fields.Datetime.now()})
            link._viewed()
        return self._page(link, text=link._question(), buttons=link._answers())

    def _act(self, link, answer):
        if answer not in dict(link._answers()):
            return link._question()
        try:
            return link._answer(answer)
        except LockError:
            return request.env._("Somebody else is answering right now. Try again in a moment.")

    def _page(self, link=None, text=None, buttons=(), status=200):
        company = link.company_id if link else request.env.company
        values = {
            "clinic": company.sudo().name if link else "",
            "phone": link and company.sudo().phone,
            "when": link and link._is_valid() and link._when_text(),
            "text": text,
            "buttons": buttons,
        }
        response = request.render("dental_coordinator.link_page", values, status=status)
        # Neither search engines nor shared caches keep it, and no other site learns the address.
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        seconds = link and link._look_again()
        if seconds:  # also after a button: what is asked anew is the page, not the answer
            response.headers["Refresh"] = f"{seconds}; url={request.httprequest.path}"
        return response
