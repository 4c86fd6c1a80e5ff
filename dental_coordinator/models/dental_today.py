# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..book import local
from .dental_appointment_status import COMING, INSIDE, OPEN

IN_CHAIR = ("seated", "in_treatment")


class DentalToday(models.AbstractModel):
    """The first screen: who comes, who is here, what is open. One request fills it.

    Its rows come from one query (`dental_today_rows.py`), all its numbers and notes from another.
    """

    _name = "dental.today"
    _description = "Today"

    @api.model
    def data(self):
        """Everything the screen shows.

        :return: {day, now, changes_at, warn_after, late_after (minutes), may_move, may_book,
            counters, arrived, checkout, next, leftovers: [row],
            chairs: [{id, name, visits: [row], next, state, since}], first_steps: [{text, action}]}
            and what `_look` finds; a counter is what `_counter` gives, a row what `_prepare_row`
            gives; moments are naive UTC
        """
        self.env["dental.operatory"].check_access("read")  # the team and its trainees
        rows = self._rows()
        of_day = [row for row in rows if not row["leftover"]]
        chairs = self._chairs(of_day)
        look = self._look()
        return {
            **self._frame(of_day),
            **self._seen(look),
            "counters": self._counters(of_day, chairs) + self._asked_counters(look),
            "arrived": self._pick(of_day, ("arrived",), "arrived_at"),
            "chairs": chairs,
            "checkout": self._pick(of_day, ("checkout",), "start"),
            "next": self._pick(of_day, COMING, "start"),
            "leftovers": [self._prepare_leftover(row) for row in rows if row["leftover"]],
            "first_steps": [] if rows else self._first_steps(),
        }

    # Business

    def _frame(self, rows):
        company = self.env.company
        visits = self.env["dental.appointment"]
        return {
            "day": fields.Date.to_string(self._day()),
            "now": fields.Datetime.now(),
            "changes_at": self._changes_at(rows),
            "warn_after": company.dental_wait_warn_minutes,
            "late_after": company.dental_wait_late_minutes,
            "may_move": visits.has_access("write"),
            "may_book": visits.has_access("create"),
        }

    def _changes_at(self, rows):
        """When the clock alone changes the picture: the next one is late, or the day is over."""
        _start, stop = self._day_span()
        now, company = fields.Datetime.now(), self.env.company
        coming = [row["start"] for row in rows if row["status"] in COMING]
        moments = [
            start + timedelta(minutes=minutes)
            for start in coming
            for minutes in (company.dental_late_minutes, company.dental_missed_minutes)
        ]
        return min([stop, *(moment for moment in moments if moment >= now)])

    def _zone(self):
        return self.env.company._dental_zone()

    def _day(self):
        return self.env.company._dental_day()

    def _day_span(self):
        """Begin and end of the clinic's day, naive UTC."""
        return local.day_span(self._day(), self._zone())

    def _day_domain(self):
        start, stop = self._day_span()
        return [("start", ">=", start), ("start", "<", stop), ("status", "in", (*OPEN, "done"))]

    def _leftover_domain(self):
        """Visits of earlier days that were neither closed nor broken."""
        start, _stop = self._day_span()
        return [("start", "<", start), ("status", "in", OPEN)]

    def _late_before(self):
        minutes = self.env.company.dental_late_minutes
        return fields.Datetime.now() - timedelta(minutes=minutes)

    def _pick(self, rows, statuses, order):
        found = [row for row in rows if row["status"] in statuses]
        return sorted(found, key=lambda row: (row[order] or row["start"], row["id"]))

    # What else there is to know: one query for all of it

    def _look(self):
        """Answers to everything in `_asked` and `_asked_lists`, in one query.

        :return: {key: value}
        """
        asked = self._asked()
        for key, model, domain, *_words in self._asked_lists():
            query = self.env[model]._search(Domain(domain))
            asked[f"count_{key}"] = SQL("SELECT count(*) FROM (%s) AS listed", query.select())
        self.env.flush_all()
        parts = SQL(", ").join(SQL("(%s)", question) for question in asked.values())
        return dict(zip(asked, self.env.execute_query(SQL("SELECT %s", parts))[0], strict=True))

    def _asked(self):
        """Questions that the screen asks besides: {key: SQL of one value}. Addons add theirs."""
        return {}

    def _seen(self, look):
        """The part of the screen's data that answers `_asked`. Addons add theirs."""
        return {}

    def _asked_lists(self):
        """Lists that are counted at the top: [(key, model, domain, label, level)].

        Addons add theirs, where the user may read the model; the last ones stand rightmost.
        """
        label = self.env._("Left open")
        return [("leftovers", "dental.appointment", self._leftover_domain(), label, "danger")]

    def _asked_counters(self, look):
        return [
            {
                "key": key,
                "label": label,
                "count": look[f"count_{key}"],
                "level": level,
                "model": model,
                "domain": domain,
            }
            for key, model, domain, label, level in self._asked_lists()
        ]

    # Numbers of the top line

    def _counters(self, rows, chairs):
        """Numbers of the top line; each opens the list of the same records. Addons add theirs.

        :param rows: visits of the day; restricted ones are counted nowhere
        """
        rows = [row for row in rows if not row.get("restricted")]
        in_chair = self._with_status(rows, IN_CHAIR)
        late = [row for row in rows if row["late"] and not row["missed"]]
        call = [row for row in rows if row["call_in"]]
        missed = [row for row in rows if row["missed"]]
        return [
            self._counter("in", self.env._("In"), self._with_status(rows, INSIDE)),
            self._counter("late", self.env._("Late"), late, level="danger"),
            self._counter("missed", self.env._("Not come"), missed, level="danger"),
            self._counter("call_in", self.env._("Call in"), call, level="warning"),
            {**self._counter("chairs", self.env._("In chairs"), in_chair), "of": len(chairs)},
            self._counter(
                "unconfirmed",
                self.env._("Unconfirmed"),
                self._with_status(rows, ("held", "scheduled")),
            ),
            self._counter("done", self.env._("Done"), self._with_status(rows, ("done",))),
        ]

    def _with_status(self, rows, statuses):
        return [row for row in rows if row["status"] in statuses]

    def _counter(self, key, label, rows, level=None, model="dental.appointment"):
        """A number of the top line.

        :param rows: what is counted: anything with an ``id``
        :param level: ``warning`` or ``danger``: how a number above zero asks for attention
        :return: {key, label, count, level, model, domain}
        """
        return {
            "key": key,
            "label": label,
            "count": len(rows),
            "level": level,
            "model": model,
            "domain": [("id", "in", [row["id"] for row in rows])],
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
