# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models

from ..book import local
from .dental_appointment_status import BROKEN, COMING, FOLLOWS, INSIDE, OPEN

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


class DentalToday(models.AbstractModel):
    """The first screen: who comes, who is here, what is open. One request fills it."""

    _name = "dental.today"
    _description = "Today"

    @api.model
    def data(self):
        """Everything the screen shows.

        :return: {day, now, changes_at, warn_after, late_after (minutes), may_move, may_book,
            counters, arrived, checkout, next, leftovers: [row],
            chairs: [{id, name, visits: [row], next}], first_steps: [{text, action}]}; a counter
            is what `_counter` gives, a row what `_prepare_row` gives; moments are naive UTC
        """
        self.env["dental.operatory"].check_access("read")  # the team and its trainees
        visits, leftovers = self._visits(), self._leftovers()
        self._record_reading(visits | leftovers)
        rows = self._rows(visits | leftovers) + self._hidden_rows(visits)
        of_day = [row for row in rows if row["id"] not in leftovers.ids]
        chairs = self._chairs(visits, of_day)
        return {
            **self._frame(visits),
            "counters": self._counters(visits, chairs),
            "arrived": self._pick(of_day, ("arrived",), "arrived_at"),
            "chairs": chairs,
            "checkout": self._pick(of_day, ("checkout",), "start"),
            "next": self._pick(of_day, COMING, "start"),
            "leftovers": [
                self._prepare_leftover(row) for row in rows if row["id"] in leftovers.ids
            ],
            "first_steps": [] if rows else self._first_steps(),
        }

    # Business

    def _record_reading(self, visits):
        """A board that stays on the screen is one look an hour, however often it is refreshed."""
        self.env["dental.access.log"]._record(
            visits.sudo().patient_id, "list", model=self._name, minutes=60
        )

    def _frame(self, visits):
        company = self.env.company
        return {
            "day": fields.Date.to_string(self._day()),
            "now": fields.Datetime.now(),
            "changes_at": self._changes_at(visits),
            "warn_after": company.dental_wait_warn_minutes,
            "late_after": company.dental_wait_late_minutes,
            "may_move": visits.has_access("write"),
            "may_book": visits.has_access("create"),
        }

    def _changes_at(self, visits):
        """When the clock alone changes the picture: the next one is late, or the day is over."""
        _start, stop = self._day_span()
        now, grace = fields.Datetime.now(), timedelta(minutes=self.env.company.dental_late_minutes)
        late = [visit.start + grace for visit in visits if visit.status in COMING]
        return min([stop, *(moment for moment in late if moment >= now)])

    def _zone(self):
        return ZoneInfo(self.env.company.resource_calendar_id.tz or self.env.user.tz or "UTC")

    def _day(self):
        return local.day_of(fields.Datetime.now(), self._zone())

    def _day_span(self):
        """Begin and end of the clinic's day, naive UTC."""
        return local.day_span(self._day(), self._zone())

    def _day_domain(self):
        start, stop = self._day_span()
        return [("start", ">=", start), ("start", "<", stop), ("status", "in", (*OPEN, "done"))]

    def _visits(self):
        return self.env["dental.appointment"].search(self._day_domain(), order="start, id")

    def _leftover_domain(self):
        """Visits of earlier days that were neither closed nor broken."""
        start, _stop = self._day_span()
        return [("start", "<", start), ("status", "in", OPEN)]

    def _leftovers(self):
        return self.env["dental.appointment"].search(
            self._leftover_domain(), order="start, id", limit=SHOWN_LEFTOVERS
        )

    def _pick(self, rows, statuses, order):
        found = [row for row in rows if row["status"] in statuses]
        return sorted(found, key=lambda row: (row[order] or row["start"], row["id"]))

    def _rows(self, visits):
        flags = self._flags(visits)
        return [self._prepare_row(visit, flags.get(visit.id, [])) for visit in visits]

    def _prepare_row(self, visit, flags):
        patient = visit.patient_id.with_context(dental_names=True)
        follows = FOLLOWS[visit.status]
        return {
            **self._prepare_place(visit),
            "number": visit.number,
            "patient_id": patient.id,
            "patient": patient.display_name,
            "type": visit.type_id.name,
            "provider": visit.provider_id.name,
            "is_new": visit.is_new,
            "flags": flags,
            "usual": self._usual_step(visit),
            "steps": [key for key, status in STEPS.items() if status in follows],
            "breaks": [status for status in BROKEN if status in follows],
        }

    def _prepare_place(self, visit):
        """Where and when, without a word of whom."""
        return {
            "id": visit.id,
            "chair_id": visit.operatory_id.id,
            "chair": visit.operatory_id.name,
            "status": visit.status,
            "start": visit.start,
            "stop": visit.stop,
            "arrived_at": visit.arrived_at,
            "seated_at": visit.seated_at,
            "late": visit.status in COMING and visit.start < self._late_before(),
        }

    def _late_before(self):
        minutes = self.env.company.dental_late_minutes
        return fields.Datetime.now() - timedelta(minutes=minutes)

    def _usual_step(self, visit):
        """Key of `STEPS` for the button on the row. Addons with a step between override it."""
        return USUAL.get(visit.status)

    def _prepare_leftover(self, row):
        """Nobody is seated for a visit of yesterday: what remains is to check it out."""
        return {**row, "usual": "checkout" if "checkout" in row["steps"] else row["usual"]}

    def _hidden_rows(self, visits):
        """Restricted visits of the day: the chair is taken, and which file to ask for."""
        if not self.env.user.has_group("dental_coordinator.group_staff"):
            return []
        everything = self.env["dental.appointment"].sudo()
        domain = [*self._day_domain(), ("company_id", "in", self.env.companies.ids)]
        hidden = everything.search(domain, order="start, id") - visits.sudo()
        return [
            {
                **self._prepare_place(visit),
                "restricted": True,
                "patient": self.env._("Restricted"),
                "file": visit.patient_id.number,
                "flags": [],
                "steps": [],
                "breaks": [],
            }
            for visit in hidden
        ]

    def _flags(self, visits):
        """Short warnings beside the names. Addons add theirs.

        :return: {visit id: [{level: stop|warn|info, text}]}
        """
        return {visit.id: visit.patient_id._alerts() for visit in visits}

    def _chairs(self, visits, rows):
        """Each chair with who sits in it, and when the next one is due."""
        chairs = visits.operatory_id
        if self.env.user.has_group("dental_coordinator.group_staff"):
            # A trainee learns nothing of the other chairs.
            own = [("company_id", "in", [False, *self.env.companies.ids])]
            chairs = chairs.search(own) | chairs
        seated = self._pick(rows, IN_CHAIR, "seated_at")
        waiting = self._pick(rows, (*COMING, "arrived"), "start")
        return [
            {
                "id": chair.id,
                "name": chair.name,
                "visits": [row for row in seated if row["chair_id"] == chair.id],
                "next": next((r["start"] for r in waiting if r["chair_id"] == chair.id), False),
            }
            for chair in chairs
        ]

    def _counters(self, visits, chairs):
        """Numbers of the top line; each opens the list of the same records. Addons add theirs."""
        late_before = self._late_before()
        in_chair = visits.filtered(lambda v: v.status in IN_CHAIR)
        late = visits.filtered(lambda v: v.status in COMING and v.start < late_before)
        unconfirmed = visits.filtered(lambda v: v.status in ("held", "scheduled"))
        return [
            self._counter("in", self.env._("In"), visits.filtered(lambda v: v.status in INSIDE)),
            self._counter("late", self.env._("Late"), late, level="danger"),
            {**self._counter("chairs", self.env._("In chairs"), in_chair), "of": len(chairs)},
            self._counter("unconfirmed", self.env._("Unconfirmed"), unconfirmed),
            self._counter(
                "done", self.env._("Done"), visits.filtered(lambda v: v.status == "done")
            ),
            self._leftover_counter(),
        ]

    def _leftover_counter(self):
        visits, domain = self.env["dental.appointment"], self._leftover_domain()
        counter = self._counter("leftovers", self.env._("Left open"), visits, level="danger")
        return {**counter, "count": visits.search_count(domain), "domain": domain}

    def _counter(self, key, label, records, level=None):
        """A number of the top line.

        :param level: ``warning`` or ``danger``: how a number above zero asks for attention
        :return: {key, label, count, level, model, domain}
        """
        return {
            "key": key,
            "label": label,
            "count": len(records),
            "level": level,
            "model": records._name,
            "domain": [("id", "in", records.ids)],
        }

    def _first_steps(self):
        """What to set up before the first visit can be booked: [{text, action}]."""
        asked = [
            ("dental.operatory", self.env._("Add a chair"), "dental_operatory_action"),
            ("dental.provider", self.env._("Add a dentist"), "dental_provider_action"),
            (
                "dental.appointment.type",
                self.env._("Add a kind of visit"),
                "dental_appointment_type_action",
            ),
            ("dental.patient", self.env._("Add the first patient"), "dental_patient_action"),
        ]
        return [
            {"text": text, "action": f"dental_coordinator.{action}"}
            for model, text, action in asked
            if self.env[model].has_access("create") and not self.env[model].search([], limit=1)
        ]
