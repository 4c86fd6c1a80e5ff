# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from .dental_claim import SENDABLE
from .dental_claim_event import KINDS
from .dental_remittance_claim import FINAL


class DentalClaim(models.Model):
    """What acknowledgments, remittances and people's decisions do to a claim."""

    _inherit = "dental.claim"

    # Business

    def _acknowledge(self, kind, accepted, text, exchange):
        """Note an acknowledgment; a refusal brings the claim back to somebody's desk."""
        labels = dict(KINDS)
        for claim in self:
            verdict = "accepted" if accepted else "rejected"
            claim._log(kind, text, verdict, exchange)
            if claim.state not in ("sent", "accepted", "rejected"):
                continue
            if not accepted:
                claim._set_state("rejected", self.env._("Correct and send again"), 0)
                claim.hold_reason = f"{labels[kind]}: {text}"
            elif kind == "277CA":
                claim._set_state("accepted", self.env._("Ask for the answer"), 30)

    def _note_acknowledgment(self, kind, text, exchange):
        """Keep an acknowledgment that decides nothing."""
        self._log("note", f"{dict(KINDS)[kind]}: {text}", exchange=exchange)

    def _after_answer(self, step=None):
        """After a payer's answer: closed when nothing is left open, else somebody decides.

        A void claim stays void: what is paid on it all the same is the patient's credit.
        """
        live = self.filtered(lambda claim: claim.state != "void")
        waiting = live._unsettled().claim_id & live
        (live - waiting).write({"state": "closed", "hold_reason": False, "next_action": False})
        steps = {
            "resubmit": self.env._("Complete and send again"),
            "appeal": self.env._("Write the appeal"),
        }
        for claim in waiting:
            claim._set_state("answered", steps.get(step, self.env._("Choose the next step")), 0)
            reasons = dict.fromkeys(filter(None, claim._unsettled().mapped("open_reason")))
            claim.hold_reason = "; ".join(reasons)

    def _unsettled(self):
        return self.line_ids.filtered(lambda line: not line.settled)

    def _decide(self, step, reason=""):
        """Do what a person chose for what the payer left open.

        :param step: key of `dental.remittance.claim`.STEPS
        """
        self.ensure_one()
        self.check_access("write")
        claim = self.sudo()
        if step in FINAL:
            claim._book_change(lambda: claim._unsettled()._settle(step))
        claim._log("decision", " ".join(filter(None, (self._step_text(step), reason))))
        claim._after_answer(step)
        claim.line_ids.procedure_id._follow_claims()
        claim._release_next_payers()

    def _step_text(self, step):
        steps = self.env["dental.claim.decision"]._fields["step"]
        return dict(steps._description_selection(self.env))[step]

    def _whole_line(self):
        """The line that holds what a payer cut on the claim as a whole; made when needed."""
        self.ensure_one()
        line = self.line_ids.filtered("whole_claim")
        return line or line.create(
            {"claim_id": self.id, "whole_claim": True, "sequence": 1000, "quantity": 1}
        )

    def _release_next_payers(self):
        """Claims to later payers go their way once those before them are closed."""
        later = (
            self.env["dental.claim.line"]
            .search(
                [
                    ("procedure_id", "in", self.line_ids.procedure_id.ids),
                    ("claim_id.state", "=", "held"),
                    ("live", "=", True),
                ]
            )
            .claim_id
        )
        (later - self)._release(self.env._("The payer before has answered"))

    def _release(self, why):
        """Let those of these go that are held for nothing any more."""
        for claim in self:
            if claim.state == "held" and not claim.gaps and not claim._wait_text():
                claim._set_state("made", self.env._("Send"), 0)
                claim._log("note", why)

    def _finish(self, procedures):
        """The last step of ``procedures`` is done: what was not sent takes its date, and goes."""
        for claim in self.filtered(lambda one: one.state in SENDABLE):
            for line in claim.line_ids.filtered(lambda one: one.procedure_id in procedures):
                line.date = line.procedure_id.finished_by_id.date_done
            claim.date_service = max(filter(None, claim.line_ids.mapped("date")))
            claim._check_gaps()
            claim._release(self.env._("The work is finished"))
