# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_datetime

from ..book import Pattern
from .dental_appointment_status import WITHOUT_PLACE

# Whoever wants the same people, chairs and patients comes one after the other: without the locks
# many who want one slot would wait for each other in a circle, and the database would end that as
# a deadlock. What is seen is what was there when the transaction began; the constraints decide.
TAKEN = """
    WITH turn AS MATERIALIZED (
        SELECT count(pg_advisory_xact_lock(%(lock)s, key))
          FROM (SELECT unnest(%(keys)s) AS key ORDER BY key) AS keys)
    SELECT held.kind, COALESCE(visit.number, blockout.name, offer.number), held.start, held.stop
      FROM turn, unnest(%(resources)s, %(patients)s, %(starts)s, %(stops)s)
           AS wanted(resource_id, patient_id, start, stop)
      JOIN dental_reservation held
        ON held.blocking
       AND (held.resource_id = wanted.resource_id OR held.patient_id = wanted.patient_id)
       AND tsrange(held.start, held.stop) && tsrange(wanted.start, wanted.stop)
      LEFT JOIN dental_appointment visit ON visit.id = held.appointment_id
      LEFT JOIN dental_blockout blockout ON blockout.id = held.blockout_id
      LEFT JOIN dental_slot_offer offer ON offer.id = held.offer_id
     ORDER BY held.start LIMIT 1
"""

# Class of the advisory locks that order those who book.
BOOK_LOCK = 0x0DE27A1


class DentalAppointment(models.Model):
    """What a visit holds in the book, and the refusal where that is taken."""

    _inherit = "dental.appointment"

    overlap_reason = fields.Char(
        copy=False,
        groups="dental_coordinator.group_coordinator,dental_coordinator.group_manager",
        help="Why this visit may overlap with others. Empty: it blocks its time.",
    )

    def _reserving_fields(self):
        """Fields whose change moves what a visit holds; the status is `_apply_status`'s matter."""
        return {
            "start",
            "stop",
            "pattern",
            "provider_id",
            "operatory_id",
            "patient_id",
            "overlap_reason",
            "active",
        }

    def _reserve(self):
        """Hold what these visits need and give back the rest; the database has the last word."""
        self.flush_recordset()
        reservations = self.env["dental.reservation"].sudo()
        if not self.env.context.get("dental_new"):
            self._give_back()
        rows = []
        for visit in self.sudo():
            visit._check_span()
            if visit.active and visit.status not in WITHOUT_PLACE:
                rows += visit._prepare_reservations()
        self._check_free([row for row in rows if row["blocking"]])
        reservations.create(rows)
        reservations.flush_model()

    def _give_back(self):
        """Delete what these visits hold. The ORM's way would empty the whole cache each time."""
        reservations = self.env["dental.reservation"]
        reservations.flush_model()
        self.env.cr.execute(
            SQL("DELETE FROM dental_reservation WHERE appointment_id = ANY(%s)", self.ids)
        )
        reservations.invalidate_model(flush=False)
        self.invalidate_recordset(["reservation_ids"], flush=False)

    def _check_span(self):
        length = 10 * len(self.pattern)
        minutes = (self.stop - self.start).total_seconds() / 60
        if minutes <= 0:
            raise UserError(
                self.env._(
                    "%(number)s ends before it starts. Correct start or end.", number=self.number
                )
            )
        if minutes != length:
            # Resized in the calendar: the pattern follows, in units of ten minutes.
            pattern = Pattern(self.pattern).resized(int(minutes)).units
            self.with_context(dental_reserving=True).write(self._prepare_resized(pattern))

    def _prepare_resized(self, pattern):
        return {"pattern": pattern}

    def _prepare_reservations(self):
        """Rows of dental.reservation: provider by his own minutes, chair and patient throughout."""
        self.ensure_one()
        common = {
            "appointment_id": self.id,
            "company_id": self.company_id.id,
            "blocking": not self.overlap_reason,
            "reason": self.overlap_reason,
            "resource_id": False,
            "patient_id": False,
        }
        rows = [
            {
                **common,
                "kind": "provider",
                "resource_id": self.provider_id.resource_id.id,
                "start": start,
                "stop": stop,
            }
            for start, stop in Pattern(self.pattern).provider_spans(self.start)
        ]
        whole = {"start": self.start, "stop": self.stop}
        chair = {"kind": "operatory", "resource_id": self.operatory_id.resource_id.id}
        return [
            *rows,
            {**common, **whole, **chair},
            {**common, **whole, "kind": "patient", "patient_id": self.patient_id.id},
        ]

    def _check_free(self, rows):
        """Name what is taken and what is free instead, before the database refuses.

        :raises UserError: the first collision, with the nearest free times
        """
        if not rows:
            return
        keys = {row["resource_id"] or -row["patient_id"] for row in rows}
        taken = self.env.execute_query(
            SQL(
                TAKEN,
                lock=BOOK_LOCK,
                keys=SQL("%s::int[]", list(keys)),
                resources=SQL("%s::int[]", [row["resource_id"] or None for row in rows]),
                patients=SQL("%s::int[]", [row["patient_id"] or None for row in rows]),
                starts=SQL("%s::timestamp[]", [row["start"] for row in rows]),
                stops=SQL("%s::timestamp[]", [row["stop"] for row in rows]),
            )
        )
        if taken:
            raise UserError(self._collision_message(*taken[0]))

    def _collision_message(self, kind, number, start, stop):
        labels = {
            "provider": self.env._("The provider"),
            "operatory": self.env._("The chair"),
            "equipment": self.env._("The equipment"),
            "patient": self.env._("The patient"),
        }
        message = self.env._(
            "%(what)s is taken from %(start)s to %(stop)s by %(number)s.",
            what=labels[kind],
            start=format_datetime(self.env, start, dt_format="short"),
            stop=format_datetime(self.env, stop, dt_format="short"),
            number=number or self.env._("a blocked time"),
        )
        plain = len(self) != 1 or self.env.context.get("dental_plain_refusal")
        free = [] if plain else self._nearest_free()
        if free:
            times = ", ".join(format_datetime(self.env, slot, dt_format="short") for slot in free)
            message += "\n" + self.env._("Free instead: %s.", times)
        return message

    def _nearest_free(self):
        """Three starts near the wanted one at which provider, chair and patient are free."""
        visit = self.sudo()
        finder = (
            self.env["dental.slot.finder"]
            .sudo()
            .new(
                {
                    "patient_id": visit.patient_id.id,
                    "type_id": visit.type_id.id,
                    "pattern": visit.pattern,
                    "provider_id": visit.provider_id.id,
                    "operatory_id": visit.operatory_id.id,
                }
            )
        )
        return [proposal.start for proposal in finder._nearest(visit.start)]
