# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from odoo.addons.dental_coordinator_billing.reckoning import exact

from ..models.dental_claim import LIVE


class DentalRemittanceClaim(models.Model):
    """Which claim of ours a payment speaks of.

    In this order: our claim number, the payer's number, the key of a line, and last the person:
    member id, name, date and charge together. Nothing is guessed from less; what answers to two
    claims, or to none, is left to a person.
    """

    _inherit = "dental.remittance.claim"

    # Business

    def _match(self):
        """Find the claim or predetermination of each that has none yet."""
        todo = self.filtered(lambda one: one.state == "unmatched" and not one.claim_id)
        for find in (
            todo._by_number,
            todo._by_payer_number,
            todo._by_line_key,
            todo._by_person,
        ):
            for one, (document, how) in find().items():
                if not (one.claim_id or one.precert_id):
                    one._set_match(document, how)
        self.filtered(lambda one: one.claim_id and one.state == "unmatched").line_ids._match()

    def _set_match(self, document, how):
        name = "precert_id" if document._name == "dental.precert" else "claim_id"
        self.write({name: document.id, "matched_by": how})

    def _documents(self, domain):
        """Live claims and predeterminations of the clinic: {model name: records}"""
        claims = self.env["dental.claim"].sudo()
        precerts = self.env["dental.precert"].sudo()
        company = [("company_id", "in", self.company_id.ids)]
        return {
            "claim": claims.search([*company, ("state", "in", LIVE), *domain]),
            "precert": precerts.search([*company, ("sent_on", "!=", False), *domain]),
        }

    def _kind_of_document(self):
        return "precert" if self.kind == "predetermination" else "claim"

    def _by_number(self):
        numbers = [number for number in self.mapped("claim_number") if number]
        documents = self._documents([("number", "in", numbers)])
        known = {kind: {one.number: one for one in some} for kind, some in documents.items()}
        found = {}
        for one in self:
            document = known[one._kind_of_document()].get(one.claim_number)
            if document and document.company_id == one.company_id:
                found[one] = (document, "number")
        return found

    def _by_payer_number(self):
        """A number that a payer gave, now or in an earlier answer: it says nothing at another."""
        numbers = set().union(*(one._payer_numbers() for one in self))
        documents = self._documents([("payer_number", "in", list(numbers))])
        told = self._told_before(numbers)
        found = {}
        for one in self:
            wanted, kind = one._payer_numbers(), one._kind_of_document()
            alike = documents[kind].filtered(lambda other, w=wanted: other.payer_number in w)
            if kind == "claim":
                alike |= told.filtered(lambda other, w=wanted: other.payer_number in w).claim_id
            alike = alike.filtered(one._is_from)
            if len(alike) == 1:
                found[one] = (alike, "payer_number")
        return found

    def _payer_numbers(self):
        return {self.payer_number, self.original_number} - {False, ""}

    def _told_before(self, numbers):
        """Posted answers by these numbers: the payer may have given the claim a newer one since."""
        return self.sudo().search(
            [
                ("company_id", "in", self.company_id.ids),
                ("payer_number", "in", list(numbers)),
                ("claim_id.state", "in", LIVE),
                ("remittance_id.state", "=", "posted"),
            ]
        )

    def _is_from(self, document):
        """Whether a claim or predetermination was put to the payer that speaks here."""
        payer = self._payer()
        return (
            document.company_id == self.company_id
            and bool(payer)
            and document.payer_id.commercial_partner_id == payer.commercial_partner_id
        )

    def _payer(self):
        """Who pays: as the file names it, else as the claims tell that were found by now."""
        remittance = self.remittance_id.sudo()
        claims = remittance.claim_ids.claim_id
        return remittance.payer_id or (
            claims.payer_id if len(claims.payer_id) == 1 else claims.payer_id.browse()
        )

    def _by_line_key(self):
        lines = self.env["dental.claim.line"].sudo()
        keys = [key for key in self.line_ids.mapped("line_key") if key]
        known = {
            line.key: line.claim_id
            for line in lines.search(
                [
                    ("company_id", "in", self.company_id.ids),
                    ("key", "in", keys),
                    ("live", "=", True),
                ]
            )
        }
        found = {}
        for one in self.filtered(lambda one: one._kind_of_document() == "claim"):
            claims = lines.claim_id.union(
                *(known[key] for key in one.line_ids.mapped("line_key") if key in known)
            )
            if len(claims) == 1 and claims.company_id == one.company_id:
                found[one] = (claims, "line_key")
        return found

    def _by_person(self):
        found = {}
        for one in self.filtered("member"):
            coverages = one._members()
            alike = one._documents([("coverage_id", "in", coverages.ids)])[
                one._kind_of_document()
            ].filtered(one._same_visit)
            if len(alike) > 1:  # a family under one number
                alike = alike.filtered(one._same_first_name)
            if len(alike) == 1:
                found[one] = (alike, "person")
        return found

    def _members(self):
        """Coverages by this member id, of people of that name, at the payer if that is known."""
        payer = self._payer()
        last = (self.last_name or "").strip().casefold()
        return (
            self.env["dental.insurance.coverage"]
            .with_context(active_test=False)  # the answer may come after the cover has ended
            ._with_member(self.company_id, self.member)
            .filtered(
                lambda one: (one.patient_id.last_name or "").casefold() == last
                and (not payer or one.payer_id.commercial_partner_id == payer.commercial_partner_id)
            )
        )

    def _same_first_name(self, document):
        told = (self.first_name or "").strip().casefold()
        return bool(told) and (document.patient_id.first_name or "").casefold().startswith(told)

    def _same_visit(self, document):
        same_date = document._name == "dental.precert" or document.date_service == self.service_date
        return same_date and exact(document.charge) == abs(exact(self.charge))
