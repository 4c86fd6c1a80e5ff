# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import x12


class DentalClaimBatch(models.AbstractModel):
    """Claims and predeterminations on their way into files."""

    _name = "dental.claim.batch"
    _description = "Writer of claim files"

    @api.model
    def _send(self, documents):
        """Write the documents that lack nothing, one file a clinic and way; the others are held.

        A document is an instance of `dental.claim.mixin`. One that lacks something stops no other.

        :return: the exchanges written
        """
        documents.check_access("write")
        complete = documents.sorted("id")._check_gaps()
        exchanges = self.env["dental.exchange"]
        for company, some in complete.grouped("company_id").items():
            routes = self.env["dental.exchange.route"]._by_payer(company, some.payer_id)
            for route, own in some.grouped(
                lambda one, routes=routes: routes.get(one.payer_id)
            ).items():
                exchanges |= self._write(company, own, route)
        return exchanges

    def _write(self, company, documents, route=None):
        batch = self._prepare_batch(company, documents, route)
        try:
            raw = x12.write_837d(batch, fields.Date.context_today(self))
        except x12.X12Error as error:
            raise UserError(self._setup_text(company, error)) from error
        exchange = self.env["dental.exchange"]._issue(
            raw, "837D", company, batch.envelope, batch.reference, route
        )
        exchange.summary = self._written_text(documents)
        documents._mark_written(exchange)
        documents._record_access("send", reason=exchange.number)
        return exchange

    def _written_text(self, documents):
        """What stands in the file: in short, and then the others one by one."""
        first, *others = documents.mapped("number")
        if others:
            first = self.env._("%(number)s and %(count)s more", number=first, count=len(others))
        return "\n".join((first, *others))

    def _prepare_batch(self, company, documents, route=None):
        envelope = self._prepare_envelope(company, route)
        return x12.Batch(
            envelope=envelope,
            submitter=self._prepare_submitter(company),
            receiver=x12.Receiver(
                name=(route and route.receiver_name) or company.dental_receiver_name or "",
                id=envelope.receiver_id,
            ),
            claims=tuple(document._x12_document() for document in documents),
            reference=f"B{envelope.group_control}",
        )

    def _prepare_envelope(self, company, route=None):
        qualifier = (route and route.receiver_qualifier) or company.dental_receiver_qualifier
        return x12.Envelope(
            sender_id=company.dental_submitter_id or "",
            receiver_id=(route and route.receiver_id) or company.dental_receiver_id or "",
            interchange_control=self._next_control("dental.exchange.interchange"),
            group_control=self._next_control("dental.exchange.group"),
            when=fields.Datetime.context_timestamp(self, fields.Datetime.now()),
            test=company.dental_x12_test,
            sender_qualifier=company.dental_sender_qualifier or "ZZ",
            receiver_qualifier=qualifier or "ZZ",
        )

    def _prepare_submitter(self, company):
        return x12.Submitter(
            name=company.dental_submitter_name or company.name,
            id=company.dental_submitter_id or "",
            contact=x12.Contact(
                name=company.dental_submitter_contact or company.name,
                phone=company.phone or "",
                email=company.email or "",
            ),
        )

    @api.model
    def _next_control(self, code):
        """A number never used before, nor after, whatever becomes of this transaction."""
        return int(self.env["ir.sequence"].sudo().next_by_code(code))

    def _setup_text(self, company, error):
        """What is wrong with the batch itself: the documents have been checked before."""
        lines = [f"- {gap.message} {gap.remedy}" for gap in error.gaps]
        return self.env._(
            "%(company)s cannot send files yet. Complete Settings, Dental, Claim files:\n%(gaps)s",
            company=company.name,
            gaps="\n".join(lines or [str(error)]),
        )
