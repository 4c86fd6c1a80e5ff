# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import LockError, UserError
from odoo.fields import Command, Date

from odoo.addons.dental_coordinator_billing.reckoning import exact

from .dental_claim_ledger import NO_COST_CENTRE


class DentalRemittance(models.Model):
    """The whole remittance becomes one entry, or none of it does."""

    _inherit = "dental.remittance"

    # Business

    def _post(self):
        """Post this remittance: claims, what falls on others, and the payer's money, matched.

        :raises UserError: when it was posted before, does not balance or is not matched in full,
            or when somebody else is posting it now
        """
        self._lock()
        self._check_postable()
        answers = self.sudo().claim_ids._in_order().filtered(lambda one: one._changes_ledger())
        claims = answers.claim_id
        before = {claim: claim._position() for claim in claims}
        answers._apply()
        changes = {claim: claim._position() - before[claim] for claim in claims}
        money = self._payment_item()
        self._post_entry(changes, money)
        claims._reconcile()
        self._match_payment(money)
        order = self.env["ir.sequence"].sudo().next_by_code("dental.remittance.posting")
        self.write({"state": "posted", "next_action": False, "posting_order": int(order)})
        answers._tell_claims()

    def _lock(self):
        """Only one person posts or reverses a remittance at a time.

        :raises UserError: when somebody else is at it
        """
        self.ensure_one()
        self.check_access("write")
        try:
            self.sudo().lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "%s is being posted by somebody else right now. Wait a moment and look again.",
                    self.number,
                )
            ) from error
        self.invalidate_recordset(["state", "move_id", "posting"])

    def _check_postable(self):
        if self.state in ("posted", "closed"):
            raise UserError(
                self.env._(
                    "%(number)s is %(state)s already. Nothing was changed.",
                    number=self.number,
                    state=dict(self._fields["state"]._description_selection(self.env))[
                        self.state
                    ].lower(),
                )
            )
        if self.state == "held":
            raise UserError(
                self.env._(
                    "%(number)s does not balance and cannot be posted: %(why)s Ask the payer for a "
                    "corrected file.",
                    number=self.number,
                    why=self.findings,
                )
            )
        if not self.payer_id:
            raise UserError(self.env._("%s: choose the payer.", self.number))
        foreign = self.journal_id.currency_id
        if foreign and foreign != self.company_id.currency_id:
            raise UserError(
                self.env._(
                    "%(number)s: %(journal)s is kept in %(theirs)s, the payment is in %(own)s. "
                    "Choose another journal, or none.",
                    number=self.number,
                    journal=self.journal_id.name,
                    theirs=foreign.name,
                    own=self.company_id.currency_id.name,
                )
            )
        if not self.can_post:
            raise UserError(
                self.env._(
                    "%(number)s: %(remainder)s is not explained yet and %(count)s claims are not "
                    "matched. Match them, set them aside, or name an account for what belongs to "
                    "no claim.",
                    number=self.number,
                    remainder=f"{self.remainder:.2f}",
                    count=self.unmatched_count,
                )
            )

    def _post_entry(self, changes, money):
        """The entry of the whole remittance; none where nothing moves.

        :param money: the journal item of the payer's money, where it came already
        """
        items = [
            vals
            for claim, change in changes.items()
            if change
            for vals in claim._entry_lines(change)
        ]
        items += self._payer_items(money)
        if not items:
            return
        self.posting += 1
        entries = self.env["account.move"].sudo().with_context(skip_invoice_sync=True)
        move = entries.create(self._prepare_move_vals(items))
        move.action_post()
        self.sudo().move_id = move

    def _prepare_move_vals(self, items):
        return {
            "move_type": "entry",
            "company_id": self.company_id.id,
            "journal_id": self.company_id._dental_setting("dental_journal_id").id,
            "date": Date.context_today(self),
            "ref": f"{self.number} {self.trace or ''}".strip(),
            "dental_kind": "remittance",
            "dental_remittance_id": self.id,
            "dental_posting": self.posting,
            "line_ids": [Command.create(vals) for vals in items],
        }

    def _payer_items(self, money):
        """Items of the money itself: what came, what is not for a claim, what is set aside."""
        allocation = self.company_id._dental_setting("dental_allocation_account_id")
        came_on = money.account_id or allocation
        aside = sum(exact(one.paid) for one in self.sudo().claim_ids if one.state == "aside")
        rows = [(self.trace, came_on, exact(self.amount))]
        rows += [(one.text, one.account_id, exact(one.amount)) for one in self.adjustment_ids]
        rows.append((self.env._("%s, set aside", self.trace or self.number), allocation, -aside))
        return [
            {
                **NO_COST_CENTRE.get(account.account_type, {}),
                "name": name or self.number,
                "account_id": account.id,
                "partner_id": self.payer_id.commercial_partner_id.id,
                "balance": float(balance),
            }
            for name, account, balance in rows
            if balance
        ]

    # The payer's money

    def _match_payment(self, money):
        """Match the entry with the payer's money: that which came already, or a new payment."""
        if not self.amount:
            return
        allocation = self.company_id._dental_setting("dental_allocation_account_id")
        theirs = money or self._make_payment(allocation)
        ours = self.sudo().move_id.line_ids.filtered(
            lambda item: item.account_id == theirs.account_id
            and not item.dental_claim_id
            and exact(item.balance) == exact(self.amount)
        )[:1]
        if theirs:
            (ours | theirs).reconcile()

    def _payment_item(self):
        """The payer's money, found by its trace number and amount.

        It waits on the allocation account; a bank line may have put it on what payers owe.
        """
        items = self.env["account.move.line"].sudo()
        if not (self.trace and self.amount):
            return items
        payer = self.payer_id.commercial_partner_id
        found = items.search(
            [
                ("company_id", "=", self.company_id.id),
                ("account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("balance", "=", -self.amount),
                ("amount_residual", "=", -self.amount),
                ("dental_claim_id", "=", False),
                ("move_id.dental_kind", "!=", "remittance"),
                ("partner_id", "in", (payer.id, False)),
                "|",
                ("move_id.ref", "ilike", self.trace),
                ("name", "ilike", self.trace),
            ],
            order="id",
        )
        # The number as a word of its own first: 77 is in 2077 as well.
        return found.sorted(lambda item: not item._dental_names(self.trace))[:1]

    def _make_payment(self, allocation):
        if not self.journal_id:
            return self.env["account.move.line"]
        payment = (
            self.env["account.payment"]
            .sudo()
            .with_company(self.company_id)
            .create(self._prepare_payment_entry_vals(allocation))
        )
        payment.action_post()
        self.sudo().payment_id = payment
        return payment.move_id.line_ids.filtered(lambda item: item.account_id == allocation)

    def _prepare_payment_entry_vals(self, allocation):
        return {
            "payment_type": "inbound" if self.amount > 0 else "outbound",
            "partner_type": "customer",
            "partner_id": self.payer_id.commercial_partner_id.id,
            "destination_account_id": allocation.id,
            "amount": abs(self.amount),
            "date": self.date or Date.context_today(self),
            "memo": self.trace or self.number,
            "journal_id": self.journal_id.id,
        }

    # Undoing

    def _reverse(self):
        """Undo the posting as a whole: the mirror entry, and every claim as it was before.

        :raises UserError: when it is not posted, or a later remittance built on it
        """
        self._lock()
        if self.state != "posted":
            raise UserError(
                self.env._("%s is not posted: there is nothing to reverse.", self.number)
            )
        answers = self.sudo().claim_ids.filtered("before")._in_order()[::-1]
        claims, move = answers.claim_id, self.sudo().move_id
        self._check_last(claims)
        before = {claim: claim._position() for claim in claims}
        answers._restore()
        if move:
            claims._undo_entry(move, self.env._("Undoes %s", self.number))
        claims._undo_decisions(before, move)
        self.sudo().write({"state": "open", "move_id": False, "next_action": self.env._("Post")})

    def _check_last(self, claims):
        later = (
            self.env["dental.remittance.claim"]
            .sudo()
            .search(
                [
                    ("claim_id", "in", claims.ids),
                    ("remittance_id", "!=", self.id),
                    ("remittance_id.state", "=", "posted"),
                    ("before", "!=", False),
                    ("remittance_id.posting_order", ">", self.posting_order),
                ],
                limit=1,
            )
        )
        if later:
            raise UserError(
                self.env._(
                    "%(number)s cannot be reversed: %(later)s was posted after it for claim "
                    "%(claim)s. Reverse that one first.",
                    number=self.number,
                    later=later.remittance_id.number,
                    claim=later.claim_id.number,
                )
            )
