# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError

from .dental_appointment_status import OPEN


class DentalPatient(models.Model):
    """What every screen shows of a patient first, and the quick ways to a file."""

    _inherit = "dental.patient"

    # Actions

    def action_check_in(self):
        """The patient stands at the desk: the first visit of today has arrived."""
        self.ensure_one()
        visit = self._visits_from_today().filtered(lambda v: v._is_coming() and v._is_today())[:1]
        if not visit:
            raise UserError(
                self.env._(
                    "%(number)s: no visit of today waits for an arrival. Book one first.",
                    number=self.number,
                )
            )
        return visit.action_arrive()

    # Business

    def header_data(self):
        """All that the header shows, in one request. It is logged as an opening of the file.

        :return: {id, number, restricted}; and what `_header_data` adds when one may open the file
        :raises AccessError: for a file of another clinic, or for someone outside the team
        """
        self.ensure_one()
        if self._is_hidden():
            return {"id": self.id, "number": self.sudo().number, "restricted": True}
        self.check_access("read")
        self._record_reading()
        return self._access_recorded()._header_data()

    def _is_hidden(self):
        """A restricted file of the own clinic, which somebody of the team may ask for."""
        patient = self.sudo()
        return (
            self.env.user.has_group("dental_coordinator.group_staff")
            and patient.company_id in self.env.companies
            and not self.has_access("read")
            and patient.restricted
        )

    def _header_data(self):
        """Content of the header. Addons add facts, or keys that their own parts of it show.

        :return: {id, number, restricted, name, pronoun, age, birth_date, alerts (see `_alerts`),
            facts (see `_header_facts`), may_book, may_check_in}
        """
        visits = self._visits_from_today()
        at_door = visits.filtered(lambda v: v._is_coming() and v._is_today())
        return {
            "id": self.id,
            "number": self.number,
            "restricted": False,
            "name": self._full_name(),
            "pronoun": self.pronoun,
            "age": self.birth_date and self.age,
            "birth_date": self.birth_date,
            "alerts": self._alerts(),
            "facts": self._header_facts(visits),
            "may_book": self.env["dental.slot.finder"].has_access("create"),
            "may_check_in": bool(at_door) and visits.has_access("write"),
        }

    def _header_facts(self, visits):
        """Short facts of the header's second line, most urgent first. Addons add theirs.

        :param visits: open visits from today on, by start
        :return: list of {key, label, text}, and where it applies moment or date (naive UTC, shown
            in the user's own way), level (warning, danger), model and res_id (what it opens)
        """
        here = visits.filtered(lambda v: v._is_inside())[:1]
        coming = visits.filtered(lambda v: v._is_coming())[:1]
        last = self.env["dental.appointment"].search(
            [("patient_id", "=", self.id), ("status", "=", "done")], order="start desc", limit=1
        )
        facts = [
            self._visit_fact("here", self.env._("Here"), here, here.arrived_at),
            self._visit_fact("next", self.env._("Next"), coming, coming.start),
            self._visit_fact("last", self.env._("Last"), last, last.start),
        ]
        notes = [
            {"key": "money", "label": self.env._("Money"), "text": self.money_note},
            {"key": "service", "label": self.env._("Service"), "text": self.service_note},
        ]
        return [fact for fact in facts if fact] + [note for note in notes if note["text"]]

    def _visit_fact(self, key, label, visit, moment):
        return visit and {
            "key": key,
            "label": label,
            "moment": moment,
            "text": f"{visit.type_id.name}, {visit.operatory_id.name}",
            "model": visit._name,
            "res_id": visit.id,
        }

    def _visits_from_today(self):
        start, _stop = self.env["dental.today"]._day_span()
        return self.env["dental.appointment"].search(
            [("patient_id", "in", self.ids), ("start", ">=", start), ("status", "in", OPEN)],
            order="start, id",
        )

    def _alerts(self):
        """Alerts of this file, most serious first: the one source of every header and list.

        :return: list of {level: stop|warn|info, text, detail}
        """
        self.ensure_one()
        return self._alerts_by_patient()[self.id]

    def _alerts_by_patient(self):
        """The alerts of many files at once: what a list of them asks for. Addons add theirs.

        :return: {patient id: alerts as those of `_alerts`}
        """
        return {
            patient.id: [{"level": "stop", "text": patient.medical_note, "detail": ""}]
            if patient.medical_note
            else []
            for patient in self
        }

    # Quick ways to a file

    @api.model
    def recent(self, limit=8):
        """Files that the user opened last and may still open, the newest first.

        :return: rows as those of `find`
        """
        self.check_access("read")
        keys = self.env["dental.access.log"]._last_opened(limit)
        domain = [("id", "in", keys), ("company_id", "in", self.env.companies.ids)]
        rows = {patient.id: patient._find_row() for patient in self.search(domain)}
        return self._with_visits([rows[key] for key in keys if key in rows])

    @api.model
    def find(self, text, limit=12):
        """The same, each row with ``visit`` of today {start, status} or False."""
        return self._with_visits(super().find(text, limit))

    @api.model
    def _with_visits(self, rows):
        shown = self.browse(row["id"] for row in rows if not row["restricted"])
        visits = {}
        for visit in shown._visits_from_today().filtered(lambda v: v._is_today()):
            visits.setdefault(visit.patient_id.id, visit)
        for row in rows:
            visit = visits.get(row["id"])
            row["visit"] = bool(visit) and {"start": visit.start, "status": visit.status}
        return rows
