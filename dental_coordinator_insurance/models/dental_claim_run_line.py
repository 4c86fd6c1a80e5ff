# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalClaimRunLine(models.Model):
    """One bill of a run, and the claims that were made of it."""

    _name = "dental.claim.run.line"
    _inherit = ["dental.patient.mixin", "dental.run.line.mixin"]
    _description = "Bill to file in the background"
    _order = "id"
    _rec_name = "run_id"

    run_id = fields.Many2one("dental.claim.run", required=True, ondelete="cascade", index=True)
    invoice_id = fields.Many2one(
        "account.move", required=True, readonly=True, ondelete="cascade", string="Bill"
    )
    procedure_ids = fields.Many2many("dental.procedure", string="Procedures", readonly=True)
    claim_ids = fields.Many2many("dental.claim", string="Claims", readonly=True)

    _waiting_idx = models.Index("(run_id, id) WHERE state = 'waiting'")

    # Business

    def _do(self, env):
        claims = env["dental.claim"]._file_procedures(self.procedure_ids.with_env(env))
        return {"claim_ids": [fields.Command.set(claims.ids)]}

    def _subject(self):
        """The visit tells what is billed, what is covered, and which claims there are."""
        return self.procedure_ids.appointment_id[:1] or self.patient_id
