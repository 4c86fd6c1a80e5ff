# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dental_coordinator_billing.reckoning import exact

from .. import x12

# By the first letter of a status category: days of quiet afterwards.
QUIET = {"P": 14, "F": 5, "A": 7}


class DentalClaim(models.Model):
    """Asking a payer where a claim is (276), and hearing it (277). Money is never booked of it."""

    _inherit = "dental.claim"

    # Actions

    def action_ask_status(self):
        """Write the question to a file, one for each payer."""
        self.check_access("write")
        for claim in self:
            if claim.state not in ("sent", "accepted", "answered"):
                raise UserError(
                    self.env._("%s is not with the payer: there is nothing to ask.", claim.number)
                )
        exchanges = self.env["dental.exchange"]
        for (company, payer), claims in self.grouped(lambda c: (c.company_id, c.payer_id)).items():
            exchanges |= claims._write_276(company, payer)
        return exchanges.action_open() if len(exchanges) == 1 else True

    # Business

    def _write_276(self, company, payer):
        batch = self.env["dental.claim.batch"]
        route = self.env["dental.exchange.route"]._by_payer(company, payer).get(payer)
        envelope = batch._prepare_envelope(company, route)
        request = x12.StatusRequest(
            payer=self[:1].sudo()._x12_payer(),
            submitter=batch._prepare_submitter(company),
            provider=self.sudo()._x12_asking(company.sudo()),
            claims=tuple(claim.sudo()._x12_inquiry() for claim in self),
        )
        reference = f"S{envelope.group_control}"
        try:
            raw = x12.write_276(envelope, request, reference)
        except x12.X12Error as error:
            lines = [f"- {gap.message} {gap.remedy}" for gap in error.gaps]
            raise UserError(
                self.env._("The question cannot be written yet:\n%s", "\n".join(lines))
            ) from error
        exchange = self.env["dental.exchange"]._issue(
            raw, "276", company, envelope, reference, route
        )
        self._log("276", self.env._("Asked in %s", exchange.filename), exchange=exchange)
        self._record_access("send", reason=exchange.number)
        due = fields.Date.context_today(self) + timedelta(days=3)
        self.write({"next_action": self.env._("Look for the status"), "next_date": due})
        return exchange

    def _x12_inquiry(self):
        return x12.StatusInquiry(
            subscriber=self._x12_subscriber(self.coverage_id),
            trace=self.number,
            claim_number=self.number,
            patient=self._x12_patient(),
            payer_number=self.payer_number or "",
            charge=exact(self.charge),
            date=self.date_service,
        )

    def _take_status(self, category, text, payer_number, exchange):
        """Note what the payer says of a claim, and when to look again."""
        self.ensure_one()
        if payer_number:
            self.payer_number = payer_number
        self._log("277", text, exchange=exchange)
        if self.state not in ("sent", "accepted", "answered"):
            return
        today = fields.Date.context_today(self)
        actions = {
            "P": self.env._("Ask again"),
            "F": self.env._("Look for the payment or the denial"),
            "R": self.env._("Send what the payer asks for"),
            "E": self.env._("Ask again: the payer could not answer"),
        }
        if category == "A4":
            action, days = self.env._("The payer does not know it: send it again"), 0
        else:
            days = QUIET.get(category[:1], 0)
            action = actions.get(category[:1], self.env._("Look at the status"))
        self.write(
            {
                "alarm": False,
                "next_action": action,
                "next_date": today + timedelta(days=days),
                "suppress_until": today + timedelta(days=days) if days else False,
            }
        )


class DentalClaimEvent(models.Model):
    _inherit = "dental.claim.event"

    # Business

    @api.model
    def _import_exchange(self, exchange, kind, raw, hints):
        if kind == "277":
            return "read", self._read_277(exchange, raw)
        return super()._import_exchange(exchange, kind, raw, hints)

    def _read_277(self, exchange, raw):
        said = []
        for report in x12.read_277(raw):
            levels = report.claims
            numbers = [n for one in levels for n in (one.claim_number, one.trace) if n]
            known = self._by_number(exchange, numbers)
            for level in levels:
                claim = known.get(level.claim_number) or known.get(level.trace)
                if claim is None or claim._name != "dental.claim":
                    number = level.claim_number or level.trace
                    said.append(self.env._("%s is no claim of ours", number))
                    continue
                status = level.statuses[-1] if level.statuses else None
                text = self._level_text(level)
                category = status.category if status else ""
                claim._take_status(category, text, level.payer_number, exchange)
                said.append(f"{claim.number}: {text}")
        return said
