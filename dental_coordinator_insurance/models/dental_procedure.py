# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalProcedure(models.Model):
    """A procedure follows its claims."""

    _inherit = "dental.procedure"

    claim_line_ids = fields.One2many("dental.claim.line", "procedure_id")
    precert_line_ids = fields.One2many("dental.precert.line", "procedure_id")
    override_ids = fields.One2many(
        "dental.estimate.override", "procedure_id", string="Typed figures"
    )

    # Business

    def _follow_claims(self):
        """Billed, claimed, or settled once every payer has answered."""
        for state, procedures in self.sudo().grouped(lambda one: one._claimed_state()).items():
            changed = procedures.filtered(lambda one, state=state: one.state != state)
            # Nothing is left to do on the treatment: no next step depends on the procedure.
            changed.write({"state": state, **changed[:1]._prepare_next_step(state)})

    def _claimed_state(self):
        states = {line.claim_id.state for line in self.claim_line_ids if line.live}
        if states == {"closed"}:
            return "settled"
        return "claimed" if states else "billed"
