# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError

from odoo.addons.dental_coordinator_billing.reckoning import exact


class DentalRemittance(models.Model):
    """A payer takes back what it paid, no more."""

    _inherit = "dental.remittance"

    # Business

    def _check_postable(self):
        result = super()._check_postable()
        self._check_take_backs()
        return result

    def _check_take_backs(self):
        """Refuse to take back what a claim never got: it is for another one, or not ours.

        :raises UserError: with the claim and both amounts
        """
        answers = self.sudo().claim_ids.filtered(lambda one: one._changes_ledger())
        for claim, some in answers.grouped("claim_id").items():
            taken = -sum(exact(one.paid) for one in some)
            if "reversal" in some.mapped("kind") and taken > exact(claim.paid):
                raise UserError(
                    self.env._(
                        "%(number)s takes back %(taken)s of %(claim)s, which got %(paid)s so far. "
                        "Match it with the claim that was paid, or set it aside.",
                        number=self.number,
                        taken=self.currency_id.format(float(taken)),
                        claim=claim.number,
                        paid=self.currency_id.format(claim.paid),
                    )
                )
