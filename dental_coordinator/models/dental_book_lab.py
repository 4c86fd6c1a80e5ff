# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import format_date

from .dental_lab_case import OPEN

ICONS = {
    "to_send": "fa-envelope-o",
    "sent": "fa-truck",
    "received": "fa-inbox",
    "checked": "fa-check-square-o",
}


class DentalBook(models.AbstractModel):
    """Laboratory work on the cards of the book."""

    _inherit = "dental.book"

    def _card_items(self, rows, wanted):
        found = super()._card_items(rows, wanted)
        if "lab" in wanted:
            found["lab"] = self._lab_items(rows)
        return found

    def _lab_items(self, rows):
        """The case of each visit that is furthest from being here."""
        cases = self.env["dental.lab.case"].search(
            [("appointment_id", "in", [row["id"] for row in rows]), ("state", "in", OPEN)]
        )
        outlook = cases._outlook()
        items = {}
        for case in cases.sorted(lambda case: OPEN.index(case.state)):
            if case.appointment_id.id not in items:
                items[case.appointment_id.id] = self._lab_item(case, outlook[case.id])
        return items

    def _lab_item(self, case, outlook):
        day = outlook.expected and format_date(self.env, outlook.expected, date_format="MMM d")
        words = {
            "to_send": self.env._("lab: to send"),
            "sent": self.env._("lab: due %s", day) if day else self.env._("lab: no day known"),
            "received": self.env._("lab: here, to check"),
            "checked": self.env._("lab: ready"),
        }
        if outlook.late and day:
            words["to_send"] = self.env._("lab: to send, late")
            words["sent"] = self.env._("lab: late, %s", day)
        level = "stop" if outlook.late else "info" if case.state == "checked" else "warn"
        return {
            "text": words[case.state],
            "level": level,
            "icon": "fa-exclamation-circle" if outlook.late else ICONS[case.state],
        }
