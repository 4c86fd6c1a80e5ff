# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import suppress

from odoo import fields, http
from odoo.http import request

# What may be told, and how much of it.
TEXTS = {
    "name": 80,
    "phone": 32,
    "email": 80,
    "days": 80,
    "payer": 80,
    "payer_answer": 200,
    "message": 1000,
}


class DentalWishController(http.Controller):
    """The form by which somebody asks for a visit. It books nothing and tells nothing."""

    @http.route(
        "/dental/ask",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
    )
    def ask(self, **values):
        company = request.env.company.sudo()
        public = request.env.user._is_public()
        if public and not company.dental_wish_public:
            raise request.not_found()
        if request.httprequest.method == "GET":
            return self._form(company, self._known(public))
        error = self._refusal(values)
        if error:
            return self._form(company, values, error)
        if values.get("website"):  # only a machine fills what nobody sees
            return request.render("dental_coordinator.wish_thanks", {})
        rule = self._rule(company, values)
        if rule.answer == "block":
            return self._form(company, values, error=rule.message)
        if rule.answer == "ask" and not (values.get("payer_answer") or "").strip():
            return self._form(company, values, question=rule.message)
        self._keep(company, values, public, rule)
        told = rule.message if rule.answer == "message" else False
        return request.render("dental_coordinator.wish_thanks", {"message": told})

    def _rule(self, company, values):
        """The clinic's rule for the insurance that was named; of it only the words are shown."""
        rules = request.env["dental.wish.rule"].sudo()._of(company)
        return rules._meant((values.get("payer") or "")[: TEXTS["payer"]])

    def _known(self, public):
        partner = request.env.user.partner_id
        return (
            {} if public else {"name": partner.name, "phone": partner.phone, "email": partner.email}
        )

    def _refusal(self, values):
        tries = request.env["dental.link.miss"]
        address = request.httprequest.remote_addr or ""
        if tries._must_wait(address):
            return request.env._("Too many tries. Wait some minutes, or call us.")
        tries._count(address)
        if not (values.get("name") or "").strip():
            return request.env._("Your name: tell us who you are.")
        if not (values.get("phone") or values.get("email")):
            return request.env._("Phone or mail: tell us how to reach you.")
        return None

    def _keep(self, company, values, public, rule):
        wishes = request.env["dental.visit.wish"].sudo().with_company(company)
        told = {
            name: (values.get(name) or "").replace("\0", "").strip()[:length] or False
            for name, length in TEXTS.items()
        }
        for name in ("kind", "part_of_day"):
            allowed = dict(wishes._fields[name].selection)
            if values.get(name) in allowed:
                told[name] = values[name]
        with suppress(ValueError):
            told["birth_date"] = fields.Date.to_date(values.get("birth_date") or False)
        wishes.create(
            {
                **told,
                "company_id": company.id,
                "wish_rule_id": rule.id,
                "is_new": bool(values.get("is_new")),
                "owner_id": wishes._owner_of(company).id,
                "asked_by_id": False if public else request.env.uid,
                "patient_id": False if public else self._own_file().id,
            }
        )

    def _own_file(self):
        """The file of whoever is logged in, where there is exactly one."""
        patients = request.env["dental.patient"].sudo()
        own = patients.search([("partner_id", "=", request.env.user.partner_id.id)], limit=2)
        return own if len(own) == 1 else patients

    def _form(self, company, values, error=None, question=None):
        wishes = request.env["dental.visit.wish"].sudo()
        labels = wishes.fields_get(["kind", "part_of_day"], ["selection"])
        return request.render(
            "dental_coordinator.wish_page",
            {
                "values": values,
                "error": error,
                "question": question,
                "phone": company.phone,
                "kinds": labels["kind"]["selection"],
                "parts": labels["part_of_day"]["selection"],
            },
        )
