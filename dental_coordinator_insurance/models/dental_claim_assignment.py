# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace

from odoo import api, fields, models

from ..settlement import ZERO


class DentalClaim(models.Model):
    """A plan that pays the patient: the claim is filed for her, the clinic expects nothing."""

    _inherit = "dental.claim"

    pays_patient = fields.Boolean(
        readonly=True,
        string="The plan pays the patient",
        help="Benefits were not assigned when it was filed: she owes the clinic the plan's part.",
    )

    # Business

    @api.model
    def _prepare_claim_vals(self, coverage, shares, invoice):
        return {
            **super()._prepare_claim_vals(coverage, shares, invoice),
            "pays_patient": coverage.policy_id.assignment == "patient",
        }

    def _mark_sent(self, text, exchange=None, day=None):
        """Nothing is to come to the clinic: once sent, there is nothing left to follow up."""
        result = super()._mark_sent(text, exchange, day)
        own = self.filtered("pays_patient")
        if own:
            own.write({"state": "closed", "next_action": False})
            own._log("note", self.env._("The plan pays the patient: closed"))
            own.line_ids.procedure_id.sudo()._follow_claims()
            own._release_next_payers()
        return result

    def _acknowledge(self, kind, accepted, text, exchange):
        """A refusal opens it again: she gets nothing either until it is corrected."""
        if not accepted:
            own = self.filtered(
                lambda claim: claim.pays_patient
                and claim.state == "closed"
                and not any(claim.line_ids.mapped("answered_on"))
            )
            own.write({"state": "sent"})
        return super()._acknowledge(kind, accepted, text, exchange)


class DentalClaimLine(models.Model):
    _inherit = "dental.claim.line"

    # Business

    def _share(self):
        share = super()._share()
        return replace(share, plan=ZERO) if self.claim_id.pays_patient else share
