# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from .dental_appointment_status import BROKEN, COMING, FOLLOWS

IN_CHAIR = ("seated", "in_treatment")
# Key of a step on the screen (method `action_<key>`) and the status it leads to.
STEPS = {
    "confirm": "confirmed",
    "arrive": "arrived",
    "seat": "seated",
    "treat": "in_treatment",
    "checkout": "checkout",
    "done": "done",
}
# The step that usually comes next: the button on the row.
USUAL = {
    "held": "arrive",
    "scheduled": "arrive",
    "confirmed": "arrive",
    "arrived": "seat",
    "seated": "checkout",
    "in_treatment": "checkout",
    "checkout": "done",
}
SHOWN_LEFTOVERS = 30
# All that a row shows, whoever may read it: what is not for the reader is left out in Python.
ROWS = """
SELECT %(columns)s,
       visit.id IN (%(allowed)s UNION ALL (%(leftovers)s)) AS allowed
  FROM (%(everything)s UNION (%(leftovers)s)) AS shown
  JOIN dental_appointment visit ON visit.id = shown.id
  JOIN calendar_event event ON event.id = visit.event_id
  JOIN dental_patient patient ON patient.id = visit.patient_id
  JOIN dental_appointment_type kind ON kind.id = visit.type_id
  JOIN dental_provider provider ON provider.id = visit.provider_id
  JOIN dental_operatory chair ON chair.id = visit.operatory_id
  LEFT JOIN dental_room_turn turn ON turn.operatory_id = chair.id AND turn.ready_at IS NULL
 ORDER BY event.start, visit.id
"""
PLACE = ("id", "chair_id", "chair", "status", "start", "stop", "arrived_at", "seated_at")
TICKED = "SELECT count(*) FROM dental_visit_tick tick WHERE tick.appointment_id = visit.id"
TO_TICK = """
SELECT count(*) FROM dental_visit_check box
 WHERE box.active AND (box.company_id IS NULL OR box.company_id = visit.company_id)
   AND (NOT EXISTS (SELECT 1 FROM dental_appointment_type_dental_visit_check_rel asked
                     WHERE asked.dental_visit_check_id = box.id)
        OR EXISTS (SELECT 1 FROM dental_appointment_type_dental_visit_check_rel asked
                    WHERE asked.dental_visit_check_id = box.id
                      AND asked.dental_appointment_type_id = visit.type_id))
"""
CHAIRS = """
SELECT chair.id, chair.name, chair.code, chair.resource_id,
       CASE WHEN turn.id IS NULL THEN 'ready' WHEN turn.cleaning_at IS NULL THEN 'dirty'
            ELSE 'cleaning' END AS state,
       COALESCE(turn.cleaning_at, turn.dirty_at) AS since
  FROM dental_operatory chair
  LEFT JOIN dental_room_turn turn ON turn.operatory_id = chair.id AND turn.ready_at IS NULL
 WHERE chair.id IN (%s) ORDER BY chair.sequence, chair.name, chair.id
"""


