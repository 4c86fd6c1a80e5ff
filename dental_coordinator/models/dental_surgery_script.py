# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DentalSurgeryScript(models.Model):
    """What a patient is told and asked by telephone, so many days before an operation."""

    _name = "dental.surgery.script"
    _description = "Script of a call before surgery"
    _order = "days_before desc, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
    days_before = fields.Integer(
        string="Days before",
        required=True,
        default=1,
        help="Called so many days before the operation; on the open day before, if it is closed.",
    )
    type_ids = fields.Many2many(
        "dental.appointment.type",
        string="Kinds of visits",
        help="Taken for these visits. Empty: for those that have no script of their own for that "
        "day.",
    )
    opening = fields.Text(translate=True, help="What is said first.")
    line_ids = fields.One2many("dental.surgery.script.line", "script_id", copy=True)

    _days_positive = models.Constraint(
        "CHECK (days_before > 0)", "A call before surgery is at least one day before it."
    )

    @api.model
    def _for_type(self, kind, company):
        """The scripts for operations of this kind.

        :return: {days before: script}
        """
        candidates = self.search([("company_id", "in", (False, company.id))])
        general = candidates.filtered(lambda s: not s.type_ids)
        own = candidates.filtered(lambda s: kind in s.type_ids)
        return {script.days_before: script for script in [*general, *own]}
