# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .draw_numbers import draw_numbers


class DentalNumberedMixin(models.AbstractModel):
    """A record whose only public name is its number, so that nothing that travels tells more."""

    _name = "dental.numbered.mixin"
    _description = "Named by a number"
    _rec_name = "number"

    number = fields.Char(readonly=True, copy=False, index=True)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(self._numbered(vals_list))

    # Actions

    def action_open(self):
        """Show the record by itself."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    # Business

    def _numbered(self, vals_list):
        """The values, those without a number with the next one of the company's sequence."""
        missing = sum(not vals.get("number") for vals in vals_list)
        drawn = iter(draw_numbers(self.env, self._name, missing) if missing else ())
        return [
            vals if vals.get("number") else {**vals, "number": next(drawn)} for vals in vals_list
        ]
