# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DentalNumberedMixin(models.AbstractModel):
    """A record whose only public name is its number, so that nothing that travels tells more."""

    _name = "dental.numbered.mixin"
    _description = "Named by a number"
    _rec_name = "number"

    number = fields.Char(readonly=True, copy=False, index=True)

    @api.model_create_multi
    def create(self, vals_list):
        sequence = self.env["ir.sequence"].sudo()
        for vals in vals_list:
            if not vals.get("number"):
                vals["number"] = sequence.next_by_code(self._name)
        return super().create(vals_list)
