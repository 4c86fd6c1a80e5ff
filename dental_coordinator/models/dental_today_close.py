# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .dental_appointment_status import COMING, INSIDE


class DentalToday(models.AbstractModel):
    """Closing the day: nobody is left in the house, nothing is left undecided."""

    _inherit = "dental.today"

    @api.model
    def closing(self):
        """What is still open at the end of the day.

        :return: {now, day, may_move, inside, undecided: [row], people: [{id, name, kind, in_at}],
            left, closed_at, counters}; rows as those of `data`
        """
        self.env["dental.presence"].check_access("read")
        data = self.data()
        rows = [*data["arrived"], *data["checkout"], *data["next"], *data["leftovers"]]
        rows += [row for chair in data["chairs"] for row in chair["visits"]]
        inside = [row for row in rows if row["status"] in INSIDE]
        undecided = [row for row in rows if row["status"] in COMING and row["start"] < data["now"]]
        people = self._people_inside()
        kept = ("now", "day", "may_move", "warn_after", "late_after", "closed_at", "note")
        return {
            **{key: data[key] for key in kept},
            "inside": sorted(inside, key=lambda row: row["start"]),
            "undecided": sorted(undecided, key=lambda row: row["start"]),
            "people": people,
            "later": len(self._with_status(data["next"], COMING)) - self._of_today(undecided),
            "left": self._left_to_close(),
            "counters": [
                counter
                for counter in data["counters"]
                if counter["key"] not in ("in", "late", "missed", "call_in", "chairs", "holes")
            ],
        }

    # Business

    def _of_today(self, rows):
        return len([row for row in rows if not row["leftover"]])

    def _people_inside(self):
        people = self.env["dental.presence"].search([("out_at", "=", False)], order="in_at")
        return [
            {
                "id": person.id,
                "name": person.name,
                "kind": dict(person._fields["kind"]._description_selection(self.env))[person.kind],
                "team": person.kind == "team",
                "badge": person.badge or "",
                "in_at": person.in_at,
            }
            for person in people
        ]

    def _left_to_close(self):
        """How many people and visits are still open, restricted ones too; not those yet to come."""
        own = [("company_id", "=", self.env.company.id)]
        visits = self.env["dental.appointment"].sudo()
        _start, stop = self._day_span()
        inside = [("status", "in", INSIDE), ("start", "<", stop)]
        undecided = [("status", "in", COMING), ("start", "<", fields.Datetime.now())]
        people = self.env["dental.presence"].sudo().search_count([*own, *self._visitor_domain()])
        return visits.search_count(own + inside) + visits.search_count(own + undecided) + people
