# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from .dental_appointment_status import COMING, WITHOUT_PLACE


class DentalAppointment(models.Model):
    """What the screen of the book does to a visit: move it, make it longer, put it back."""

    _inherit = "dental.appointment"

    def write(self, vals):
        if "start" in vals:
            self._check_other_day(fields.Datetime.to_datetime(vals["start"]))
        return super().write(vals)

    # Business

    def book_place(self, vals):
        """Give this visit a place in the book, or another one. From the tray it is booked again.

        :param vals: any of start (naive UTC), minutes, operatory_id, provider_id
        :return: the place it had: {start, minutes, operatory_id, provider_id, status}
        :raises UserError: where something is taken: what, by which visit, and what is free
        """
        self.ensure_one()
        self.check_access("write")
        before = self._book_place()
        allowed = ("start", "operatory_id", "provider_id")
        values = {key: vals[key] for key in allowed if vals.get(key)}
        minutes = vals.get("minutes")
        if "start" in values:
            values["start"] = fields.Datetime.to_datetime(values["start"])
        if minutes:
            start = values.get("start") or self.start
            values.update(start=start, stop=start + timedelta(minutes=minutes))
        if values:
            self.write(values)
        if self.status in WITHOUT_PLACE:
            self.tray_user_id = False
            self._set_status("scheduled")
        return before

    def _book_place(self):
        return {
            "start": self.start,
            "minutes": int((self.stop - self.start).total_seconds() // 60),
            "operatory_id": self.operatory_id.id,
            "provider_id": self.provider_id.id,
            "status": self.status,
        }

    def _check_other_day(self, start):
        """A patient who is or was here came on that day.

        :raises UserError: naming the visit and why it stays on its day
        """
        for visit in self:
            settled = visit.status not in (*COMING, *WITHOUT_PLACE)
            if settled and visit._local_day() != visit.company_id._dental_day(start):
                raise UserError(
                    self.env._(
                        "%(number)s: the patient has come, so the visit stays on its day. Take "
                        "the steps back, or book another visit.",
                        number=visit.number,
                    )
                )
