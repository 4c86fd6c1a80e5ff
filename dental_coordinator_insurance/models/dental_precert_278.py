# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import x12
from .dental_exchange import READERS

READERS["278"] = "dental.precert"


class DentalPrecert(models.Model):
    """Requests for review (278) and their answers."""

    _inherit = "dental.precert"

    # Actions

    def action_send_278(self):
        """Write a 278 for each of these; what one lacks is said with its remedy."""
        exchanges = self.env["dental.exchange"]
        for precert in self:
            exchanges |= precert._write_278()
        return exchanges.action_open() if len(exchanges) == 1 else True

    # Business

    def _write_278(self):
        self.ensure_one()
        self.check_access("write")
        company, batch = self.company_id, self.env["dental.claim.batch"]
        route = self.env["dental.exchange.route"]._by_payer(company, self.payer_id)
        route = route.get(self.payer_id)
        envelope = batch._prepare_envelope(company, route)
        reference = f"A{envelope.group_control}"
        try:
            raw = x12.write_278(envelope, self._x12_request(), reference)
        except x12.X12Error as error:
            lines = [f"- {gap.message}. {gap.remedy}" for gap in error.gaps] or [str(error)]
            raise UserError(
                self.env._(
                    "%(number)s lacks something:\n%(gaps)s",
                    number=self.number,
                    gaps="\n".join(lines),
                )
            ) from error
        exchange = self.env["dental.exchange"]._issue(
            raw, "278", company, envelope, reference, route
        )
        self._mark_written(exchange)
        self._record_access("send", reason=exchange.number)
        return exchange

    def _x12_request(self):
        claim = self._x12_document()
        tax = self.company_id.dental_tax_id or self.company_id.vat or ""
        return x12.AuthorizationRequest(
            payer=claim.payer,
            requester=claim.rendering or self._x12_asking(self.company_id),
            subscriber=claim.subscriber,
            patient=claim.patient,
            trace=self.number,
            originator=f"9{''.join(filter(str.isdigit, tax))}",
            kind="R" if self.appeal_of_id else "I",
            earlier=self.appeal_of_id.answer_number or "",
            contact=self.env["dental.claim.batch"]._prepare_submitter(self.company_id).contact,
            attachments=claim.attachments,
            message=(self.narrative or "")[:264],
            services=tuple(
                x12.AuthorizationService(
                    code=line.code,
                    teeth=line.teeth,
                    areas=line.areas,
                    charge=line.charge,
                    quantity=line.quantity,
                )
                for line in claim.lines
            ),
        )

    @api.model
    def _import_exchange(self, exchange, kind, raw, hints):
        """Put the payer's decisions on the requests that they answer.

        :return: (state of the exchange, sentences that say what was found)
        """
        said, state = [], "read"
        for answer in x12.read_278(raw):
            precert = self._asked_by(exchange, answer)
            if not precert:
                state = "waiting"
                said.append(
                    self.env._("No request of ours has the number %s.", answer.trace or "?")
                )
                continue
            precert._take_278(answer, exchange)
            said.append(f"{precert.number}: {precert._state_text()}")
        return state, said

    @api.model
    def _asked_by(self, exchange, answer):
        return self.search(
            [
                ("company_id", "=", exchange.company_id.id),
                ("number", "=", answer.trace or ""),
                ("state", "not in", ("withdrawn", "expired")),
            ],
            limit=1,
        )

    def _take_278(self, answer, exchange):
        """An open decision asks for more or waits; a final one is kept line by line."""
        decisions = {line: self._decision_of(line, answer) for line in self.line_ids}
        texts = self._texts_of(answer)
        if answer.rejections and not any(decisions.values()):
            self.write({"answer_exchange_id": exchange.id})
            self._set_state("more_info", texts or self.env._("Correct and send again"), 0)
            return
        if not all(d and self._is_final(d) for d in decisions.values()):
            self.write({"answer_exchange_id": exchange.id})
            wants = answer.attachments or any(d and d.code == "A4" for d in decisions.values())
            if wants:
                text = texts or self.env._("Send what the payer asks for")
                self._set_state("more_info", text, 1)
            return
        valid = answer.valid
        self._record_answer(
            {
                line: self._prepare_decision_vals(line, decision, answer)
                for line, decision in decisions.items()
            },
            next((d.number for d in decisions.values() if d.number), ""),
            valid_until=(valid and valid.end) or False,
            exchange=exchange,
        )
        self.valid_from = (valid and valid.start) or False

    def _is_final(self, decision):
        return decision.approved is not None or decision.code == "A2"

    def _decision_of(self, line, answer):
        """What is said of a line: its own decision, else that of the whole."""
        teeth = {tooth.number for tooth in line._teeth()}
        for one in answer.services:
            same_teeth = not one.teeth or not teeth or teeth & set(one.teeth)
            if one.code == line.code and same_teeth and one.decision:
                return one.decision
        return answer.decision

    def _prepare_decision_vals(self, line, decision, answer):
        """A permission says nothing of money: what the plan pays stays as it is estimated."""
        quantities = [
            one.quantity
            for service in answer.services
            if service.code == line.code
            for one in service.frequencies
            if one.quantity
        ]
        return {
            "approved": "no" if decision.approved is False else "yes",
            "remark": decision.text,
            "quantity_approved": int(min(quantities, default=Decimal(line.quantity)))
            if decision.approved is not False
            else 0,
            "priced": False,
        }

    def _texts_of(self, answer):
        texts = [one.text for one in answer.rejections]
        texts += [answer.decision.reason] if answer.decision and answer.decision.reason else []
        return "; ".join(filter(None, [*texts, *answer.messages]))


class DentalPrecertLine(models.Model):
    _inherit = "dental.precert.line"

    quantity_approved = fields.Integer(string="Approved number")
    priced = fields.Boolean(
        default=True,
        help="The answer says what the plan would pay. A mere permission does not.",
    )


class DentalClaim(models.Model):
    _inherit = "dental.claim"

    # Business

    @api.model
    def _prepare_claim_vals(self, coverage, shares, invoice):
        """A permission's number goes with the claim as its prior authorization."""
        vals = super()._prepare_claim_vals(coverage, shares, invoice)
        precert = self.env["dental.precert"].browse(vals.get("precert_id"))
        if precert.kind == "preauthorization" and precert.answer_number:
            vals["prior_authorization"] = precert.answer_number
        return vals
