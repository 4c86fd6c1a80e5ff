# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

SENDABLE = ("held", "made", "rejected")
OPEN = ("held", "made", "sent", "accepted", "rejected", "answered")
# States that an answer of the payer may still change; a claim that is void is nobody's any more.
LIVE = (*OPEN, "closed")


class DentalClaim(models.Model):
    """What one payer is asked to pay for one visit."""

    _name = "dental.claim"
    _inherit = "dental.claim.mixin"
    _description = "Claim"
    _order = "id desc"
    _patient_links = ("coverage_id", "appointment_id")
    _rec_names_search = ["number", "payer_number", "patient_id.last_name"]

    number = fields.Char(readonly=False, help="Unique for ever: the payer answers by it.")
    frequency = fields.Selection(
        [("1", "Original"), ("7", "Replacement"), ("8", "Void")],
        required=True,
        default="1",
        readonly=True,
    )
    state = fields.Selection(
        [
            ("held", "Held"),
            ("made", "Made"),
            ("sent", "Sent"),
            ("accepted", "Accepted"),
            ("rejected", "Rejected"),
            ("answered", "Answered"),
            ("closed", "Closed"),
            ("void", "Void"),
        ],
        required=True,
        readonly=True,
        default="made",
        index=True,
        copy=False,
    )
    hold_reason = fields.Char(readonly=True, copy=False, string="Held because")
    date_service = fields.Date(string="Service date", required=True, index=True)
    appointment_id = fields.Many2one(
        "dental.appointment", string="Visit", ondelete="restrict", index="btree_not_null"
    )
    invoice_id = fields.Many2one(
        "account.move",
        string="Bill",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
        groups="dental_coordinator.group_billing",
    )
    transfer_move_id = fields.Many2one(
        "account.move",
        string="Transfer entry",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="dental_coordinator.group_billing",
    )
    precert_id = fields.Many2one(
        "dental.precert", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    line_ids = fields.One2many("dental.claim.line", "claim_id", copy=True)
    event_ids = fields.One2many("dental.claim.event", "claim_id", string="History")
    enclosure_ids = fields.One2many("dental.claim.enclosure", "claim_id")
    remittance_claim_ids = fields.One2many(
        "dental.remittance.claim", "claim_id", groups="dental_coordinator.group_billing"
    )
    sent_on = fields.Date(string="Sent on", readonly=True, copy=False)
    filing_deadline = fields.Date(
        compute="_compute_filing_deadline", store=True, string="File until"
    )
    expected = fields.Monetary(compute="_compute_amounts", store=True, help="From the payer.")
    write_off = fields.Monetary(
        compute="_compute_amounts", store=True, string="Written off by contract"
    )
    paid = fields.Monetary(compute="_compute_amounts", store=True)
    open_amount = fields.Monetary(
        compute="_compute_amounts", store=True, string="Still owed by the payer"
    )
    difference = fields.Monetary(
        compute="_compute_amounts", store=True, help="Paid less expected, of what is settled."
    )

    _number_uniq = models.Constraint("UNIQUE (number)", "This claim number was used before.")

    # Computes

    @api.depends("date_service", "line_ids.date", "payer_id.dental_filing_days")
    def _compute_filing_deadline(self):
        """The payer counts from each service: the first one is late first."""
        for claim in self:
            days = claim.payer_id.dental_filing_days
            done = min(
                filter(None, [claim.date_service, *claim.line_ids.mapped("date")]), default=0
            )
            claim.filing_deadline = done + timedelta(days=days) if days and done else False

    @api.depends(
        "state",
        "line_ids.plan_amount",
        "line_ids.write_off",
        "line_ids.paid",
        "line_ids.written_off",
        "line_ids.settled",
    )
    def _compute_amounts(self):
        for claim in self:
            lines = claim.line_ids
            claim.expected = sum(lines.mapped("plan_amount"))
            claim.write_off = sum(
                line.written_off if line.settled else line.write_off for line in lines
            )
            claim.paid = sum(lines.mapped("paid"))
            claim.open_amount = float(claim._position().insurance)
            claim.difference = sum(line.paid - line.plan_amount for line in lines if line.settled)

    # CRUD

    def write(self, vals):
        if "number" in vals:
            self._check_unsent()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_always(self):
        raise UserError(self.env._("Claims are kept. Void the claim instead."))

    # Actions

    def action_send(self):
        """Write the claims that lack nothing to files; the others stay held with their gaps.

        What went already is left alone, and stops nobody's claim that was chosen with it.
        """
        ready = self.filtered(lambda claim: claim.state in SENDABLE)
        (ready or self)._check_sendable()
        claims = ready._with_earlier()
        waiting = claims.filtered(lambda claim: claim._wait_text())
        exchanges = self.env["dental.claim.batch"]._send(claims - waiting)
        held = (ready - waiting).filtered("gaps")
        held._hold()
        if ready == held | waiting:
            raise UserError(ready._held_text())
        return exchanges.action_open() if len(exchanges) == 1 else True

    def action_hand_over(self):
        """Ask how these went out when it was not by a file."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sent another way"),
            "res_model": "dental.claim.handing",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_claim_ids": self.ids},
        }

    def action_undo_sending(self):
        """The file never left, or is to go again."""
        for claim in self:
            if claim.state not in ("sent", "accepted", "rejected") or claim.paid:
                raise UserError(
                    self.env._(
                        "%(number)s is %(state)s: there is no sending to undo.",
                        number=claim.number,
                        state=claim._state_text().lower(),
                    )
                )
        self._log("note", self.env._("Sending undone"))
        self._set_state("made", self.env._("Send"), 0)
        return True

    def action_void(self):
        """Take the claim back: the whole fee is the guarantor's again."""
        for claim in self:
            if claim.state == "void" or claim.paid or any(claim.line_ids.mapped("settled")):
                raise UserError(
                    self.env._("%s was answered. Reverse the remittance first.", claim.number)
                )
        for claim in self.sudo():
            before = {claim: claim._position()}
            claim.write({"state": "void", "next_action": False})
            claim._undo_entry(claim.transfer_move_id, self.env._("Undoes %s", claim.number))
            claim._undo_decisions(before, claim.transfer_move_id)  # a split came after filing
        self._log("note", self.env._("Voided"))
        self.line_ids.procedure_id.sudo()._follow_claims()
        return True

    def action_decide(self):
        """Choose what becomes of what the payer did not settle."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Next step for %s", self.number),
            "res_model": "dental.claim.decision",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_claim_id": self.id},
        }

    # Business

    def _check_sendable(self):
        for claim in self:
            if claim.state not in SENDABLE:
                raise UserError(
                    self.env._(
                        "%(number)s is %(state)s already. To send it once more, undo the sending "
                        "first.",
                        number=claim.number,
                        state=claim._state_text().lower(),
                    )
                )

    def _check_unsent(self):
        sent = self.filtered("sent_on")
        if sent:
            raise UserError(
                self.env._(
                    "%s was sent by that number, and the payer answers by it. It stays.",
                    sent[0].number,
                )
            )

    def _is_open(self):
        return self.state in OPEN

    def _state_text(self):
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    def _set_state(self, state, action, days):
        """Move to ``state``; the next step is due in ``days`` days."""
        self.write(
            {
                "state": state,
                "hold_reason": False,
                "next_action": action,
                "next_date": fields.Date.context_today(self) + timedelta(days=days),
            }
        )

    def _hold(self, reason=None):
        """Keep these claims here; without a reason, for what they lack."""
        for claim in self:
            # What waits for others needs nobody; it comes up again should they never answer.
            step = self.env._("Goes when the others are done"), 30
            if not reason:
                step = self.env._("Complete the claim"), 0
            claim._set_state("held", *step)
            claim.hold_reason = reason or claim._gaps_text()

    def _gaps_text(self):
        """The first thing that is missing, and how many more."""
        first, *others = self.gaps
        if not others:
            return first["message"]
        return self.env._(
            "%(first)s, and %(count)s more", first=first["message"], count=len(others)
        )

    def _held_text(self):
        lines = [
            f"{claim.number}: {gap['message']}. {gap['remedy']}"
            for claim in self
            for gap in claim.gaps or ()
        ]
        lines += [f"{claim.number}: {claim._wait_text()}" for claim in self if not claim.gaps]
        return self.env._("Nothing was sent.\n%s", "\n".join(lines))

    def _wait_text(self):
        """Why a claim that lacks nothing must not go yet; empty when it may."""
        self.ensure_one()
        unfinished = self.line_ids.procedure_id.sudo()._unfinished()
        if unfinished:
            return self.env._(
                "Waits until %(last)s finishes %(begun)s",
                last=unfinished[0].finished_by_id.number,
                begun=unfinished[0].number,
            )
        if self._waits_for_payer():
            return self.env._("Waits for the answer of the payer before it")
        return ""

    def _hold_waiting(self):
        """Hold those of these that must not go yet."""
        for claim in self:
            text = claim._wait_text()
            if text:
                claim._hold(text)

    def _waits_for_payer(self):
        """Whether a payer before this one has not answered for the same services yet."""
        return bool(self._earlier().filtered(lambda claim: claim.state != "closed"))

    def _earlier(self):
        """Live claims of the same services to the payers before this one."""
        self.ensure_one()
        known = self.env.context.get("dental_earlier") or {}
        if self.id not in known:
            known = self._earlier_ids()
        return self.browse(known[self.id])

    def _with_earlier(self):
        """These claims, with the claims before them found in one go for all that follows."""
        return self.with_context(dental_earlier=self._earlier_ids())

    def _earlier_ids(self):
        """{id: ids of the live claims of the same services to payers before it}"""
        lines = self.env["dental.claim.line"].search(
            [("procedure_id", "in", self.line_ids.procedure_id.ids), ("live", "=", True)]
        )
        by_procedure = lines.grouped("procedure_id")
        found = {}
        for claim in self:
            others = lines.browse().union(
                *(by_procedure.get(one, lines.browse()) for one in claim.line_ids.procedure_id)
            )
            order = claim.coverage_id.sequence
            before = others.claim_id.filtered(lambda c, o=order: c.coverage_id.sequence < o)
            found[claim.id] = before.ids
        return found

    def _log(self, kind, text, verdict=False, exchange=None):
        """Note on each claim what happened to it."""
        return self.env["dental.claim.event"].create(
            [
                {
                    "claim_id": claim.id,
                    "kind": kind,
                    "text": text,
                    "verdict": verdict,
                    "exchange_id": exchange.id if exchange else False,
                }
                for claim in self
            ]
        )

    def _mark_written(self, exchange):
        """These were written to ``exchange``."""
        self._mark_sent(self.env._("Written to %s", exchange.filename), exchange)

    def _mark_sent(self, text, exchange=None, day=None):
        """These went out.

        :param exchange: the file, none when they went another way
        :param day: today by default
        """
        today = fields.Date.context_today(self)
        self.write({"exchange_id": exchange.id if exchange else False, "sent_on": day or today})
        step = self.env._("Look for the acknowledgment"), 3
        if not exchange:  # nobody acknowledges a letter
            step = self.env._("Ask for the answer"), 30
        self._set_state("sent", *step)
        self._log("sent", text, exchange=exchange)

    def _hand_over(self, text, day):
        """Note that these were sent on paper or typed elsewhere, whatever a file would lack.

        :raises UserError: when one is out already, or waits for its turn
        """
        self.check_access("write")
        self._check_sendable()
        for claim in self:
            if claim._wait_text():
                raise UserError(
                    self.env._(
                        "%(number)s: %(why)s. Nothing was noted.",
                        number=claim.number,
                        why=claim._wait_text(),
                    )
                )
        self._mark_sent(text, day=day)
        self._record_access("send", reason=text)

    # Into an X12 claim

    def _x12_kind(self):
        numbers = set(self.line_ids.mapped("precert_number"))
        return {
            "kind": "claim",
            "frequency": self.frequency,
            "payer_number": self.payer_number if self.frequency != "1" else "",
            "service_date": self.date_service,
            "predetermination_number": next(iter(numbers)) or "" if len(numbers) == 1 else "",
            "others": tuple(self._x12_others()),
        }
