# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    dental_patient_id = fields.Many2one(
        "dental.patient",
        string="Patient",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="dental_coordinator.group_staff",
    )
    dental_appointment_id = fields.Many2one(
        "dental.appointment",
        string="Visit",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="dental_coordinator.group_staff",
    )
    dental_kind = fields.Selection(
        [
            ("invoice", "Bill of a visit"),
            ("undo", "Undone bill"),
            ("transfer", "Plan part moved to the payer"),
            ("remittance", "Remittance"),
            ("adjustment", "Adjustment"),
            ("installments", "Payment plan"),
        ],
        readonly=True,
        copy=False,
        groups="dental_coordinator.group_staff",
    )
    dental_undone = fields.Boolean(
        readonly=True, copy=False, groups="dental_coordinator.group_staff"
    )

    _dental_one_bill = models.UniqueIndex(
        "(dental_appointment_id) WHERE dental_kind = 'invoice' AND state != 'cancel'"
        " AND dental_undone IS NOT TRUE",
        "This visit is billed already. Undo that bill first.",
    )

    # Computes

    def _compute_show_reset_to_draft_button(self):
        result = super()._compute_show_reset_to_draft_button()
        for move in self.sudo().filtered("dental_kind"):
            move.show_reset_to_draft_button = False
        return result

    # Actions

    def button_draft(self):
        """A bill that procedures and claims rest on is undone, not taken back to be edited."""
        for move in self.sudo().filtered("dental_kind"):
            if move.state == "posted":
                raise UserError(
                    self.env._(
                        "%s belongs to the account of a visit and stays as it was posted. Undo the "
                        "bill, the claim or the remittance instead.",
                        move.name,
                    )
                )
        return super().button_draft()

    def action_dental_undo(self):
        """Reverse the bill of a visit and give its procedures back, as if it had not been made."""
        for invoice in self:
            invoice._dental_check_undo()
            invoice._dental_undo()
        return True

    # Business

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted.sudo().filtered("dental_appointment_id")._dental_mark_open_items()
        return posted

    def _dental_mark_open_items(self):
        """Note the visit on what its bill leaves open, so that open items can be told by visit."""
        for move in self:
            move.line_ids.filtered(
                lambda line: line.account_type == "asset_receivable"
                and not line.dental_appointment_id
            ).dental_appointment_id = move.dental_appointment_id

    def _dental_check_undo(self):
        """Refuse to undo what is no bill of a visit, or what others depend on.

        :raises UserError: with the reasons
        """
        self.ensure_one()
        self.check_access("write")
        if self.dental_kind != "invoice" or self.state != "posted" or self.dental_undone:
            raise UserError(
                self.env._("%s is not the bill of a visit that could be undone.", self.name)
            )
        blockers = self._dental_undo_blockers()
        if blockers:
            raise UserError(
                self.env._(
                    "%(name)s cannot be undone:\n%(reasons)s",
                    name=self.name,
                    reasons="\n".join(f"- {reason}" for reason in blockers),
                )
            )

    def _dental_undo_blockers(self):
        """Why the bill must stay: texts with the remedy. Addons add theirs (a claim was filed)."""
        self.ensure_one()
        return []

    def _dental_undo(self):
        self.ensure_one()
        procedures = self.invoice_line_ids.dental_procedure_id
        self.dental_undone = True
        self._reverse_moves(
            [
                {
                    "invoice_date": fields.Date.context_today(self),
                    "date": fields.Date.context_today(self),
                    "ref": self.env._("Undoes %s", self.name),
                    "dental_kind": "undo",
                    "dental_patient_id": self.dental_patient_id.id,
                    "dental_appointment_id": self.dental_appointment_id.id,
                }
            ],
            cancel=True,
        )
        procedures.sudo()._unbill()
