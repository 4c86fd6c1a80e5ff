# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DentalEquipment(models.Model):
    """A device of which there are fewer than chairs: the visit that needs it holds it."""

    _name = "dental.equipment"
    _inherit = "resource.mixin"
    _description = "Equipment"
    _order = "sequence, name, id"

    name = fields.Char(required=True)
    code = fields.Char(help="Short label on the book.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(related="resource_id.active", store=True, readonly=False, default=True)
    operatory_ids = fields.Many2many(
        "dental.operatory",
        string="Only in",
        help="Chairs or rooms where it stands. Empty: it is carried to any.",
    )
    note = fields.Text(help="Care, cleaning, what to prepare.")

    @api.ondelete(at_uninstall=True)
    def _forget_equipment(self):
        """Kinds of visit remember what they need."""
        self.env.registry.clear_cache()

    def _prepare_resource_values(self, vals, tz):
        values = super()._prepare_resource_values(vals, tz)
        return {**values, "resource_type": "material"}
