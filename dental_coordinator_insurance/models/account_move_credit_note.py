# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError

from odoo.addons.dental_coordinator_billing.reckoning import exact


class AccountMove(models.Model):
    """A credit note takes off a bill what is the patient's, not what a payer is asked for."""

    _inherit = "account.move"

    # Business

    def _post(self, soft=True):
        self._dental_check_credit_notes()
        return super()._post(soft)

    def _dental_check_credit_notes(self):
        notes = self.sudo().filtered(
            lambda one: one.move_type == "out_refund"
            and not one.dental_kind
            and one.reversed_entry_id.dental_kind == "invoice"
        )
        for bill in notes.reversed_entry_id:
            bill._dental_check_credited(
                notes.filtered(lambda one, b=bill: one.reversed_entry_id == b)
            )

    def _dental_check_credited(self, notes):
        """Refuse credit notes that would make a patient's credit of a payer's part.

        :param notes: those that are about to be posted for this bill
        :raises UserError: with the claims that stand on the bill
        """
        claims = self.env["dental.claim"].sudo()
        claims = claims.search([("invoice_id", "=", self.id), ("state", "!=", "void")])
        if not claims:
            return
        notes |= self.reversal_move_ids.filtered(
            lambda one: one.state == "posted" and one.move_type == "out_refund"
        )
        own = exact(self.amount_total) + claims._position().patient
        if sum(exact(note.amount_total) for note in notes) > own:
            raise UserError(
                self.env._(
                    "%(bill)s: of it %(own)s is the patient's; the rest is on %(claims)s. A credit "
                    "note takes off no more than that. Lower it, or void the claim first.",
                    bill=self.name,
                    own=self.currency_id.format(float(own)),
                    claims=", ".join(claims.mapped("number")),
                )
            )
