# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

HERE = ("here", "used", "returned")


class DentalSurgeryMaterial(models.Model):
    """A material, implant or kit that an operation needs on its day. No stock is kept."""

    _name = "dental.surgery.material"
    _inherit = "dental.surgery.line.mixin"
    _description = "Material for a surgery"
    _order = "surgery_id, sequence, id"

    surgery_id = fields.Many2one(readonly=False)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("material", "Material"),
            ("implant", "Implant"),
            ("kit", "Kit"),
            ("graft", "Graft or membrane"),
        ],
        required=True,
        default="material",
    )
    name = fields.Char(string="What", required=True)
    quantity = fields.Integer(default=1)
    state = fields.Selection(
        [
            ("to_get", "To get"),
            ("ordered", "Ordered"),
            ("reserved", "Set aside"),
            ("here", "In the room"),
            ("used", "Used"),
            ("returned", "Returned"),
        ],
        required=True,
        default="to_get",
    )
    expected_on = fields.Date(string="Expected")
    lot = fields.Char(string="Lot or serial number", copy=False)
    expires_on = fields.Date(string="Use before", copy=False)
    note = fields.Char()

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "Of each material at least one is needed."
    )

    def action_reserved(self):
        self.write({"state": "reserved"})
        return True

    def action_used(self):
        self.write({"state": "used"})
        return True

    def _is_secured(self):
        """Whether it is at hand for the day."""
        return self.state in ("reserved", *HERE)
