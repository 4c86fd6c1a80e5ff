# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

OPEN = ("draft", "sent")
ANSWER_DAYS = 30


class DentalClaimAppeal(models.Model):
    """One round of asking a payer to look again: letter, evidence, outcome, money."""

    _name = "dental.claim.appeal"
    _inherit = [
        "dental.numbered.mixin",
        "dental.patient.mixin",
        "dental.work.mixin",
        "dental.kept.pdf.mixin",
    ]
    _description = "Appeal"
    _order = "claim_id, level desc, id desc"

    claim_id = fields.Many2one(
        "dental.claim", required=True, readonly=True, ondelete="restrict", index=True
    )
    patient_id = fields.Many2one(
        related="claim_id.patient_id", store=True, index=True, precompute=True, required=True
    )
    currency_id = fields.Many2one(related="claim_id.currency_id")
    payer_id = fields.Many2one(related="claim_id.payer_id", store=True, index=True)
    level = fields.Integer(readonly=True, required=True, default=1)
    state = fields.Selection(
        [
            ("draft", "To write"),
            ("sent", "Sent"),
            ("won", "Won"),
            ("partly", "Partly won"),
            ("lost", "Lost"),
        ],
        required=True,
        default="draft",
        readonly=True,
        index=True,
        copy=False,
    )
    deadline = fields.Date(string="Appeal until")
    denial = fields.Char(string="The payer's reason", readonly=True)
    letter = fields.Text()
    enclosure_ids = fields.Many2many(
        "dental.claim.enclosure",
        string="Evidence",
        domain="[('claim_id', '=', claim_id)]",
        copy=False,
    )
    sent_on = fields.Date(readonly=True, copy=False, string="Sent on")
    decided_on = fields.Date(readonly=True, copy=False, string="Decided on")
    outcome = fields.Char(string="What the payer said")
    at_stake = fields.Monetary(
        readonly=True, help="What the payer was expected to pay and did not.", string="At stake"
    )
    paid_before = fields.Monetary(readonly=True)
    recovered = fields.Monetary(
        compute="_compute_recovered", help="What the payer has paid since the appeal began."
    )

    _number_uniq = models.Constraint("UNIQUE (number)", "This appeal number is taken.")
    _one_open = models.UniqueIndex(
        "(claim_id) WHERE state IN ('draft', 'sent')",
        "An appeal of this claim is under way already. Close it first.",
    )

    # Computes

    @api.depends("claim_id.paid", "paid_before")
    def _compute_recovered(self):
        for appeal in self:
            appeal.recovered = appeal.claim_id.paid - appeal.paid_before

    # CRUD

    def write(self, vals):
        if {"letter", "enclosure_ids"} & vals.keys() and any(a.sent_on for a in self):
            raise UserError(
                self.env._("%s was sent as it is. Write the next level instead.", self[:1].number)
            )
        return super().write(vals)

    # Actions

    def action_draft_letter(self):
        """Write the letter anew from what is on file."""
        for appeal in self:
            appeal.letter = appeal._draft_letter()
        return True

    def action_send(self):
        """The letter went out."""
        today = fields.Date.context_today(self)
        for appeal in self:
            if appeal.state != "draft" or not appeal.letter:
                raise UserError(self.env._("%s: write the letter first.", appeal.number))
            due = today + timedelta(days=ANSWER_DAYS)
            step = {"next_action": self.env._("Ask for the decision"), "next_date": due}
            appeal.write({"state": "sent", "sent_on": today, **step})
            appeal.claim_id.write(step)
            appeal.claim_id._log(
                "appeal",
                self.env._(
                    "Appeal %(number)s, level %(level)s, sent",
                    number=appeal.number,
                    level=appeal.level,
                ),
            )
        return True

    def action_won(self):
        return self._decide("won")

    def action_partly(self):
        return self._decide("partly")

    def action_lost(self):
        return self._decide("lost")

    def action_next_level(self):
        """Go on to the next level."""
        self.ensure_one()
        return self.claim_id._open_appeal().action_open()

    # Business

    def _is_open(self):
        return self.state in OPEN

    def _decide(self, state):
        """Note the payer's decision. Money is booked from the payment that follows, never here."""
        labels = dict(self._fields["state"]._description_selection(self.env))
        for appeal in self:
            if appeal.state != "sent":
                raise UserError(self.env._("%s was not sent.", appeal.number))
            appeal.write(
                {
                    "state": state,
                    "decided_on": fields.Date.context_today(self),
                    "next_action": False,
                }
            )
            text = self.env._("Look for the payment")
            if state == "lost":
                text = self.env._("Choose: next level, next payer, or bill the patient")
            appeal.claim_id.write(
                {"next_action": text, "next_date": fields.Date.context_today(self)}
            )
            appeal.claim_id._log(
                "appeal", f"{appeal.number}: {labels[state]}. {appeal.outcome or ''}".strip()
            )
        return True

    def _document_report(self):
        return "dental_coordinator_insurance.dental_claim_appeal_report"

    def _draft_letter(self):
        """A letter of nothing but facts on file; whoever signs it adds the argument."""
        self.ensure_one()
        claim = self.claim_id.sudo()
        lines = claim._unsettled().filtered(lambda line: not line.whole_claim)
        services = "\n".join(
            f"- {line.code} {line.site or ''} {line.fee:.2f}".replace("  ", " ") for line in lines
        )
        sent = dict(self.env["dental.claim.enclosure"]._fields["kind"].selection)
        enclosed = ", ".join(sent[one.kind] for one in self.enclosure_ids)
        paragraphs = [
            self.env._("To: %s, appeals", claim.payer_id.name),
            self.env._(
                "Claim %(number)s (yours: %(theirs)s), member %(member)s, service of %(date)s.",
                number=claim.number,
                theirs=claim.payer_number or "-",
                member=claim.coverage_id.member_id or "-",
                date=format_date(self.env, claim.date_service),
            ),
            self.env._("You did not pay, or not in full:\n%s", services),
            self.env._("Your reason: %s.", self.denial) if self.denial else "",
            claim.note or "",
            self.env._("Enclosed: %s.", enclosed) if enclosed else "",
            self.env._("We ask you to review this decision and to pay the benefits of the plan."),
        ]
        return "\n\n".join(filter(None, paragraphs))


