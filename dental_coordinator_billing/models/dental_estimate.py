# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError

# What may change after an estimate was made: where it stands, who signed it, its print.
CHANGEABLE = {
    "state",
    "superseded_by_id",
    "signature",
    "signed_by",
    "signed_at",
    "document",
    "document_name",
    "document_sha256",
}


class DentalEstimate(models.Model):
    """What the patient was told, as it was told: a snapshot that nothing recomputes."""

    _name = "dental.estimate"
    _inherit = ["dental.numbered.mixin", "dental.patient.mixin", "dental.kept.pdf.mixin"]
    _description = "Estimate"
    _order = "id desc"

    treatment_plan_id = fields.Many2one(
        "dental.treatment.plan",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        string="Treatment plan",
    )
    appointment_id = fields.Many2one(
        "dental.appointment",
        string="Visit",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    version = fields.Integer(readonly=True, required=True, default=1)
    as_of = fields.Date(
        readonly=True,
        required=True,
        default=fields.Date.context_today,
        help="The treatment is assumed to be done on this day.",
        string="As of",
    )
    valid_until = fields.Date(readonly=True, required=True, string="Valid until")
    expired = fields.Boolean(compute="_compute_expired")
    state = fields.Selection(
        [("current", "Current"), ("superseded", "Superseded"), ("signed", "Signed")],
        readonly=True,
        required=True,
        default="current",
        index=True,
    )
    superseded_by_id = fields.Many2one(
        "dental.estimate", readonly=True, ondelete="restrict", string="Superseded by"
    )
    inputs_hash = fields.Char(
        readonly=True, help="Two estimates with the same hash were made from the same facts."
    )
    line_ids = fields.One2many("dental.estimate.line", "estimate_id", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True, required=True)
    total_fee = fields.Monetary(string="Fee", compute="_compute_totals", store=True)
    total_plan = fields.Monetary(string="Plan pays", compute="_compute_totals", store=True)
    total_write_off = fields.Monetary(string="Write-off", compute="_compute_totals", store=True)
    total_patient = fields.Monetary(string="You pay", compute="_compute_totals", store=True)
    can_ask_payer = fields.Boolean(compute="_compute_can_ask_payer")
    signature = fields.Image(copy=False, max_width=1024, max_height=1024)
    signed_by = fields.Char(copy=False, readonly=True, string="Signed by")
    signed_at = fields.Datetime(copy=False, readonly=True, string="Signed at")

    _number_uniq = models.Constraint("UNIQUE (number)", "This estimate number is taken.")

    # Computes

    @api.depends("line_ids")
    def _compute_totals(self):
        for estimate in self:
            lines = estimate.line_ids
            estimate.total_fee = sum(lines.mapped("fee"))
            estimate.total_plan = sum(lines.mapped("plan_amount"))
            estimate.total_write_off = sum(lines.mapped("write_off"))
            estimate.total_patient = sum(lines.mapped("patient_amount"))

    @api.depends("valid_until")
    def _compute_expired(self):
        today = fields.Date.context_today(self)
        for estimate in self:
            estimate.expired = estimate.valid_until < today

    def _compute_can_ask_payer(self):
        """Whether a plan stands behind this estimate. Insurance says so."""
        self.can_ask_payer = False

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        estimates = super().create(vals_list)
        for estimate in estimates:
            estimate._supersede_older()
        return estimates

    def write(self, vals):
        if vals.keys() - CHANGEABLE:
            raise UserError(
                self.env._(
                    "%(number)s was made on %(date)s and stays as it was told. Make a new estimate "
                    "instead.",
                    number=self[:1].number,
                    date=self[:1]._told_on(),
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_always(self):
        raise UserError(self.env._("Estimates are kept. Make a new one, it replaces the old."))

    # Actions

    def action_renew(self):
        """Estimate the same treatment again with what is known today."""
        self.ensure_one()
        procedures = self.line_ids.procedure_id.filtered(lambda p: not p.invoice_line_id)
        if not procedures:
            raise UserError(
                self.env._("%s: everything on it is billed. See the bill instead.", self.number)
            )
        return procedures._make_estimate().action_open()

    def action_next_year(self):
        """Show what the same treatment would cost after the next 1 January."""
        self.ensure_one()
        return self.env["dental.estimate.compare"]._open(self, self._next_new_year())

    def action_ask_payer(self):
        """Find out what is not known. Insurance opens the call sheet here."""
        self.ensure_one()
        raise UserError(self.env._("%s: no plan stands behind this estimate.", self.number))

    def action_sign(self):
        """Freeze the estimate as signed; its print is kept with the signature on it."""
        for estimate in self:
            if estimate.state != "current" or not estimate.signature:
                raise UserError(
                    self.env._(
                        "%s: only a current estimate can be signed. Sign in the box first.",
                        estimate.number,
                    )
                )
            estimate.write(
                {
                    "state": "signed",
                    "signed_by": estimate.signed_by or estimate._signer(),
                    "signed_at": fields.Datetime.now(),
                    "document": False,
                    "document_sha256": False,
                }
            )
            estimate._keep_document()
        return True

    # Business

    def _supersede_older(self):
        """Retire the current estimates that this one replaces: those of the same procedures.

        A signed one stays signed: it is what was agreed. It is only told what came after.
        """
        self.ensure_one()
        lines = self.env["dental.estimate.line"].search(
            [
                ("procedure_id", "in", self.line_ids.procedure_id.ids),
                ("estimate_id.state", "in", ("current", "signed")),
                ("estimate_id", "!=", self.id),
            ]
        )
        older = lines.estimate_id
        older.superseded_by_id = self
        older.filtered(lambda estimate: estimate.state == "current").state = "superseded"

    def _next_new_year(self):
        today = max(self.as_of, fields.Date.context_today(self))
        return date(today.year + 1, 1, 1)

    def _signer(self):
        return self.patient_id._full_name()

    def _document_report(self):
        return "dental_coordinator_billing.report_estimate_action"

    def _told_on(self):
        """The clinic's day on which it was made and told."""
        self.ensure_one()
        return self.company_id._dental_day(self.create_date)
