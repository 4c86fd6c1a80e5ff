# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import Counter

from odoo import models
from odoo.fields import Date

from odoo.addons.dental_coordinator_billing.reckoning import exact

from ..settlement import ZERO, Answer, spread
from .dental_estimate_watch import LATER
from .dental_remittance_claim import FINAL

# What an answer changes on our lines; kept as it was, so that the whole can be undone.
KEPT = (
    "paid",
    "contract_cut",
    "patient_cut",
    "deductible_taken",
    "written_off",
    "settled",
    "open_reason",
)


class DentalRemittanceClaim(models.Model):
    """What an answer does to our claim: its lines are paid, cut, or left open."""

    _inherit = "dental.remittance.claim"

    # Business

    def _changes_ledger(self):
        """Predeterminations and claims sent on to somebody else move nothing."""
        return self.claim_id and self.kind in ("payment", "denial", "reversal") and not self.aside

    def _apply(self):
        """Write these answers into the lines of their claims."""
        for some in self.with_context(dental_estimates=LATER)._rounds():
            told = {}
            for one in some:
                claim = one.claim_id.sudo()
                one.before = one._snapshot(claim)
                for line, answer in one._answers(claim).items():
                    day, again = one.remittance_id.date, one._restates(line)
                    told[line] = answer, one._settles(answer), day, again
            some.claim_id.sudo().line_ids._take_answers(told)
            for one in some.filtered(lambda one: one.next_step in FINAL):
                lines = one.claim_id.sudo().line_ids
                lines.filtered(lambda line: line.answered_on)._settle(one.next_step)
        self.claim_id.sudo().line_ids._tell_estimates()

    def _rounds(self):
        """These in their order, so that no round has two answers on the same bill.

        What a payer says of a service may build on what was said of it before.
        """
        rounds, seen = [], Counter()
        for one in self:
            bill = one.claim_id.sudo().invoice_id
            if seen[bill] == len(rounds):
                rounds.append([])
            rounds[seen[bill]].append(one.id)
            seen[bill] += 1
        return [self.browse(ids) for ids in rounds]

    def _settles(self, answer):
        """Whether nothing is left to decide after this answer."""
        return self.kind == "payment" and not answer.open

    def _restates(self, ours):
        """Whether the whole fee of a service is told once more: these are then the same cuts, not
        further ones. A refusal is followed by a payment without being taken back first.
        """
        if self.kind == "reversal" or not ours.answered_on or ours.whole_claim:
            return False
        told, fee = self.charge, ours.claim_id.charge
        if self.line_ids:
            lines = self.line_ids.filtered(lambda line: line.claim_line_id == ours)
            told, fee = sum(lines.mapped("charge")), ours.fee
        return exact(told) == exact(fee)

    def _answers(self, claim):
        """{claim line: Answer}: what each line got, and why not more."""
        self.ensure_one()
        whole = Answer.of(ZERO, self._cuts(self.adjustment_ids))
        if not self.line_ids:
            return self._spread_answer(claim, whole)
        answers = {}
        for line in self.line_ids:
            answer = Answer.of(exact(line.paid), self._cuts(line.adjustment_ids))
            ours = line.claim_line_id.sudo()
            if ours:
                answers[ours] = answers.get(ours, Answer()) + answer
            else:  # a correction that names no service of ours
                whole += answer
        told = sum((answer.paid for answer in answers.values()), whole.paid)
        whole += Answer(exact(self.paid) - told)
        if whole != Answer():
            answers[claim._whole_line()] = whole
        return answers

    def _cuts(self, adjustments):
        return [(one._cut(), one.decision) for one in adjustments]

    def _spread_answer(self, claim, whole):
        """A payer that speaks of no lines: payment and cuts are divided among the services."""
        services = claim.line_ids.filtered(lambda line: not line.whole_claim)
        left = [line._left() for line in services]
        again = {line for line in services if self._restates(line)}
        parts = []
        for amount, expected, had in (
            (exact(self.paid), "plan_amount", "paid"),
            (whole.contract, "write_off", "contract_cut"),
            (whole.deductible, "deductible", "deductible_taken"),
            (whole.patient, "patient_amount", "patient_cut"),
        ):
            before = [
                ZERO if line in again and had != "paid" else exact(line[had]) for line in services
            ]
            if amount < ZERO:  # taken back where it was given
                parts.append([-one for one in spread(-amount, before, before)])
                continue
            hoped = [exact(line[expected]) for line in services]
            wanted = [one - taken for one, taken in zip(hoped, before, strict=True)]
            part = spread(amount, wanted, left)
            if expected != "deductible":  # it is part of the patient's
                left = [one - taken for one, taken in zip(left, part, strict=True)]
            parts.append(part)
        return {
            line: Answer(paid, contract, patient, deductible, whole.open)
            for line, paid, contract, deductible, patient in zip(services, *parts, strict=True)
        }

    def _tell_claims(self):
        """Move the claims on, and note what the payer did."""
        for one in self.filtered("payer_number"):
            if one.claim_id.sudo().payer_number != one.payer_number:
                one.claim_id.sudo().payer_number = one.payer_number
        self.env["dental.claim.event"].sudo().create([one._prepare_event_vals() for one in self])
        for step, some in self.grouped("next_step").items():
            some.claim_id.sudo()._after_answer(step)
        claims = self.claim_id.sudo()
        claims.line_ids.procedure_id._follow_claims()
        claims._release_next_payers()

    def _prepare_event_vals(self):
        return {
            "claim_id": self.claim_id.id,
            "kind": "835",
            "text": self._event_text(),
            "exchange_id": self.remittance_id.exchange_id.id,
        }

    def _event_text(self):
        return self.env._(
            "%(remittance)s: %(status)s, paid %(paid)s of %(charge)s",
            remittance=self.remittance_id.number,
            status=self.status_text,
            paid=f"{self.paid:.2f}",
            charge=f"{self.charge:.2f}",
        )

    # Undoing

    def _snapshot(self, claim):
        return {
            "state": claim.state,
            "next_action": claim.next_action or "",
            "lines": {str(line.id): line._kept_vals(KEPT) for line in claim.line_ids},
        }

    def _restore(self):
        """Put the lines back as they were before these answers."""
        for one in self.with_context(dental_estimates=LATER):
            claim = one.claim_id.sudo()
            for line in claim.line_ids:
                line.write(one.before["lines"].get(str(line.id)) or line._unanswered_vals(KEPT))
            claim.write(
                {
                    "state": one.before["state"],
                    "next_action": one.before["next_action"],
                    "next_date": Date.context_today(self),
                }
            )
            claim._log("835", self.env._("%s was reversed", one.remittance_id.number))
            one.before = False
        lines = self.claim_id.sudo().line_ids
        lines._tell_estimates()
        lines.procedure_id._follow_claims()

    # Answers to predeterminations

    def _answer_precert(self):
        """Keep what a payer says it would pay; estimates follow it, nothing is posted."""
        for one in self.filtered(lambda one: one.kind == "predetermination" and one.precert_id):
            precert = one.precert_id.sudo()
            precert._record_answer(
                one._precert_answers(precert),
                one.payer_number,
                valid_until=one.valid_until,
                day=one.remittance_id.date,
                exchange=one.remittance_id.exchange_id,
            )

    def _precert_answers(self, precert):
        """{line asked about: what the payer said of it}"""
        answers = {}
        for line in self.line_ids:
            told = precert.line_ids.browse([one.id for one in answers])
            ours = line._matching(precert.line_ids - told)
            if ours:
                answers[ours] = line._precert_vals(ours)
        return answers
