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


class DentalEstimate(models.Model):
    _inherit = "dental.estimate"

    payer_facts = fields.Text(compute="_compute_payer_facts", string="What we know of this payer")

    # Computes

    @api.depends("line_ids.share_ids")
    def _compute_payer_facts(self):
        asked = {
            (one, plan): (plan.payer_id, plan, one.line_ids.procedure_id.code_id)
            for one in self
            for plan in one.line_ids.share_ids.plan_id
        }
        texts = self.env["dental.payer.fact"]._texts(asked) if asked else {}
        for one in self:
            own = [
                f"{plan.payer_id.name}\n{text}"
                for (estimate, plan), text in texts.items()
                if estimate == one and text
            ]
            one.payer_facts = "\n".join(dict.fromkeys(own)) or False
