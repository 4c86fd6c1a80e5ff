# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.dental_remittance_claim import STEPS


class DentalClaimDecision(models.TransientModel):
    """What becomes of what a payer denied or left open: a person chooses, then it is booked."""

    _name = "dental.claim.decision"
    _description = "Next step for an answered claim"

    claim_id = fields.Many2one("dental.claim", required=True, readonly=True)
    currency_id = fields.Many2one(related="claim_id.currency_id")
    why = fields.Char(related="claim_id.hold_reason", string="Payer says")
    open_amount = fields.Monetary(related="claim_id.open_amount")
    step = fields.Selection(STEPS, required=True)
    reason = fields.Char()
    consequence = fields.Char(compute="_compute_consequence", string="What happens")

    # Computes

    @api.depends("step", "claim_id")
    def _compute_consequence(self):
        texts = {
            "resubmit": self.env._("Nothing is booked. The claim waits for what is missing."),
            "appeal": self.env._("Nothing is booked. The claim waits for the appeal."),
            "next_payer": self.env._(
                "The next payer's claim is released; the rest is the patient's."
            ),
            "bill_patient": self.env._("What the payer did not pay becomes the patient's."),
            "write_off": self.env._("What the payer did not pay is given up. Needs a manager."),
        }
        for wizard in self:
            wizard.consequence = texts.get(wizard.step)

    # Actions

    def action_decide(self):
        self.ensure_one()
        if self.step == "write_off":
            self._check_write_off()
        self.claim_id._decide(self.step, self.reason or "")
        return True

    # Business

    def _check_write_off(self):
        """A denied thing is never written off in silence."""
        if not self.reason:
            raise UserError(
                self.env._("%s: say why it is written off, in a few words.", self.claim_id.number)
            )
        if not self.env.user.has_group("dental_coordinator.group_manager"):
            raise UserError(
                self.env._(
                    "%s: writing off what a payer denied needs a manager. Hand the claim to one.",
                    self.claim_id.number,
                )
            )
