# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import format_date

from .dental_appointment_status import COMING
from .say_moment import say_moment

# What falls due within so many days is worth booking along.
SOON = 30


class DentalPatient(models.Model):
    """What whoever books several people together must know of each, in a few words."""

    _inherit = "dental.patient"

    def _booking_facts(self):
        """Next visit and what is due, in the queries of one. Addons add theirs.

        :return: {patient id: list of texts}, for files that one may open
        """
        shown = self._origin.filtered("may_open")
        facts = {patient.id: [] for patient in shown}
        visits = self.env["dental.appointment"].search(
            [
                ("patient_id", "in", shown.ids),
                ("start", ">=", fields.Datetime.now()),
                ("status", "in", COMING),
            ],
            order="start",
        )
        for patient, own in visits.grouped("patient_id").items():
            when = say_moment(self.env, own[0].start, own[0].company_id)
            facts[patient.id].append(self.env._("comes on %s", when))
        soon = fields.Date.add(fields.Date.context_today(self), days=SOON)
        recalls = self.env["dental.recall"].search(
            [("patient_id", "in", shown.ids), ("disabled", "=", False), ("due", "<=", soon)]
        )
        for recall in recalls.filtered(lambda one: not one.appointment_id):
            facts[recall.patient_id.id].append(
                self.env._(
                    "%(type)s due %(day)s",
                    type=recall.type_id.name,
                    day=format_date(self.env, recall.due),
                )
            )
        return facts
