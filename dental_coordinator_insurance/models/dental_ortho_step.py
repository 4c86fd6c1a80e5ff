# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class DentalOrthoStep(models.Model):
    """One claim of an orthodontic treatment: when, and for how much."""

    _name = "dental.ortho.step"
    _inherit = "dental.patient.mixin"
    _description = "Claim of an orthodontic treatment"
    _order = "case_id, number"

    case_id = fields.Many2one(
        "dental.ortho.case", required=True, ondelete="cascade", index=True, string="Treatment"
    )
    patient_id = fields.Many2one(
        related="case_id.patient_id", store=True, index=True, precompute=True, required=True
    )
    currency_id = fields.Many2one(related="case_id.currency_id")
    number = fields.Integer(required=True, readonly=True, string="No.")
    date = fields.Date(required=True, index=True)
    amount = fields.Monetary(readonly=True)
    initial = fields.Boolean(string="Placing", readonly=True)
    state = fields.Selection(
        [
            ("open", "To come"),
            ("visit", "By the visit"),
            ("made", "Billed"),
            ("dropped", "Dropped"),
        ],
        required=True,
        readonly=True,
        default="open",
    )
    procedure_ids = fields.One2many("dental.procedure", "ortho_step_id", string="Billed as")
    claim_ids = fields.Many2many(
        "dental.claim", compute="_compute_claim_ids", string="On claims", compute_sudo=True
    )

    _once = models.Constraint(
        "UNIQUE (case_id, number)", "This treatment has its claims laid down already."
    )

    # Computes

    def _compute_claim_ids(self):
        for step in self:
            step.claim_ids = step.procedure_ids.claim_line_ids.filtered("live").claim_id

    # CRUD

    def _compute_display_name(self):
        for step in self:
            step.display_name = f"{step.case_id.number} / {step.number}"

    # Business

    def _make(self):
        """Bill this part of the treatment and claim it; the plan may not cover it any more."""
        self.ensure_one()
        case = self.case_id.sudo()
        guarantor = case.patient_id.guarantor_id
        if guarantor.commercial_partner_id != guarantor:
            raise UserError(
                self.env._(
                    "%s: the patient's guarantor is a contact of a company. Name another one.",
                    case.number,
                )
            )
        procedure = self.env["dental.procedure"].sudo().create(self._prepare_procedure_vals())
        procedure.action_done(self.date)
        invoice = (
            self.env["account.move"]
            .sudo()
            .with_company(case.company_id)
            .with_context(mail_create_nosubscribe=True)
            .create(self._prepare_invoice_vals(procedure))
        )
        invoice.action_post()
        procedure._set_billed(invoice)
        self.state = "made"
        if procedure.to_claim:
            self.env["dental.claim"].with_user(case.owner_id).sudo()._file_procedures(procedure)

    def _prepare_procedure_vals(self):
        case = self.case_id
        code = case.initial_code_id if self.initial else case.continuing_code_id
        return {
            "patient_id": case.patient_id.id,
            "code_id": code.id,
            "provider_id": case.provider_id.id,
            "owner_id": case.owner_id.id,
            "next_date": self.date,
            "fee": self.amount,
            "ortho_step_id": self.id,
        }

    def _prepare_invoice_vals(self, procedure):
        """Values of the bill: numbers and own codes, as on the bill of a visit."""
        case = self.case_id.sudo()
        guarantor = case.patient_id.guarantor_id.with_company(case.company_id)
        due = {} if guarantor.property_payment_term_id else {"invoice_date_due": self.date}
        name = self.env._(
            "Dental services, treatment %(case)s, %(procedure)s %(code)s",
            case=case.number,
            procedure=procedure.number,
            code=procedure.code_id.code,
        )
        return {
            "move_type": "out_invoice",
            "company_id": case.company_id.id,
            "partner_id": guarantor.id,
            "currency_id": case.currency_id.id,
            "invoice_date": self.date,
            **due,
            "ref": case.number,
            "dental_kind": "invoice",
            "dental_patient_id": case.patient_id.id,
            "invoice_line_ids": [
                Command.create(
                    {
                        "product_id": procedure.code_id._product().id,
                        "name": name,
                        "quantity": 1,
                        "price_unit": procedure.fee,
                        "dental_procedure_id": procedure.id,
                    }
                )
            ],
        }
