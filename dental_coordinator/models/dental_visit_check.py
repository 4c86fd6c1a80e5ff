# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from .dental_appointment_status import STATUSES

GATED = ("confirmed", "arrived", "seated", "done")


class DentalVisitCheck(models.Model):
    """A check box of a visit: of the clinic's own, or a step of the route slip of a type.

    A box that was ticked once keeps its meaning for good: it is archived, never deleted, and its
    words are not changed.
    """

    _name = "dental.visit.check"
    _description = "Check box of a visit"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
    kind = fields.Selection(
        [("box", "Check box"), ("step", "Step of the route slip")], required=True, default="box"
    )
    type_ids = fields.Many2many(
        "dental.appointment.type", string="For", help="Kinds of visit. Empty: all of them."
    )
    before = fields.Selection(
        [step for step in STATUSES if step[0] in GATED],
        string="Needed before",
        help="The step of a visit that waits for this box. Empty: none.",
    )
    tick_ids = fields.One2many("dental.visit.tick", "check_id")

    # CRUD

    def write(self, vals):
        if "name" in vals and "lang" not in self.env.context:
            self._check_unused()
        elif "name" in vals:
            self.filtered(lambda check: check.name != vals["name"])._check_unused()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_unused()

    # Business

    def _check_unused(self):
        """A box that is ticked on a visit keeps what it says.

        :raises UserError: naming the box and the remedy
        """
        used = self.env["dental.visit.tick"].sudo().search([("check_id", "in", self.ids)], limit=1)
        if used:
            raise UserError(
                self.env._(
                    "“%s” was ticked on visits: what it says stays. Archive it and add a new one.",
                    used.check_id.name,
                )
            )

    @api.model
    def _of_visits(self, visits):
        """{visit: boxes and steps that apply to it}, in their order."""
        checks = self.sudo().search([("company_id", "in", [False, *visits.company_id.ids])])
        return {
            visit: checks.filtered(
                lambda check, visit=visit: (not check.type_ids or visit.type_id in check.type_ids)
                and check.company_id.id in (False, visit.company_id.id)
            )
            for visit in visits
        }
