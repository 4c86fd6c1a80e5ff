# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class DentalBook(models.AbstractModel):
    """On the cards: who would come sooner, and what is to arrange for somebody."""

    _inherit = "dental.book"

    def _card_items(self, rows, wanted):
        found = super()._card_items(rows, wanted)
        if "sooner" in wanted:
            found["sooner"] = self._sooner_items(rows)
        if "needs" in wanted:
            found["needs"] = self._need_items(rows)
        return found

    def _sooner_items(self, rows):
        """Visits that are on the waiting list for an earlier time."""
        groups = self.env["dental.waitlist.entry"]._read_group(
            [("appointment_id", "in", [row["id"] for row in rows]), ("state", "=", "waiting")],
            ["appointment_id"],
            ["urgent:bool_or"],
        )
        return {
            visit.id: {
                "text": self.env._("urgently sooner")
                if urgent
                else self.env._("would come sooner"),
                "level": "warn" if urgent else "info",
                "icon": "fa-fast-backward",
            }
            for visit, urgent in groups
        }

    def _need_items(self, rows):
        """Access needs, interpreter among them; a warning until what they ask for is arranged."""
        visits = self.env["dental.appointment"].browse(row["id"] for row in rows).sudo()
        items = {}
        for visit in visits:
            to_arrange = visit._to_arrange()
            names = [*visit.patient_id.access_need_ids.mapped("name"), *to_arrange]
            if names:
                open_still = to_arrange and not visit.access_arranged
                items[visit.id] = {
                    "text": ", ".join(names),
                    "level": "warn" if open_still else "info",
                    "icon": "fa-wheelchair",
                }
        return items
