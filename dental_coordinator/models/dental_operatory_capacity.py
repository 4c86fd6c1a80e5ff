# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from psycopg2.errors import ExclusionViolation

from odoo import api, fields, models, tools
from odoo.exceptions import ConcurrencyError, UserError

from ..book import crowded, seated
from .dental_appointment_status import OPEN


class DentalOperatory(models.Model):
    """Rooms in which several patients are treated or rest at the same time."""

    _inherit = "dental.operatory"

    capacity = fields.Integer(
        string="Places",
        required=True,
        default=1,
        help="So many visits may be in this room at the same time.",
    )

    _capacity_positive = models.Constraint(
        "CHECK (capacity >= 1)", "A room has a place for one patient at least."
    )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("capacity", 1) > 1 for vals in vals_list):
            self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        """Visits to come hold places of the room as it is now.

        :raises UserError: where more are booked at once than it will have places
        """
        changed = self.filtered(lambda room: vals.get("capacity", room.capacity) != room.capacity)
        result = super().write(vals)
        if changed:
            self.env.registry.clear_cache()
            changed._seat_again()
        return result

    # Business

    @api.model
    @tools.ormcache()
    def _group_rooms(self):
        """{resource id: capacity} of the rooms for several patients: most clinics have none."""
        rooms = self.sudo().with_context(active_test=False).search([("capacity", ">", 1)])
        return {room.resource_id.id: room.capacity for room in rooms}

    def _seat_again(self):
        visits = self.env["dental.appointment"].sudo()
        coming = [("stop", ">=", fields.Datetime.now()), ("status", "in", OPEN)]
        for visit in visits.search([("operatory_id", "in", self.ids), *coming], order="start, id"):
            visit._reserve()  # one by one, so that a refusal names who is in the way


class DentalBook(models.AbstractModel):
    _inherit = "dental.book"

    def _busy(self, resources, start, stop, patients=None, visit=None):
        """A room for several patients is taken only while it is full."""
        busy = super()._busy(resources, start, stop, patients, visit)
        rooms = self.env["dental.operatory"]._group_rooms()
        here = rooms.keys() & set(resources._ids)
        if not here:
            return busy
        taken = self._taken_seats(here, start, stop, visit)
        full = [
            (room, *span) for room, rows in taken.items() for span in crowded(rows, rooms[room])
        ]
        return [row for row in busy if row[0] not in here] + full

    def _taken_seats(self, rooms, start, stop, visits=None):
        """{resource id of a room: rows (start, stop, seat)} between two moments, in one query.

        :param visits: visits whose own places do not count
        """
        reservations = self.env["dental.reservation"].sudo()
        found = reservations.search_fetch(
            [
                ("resource_id", "in", [*rooms]),
                ("blocking", "=", True),
                ("start", "<", stop),
                ("stop", ">", start),
                ("appointment_id", "not in", visits.ids if visits else []),
            ],
            ["resource_id", "start", "stop", "seat"],
        )
        taken = defaultdict(list)
        for row in found:
            taken[row.resource_id.id].append((row.start, row.stop, row.seat))
        return taken


class DentalAppointment(models.Model):
    """A visit in such a room takes one of its places; the database keeps two from one place."""

    _inherit = "dental.appointment"

    def _reserve(self):
        """Who was given a place that somebody just took tries again: there may be another.

        :raises ConcurrencyError: the server repeats the request, which sees what was taken
        """
        rooms = self.env["dental.operatory"]._group_rooms()
        try:
            return super()._reserve()
        except ExclusionViolation as error:
            if rooms.keys() & set(self.sudo().operatory_id.resource_id._ids):
                raise ConcurrencyError("a place in a room was taken meanwhile") from error
            raise

    def _held(self, rows, keys):
        """In a room for several patients only what fills it is in the way."""
        held = super()._held(rows, keys)
        rooms = self.env["dental.operatory"]._group_rooms()
        here = rooms.keys() & set(keys)
        return [row for row in held if row[1] not in here] if here else held

    def _seated(self, rows):
        """The rows that are to be held, each in a room for several with a place of its own.

        :raises UserError: where a room is full
        """
        rooms = self.env["dental.operatory"]._group_rooms()
        wanted = [row for row in rows if row["blocking"] and row["resource_id"] in rooms]
        if not wanted:
            return super()._seated(rows)
        taken = self.env["dental.book"]._taken_seats(
            {row["resource_id"] for row in wanted},
            min(row["start"] for row in wanted),
            max(row["stop"] for row in wanted),
            self,
        )
        return [row for row in rows if row not in wanted] + [
            piece for row in wanted for piece in self._seat(row, taken, rooms)
        ]

    def _seat(self, row, taken, rooms):
        room = row["resource_id"]
        found = seated(row["start"], row["stop"], taken[room], rooms[room])
        if found is None:
            raise UserError(self._full_message(row, taken, rooms))
        taken[room] += found
        return [{**row, "start": start, "stop": stop, "seat": seat} for start, stop, seat in found]

    def _full_message(self, row, taken, rooms):
        room = row["resource_id"]
        visit = self.browse(row["appointment_id"]).sudo()
        message = self.env._(
            "%(number)s: %(room)s is full at that time, it has %(places)s places.",
            number=visit.number,
            room=visit.operatory_id.name,
            places=rooms[room],
        )
        return message + visit._free_instead()
