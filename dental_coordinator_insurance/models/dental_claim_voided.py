# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalClaim(models.Model):
    """Claims to later payers, when the claim that they waited for is no more."""

    _inherit = "dental.claim"

    # Actions

    def action_void(self):
        waited = self._siblings().filtered(
            lambda claim: claim.state == "held" and not claim.gaps and claim._waits_for_payer()
        )
        result = super().action_void()
        waited._come_up_for_void()
        return result

    # Business

    def _come_up_for_void(self):
        """Bring up today those of these that wait for nobody now.

        They do not go by themselves: most claims are voided to be filed anew, and a second payer
        takes no claim that names no first one.
        """
        for claim in self.filtered(lambda one: not one._wait_text()):
            claim.write(
                {
                    "hold_reason": self.env._("The claim before it was voided"),
                    "next_action": self.env._(
                        "File the one before anew, or make this plan the first"
                    ),
                    "next_date": fields.Date.context_today(self),
                }
            )
