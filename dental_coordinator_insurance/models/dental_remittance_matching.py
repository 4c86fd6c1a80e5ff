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
        return {
            one: (known[one._kind_of_document()][one.claim_number], "number")
            for one in self
            if one.claim_number in known[one._kind_of_document()]
        }

    def _by_payer_number(self):
        numbers = [*self.mapped("payer_number"), *self.mapped("original_number")]
        documents = self._documents([("payer_number", "in", [n for n in numbers if n])])
        found = {}
        for one in self:
            wanted = {one.payer_number, one.original_number} - {False, ""}
            alike = documents[one._kind_of_document()].filtered(
                lambda document, wanted=wanted: document.payer_number in wanted
            )
            if len(alike) == 1:
                found[one] = (alike, "payer_number")
        return found

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
        for one in self:
            claims = lines.claim_id.union(
                *(known[key] for key in one.line_ids.mapped("line_key") if key in known)
            )
            if len(claims) == 1:
                found[one] = (claims, "line_key")
        return found

    def _by_person(self):
        found = {}
        for one in self.filtered("member"):
            coverage = self.env["dental.insurance.coverage"]._find_member(
                one.company_id, one.member, last_name=one.last_name or ""
            )
            alike = one._documents(
                [("coverage_id", "=", coverage.id)] if coverage else [("id", "=", 0)]
            )[one._kind_of_document()].filtered(one._same_visit)
            if len(alike) == 1:
                found[one] = (alike, "person")
        return found

    def _same_visit(self, document):
        same_date = document._name == "dental.precert" or document.date_service == self.service_date
        return same_date and exact(document.charge) == exact(self.charge)
