# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import suppress

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..installments import InstallmentError


class DentalPaymentPlan(models.Model):
    """Terms taken from a template, and proposals side by side."""

    _inherit = "dental.payment.plan"

    template_id = fields.Many2one(
        "dental.payment.plan.template",
        domain="[('company_id', '=', company_id)]",
        ondelete="restrict",
        index="btree_not_null",
    )

    # Onchange

    @api.onchange("template_id")
    def _onchange_template_id(self):
        if self.template_id:
            lang = self.guarantor_id.sudo().lang
            self.update(self.template_id._plan_vals(self.owed, lang))

    # Actions

    def action_propose(self):
        """Show what the templates come to, side by side."""
        self.ensure_one()
        if self.state != "draft" or self.signed_at:
            raise UserError(self.env._("%s is agreed already.", self.number))
        return self.env["dental.payment.plan.proposal"]._open(self)

    # Business

    def _check_postable(self):
        result = super()._check_postable()
        with suppress(InstallmentError):  # told where the installments are made
            self.template_id._check_limit(self)
        return result

    def _check_rows(self):
        result = super()._check_rows()
        for plan in self:
            plan.template_id._check_limit(plan)
        return result
