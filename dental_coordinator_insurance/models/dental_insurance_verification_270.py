# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import x12
from .dental_insurance_verification import OPEN


class DentalInsuranceVerification(models.Model):
    """Asking payers by file (270): one coverage, or those of all coming visits."""

    _inherit = "dental.insurance.verification"

    asked_exchange_id = fields.Many2one(
        "dental.exchange",
        string="Asked by file",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="dental_coordinator.group_billing",
    )
    ask_problem = fields.Char(
        readonly=True,
        copy=False,
        help="Why this coverage was not asked after by file.",
        string="Ask problem",
    )

    # Actions

    def action_ask_270(self):
        """Write the question about these coverages to a file, one a clinic and way.

        What one lacks is noted on it and stops no other.
        """
        exchanges = self.env["dental.exchange"]
        for company, checks in self.grouped("company_id").items():
            routes = self.env["dental.exchange.route"]._by_payer(company, checks.payer_id)
            for route, own in checks.grouped(
                lambda one, routes=routes: routes.get(one.payer_id)
            ).items():
                exchanges |= own._write_270(company, route)
        if not exchanges:
            raise UserError(
                "\n".join(f"{one.number}: {one.ask_problem}" for one in self if one.ask_problem)
                or self.env._("There is nobody to ask about.")
            )
        return exchanges.action_open() if len(exchanges) == 1 else True

    def action_ask_coming(self, days=3):
        """Ask about all open verifications whose visit is in the next days."""
        checks = self._to_ask(self.env.company, days)
        if not checks:
            raise UserError(
                self.env._(
                    "Every coverage of the next %s days is verified, or was asked after.", days
                )
            )
        return checks.action_ask_270()

    # Business

    @api.model
    def _to_ask(self, company, days):
        """Open verifications of visits from today on that were not asked after by file yet."""
        now = fields.Datetime.now()
        return self.search(
            [
                ("state", "in", OPEN),
                ("visit_start", ">=", now - timedelta(days=1)),
                ("visit_start", "<=", now + timedelta(days=days)),
                ("asked_exchange_id", "=", False),
                ("company_id", "=", company.id),
            ]
        )

    def _write_270(self, company, route=None):
        self.check_access("write")
        envelope = self.env["dental.claim.batch"]._prepare_envelope(company, route)
        reference = f"E{envelope.group_control}"
        inquiries, asked = [], self.browse()
        for check in self.sorted("id"):
            inquiry = check._x12_inquiry()
            gaps = x12.eligibility_gaps(inquiry)
            check.ask_problem = " ".join(f"{gap.message}. {gap.remedy}" for gap in gaps) or False
            if not gaps:
                inquiries.append(inquiry)
                asked |= check
        if not inquiries:
            return self.env["dental.exchange"]
        raw = x12.write_270(envelope, inquiries, reference)
        exchange = self.env["dental.exchange"]._issue(
            raw, "270", company, envelope, reference, route
        )
        asked.write(
            {
                "asked_exchange_id": exchange.id,
                "state": "in_progress",
                "next_action": self.env._("Import the answer"),
                "next_date": fields.Date.context_today(self) + timedelta(days=1),
            }
        )
        asked._record_access("send", reason=exchange.number)
        return exchange

    def _x12_inquiry(self):
        """This verification as :class:`x12.EligibilityInquiry`."""
        self.ensure_one()
        check = self.sudo()
        document = self.env["dental.precert"].new(
            {"patient_id": check.patient_id.id, "coverage_id": check.coverage_id.id}
        )
        company = check.company_id
        tax = company.dental_tax_id or company.vat or ""
        day = check.appointment_id._visit_day() or fields.Date.context_today(self)
        return x12.EligibilityInquiry(
            payer=x12.Payer(
                name=check.payer_id.name or "", id=check.payer_id.dental_payer_code or ""
            ),
            provider=document._x12_asking(company),
            subscriber=document._x12_subscriber(check.coverage_id),
            patient=document._x12_patient(),
            trace=check.number,
            originator=f"9{''.join(filter(str.isdigit, tax))}",
            date=day,
        )

    def _find_check(self, exchange, answer, hints):
        """An answer that returns our number belongs to the verification of that number."""
        if hints.get("verification") or hints.get("coverage"):
            return super()._find_check(exchange, answer, hints)
        asked = self.search(
            [("number", "=", answer.trace or ""), ("company_id", "=", exchange.company_id.id)],
            limit=1,
        )
        return asked or super()._find_check(exchange, answer, hints)
