# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    dental_remittance_id = fields.Many2one(
        "dental.remittance",
        string="Remittance",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="dental_coordinator.group_billing",
    )
    dental_posting = fields.Integer(
        readonly=True,
        copy=False,
        groups="dental_coordinator.group_billing",
        help="Which posting of the remittance this is; one that was reversed may be posted anew.",
    )

    _dental_remittance_once = models.UniqueIndex(
        "(dental_remittance_id, dental_posting) WHERE dental_kind = 'remittance'",
        "This remittance is posted already. Nothing was changed.",
    )

    # Business

    def _dental_undo_blockers(self):
        """A bill stays while a claim stands on it."""
        claims = self.env["dental.claim"].sudo()
        live = claims.search([("invoice_id", "=", self.id), ("state", "!=", "void")])
        return super()._dental_undo_blockers() + [
            self.env._("Claim %s is filed for it. Void the claim first.", claim.number)
            for claim in live
        ]