class DentalToday(models.AbstractModel):
    """The rows of the screen: one query, however many visits there are."""

    _inherit = "dental.today"

    def _rows(self):
        """Visits of the day and what earlier days left open, by start.

        :return: list of rows, as of `_prepare_row`; of a restricted file only the place is there
        """
        found = self._fetch_rows()
        open_rows = [row for row in found if row["allowed"]]
        patients = self.env["dental.patient"].search_fetch(
            [("id", "in", list({row["patient_id"] for row in open_rows}))],
            ["company_id", "medical_note"],
        )
        flags = self._flags(patients)
        self._record_reading(patients)
        seated = {row["chair_id"] for row in found if row["status"] in IN_CHAIR}
        staff = self.env.user.has_group("dental_coordinator.group_staff")
        rows = [
            self._prepare_row(row, flags.get(row["patient_id"], []), seated)
            if row["allowed"]
            else self._prepare_hidden(row)
            for row in found
            if row["allowed"] or staff
        ]
        return sorted(rows, key=lambda row: bool(row.get("restricted")))

    def _record_reading(self, patients):
        """A board that stays on the screen is one look an hour, however often it is refreshed."""
        self.env["dental.access.log"]._record(patients.sudo(), "list", model=self._name, minutes=60)

    def _fetch_rows(self):
        visits, day = self.env["dental.appointment"], self._day_domain()
        own = [*day, ("company_id", "in", self.env.companies.ids)]
        allowed = visits._search(day)
        leftovers = visits._search(
            self._leftover_domain(), order="start, id", limit=SHOWN_LEFTOVERS
        )
        columns = self._row_columns()
        self.env.flush_all()
        query = SQL(
            ROWS,
            columns=SQL(", ").join(columns.values()),
            allowed=allowed.select(),
            leftovers=leftovers.select(),
            everything=visits.sudo()._search(own).select(),
        )
        keys = (*columns, "allowed")
        return [dict(zip(keys, row, strict=True)) for row in self.env.execute_query(query)]

    def _row_columns(self):
        """{key: SQL} of what is read for a row. Addons add theirs, and show them in a row."""
        words = self.env["dental.appointment.type"]._field_to_sql("kind", "name")
        own = ("number", "status", "patient_id", "provider_id", "is_new", "arrived_at")
        return {
            **{name: SQL.identifier("visit", name) for name in ("id", *own)},
            **{name: SQL.identifier("visit", name) for name in ("seated_at", "called_at")},
            **{name: SQL.identifier("visit", name) for name in ("expected_at", "ticket")},
            "early": SQL("COALESCE(visit.arrive_early_minutes, 0)"),
            "start": SQL("event.start"),
            "stop": SQL("event.stop"),
            "file": SQL("patient.number"),
            "first_name": SQL("patient.first_name"),
            "last_name": SQL("patient.last_name"),
            "preferred_name": SQL("patient.preferred_name"),
            "type": words,
            "provider": SQL("provider.name"),
            "provider_resource": SQL("provider.resource_id"),
            "chair_id": SQL("chair.id"),
            "chair": SQL("chair.name"),
            "room_ready": SQL("turn.id IS NULL"),
            "ticked": SQL("(%s)", SQL(TICKED)),
            "to_tick": SQL("(%s)", SQL(TO_TICK)),
        }

    def _prepare_row(self, row, flags, seated):
        """What is shown of a visit that one may open.

        :param seated: chairs in which somebody sits
        """
        follows = FOLLOWS[row["status"]]
        names = (row["first_name"], row["last_name"], row["preferred_name"])
        return {
            **self._prepare_place(row),
            "number": row["number"],
            "patient_id": row["patient_id"],
            "patient": self.env["dental.patient"]._name_of(*names),
            "type": row["type"],
            "provider_id": row["provider_id"],
            "provider": row["provider"],
            "provider_resource": row["provider_resource"],
            "is_new": bool(row["is_new"]),
            "flags": flags,
            "usual": self._usual_step(row["status"]),
            "steps": [key for key, status in STEPS.items() if status in follows],
            "breaks": [status for status in BROKEN if status in follows],
            "asked_at": row["early"] and row["start"] - timedelta(minutes=row["early"]),
            "ticket": row["ticket"] or "",
            "called_at": row["called_at"] or False,
            "call_in": self._is_to_call(row, seated),
            "missed": self._is_missed(row),
            "slip": [row["ticked"], row["to_tick"]] if row["to_tick"] else False,
        }

    def _prepare_place(self, row):
        """Where and when, without a word of whom."""
        start, _stop = self._day_span()
        return {
            **{key: row[key] or False for key in PLACE},
            "late": row["status"] in COMING and row["start"] < self._late_before(),
            "leftover": row["start"] < start,
        }

    def _is_to_call(self, row, seated):
        """Whether a waiting patient may be called in: the chair is empty and ready."""
        free = row["room_ready"] and row["chair_id"] not in seated
        return row["status"] == "arrived" and free and not row["called_at"]

    def _is_missed(self, row):
        """Whether to propose that the patient does not come. Nobody decides it but a person."""
        now, minutes = fields.Datetime.now(), self.env.company.dental_missed_minutes
        if not minutes or row["status"] not in COMING:
            return False
        waited_for = row["expected_at"] and row["expected_at"] > now
        return row["start"] + timedelta(minutes=minutes) <= now and not waited_for

    def _usual_step(self, status):
        """Key of `STEPS` for the button on the row. Addons with a step between override it."""
        return USUAL.get(status)

    def _prepare_leftover(self, row):
        """Nobody is seated for a visit of yesterday: what remains is to check it out."""
        return {**row, "usual": "checkout" if "checkout" in row["steps"] else row["usual"]}

    def _prepare_hidden(self, row):
        """A restricted visit of the day: the chair is taken, and which file to ask for."""
        return {
            **self._prepare_place(row),
            "restricted": True,
            "patient": self.env._("Restricted"),
            "file": row["file"],
            "flags": [],
            "steps": [],
            "breaks": [],
            "call_in": False,
            "missed": False,
        }

    def _flags(self, patients):
        """Short warnings beside the names. Addons add theirs.

        :return: {patient id: [{level: stop|warn|info, text}]}
        """
        return patients._alerts_by_patient()

    def _chairs(self, rows):
        """Each chair with who sits in it, when the next one is due, and whether it is clean."""
        chairs = self.env["dental.operatory"]
        if self.env.user.has_group("dental_coordinator.group_staff"):
            own = [("company_id", "in", [False, *self.env.companies.ids])]
            used = chairs._search(own)
        else:  # A trainee learns nothing of the other chairs.
            used = chairs.browse({row["chair_id"] for row in rows})._as_query()
        seated = self._pick(rows, IN_CHAIR, "seated_at")
        waiting = self._pick(rows, (*COMING, "arrived"), "start")
        return [
            {
                "id": chair_id,
                "name": name,
                "code": code or "",
                "resource_id": resource_id,
                "state": state,
                "since": since or False,
                "visits": [row for row in seated if row["chair_id"] == chair_id],
                "next": next((r["start"] for r in waiting if r["chair_id"] == chair_id), False),
            }
            for chair_id, name, code, resource_id, state, since in self.env.execute_query(
                SQL(CHAIRS, used.select())
            )
        ]
