# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError

# Bills on which nothing else rests: credited, or made anew, as any invoice.
LOOSE = ("broken", "dues")


class AccountMove(models.Model):
    """Odoo's own ways to take an entry back, where a claim, a remittance or a plan rests on it."""

    _inherit = "account.move"

    # Actions

    def js_remove_outstanding_partial(self, partial_id):
        self.env["account.partial.reconcile"].browse(partial_id)._dental_check_unmatch()
        return super().js_remove_outstanding_partial(partial_id)

    # Business

    def _dental_check_reversal(self, anew):
        """Refuse to reverse what has an undoing of its own; a bill may get a credit note.

        :param anew: whether the bill is to be reversed as a whole and made anew
        :raises UserError: with the way to undo it
        """
        for move in self.sudo():
            kind = move.dental_kind
            if kind and kind not in LOOSE and (kind != "invoice" or anew):
                raise UserError(
                    self.env._(
                        "%s belongs to the account of a visit and is not reversed here: what rests "
                        "on it would not know. Undo the bill, the claim, the remittance or the "
                        "payment plan instead; a bill may get a credit note.",
                        move.name,
                    )
                )


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # Actions

    def action_unreconcile_match_entries(self):
        items = self.browse(self.env.context.get("active_ids") or [])._all_reconciled_lines()
        (items.matched_debit_ids | items.matched_credit_ids)._dental_check_unmatch()
        return super().action_unreconcile_match_entries()


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    # Business

    def _dental_check_unmatch(self):
        """Payments are taken off a bill by hand; what a claim or a plan took off it stays.

        :raises UserError: when both sides are entries of the account of a visit
        """
        for partial in self.sudo():
            moves = partial.debit_move_id.move_id, partial.credit_move_id.move_id
            if all(move.dental_kind for move in moves):
                raise UserError(
                    self.env._(
                        "%(one)s and %(other)s belong together and stay matched. Undo the claim, "
                        "the remittance or the payment plan instead.",
                        one=moves[0].name,
                        other=moves[1].name,
                    )
                )
