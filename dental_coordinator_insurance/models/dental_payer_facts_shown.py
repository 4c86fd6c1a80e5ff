# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DentalClaimMixin(models.AbstractModel):
    """A claim or predetermination says what is known of its payer."""

    _inherit = "dental.claim.mixin"

    payer_facts = fields.Text(compute="_compute_payer_facts", string="What we know of this payer")

    # Computes

    @api.depends("payer_id", "plan_id")
    def _compute_payer_facts(self):
        asked = {
            one: (one.payer_id, one.plan_id, one.line_ids.procedure_id.code_id) for one in self
        }
        texts = self.env["dental.payer.fact"]._texts(asked)
        for one in self:
            one.payer_facts = texts[one]


class DentalInsuranceVerification(models.Model):
    _inherit = "dental.insurance.verification"

    payer_facts = fields.Text(compute="_compute_payer_facts", string="What we know of this payer")

    # Computes

    @api.depends("payer_id", "plan_id")
    def _compute_payer_facts(self):
        asked = {one: (one.payer_id, one.plan_id, None) for one in self}
        texts = self.env["dental.payer.fact"]._texts(asked)
        for one in self:
            one.payer_facts = texts[one]
