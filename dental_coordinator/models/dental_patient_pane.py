# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .dental_appointment_status import BROKEN, OPEN

SHOWN_DONE = 3


class DentalPatient(models.Model):
    """The patient's appointments, as the book shows them before anything new is booked."""

    _inherit = "dental.patient"

    def book_pane(self):
        """Visits of this patient, what the family is due for, and the urgent notes.

        :return: {id, name, number, notes: [text], visits: [{id, number, kind: planned|coming|
            broken|done, status, start or False, text, chair_id, minutes}], due: [{patient_id,
            patient, text, due, overdue}]}
        """
        self.ensure_one()
        self.check_access("read")
        self._record_reading()
        patient = self._access_recorded()
        notes = (patient.medical_note, patient.money_note, patient.service_note)
        return {
            "id": patient.id,
            "name": patient._full_name(),
            "number": patient.number,
            "notes": [note for note in notes if note],
            "visits": [patient._prepare_pane_visit(visit) for visit in patient._pane_visits()],
            "due": patient._pane_due(),
        }

    @api.model
    def book_kinds(self):
        """Kinds of visit that can be booked: [{id, name, minutes, new_patient}]."""
        self.env["dental.appointment"].check_access("create")
        return [
            {
                "id": kind.id,
                "name": kind.name,
                "minutes": kind.minutes,
                "new_patient": kind.new_patient,
            }
            for kind in self.env["dental.appointment.type"].search([])
        ]

    def _pane_visits(self):
        """Planned and coming ones, those that broke and were not booked again, the last done."""
        visits = self.env["dental.appointment"].with_context(active_test=False)
        mine = visits.search(
            [("patient_id", "=", self.id), ("active", "=", True)], order="start desc, id desc"
        )
        waiting = mine.filtered(lambda v: v.status in ("planned", *OPEN))
        done = mine.filtered(lambda v: v.status == "done")
        broken = mine.filtered(
            lambda v: v.status in BROKEN and (not done or v.start > done[0].start)
        )
        return waiting.sorted("start") + broken[:SHOWN_DONE] + done[:SHOWN_DONE]

    def _prepare_pane_visit(self, visit):
        labels = dict(visit._fields["status"]._description_selection(self.env))
        kinds = {"planned": "planned", "done": "done"}
        kind = kinds.get(visit.status, "broken" if visit.status in BROKEN else "coming")
        return {
            "id": visit.id,
            "number": visit.number,
            "kind": kind,
            "status": labels[visit.status],
            "start": kind != "planned" and visit.start,
            "text": visit.type_id.name,
            "type_id": visit.type_id.id,
            "minutes": 10 * len(visit.pattern),
        }

    def _pane_due(self):
        """Recalls of the family that are due within a month, or were."""
        relatives = [("family_id", "=", self.family_id.id), ("family_id", "!=", False)]
        family = self | self.search(relatives)
        soon = fields.Date.add(fields.Date.context_today(self), months=1)
        today = fields.Date.context_today(self)
        recalls = self.env["dental.recall"].search(
            [("patient_id", "in", family.ids), ("disabled", "=", False), ("due", "<=", soon)],
            order="due, id",
        )
        return [
            {
                "id": recall.id,
                "patient_id": recall.patient_id.id,
                "patient": recall.patient_id._full_name(),
                "own": recall.patient_id == self,
                "text": recall.type_id.name,
                "due": recall.due,
                "overdue": recall.due < today,
            }
            for recall in recalls
            if not recall.appointment_id
        ]
