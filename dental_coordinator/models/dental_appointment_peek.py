# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class DentalAppointment(models.Model):
    """What the book tells of a visit under the pointer, or by the space bar."""

    _inherit = "dental.appointment"

    def book_peek(self):
        """Details of one visit; it is logged as an opening.

        :return: {title, number, alerts: see `_alerts`, lines: [{key, label, text, level}]}
        :raises AccessError: for a file that one may not open
        """
        self.ensure_one()
        self.check_access("read")
        self._record_reading()
        visit = self._access_recorded()
        return {
            "title": visit.patient_id._full_name(),
            "number": visit.number,
            "alerts": visit.patient_id._alerts(),
            "lines": [line for line in visit._peek_lines() if line["text"]],
        }

    def _peek_lines(self):
        """Lines of the details, in order; those without text are left out. Addons add theirs."""
        patient = self.patient_id
        labels = dict(self._fields["status"]._description_selection(self.env))
        age = patient.birth_date and self.env._("%s years", patient.age)
        procedures = ", ".join(
            f"{procedure.code_id.name} {procedure._site_label()}".strip()
            for procedure in self.procedure_ids
        )
        lines = [
            ("patient", self.env._("File"), " · ".join(filter(None, (patient.number, age)))),
            ("phone", self.env._("Phone"), patient.phone),
            ("kind", self.env._("For"), self.type_id.name),
            ("procedures", self.env._("To be done"), procedures),
            ("status", self.env._("Status"), labels[self.status]),
            ("note", self.env._("Note"), self.note),
        ]
        found = [{"key": key, "label": label, "text": text} for key, label, text in lines]
        return found + [
            {
                "key": f"readiness{place}",
                "label": self.env._("Open"),
                "text": item["reason"],
                "level": item["severity"],
            }
            for place, item in enumerate(self.readiness or ())
        ]
