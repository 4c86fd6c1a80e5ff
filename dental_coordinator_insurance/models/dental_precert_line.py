# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalPrecertLine(models.Model):
    """One procedure a payer is asked about, and what it said."""

    _name = "dental.precert.line"
    _inherit = ["dental.claim.line.mixin", "dental.patient.mixin"]
    _description = "Line of a predetermination"
    _key_letter = "P"

    precert_id = fields.Many2one("dental.precert", required=True, ondelete="cascade", index=True)
    patient_id = fields.Many2one(
        related="precert_id.patient_id", store=True, index=True, precompute=True, required=True
    )
    coverage_id = fields.Many2one(
        related="precert_id.coverage_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="precert_id.currency_id")
    procedure_id = fields.Many2one(required=True)
    approved = fields.Selection(
        [("yes", "Yes"), ("no", "No"), ("alternate", "Another service instead")]
    )
    code_given = fields.Char(string="Paid as")
    allowed = fields.Monetary()
    plan_amount = fields.Monetary(string="Plan would pay")
    patient_amount = fields.Monetary(string="Patient pays")

    # Business

    def _service_date(self):
        """A predetermination has no service date."""
        return None

    def _answered(self, day):
        """Those lines whose answer counts on ``day``, the newest of each procedure and coverage."""
        valid = self.filtered(
            lambda line: line.approved
            and (not line.precert_id.valid_until or line.precert_id.valid_until >= day)
            and line.precert_id.state in ("approved", "partly", "denied")
        ).sorted(lambda line: (line.precert_id.answered_on, line.id))
        return {(line.procedure_id, line.coverage_id): line for line in valid}
