# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DentalSurgeryTemplate(models.Model):
    """What surgeries of a kind bring along: safety questions, things due, materials."""

    _name = "dental.surgery.template"
    _description = "Surgery checklist"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
    type_ids = fields.Many2many(
        "dental.appointment.type",
        string="Kinds of visits",
        help="Taken by itself for these visits. Empty: for those that have no checklist of their "
        "own.",
    )
    line_ids = fields.One2many("dental.surgery.template.line", "template_id", copy=True)

    @api.model
    def _for_type(self, kind, company):
        """The checklist that a visit of this kind takes by itself."""
        candidates = self.search([("company_id", "in", (False, company.id))])
        own = candidates.filtered(lambda t: kind in t.type_ids)
        return (own or candidates.filtered(lambda t: not t.type_ids))[:1]
