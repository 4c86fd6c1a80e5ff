# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.dental_coordinator_billing.reckoning import exact

from .. import x12
from ..settlement import ZERO

_logger = logging.getLogger(__name__)
# How sure a match must be for a posting without a person.
SURE = ("number", "line_key")


class DentalRemittance(models.Model):
    """Payments that post themselves, as far as the payer is trusted."""

    _inherit = "dental.remittance"

    # Business

    @api.model
    def _import_exchange(self, exchange, kind, raw, hints):
        state, said = super()._import_exchange(exchange, kind, raw, hints)
        self._post_by_itself(exchange.remittance_ids)
        return state, said

    @api.model
    def _post_by_itself(self, remittances):
        """Post those that nobody needs to look at; a failure leaves the one as it was."""
        for remittance in remittances:
            if not remittance._why_by_hand():
                try:
                    with self.env.cr.savepoint():
                        remittance._post()
                except UserError as error:
                    _logger.info("%s is left to a person", remittance.number)
                    remittance.next_action = str(error)[:200]

    def _why_by_hand(self):
        """Why a person posts this one; empty when it may post itself."""
        self.ensure_one()
        level = self.payer_id.sudo().dental_auto_post or "hand"
        answers = self.sudo().claim_ids
        if level == "hand":
            return self.env._("Payments of this payer are posted by a person.")
        if not self.can_post:
            return self.env._("It does not balance, or claims are not matched.")
        if any(answers.mapped("undecided")) or "reversal" in answers.mapped("kind"):
            return self.env._("A denial, a take-back or an open question waits for a decision.")
        if set(answers.mapped("matched_by")) - set(SURE):
            return self.env._("A claim was found by less than its number.")
        if stopped := self._stop_reasons(answers):
            return self.env._("Reasons to look at: %s.", ", ".join(stopped))
        if level == "expected" and any(answers.mapped("difference")):
            return self.env._("Not all was paid as expected.")
        return self._odd_text(answers)

    def _stop_reasons(self, answers):
        """Reasons on these answers that the payer's list stops at, or that nobody has seen yet."""
        stops = (self.payer_id.sudo().dental_stop_reasons or "").replace(",", " ").upper().split()
        cuts = (answers.adjustment_ids | answers.line_ids.adjustment_ids).filtered("amount")
        return sorted(
            {
                cut.reason or "?"
                for cut in cuts
                if cut.reason in stops or not x12.codes.reason_known(cut.reason)
            }
        )

    def _odd_text(self, answers):
        """What a trusted payer may get wrong all the same; empty when nothing is."""
        claims = answers.claim_id
        if claims.payer_id.commercial_partner_id - self.payer_id.sudo().commercial_partner_id:
            return self.env._("It answers a claim that was put to another payer.")
        if "closed" in claims.mapped("state"):
            return self.env._("It answers a claim that was answered before.")
        if any(one._prior_differs() for one in answers):
            return self.env._("It says of the earlier payer what we have not booked.")
        if self.exchange_id.test and not self.company_id.dental_x12_test:
            return self.env._("The file is marked as a test.")
        return ""


class DentalRemittanceClaim(models.Model):
    _inherit = "dental.remittance.claim"

    # Business

    def _prior_differs(self):
        """Whether what this payer takes the earlier ones to have done is not what they did.

        Some tell what was paid, some what was paid and written off.
        """
        cuts = self.adjustment_ids | self.line_ids.adjustment_ids
        told = sum((exact(c.amount) for c in cuts if c.decision == "prior"), ZERO)
        earlier = self.claim_id._earlier()
        paid = sum((exact(amount) for amount in earlier.mapped("paid")), ZERO)
        given_up = sum((exact(amount) for amount in earlier.mapped("write_off")), ZERO)
        return bool(told) and told not in (paid, paid + given_up)
