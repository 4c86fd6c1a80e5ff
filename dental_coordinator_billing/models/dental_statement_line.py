# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class DentalStatementLine(models.Model):
    """One thing on a statement, with the sentence that explains what is left of it."""

    _name = "dental.statement.line"
    _description = "Statement line"
    _order = "statement_id desc, sequence, date, id"
    _rec_name = "statement_id"

    statement_id = fields.Many2one(
        "dental.statement", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="statement_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="statement_id.currency_id")
    sequence = fields.Integer(readonly=True)
    date = fields.Date(readonly=True)
    patient_id = fields.Many2one("dental.patient", readonly=True, ondelete="restrict", index=True)
    appointment_id = fields.Many2one("dental.appointment", readonly=True, ondelete="restrict")
    procedure_id = fields.Many2one("dental.procedure", readonly=True, ondelete="restrict")
    label = fields.Char(string="What", readonly=True)
    fee = fields.Monetary(readonly=True)
    plan_paid = fields.Monetary(string="Plan paid", readonly=True)
    plan_pending = fields.Monetary(string="Plan expected", readonly=True)
    written_off = fields.Monetary(string="Taken off", readonly=True)
    paid = fields.Monetary(string="You paid", readonly=True)
    left = fields.Monetary(readonly=True)
    sentence = fields.Text(readonly=True)

    # CRUD

    def write(self, vals):
        self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_told(self):
        self._check_draft()

    # Business

    def _check_draft(self):
        told = self.statement_id.filtered(lambda statement: statement.state != "draft")
        if told:
            raise UserError(
                self.env._("%s has been reviewed: its lines stay as they are.", told[0].number)
            )
