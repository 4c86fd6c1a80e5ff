# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import format_amount

from odoo.addons.dental_coordinator_billing.reckoning import exact


class DentalClaim(models.Model):
    """What an answered claim leaves to the patient, in one sentence for the phone."""

    _inherit = "dental.claim"

    patient_sentence = fields.Char(compute="_compute_patient_sentence", string="In one sentence")

    # Computes

    @api.depends(
        "state", "line_ids.paid", "line_ids.written_off", "line_ids.settled", "line_ids.fee"
    )
    def _compute_patient_sentence(self):
        for claim in self:
            answered = claim.state in ("answered", "closed") and any(claim.line_ids.mapped("paid"))
            claim.patient_sentence = claim._patient_sentence() if answered else False

    # Business

    def _patient_sentence(self):
        lines = self.line_ids
        waiting = sum(exact(line.fee) for line in lines.filtered(lambda one: not one.settled))
        left = sum(exact(line.patient_amount) for line in lines.filtered("settled"))
        off = sum(exact(line.written_off) for line in lines)
        deductible = sum(exact(line.deductible_taken) for line in lines)
        text = self.env._(
            "Of %(fee)s the plan paid %(paid)s",
            fee=self._amount_text(self.charge),
            paid=self._amount_text(self.paid),
        )
        if off:
            text += self.env._(", %s is taken off by contract", self._amount_text(off))
        if waiting:
            text += self.env._(", %s is still open with the plan", self._amount_text(waiting))
        text += self.env._("; %s is left to others", self._amount_text(left))
        if deductible:
            text += self.env._(", of it %s deductible", self._amount_text(deductible))
        return f"{text}."

    def _amount_text(self, amount):
        return format_amount(self.env, float(amount), self.currency_id)
