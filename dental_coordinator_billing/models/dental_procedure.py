# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

# Of this addon, what a bill says beside the treatment: it stays as it is while the bill stands.
BILLED_FIELDS = {"fee", "appointment_id"}


class DentalProcedure(models.Model):
    _inherit = "dental.procedure"

    currency_id = fields.Many2one(related="company_id.currency_id")
    fee = fields.Monetary(
        compute="_compute_fee",
        store=True,
        readonly=False,
        precompute=True,
        aggregator="sum",
        help="Office fee of the whole line. Follows the fee schedule until changed or billed.",
    )
    fee_missing = fields.Boolean(
        compute="_compute_fee_missing",
        help="Nobody has set a fee for this code.",
        string="Fee missing",
    )
    invoice_line_id = fields.Many2one(
        "account.move.line",
        string="Billed as",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="dental_coordinator.group_staff",
    )

    _fee_positive = models.Constraint("CHECK (fee >= 0)", "A fee cannot be negative.")

    # Computes

    @api.depends("code_id", "quantity", "patient_id.company_id")
    def _compute_fee(self):
        for procedure, fee in self._schedule_fees().items():
            if not procedure.sudo().invoice_line_id:
                procedure.fee = fee or 0.0

    @api.depends("fee", "code_id")
    def _compute_fee_missing(self):
        free = self.filtered(lambda procedure: not procedure.fee)
        missing = free._schedule_fees()
        for procedure in self:
            procedure.fee_missing = procedure in missing and missing[procedure] is None

    # CRUD

    def write(self, vals):
        if BILLED_FIELDS & vals.keys():
            self._check_not_billed(vals)
        return super().write(vals)

    # Actions

    def action_update_fee(self):
        """Take today's fees from the schedule for what is not billed yet."""
        for procedure, fee in self._schedule_fees().items():
            if fee is not None and not procedure.sudo().invoice_line_id:
                procedure.fee = fee
        return True

    # Business

    def _schedule_fees(self):
        """{procedure: fee of the whole line today, or None where the schedule has no fee}"""
        today = fields.Date.context_today(self)
        fees = {}
        for company, procedures in self.grouped(
            lambda procedure: procedure.patient_id.company_id
        ).items():
            codes = procedures.code_id
            units = codes._office_fees(company or self.env.company, today)
            for procedure in procedures:
                unit = units.get(procedure.code_id)
                fees[procedure] = None if unit is None else unit * (procedure.quantity or 1)
        return fees

    def _check_not_billed(self, vals):
        for procedure in self.sudo().filtered("invoice_line_id"):
            if any(self._differs(procedure, name, vals) for name in BILLED_FIELDS & vals.keys()):
                raise UserError(
                    self.env._(
                        "%(procedure)s is billed on %(invoice)s: undo that bill before you change "
                        "its fee or its visit.",
                        procedure=procedure.number,
                        invoice=procedure.invoice_line_id.move_id.name,
                    )
                )

    @staticmethod
    def _differs(record, name, vals):
        """Whether writing ``vals`` changes this field; a form sends values that are the same."""
        field = record._fields[name]
        return field.convert_to_cache(vals[name], record) != field.convert_to_cache(
            record[name], record
        )
