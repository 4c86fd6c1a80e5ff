# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .dental_reminder import AFTER


class DentalReminder(models.Model):
    """The message by whose link patients say that they are here, one for a family."""

    _inherit = "dental.reminder"

    state = fields.Selection(
        selection_add=[("shared", "Address of several families")], ondelete={"shared": "cascade"}
    )

    @api.model
    def _ask_to_tell(self, rule, visits, channel, state):
        """Write to those who come together, or note why not.

        :param visits: of one family and day, by start
        :param state: what becomes of it; a message goes out for ``sent``
        """
        reminders = self.create(
            [
                {
                    "patient_id": visit.patient_id.id,
                    "appointment_id": visit.id,
                    "rule_id": rule.id,
                    "start": visit.start,
                    "channel": channel,
                    "state": state,
                }
                for visit in visits
            ]
        )
        reminders.flush_recordset()
        if state == "sent":
            lang = reminders[0].patient_id.sudo().lang or self.env.lang
            reminders.with_context(lang=lang)._write_arrival()
        return reminders

    def _write_arrival(self):
        first, visits = self[0], self.appointment_id
        link, address = self.env["dental.link"]._make(
            "arrive",
            first.patient_id,
            max(visits.mapped("stop")) + AFTER,
            appointment_id=first.appointment_id.id,
        )
        self.link_id = link
        written = self.env["dental.messenger"]._write_to(
            first.patient_id,
            first.channel,
            self._arrival_lines(),
            [(self.env._("I am here"), address)],
            topic="appointment",
            appointment_id=first.appointment_id.id,
        )
        for reminder in self[1:]:
            written.copy(
                {
                    "patient_id": reminder.patient_id.id,
                    "appointment_id": reminder.appointment_id.id,
                    "note": self.env._("With %s", first.appointment_id.number),
                }
            )

    def _arrival_lines(self):
        """Clinic, day and times; nothing of whom or what for."""
        messenger = self.env["dental.messenger"]
        moments = [messenger._when(each.patient_id.sudo(), each._arrival()) for each in self]
        lines = [
            self.env._(
                "%(clinic)s expects you on %(day)s at %(time)s.",
                clinic=self.company_id.name,
                day=moments[0][0],
                time=", ".join(dict.fromkeys(time for _day, time in moments)),
            ),
            self.env._("When you are here, tell us by this link."),
        ]
        return [*lines, self.rule_id.text] if self.rule_id.text else lines
