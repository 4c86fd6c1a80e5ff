# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError


class DentalInsuranceVerification(models.Model):
    """Asking payers by night: what can be asked by file needs nobody in the morning."""

    _inherit = "dental.insurance.verification"

    # Business

    @api.model
    def _cron_ask_payers(self):
        """Ask about the coming visits of every clinic, of the payers to whom files have a way.

        Who cannot be asked stays on the list with the reason.
        """
        for company in self.env["res.company"].search([("dental_ask_days", ">", 0)]):
            self.with_company(company)._ask_by_night(company)

    @api.model
    def _ask_by_night(self, company):
        checks = self._to_ask(company, company.dental_ask_days)
        routes = self.env["dental.exchange.route"]._by_payer(company, checks.payer_id)
        for route, own in checks.grouped(lambda one: routes.get(one.payer_id)).items():
            if route and route._delivers():
                own._ask_on_route(company, route)
            else:
                for check in own:
                    check.ask_problem = self.env._(
                        "No way to %s by which files go by themselves. Ask by telephone or portal, "
                        "or name a folder under Ways to payers.",
                        check.payer_id.name,
                    )

    def _ask_on_route(self, company, route):
        """One file on one way; a way that does not work stops no other."""
        try:
            with self.env.cr.savepoint():
                self._write_270(company, route)
        except UserError as error:
            self.ask_problem = str(error)
        if self.env.context.get("ir_cron_progress_id"):
            self.env["ir.cron"]._commit_progress(len(self))


class DentalExchangeRoute(models.Model):
    _inherit = "dental.exchange.route"

    def _delivers(self):
        """Whether files leave on this way by themselves. Another transport overrides this."""
        self.ensure_one()
        return self.transport == "folder" and bool(self.out_folder)
