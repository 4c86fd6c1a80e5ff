# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..book import Pattern
from .dental_appointment_status import WITHOUT_PLACE
from .insert_rows import insert_rows
from .say_moment import say_moment

# Whoever wants the same people, chairs and patients comes one after the other: without the locks
# many who want one slot would wait for each other in a circle, and the database would end that as
# a deadlock. What is seen is what was there when the transaction began; the constraints decide.
# The condition on the turn is asked once and first: who does not hold the locks sees nothing.
HELD = """
    WITH turn AS MATERIALIZED (
        SELECT count(pg_advisory_xact_lock(%(lock)s, key)) AS locks
          FROM (SELECT unnest(%(keys)s) AS key ORDER BY key) AS keys)
    SELECT held.id, COALESCE(held.resource_id, -held.patient_id), held.start, held.stop
      FROM dental_reservation held
     WHERE (SELECT locks FROM turn) > 0 AND held.blocking
       AND (held.resource_id = ANY(%(resources)s) OR held.patient_id = ANY(%(patients)s))
       AND tsrange(held.start, held.stop) && tsrange(%(start)s, %(stop)s)
     ORDER BY held.start
"""

# What booking reads of the records that a visit is made of.
TO_BOOK = {
    "patient_id": (
        "company_id",
        "arrive_early_minutes",
        "has_access_needs",
        "no_booking",
        "restricted",
    ),
    "provider_id": ("company_id", "resource_id", "user_id"),
    "operatory_id": ("company_id", "resource_id", "kind"),
    "type_id": (
        "pattern",
        "room_kind",
        "code_rule",
        "adds_codes",
        "is_surgery",
        "postop_call",
    ),
}

# Class of the advisory locks that order those who book.
BOOK_LOCK = 0x0DE27A1


class DentalAppointment(models.Model):
    """What a visit holds in the book, and the refusal where that is taken."""

    _inherit = "dental.appointment"

    overlap_reason = fields.Char(
        copy=False,
        groups="dental_coordinator.group_coordinator,dental_coordinator.group_manager",
        help="Why this visit may overlap with others. Empty: it blocks its time.",
        string="Overlap reason",
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

    def _to_book(self):
        """{field: fields of its records that booking reads}. Addons whose rules read more add."""
        return TO_BOOK

    def _fetch_to_book(self, vals_list):
        """Fetch what booking needs to know of patient, provider, chair and kind of visit.

        These records have many fields; one by one they would be fetched with all of them. What a
        rule of an addon reads beside these it adds to `_to_book`.
        """
        for name, known in self._to_book().items():
            comodel = self.env[self._fields[name].comodel_name]
            ids = {vals[name] for vals in vals_list if vals.get(name)}
            comodel.sudo().browse(ids).fetch(known)

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
        insert_rows(reservations, self._seated(rows))
        self.invalidate_recordset(["reservation_ids"], flush=False)

    def _seated(self, rows):
        """The rows as they are to be held; rooms for several patients give places out here."""
        return rows

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
            "seat": 0,
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
        wanted = defaultdict(list)
        for row in rows:
            wanted[row["resource_id"] or -row["patient_id"]].append((row["start"], row["stop"]))
        for held, key, start, stop in self._held(rows, list(wanted)) if rows else ():
            if any(start < end and begin < stop for begin, end in wanted[key]):
                reservation = self.env["dental.reservation"].sudo().browse(held)
                raise UserError(self._collision_message(reservation))

    def _held(self, rows, keys):
        """What is held between the first and the last of ``rows``, once it is one's turn.

        :param keys: resources of the rows, and their patients with a minus
        :return: list of (reservation id, key, start, stop) by start
        """
        return self.env.execute_query(
            SQL(
                HELD,
                lock=BOOK_LOCK,
                keys=SQL("%s::int[]", keys),
                resources=SQL("%s::int[]", [key for key in keys if key > 0]),
                patients=SQL("%s::int[]", [-key for key in keys if key < 0]),
                start=min(row["start"] for row in rows),
                stop=max(row["stop"] for row in rows),
            )
        )

    def _collision_message(self, held):
        """Who or what is held, when, by which number; and what is free instead."""
        number = held.appointment_id.number or held.blockout_id.name or held.offer_id.number
        labels = {
            "provider": self.env._("The provider"),
            "operatory": self.env._("The chair"),
            "equipment": self.env._("The equipment"),
            "patient": self.env._("The patient"),
        }
        message = self.env._(
            "%(what)s is taken from %(start)s to %(stop)s by %(number)s.",
            what=labels[held.kind],
            start=say_moment(self.env, held.start, held.company_id),
            stop=say_moment(self.env, held.stop, held.company_id),
            number=number or self.env._("a blocked time"),
        )
        return message + self._free_instead()

    def _free_instead(self):
        """Words for the nearest free times, on a line of their own, or nothing."""
        plain = len(self) != 1 or self.env.context.get("dental_plain_refusal")
        free = [] if plain else self._nearest_free()
        if not free:
            return ""
        times = ", ".join(say_moment(self.env, slot, self.company_id) for slot in free)
        return "\n" + self.env._("Free instead: %s.", times)

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
