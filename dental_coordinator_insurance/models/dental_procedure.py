# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalProcedure(models.Model):
    """A procedure follows its claims."""

    _inherit = "dental.procedure"

    claim_line_ids = fields.One2many("dental.claim.line", "procedure_id")
    precert_line_ids = fields.One2many("dental.precert.line", "procedure_id")

    # Business

    def _follow_claims(self):
        """Billed, claimed, or settled once every payer has answered."""
        for procedure in self.sudo():
            claims = procedure.claim_line_ids.filtered("live").claim_id
            state = "claimed" if claims else "billed"
            if claims and set(claims.mapped("state")) == {"closed"}:
                state = "settled"
            if procedure.state != state:
                procedure._set_state(state)
