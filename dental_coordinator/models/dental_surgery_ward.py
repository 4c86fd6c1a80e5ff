# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalSurgery(models.Model):
    """Where the patient lies before and after the operation."""

    _inherit = "dental.surgery"

    ward = fields.Char(help="As the hospital or centre calls it.")
    bed = fields.Char()

    def _ward_words(self):
        """ "Ward 2, bed 5"; empty where neither is known."""
        bed = self.bed and self.env._("bed %s", self.bed)
        return ", ".join(part for part in (self.ward, bed) if part)


class DentalBook(models.AbstractModel):
    _inherit = "dental.book"

    def _card_items(self, rows, wanted):
        found = super()._card_items(rows, wanted)
        if "ward" in wanted:
            found["ward"] = self._ward_items(rows)
        return found

    def _ward_items(self, rows):
        """Ward and bed of those who are operated on."""
        surgeries = self.env["dental.surgery"].search_fetch(
            [("appointment_id", "in", [row["id"] for row in rows])],
            ["appointment_id", "ward", "bed"],
        )
        words = {surgery.appointment_id.id: surgery._ward_words() for surgery in surgeries}
        return {visit: {"text": text, "icon": "fa-bed"} for visit, text in words.items() if text}
