# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalOperatory(models.Model):
    """A chair or room: what a visit needs beside people."""

    _name = "dental.operatory"
    _inherit = "resource.mixin"
    _description = "Chair or room"
    _order = "sequence, name, id"

    name = fields.Char(required=True)
    code = fields.Char(help="Short label on the book and the hall screen.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(related="resource_id.active", store=True, readonly=False, default=True)
    kind = fields.Selection(
        [("treatment", "Treatment"), ("hygiene", "Hygiene"), ("surgery", "Surgery")],
        required=True,
        default="treatment",
    )
    provider_id = fields.Many2one("dental.provider", string="Usual dentist", ondelete="set null")
    hygienist_id = fields.Many2one(
        "dental.provider",
        string="Usual hygienist",
        domain=[("kind", "=", "hygienist")],
        ondelete="set null",
    )

    def _prepare_resource_values(self, vals, tz):
        values = super()._prepare_resource_values(vals, tz)
        return {**values, "resource_type": "material"}
