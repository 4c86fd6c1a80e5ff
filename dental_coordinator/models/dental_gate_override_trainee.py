# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalGateOverride(models.Model):
    """A student was let in although papers were lacking: kept with the other gates."""

    _inherit = "dental.gate.override"

    appointment_id = fields.Many2one(required=False)
    trainee_id = fields.Many2one(
        "dental.trainee",
        string="Student",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    step = fields.Selection(
        selection_add=[("present", "Student comes in")], ondelete={"present": "cascade"}
    )

    _of_one = models.Constraint(
        "CHECK ((appointment_id IS NULL) <> (trainee_id IS NULL))",
        "A gate is a visit's or a student's.",
    )
