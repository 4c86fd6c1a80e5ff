# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, models
from odoo.exceptions import UserError

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
        cuts = answers.adjustment_ids | answers.line_ids.adjustment_ids
        stops = set((self.payer_id.sudo().dental_stop_reasons or "").replace(",", " ").split())
        stopped = sorted({cut.reason for cut in cuts if cut.reason in stops})
        if level == "hand":
            return self.env._("Payments of this payer are posted by a person.")
        if not self.can_post:
            return self.env._("It does not balance, or claims are not matched.")
        if any(answers.mapped("undecided")) or "reversal" in answers.mapped("kind"):
            return self.env._("A denial, a take-back or an open question waits for a decision.")
        if set(answers.mapped("matched_by")) - set(SURE):
            return self.env._("A claim was found by less than its number.")
        if stopped:
            return self.env._("Reasons to look at: %s.", ", ".join(stopped))
        if level == "expected" and any(answers.mapped("difference")):
            return self.env._("Not all was paid as expected.")
        return ""
