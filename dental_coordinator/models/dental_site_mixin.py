# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import ValidationError

from .. import notation

# What a field of this name holds, and how it is read into its one canonical form.
READERS = {
    "tooth": lambda text, tooth: notation.parse_tooth(text),
    "surfaces": lambda text, tooth: notation.parse_surfaces(text, tooth or None),
    "area": lambda text, tooth: notation.parse_area(text),
    "tooth_range": lambda text, tooth: ", ".join(notation.parse_teeth(text)),
    "teeth": lambda text, tooth: ", ".join(notation.parse_teeth(text)),
}
AREAS = [(code, words.capitalize()) for code, words in notation.AREAS.items()]


class DentalSiteMixin(models.AbstractModel):
    """Places in the mouth are kept in one form: teeth as ISO 3950, surfaces in the trade's order.

    Works on whichever of the fields ``tooth, surfaces, area, tooth_range, teeth`` a model has.
    """

    _name = "dental.site.mixin"
    _description = "Has a place in the mouth"

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._site_vals(vals) for vals in vals_list])

    def write(self, vals):
        if not READERS.keys() & vals.keys():
            return super().write(vals)
        for record in self:
            super(DentalSiteMixin, record).write(record._site_vals(vals))
        return True

    def _site_vals(self, vals):
        """The same values with every place in canonical form.

        :raises ValidationError: for a tooth, surface or area that does not exist
        """
        vals = dict(vals)
        if vals.get("tooth"):
            vals["tooth"] = self._read_site("tooth", vals["tooth"], None)
            if self and "surfaces" in self._fields:
                vals.setdefault("surfaces", self.surfaces)
        tooth = vals["tooth"] if "tooth" in vals else self and "tooth" in self and self.tooth
        for name in READERS.keys() & vals.keys() - {"tooth"}:
            if vals[name]:
                vals[name] = self._read_site(name, vals[name], tooth)
        return vals

    def _read_site(self, name, text, tooth):
        try:
            return READERS[name](text, tooth)
        except notation.ToothError as error:
            raise ValidationError(
                self.env._(
                    "%(field)s: %(error)s",
                    field=self._fields[name]._description_string(self.env),
                    error=error,
                )
            ) from error

    def _site_label(self):
        """The place as the user writes it: ``36 MO``, ``19-MO`` is the same tooth elsewhere."""
        self.ensure_one()
        system = self.env.user.dental_notation
        parts = []
        for name in ("tooth", "tooth_range", "teeth"):
            teeth = notation.parse_teeth(self[name] or "") if name in self._fields else ()
            parts += [", ".join(notation.format_tooth(tooth, system) for tooth in teeth)]
        if "surfaces" in self._fields:
            parts.append(self.surfaces)
        if "area" in self._fields and not any(parts):
            parts.append(dict(self._fields["area"]._description_selection(self.env)).get(self.area))
        return " ".join(part for part in parts if part)
