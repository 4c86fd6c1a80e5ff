# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command, Date

from odoo.addons.dental_coordinator_billing.reckoning import exact

from ..settlement import ZERO, Position, total

OWED = "asset_receivable"
# What is owed has no cost centre; Odoo would look one up for every item.
NO_COST_CENTRE = {OWED: {"analytic_distribution": False}}


class DentalClaim(models.Model):
    """What claims do to the books.

    A claim's place in the ledger follows from its lines (see `settlement.Position`). Whatever
    happens to it, the entry is the difference of the place before and the place after.
    """

    _inherit = "dental.claim"

    # Business

    def _position(self):
        """Where these claims stand on the accounts."""
        return total(line._share().position for line in self.line_ids)

    def _file(self):
        """Move what the payers are expected to pay, and what the contract takes off, away from the
        guarantors' bills: one entry a claim, matched with its bill.

        :raises UserError: for a bill in a currency that is not the clinic's own
        """
        self._post_filing()
        items = self.sudo().transfer_move_id.line_ids
        self._match(items.filtered(lambda item: item.account_id.reconcile))

    def _post_filing(self):
        self._check_currency()
        moves = self._post_changes({claim: claim._position() for claim in self}, "transfer")
        for claim in self.sudo():
            claim.transfer_move_id = moves.get(claim)

    def _check_currency(self):
        """Payers are asked in the currency of the books: an expectation has no exchange rate."""
        for claim in self.sudo():
            bill, own = claim.invoice_id, claim.company_id.currency_id
            if bill.currency_id != own:
                raise UserError(
                    self.env._(
                        "%(bill)s is in %(theirs)s. Claims are filed in the clinic's own currency, "
                        "%(own)s: bill the visit in %(own)s.",
                        bill=bill.name,
                        theirs=bill.currency_id.name,
                        own=own.name,
                    )
                )

    def _book_change(self, change):
        """Let ``change()`` alter lines or states, then book what that moved, one entry a claim."""
        before = {claim: claim._position() for claim in self}
        change()
        moves = self._post_changes(
            {claim: claim._position() - before[claim] for claim in self}, "transfer"
        )
        self._reconcile()
        return moves

    def _post_changes(self, changes, kind):
        """Post an entry for each claim whose position changed.

        :param changes: {claim: Position}
        :return: {claim: move}
        """
        changes = {claim.sudo(): change for claim, change in changes.items() if change}
        # Every item is given with its balance: there is no tax or term to derive. Whether debit
        # equals credit is asked once, when the entry is posted.
        entries = self.env["account.move"].sudo().with_context(skip_invoice_sync=True)
        moves = entries.with_context(check_move_validity=False).create(
            [claim._prepare_move_vals(change, kind) for claim, change in changes.items()]
        )
        moves = moves.with_env(entries.env)
        moves.action_post()
        return dict(zip(changes, moves.with_env(self.sudo().env), strict=True))

    def _prepare_move_vals(self, change, kind):
        return self._prepare_entry_vals(self._entry_rows(change), kind)

    def _prepare_entry_vals(self, rows, kind):
        """Values of an entry. It tells numbers, never people or treatment.

        :param rows: (label, account, partner, balance) of each item
        """
        self.ensure_one()
        return {
            "move_type": "entry",
            "company_id": self.company_id.id,
            "journal_id": self.company_id._dental_setting("dental_journal_id").id,
            "date": Date.context_today(self),
            "ref": self.number,
            "dental_kind": kind,
            "line_ids": [Command.create(self._prepare_item_vals(*row)) for row in rows],
        }

    def _entry_lines(self, change):
        """Values of the journal items of one claim's change of position."""
        return [self._prepare_item_vals(*row) for row in self._entry_rows(change)]

    def _entry_rows(self, change):
        """What one claim's change of position books; the payer's cash is not among it.

        What the payer paid and what falls back on others are items of their own.
        """
        self.ensure_one()
        company = self.company_id
        insurance = company._dental_setting("dental_insurance_receivable_account_id")
        adjustments = company._dental_setting("dental_adjustment_account_id")
        rows = [
            (self.env._("%s, paid", self.number), insurance, self.payer_id, -change.cash),
            (self.number, insurance, self.payer_id, change.insurance + change.cash),
            (
                self.env._("%s, by contract", self.number),
                adjustments,
                self.payer_id,
                change.adjustment,
            ),
        ]
        if change.patient:
            guarantor = self.invoice_id.partner_id
            rows.append((self.number, self._guarantor_account(), guarantor, change.patient))
        return [row for row in rows if row[-1]]

    def _prepare_item_vals(self, name, account, partner, balance):
        return {
            **NO_COST_CENTRE.get(account.account_type, {}),
            "name": name,
            "account_id": account.id,
            "partner_id": partner.commercial_partner_id.id,
            "balance": float(balance),
            "dental_claim_id": self.id,
            "dental_appointment_id": self.appointment_id.id,
        }

    def _guarantor_account(self):
        """The account on which the bill stands open."""
        lines = self.invoice_id.line_ids.filtered(lambda line: line.account_type == OWED)
        return lines[:1].account_id

    def _reconcile(self):
        """Match what belongs together: each claim's debits with its own credits, each bill with
        what was taken off it and what fell back on it."""
        items = self.env["account.move.line"].sudo()
        items.flush_model()
        self._match(
            items.search(
                [
                    ("dental_claim_id", "in", self.ids),
                    ("parent_state", "=", "posted"),
                    ("reconciled", "=", False),
                    ("account_id.reconcile", "=", True),
                ]
            )
        )

    def _match(self, open_items):
        """Match these open items of these claims, and what is open on the bills."""
        items, claims = open_items.browse(), self.sudo()
        insurance = claims.company_id.dental_insurance_receivable_account_id
        owed = open_items.filtered(lambda item: item.account_id in insurance)
        by_payer = owed.grouped(lambda item: (item.dental_claim_id, item.partner_id))
        groups = [[some] for some in by_payer.values()]
        groups += self._bill_groups(claims, open_items - owed)
        plan = [
            group
            for group in groups
            if len({item.balance > 0 for part in group for item in part}) == 2
        ]
        if plan:
            # What is matched changes no line of a bill or an entry: nothing is to be derived anew,
            # and what was balanced stays so.
            items = items.with_context(skip_invoice_sync=True, check_move_validity=False)
            items._reconcile_plan([[part.with_env(items.env) for part in group] for group in plan])

    def _bill_groups(self, claims, open_items):
        """Open items that claims made, first among themselves, then with those of their bill."""
        items = self.env["account.move.line"].sudo()
        bills = items.search(
            [
                ("move_id", "in", open_items.dental_claim_id.invoice_id.ids),
                ("account_type", "=", OWED),
                ("reconciled", "=", False),
            ]
        )
        own = open_items.grouped(lambda item: (item.dental_claim_id.invoice_id, item.account_id))
        on_bill = bills.grouped(lambda item: (item.move_id, item.account_id))
        return [[some, on_bill.get(key, items.browse())] for key, some in own.items()]

    def _undo_entry(self, move, label):
        """Post the mirror of an entry and match the two; what was matched before is open again."""
        mirror = move.sudo()._reverse_moves(
            [{"date": Date.context_today(self), "ref": label, "dental_kind": move.dental_kind}],
            cancel=True,
        )
        self._reconcile()
        self._follow_payer()
        return mirror

    def _undo_decisions(self, before, move):
        """After the mirror of an entry: what was booked since, because of it, falls too.

        :param before: {claim: Position} before the claims were put back
        :param move: the entry that was undone, which may be none: a denial moves nothing
        """
        rest = {claim: claim._position() - before[claim] + claim._moved_by(move) for claim in self}
        if any(rest.values()):
            self._post_changes(rest, "transfer")
            self._reconcile()

    def _moved_by(self, move):
        """The change of this claim's position that an entry booked."""
        items = move.line_ids.filtered(lambda item: item.dental_claim_id == self)
        owed = items.filtered(lambda item: item.account_type == OWED)
        on_bill = owed.filtered(lambda item: item.account_id == self._guarantor_account())
        insurance, patient, adjustment = (
            sum((exact(item.balance) for item in some), ZERO)
            for some in (owed - on_bill, on_bill, items - owed)
        )
        return Position(insurance, adjustment, patient, -(insurance + adjustment + patient))
