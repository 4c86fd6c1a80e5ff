# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

AMOUNTS = {"price_unit", "quantity", "discount", "debit", "credit", "balance", "amount_currency"}
# Where an amount stands: on whose account, and on which.
PLACE = {"account_id", "partner_id"}


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    dental_procedure_id = fields.Many2one(
        "dental.procedure",
        string="Procedure",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="dental_coordinator.group_staff",
    )
    dental_appointment_id = fields.Many2one(
        "dental.appointment",
        string="Visit",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="dental_coordinator.group_staff",
        help="The visit an open item belongs to.",
    )

    # CRUD

    def write(self, vals):
        if (AMOUNTS | PLACE) & vals.keys():
            self._dental_check_unposted(vals)
        return super().write(vals)

    # Business

    def _dental_check_unposted(self, vals):
        """What was billed, claimed or remitted is corrected by a further entry, never in place.

        :raises UserError: for a change of an amount, or of who owes it, on a posted dental entry
        """
        for line in self.sudo():
            move = line.move_id
            if move.state == "posted" and move.dental_kind and line._dental_changes(vals):
                raise UserError(
                    self.env._(
                        "%s belongs to the account of a visit and stays as it was posted. "
                        "Correct it by a credit note, or undo the bill.",
                        move.name,
                    )
                )

    def _dental_changes(self, vals):
        owed = self.account_type == "asset_receivable"
        return any(
            self.currency_id.compare_amounts(self[name], vals[name] or 0.0)
            for name in AMOUNTS & vals.keys()
        ) or any(owed and self._dental_moves_to(name, vals[name]) for name in PLACE & vals.keys())

    def _dental_moves_to(self, name, place):
        """Whether what is owed here would be owed by somebody else, or stand elsewhere.

        Who becomes a contact of a company takes his account along: that is Odoo's own doing.
        """
        kept = self[name]
        if name == "partner_id":
            kept |= kept.commercial_partner_id
        return place not in kept.ids

    def _dental_settle(self, open_lines):
        """Lay these credits on open lines, one after the other, until nothing is left of either."""
        for credit in self:
            for line in open_lines:
                if credit.reconciled:
                    break
                if not line.reconciled and line.account_id == credit.account_id:
                    (credit | line).reconcile()

    def _dental_credited(self):
        """What the clinic itself took off these items: credit notes and adjustments.

        :return: list of amounts
        """
        return [
            partial.amount
            for partial in self.matched_credit_ids
            if partial.credit_move_id.move_id.move_type == "out_refund"
            or partial.credit_move_id.move_id.dental_kind == "adjustment"
        ]

    def _dental_on_plan(self):
        """What of these items was put on payment plans, less what lowered their installments.

        :return: list of amounts
        """
        put = [
            partial.amount
            for partial in self.matched_credit_ids
            if partial.credit_move_id.move_id.dental_kind == "installments"
        ]
        lowered = [
            -partial.amount
            for partial in self.matched_debit_ids
            if partial.debit_move_id.move_id.dental_kind == "installments"
        ]
        return put + lowered
