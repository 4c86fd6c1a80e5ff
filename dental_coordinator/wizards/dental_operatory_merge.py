# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

COLLIDING = """
    SELECT DISTINCT visit.number, other.number
      FROM dental_reservation held
      JOIN dental_reservation there
        ON there.resource_id = %(into)s AND there.blocking
       AND tsrange(there.start, there.stop) && tsrange(held.start, held.stop)
      JOIN dental_appointment visit ON visit.id = held.appointment_id
      JOIN dental_appointment other ON other.id = there.appointment_id
     WHERE held.resource_id = %(merged)s AND held.blocking
     LIMIT 6
"""


class DentalOperatoryMerge(models.TransientModel):
    """Two entries of the same chair become one; the visits of both are its visits."""

    _name = "dental.operatory.merge"
    _description = "Combine chairs"

    merged_id = fields.Many2one("dental.operatory", string="This chair", required=True)
    into_id = fields.Many2one(
        "dental.operatory",
        string="Is the same as",
        required=True,
        domain="[('id', '!=', merged_id)]",
    )

    def action_merge(self):
        """Move every visit and blocked time over and archive the chair.

        :raises UserError: naming visits of the two that overlap
        """
        self.ensure_one()
        merged, into = self.merged_id, self.into_id
        if merged == into:
            raise UserError(self.env._("Choose two chairs."))
        self._check_apart()
        visits = self.env["dental.appointment"].with_context(active_test=False)
        own = visits.search([("operatory_id", "=", merged.id)])
        reason = self.env._("%(merged)s is %(into)s", merged=merged.name, into=into.name)
        own.with_context(dental_move_reason=reason).write({"operatory_id": into.id})
        blockouts = self.env["dental.blockout"].with_context(active_test=False)
        for blockout in blockouts.search([("resource_ids", "in", merged.resource_id.ids)]):
            blockout.resource_ids = blockout.resource_ids - merged.resource_id | into.resource_id
        merged.active = False
        return {"type": "ir.actions.act_window_close"}

    def _check_apart(self):
        self.env["dental.reservation"].flush_model()
        found = self.env.execute_query(
            SQL(
                COLLIDING,
                merged=self.merged_id.resource_id.id,
                into=self.into_id.resource_id.id,
            )
        )
        if found:
            raise UserError(
                self.env._(
                    "%(merged)s and %(into)s have visits at the same time: %(visits)s. They are "
                    "two chairs, or one visit of each pair must move first.",
                    merged=self.merged_id.name,
                    into=self.into_id.name,
                    visits=", ".join(" / ".join(pair) for pair in found),
                )
            )
