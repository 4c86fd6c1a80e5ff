# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import format_datetime, format_time

from ..book import local
from .dental_appointment_status import COMING, WITHOUT_PLACE


class DentalAppointment(models.Model):
    """The book on paper: the sheet of a day for outages, and the slip that the patient takes."""

    _inherit = "dental.appointment"

    def _sheet_days(self):
        """Sheets of the days of these visits: [{company, day, count, printed, chairs: [{name,
        visits: [line]}]}]."""
        zone = self.env["dental.today"]._zone()
        booked = self.filtered(lambda v: v.status not in WITHOUT_PLACE).sorted("start")
        days = booked.grouped(lambda v: (v.company_id, local.day_of(v.start, zone)))
        printed = format_datetime(self.env, fields.Datetime.now(), tz=zone.key, dt_format="short")
        return [
            {
                "company": company,
                "day": day,
                "count": len(visits),
                "printed": printed,
                "chairs": [
                    {"name": chair.name, "visits": [visit._sheet_line(zone) for visit in seen]}
                    for chair, seen in sorted(
                        visits.grouped("operatory_id").items(),
                        key=lambda item: (item[0].sequence, item[0].name),
                    )
                ],
            }
            for (company, day), visits in days.items()
        ]

    def _sheet_line(self, zone):
        labels = dict(self._fields["status"]._description_selection(self.env))
        alerts = self.patient_id._alerts()
        return {
            "from": self._clock(self.start, zone),
            "to": self._clock(self.stop, zone),
            "patient": self.patient_id._full_name(),
            "is_new": self.is_new,
            "what": f"{self.type_id.name}, {self.provider_id.name}",
            "alerts": ", ".join(a["text"] for a in alerts if a["level"] != "info"),
            "note": self.note,
            "phone": self.patient_id.phone,
            "status": labels[self.status],
        }

    def _slips(self):
        """Slips for these visits, one a family: [{company, visits: [line]}]. They say when and with
        whom, not what for; names only where several people are on one slip."""
        zone = self.env["dental.today"]._zone()
        coming = self.filtered(lambda v: v.status in COMING).sorted("start")
        families = coming.grouped(lambda v: v.patient_id.family_id or v.patient_id)
        return [
            {
                "company": visits.company_id[:1],
                "visits": [
                    {
                        "name": len(visits.patient_id) > 1 and visit.patient_id.first_name,
                        "day": local.day_of(visit.start, zone),
                        "from": self._clock(visit.start, zone),
                        "provider": visit.provider_id.name,
                        "minutes": int((visit.stop - visit.start).total_seconds() // 60),
                        "early": visit.patient_id.arrive_early_minutes,
                        "number": visit.number,
                    }
                    for visit in visits
                ],
            }
            for visits in families.values()
        ]

    def _clock(self, moment, zone):
        return format_time(self.env, local.to_local(moment, zone).time(), time_format="short")
