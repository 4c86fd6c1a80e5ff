# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dental_coordinator.models.lock_alone import lock_alone

from ..reckoning import exact
from .dental_payment_plan import AGREED

SIGNED = AGREED - {"principal"} | {
    "patient_id",
    "terms",
    "needs_signature",
    "signature",
    "signed_by",
}


class DentalPaymentPlan(models.Model):
    """The agreement on paper: printed, signed, and kept as it was signed."""

    _name = "dental.payment.plan"
    _inherit = ["dental.payment.plan", "dental.kept.pdf.mixin"]

    needs_signature = fields.Boolean(
        string="Needs a signature", help="It is put into effect only once it was signed."
    )
    terms = fields.Text(string="Further terms", help="Printed under the installments.")
    signature = fields.Image(copy=False, max_width=1024, max_height=1024)
    signed_by = fields.Char(copy=False, string="Signed by")
    signed_at = fields.Datetime(copy=False, readonly=True, string="Signed at")
    signed_amount = fields.Monetary(copy=False, readonly=True, string="Signed over")

    _signed_first = models.Constraint(
        "CHECK (state = 'draft' OR state = 'undone' OR NOT needs_signature"
        " OR signed_at IS NOT NULL)",
        "This plan needs a signature before it is put into effect.",
    )

    # CRUD

    def write(self, vals):
        if SIGNED & vals.keys():
            for plan in self.filtered(lambda one: one.signed_at and one.state == "draft"):
                plan._refuse_change(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        for plan in self.filtered("signed_at"):
            raise UserError(self.env._("%s was signed and is kept. Withdraw it.", plan.number))

    # Actions

    def action_print(self):
        """Show the agreement: as it stands until it is signed or in effect, then as it was kept."""
        open_ones = self.filtered(lambda plan: plan.state == "draft" and not plan.signed_at)
        open_ones._check_rows()
        open_ones._forget_document()
        return super().action_print()

    def action_sign(self):
        """Keep these plans as they are signed: their terms, the amount and the print."""
        for plan in self:
            lock_alone(plan)
            plan._sign()
        return True

    def action_withdraw(self):
        """Give up plans that were signed and are not in effect yet."""
        for plan in self:
            lock_alone(plan)
            if plan.state != "draft" or not plan.signed_at:
                raise UserError(
                    self.env._("%s is no signed draft: nothing to withdraw.", plan.number)
                )
            plan.sudo().state = "undone"
        return True

    # Business

    def _refuse_change(self, vals):
        """
        :raises UserError: for values that differ from what was signed
        """
        now = self._convert_to_write({name: self[name] for name in SIGNED & vals.keys()})
        if any(now[name] != vals[name] for name in now):
            raise UserError(
                self.env._(
                    "%s was signed and stays as it was signed. Withdraw it, and agree anew.",
                    self.number,
                )
            )

    def _sign(self):
        if self.state != "draft" or self.signed_at or not self.signature:
            raise UserError(
                self.env._(
                    "%s: only a draft can be signed, once. Sign in the box first.", self.number
                )
            )
        self._check_rows()
        self._forget_document()
        self.sudo().write(
            {
                "signed_by": self.signed_by or self.guarantor_id.sudo().name,
                "signed_at": fields.Datetime.now(),
                "signed_amount": self.owed,
            }
        )
        self._keep_document()

    def _check_rows(self):
        """
        :raises UserError: for terms that are no plan, which nobody should print or sign
        """
        for plan in self.filtered(lambda one: not one.last_date):
            raise UserError(
                self.env._("%(plan)s: %(why)s", plan=plan.number, why=plan.schedule)
                if plan.schedule
                else self.env._("%s: nothing is owed that could be put on it.", plan.number)
            )

    def _forget_document(self):
        self.sudo().write({"document": False, "document_sha256": False})

    def _check_postable(self):
        if self.needs_signature and not self.signed_at:
            raise UserError(
                self.env._(
                    "%s needs a signature. Let it be signed in the box, then Keep as signed.",
                    self.number,
                )
            )
        return super()._check_postable()

    def _check_principal(self, principal):
        if self.signed_at and principal != exact(self.signed_amount):
            raise UserError(
                self.env._(
                    "%(plan)s was signed over %(signed)s, and %(owed)s is owed now. Withdraw it, "
                    "and agree anew.",
                    plan=self.number,
                    signed=self.currency_id.format(self.signed_amount),
                    owed=self.currency_id.format(float(principal)),
                )
            )
        return super()._check_principal(principal)

    def _draft_standing(self):
        if self.needs_signature and not self.signed_at:
            return "pending"
        return super()._draft_standing()

    def _post(self):
        if not self.signed_at:
            self._forget_document()
        return super()._post()

    def _document_report(self):
        return "dental_coordinator_billing.report_payment_plan_action"
