# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

# CLP02: processed as first, second or third payer, and sent on to the next one.
SENT_ON = ("19", "20", "21")


class DentalClaim(models.Model):
    """Claims that a payer sends on itself: we must not send them once more."""

    _inherit = "dental.claim"

    # Business

    def _siblings(self):
        """Live claims for the same services, to other payers."""
        lines = self.env["dental.claim.line"].search(
            [("procedure_id", "in", self.line_ids.procedure_id.ids), ("live", "=", True)]
        )
        return lines.claim_id - self

    def _next_in_line(self):
        """The unsent claims to the next payer after this one."""
        self.ensure_one()
        own = self.coverage_id.sequence
        later = self._siblings().filtered(lambda one: one.coverage_id.sequence > own)
        first = min(later.mapped("coverage_id.sequence"), default=0)
        return later.filtered(
            lambda one: one.coverage_id.sequence == first and one.state in ("held", "made")
        )

    def _sent_on_by(self, answer):
        """Note on these claims that the payer before them has sent them on."""
        self.write({"sent_on": fields.Date.context_today(self), "exchange_id": False})
        self._set_state("sent", self.env._("Ask for the answer"), 30)
        self._log(
            "sent",
            self.env._(
                "%(payer)s sent it on itself, says %(remittance)s: do not send it",
                payer=answer.claim_id.payer_id.name,
                remittance=answer.remittance_id.number,
            ),
            exchange=answer.remittance_id.exchange_id,
        )


class DentalRemittanceClaim(models.Model):
    _inherit = "dental.remittance.claim"

    # CRUD

    def write(self, vals):
        result = super().write(vals)
        if vals.get("claim_id"):
            self.filtered(lambda one: one.kind == "forwarded")._tell_forwarded()
        return result

    # Business

    def _tell_forwarded(self):
        """A payer says that it is not its claim: nothing is posted, but somebody must know."""
        for one in self:
            claim = one.claim_id.sudo()
            claim._log("835", one._event_text(), exchange=one.remittance_id.exchange_id)
            if claim.state in ("sent", "accepted"):
                claim._set_state(claim.state, self.env._("Ask where the payer sent it"), 0)

    def _tell_claims(self):
        result = super()._tell_claims()
        for one in self.filtered(lambda one: one.status in SENT_ON and one.claim_id):
            later = one.claim_id.sudo()._next_in_line()
            later.filtered(lambda claim: not claim._wait_text())._sent_on_by(one)
        return result

    def _by_number(self):
        return self._own_claims(super()._by_number())

    def _by_line_key(self):
        return self._own_claims(super()._by_line_key())

    def _own_claims(self, found):
        """A payer that got a claim from the one before answers by the number of the first."""
        for one, (document, how) in found.items():
            payer = one.remittance_id.payer_id
            if document._name != "dental.claim" or payer in (document.payer_id, payer.browse()):
                continue
            order = document.coverage_id.sequence
            own = document._siblings().filtered(
                lambda claim, p=payer, o=order: claim.payer_id == p
                and claim.coverage_id.sequence > o
            )
            if len(own) == 1:
                found[one] = (own, how)
        return found