class DentalClaim(models.Model):
    _inherit = "dental.claim"

    appeal_ids = fields.One2many("dental.claim.appeal", "claim_id", string="Appeals")

    # Actions

    def action_appeal(self):
        """Write the appeal, or go on with the one under way."""
        self.ensure_one()
        if self.state != "answered":
            raise UserError(self.env._("%s was not answered: nothing to appeal.", self.number))
        return self._open_appeal().action_open()

    # Computes

    @api.depends("appeal_ids.state", "appeal_ids.decided_on")
    def _compute_appeal_deadline(self):
        return super()._compute_appeal_deadline()

    # Business

    def _appealable_since(self):
        """The next level counts from the decision on the one before; none while one is out."""
        since = super()._appealable_since()
        appeals = self.appeal_ids.sorted("level")
        decided = max(filter(None, appeals.mapped("decided_on")), default=since)
        last = appeals[-1:]
        if not since or last.state == "sent" or (last.state == "won" and since <= decided):
            return False
        return max(since, decided)

    def _open_appeal(self):
        """The appeal under way, or the next level."""
        self.ensure_one()
        appeals = self.appeal_ids
        under_way = appeals.filtered(lambda one: one._is_open())[:1]
        if under_way:
            return under_way
        appeals.flush_recordset(["state"])  # the database lets only one be open
        appeal = self.env["dental.claim.appeal"].create(
            {
                "claim_id": self.id,
                "level": max(appeals.mapped("level"), default=0) + 1,
                "deadline": self.appeal_deadline,
                "denial": self._denial_words(),
                "at_stake": self.open_amount,
                "paid_before": self.paid,
                "owner_id": self.owner_id.id,
                "next_action": self.env._("Write the appeal"),
                "enclosure_ids": [(6, 0, self.enclosure_ids.ids)],
            }
        )
        appeal.letter = appeal._draft_letter()
        return appeal

    def _denial_words(self):
        """The payer's reasons for what is open, without what they mean for the books."""
        lines = self._unsettled()
        denials = self.denial_ids.filtered(lambda one: one.claim_line_id in lines)
        return "; ".join(dict.fromkeys(denials.mapped("text"))) or self.hold_reason

    def _decide(self, step, reason=""):
        result = super()._decide(step, reason)
        if step == "appeal":
            self._open_appeal()
        return result
