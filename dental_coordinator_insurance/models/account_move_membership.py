# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.fields import Command, Date


class AccountMove(models.Model):
    """Dues of members, and what their plan takes off a bill."""

    _inherit = "account.move"

    dental_kind = fields.Selection(selection_add=[("dues", "Membership dues")])
    dental_dues_coverage_id = fields.Many2one(
        "dental.insurance.coverage",
        string="Member",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="dental_coordinator.group_billing",
    )
    dental_dues_from = fields.Date(
        readonly=True, copy=False, groups="dental_coordinator.group_billing"
    )
    dental_discount_of_id = fields.Many2one(
        "account.move",
        string="Discount of",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="dental_coordinator.group_billing",
    )

    _dental_dues_once = models.UniqueIndex(
        "(dental_dues_coverage_id, dental_dues_from) WHERE dental_kind = 'dues'"
        " AND state != 'cancel'",
        "These dues are billed already.",
    )

    # Business

    def _dental_post_discounts(self, estimate):
        """Take the discounts of the clinic's own plans off the bill of a visit.

        Each is kept on its procedure: it uses up the yearly cap and number.
        """
        self.ensure_one()
        shares = estimate.sudo().line_ids.share_ids.filtered(lambda share: share.discount > 0)
        if not shares:
            return
        for share in shares:
            share.line_id.procedure_id.write(
                {"discount_given": share.discount, "discount_coverage_id": share.coverage_id.id}
            )
        bill = self.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        entry = self.create(self._prepare_discount_vals(sum(shares.mapped("discount")), bill[:1]))
        entry.action_post()
        entry.line_ids.filtered("credit")._dental_settle(bill)

    def _prepare_discount_vals(self, amount, bill):
        company = self.company_id
        label = self.env._("%s, member's discount", self.ref)
        return {
            "move_type": "entry",
            "company_id": company.id,
            "journal_id": company._dental_setting("dental_journal_id").id,
            "date": Date.context_today(self),
            "ref": self.ref,
            "dental_kind": "adjustment",
            "dental_patient_id": self.dental_patient_id.id,
            "dental_appointment_id": self.dental_appointment_id.id,
            "dental_discount_of_id": self.id,
            "line_ids": [
                Command.create(
                    {
                        "name": label,
                        "account_id": company._dental_setting("dental_adjustment_account_id").id,
                        "partner_id": bill.partner_id.id,
                        "debit": amount,
                    }
                ),
                Command.create(
                    {
                        "name": label,
                        "account_id": bill.account_id.id,
                        "partner_id": bill.partner_id.id,
                        "dental_appointment_id": self.dental_appointment_id.id,
                        "credit": amount,
                        "analytic_distribution": False,
                    }
                ),
            ],
        }

    def _dental_undo(self):
        """With the bill its discounts are undone, and no cap is used."""
        entries = self.sudo().search([("dental_discount_of_id", "=", self.id)])
        for entry in entries:
            entry.line_ids.remove_move_reconcile()
            entry._reverse_moves(
                [{"date": Date.context_today(self), "ref": entry.ref, "dental_kind": "undo"}],
                cancel=True,
            )
        given = self.invoice_line_ids.dental_procedure_id.sudo().filtered("discount_given")
        given.write({"discount_given": 0, "discount_coverage_id": False})
        return super()._dental_undo()
