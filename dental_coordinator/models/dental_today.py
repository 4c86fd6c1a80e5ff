# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models

from ..book import local
from .dental_appointment_status import COMING, INSIDE, OPEN


class DentalToday(models.AbstractModel):
    """The first screen: who comes, who is here, what is open. One request fills it."""

    _name = "dental.today"
    _description = "Today"

    @api.model
    def data(self):
        """Everything the screen shows.

        :return: {day, counters: [{key, label, count, domain, model}], arrived, chairs, next,
            leftovers: [row]}; a row is what ``_prepare_row`` gives; moments are naive UTC
        """
        self.env["dental.appointment"].check_access("read")
        visits = self._visits()
        visits._record_reading()
        quiet = visits._access_recorded()
        return {
            "day": fields.Date.to_string(self._day()),
            "now": fields.Datetime.now(),
            "counters": self._counters(quiet),
            "arrived": self._rows(quiet.filtered(lambda v: v.status == "arrived"), "arrived_at"),
            "chairs": self._chairs(quiet),
            "next": self._rows(quiet.filtered(lambda v: v.status in COMING), "start"),
            "leftovers": self._rows(self._leftovers(), "start"),
        }

    # Business

    def _day(self):
        return fields.Date.context_today(self)

    def _span(self, day):
        """Begin and end of the clinic's local day, naive UTC."""
        zone = ZoneInfo(self.env.company.resource_calendar_id.tz or "UTC")
        return tuple(
            local.to_utc(datetime.combine(day + timedelta(days=more), time()), zone)
            for more in (0, 1)
        )

    def _visits(self):
        start, stop = self._span(self._day())
        return self.env["dental.appointment"].search(
            [("start", ">=", start), ("start", "<", stop), ("status", "in", (*OPEN, "done"))],
            order="start",
        )

    def _leftovers(self):
        """Visits of earlier days that were neither closed nor broken."""
        start, _stop = self._span(self._day())
        return self.env["dental.appointment"].search(
            [("start", "<", start), ("status", "in", OPEN)], order="start", limit=20
        )

    def _rows(self, visits, order):
        return [self._prepare_row(visit) for visit in visits.sorted(order)]

    def _chairs(self, visits):
        """Each chair with the visit in it, or none."""
        seated = {
            visit.operatory_id: visit
            for visit in visits
            if visit.status in ("seated", "in_treatment", "checkout")
        }
        chairs = self.env["dental.operatory"].search([])
        return [
            {
                "id": chair.id,
                "name": chair.name,
                "visit": self._prepare_row(seated[chair]) if chair in seated else False,
            }
            for chair in chairs
        ]

    def _prepare_row(self, visit):
        return {
            "id": visit.id,
            "number": visit.number,
            "patient_id": visit.patient_id.id,
            "patient": visit.patient_id.with_context(dental_names=True).display_name,
            "type": visit.type_id.name,
            "provider": visit.provider_id.name,
            "chair": visit.operatory_id.name,
            "status": visit.status,
            "start": visit.start,
            "stop": visit.stop,
            "arrived_at": visit.arrived_at,
            "seated_at": visit.seated_at,
            "is_new": visit.is_new,
            "flags": self._flags(visit),
        }

    def _flags(self, visit):
        """Short warnings beside a name. Addons add theirs: [{level, text}]."""
        note = visit.patient_id.medical_note
        return [{"level": "danger", "text": note}] if note else []

    def _counters(self, visits):
        """Numbers of the top line; each opens the list of the same records. Addons add theirs."""
        now = fields.Datetime.now()
        inside = visits.filtered(lambda v: v.status in INSIDE)
        late = visits.filtered(lambda v: v.status in COMING and v.start < now)
        unconfirmed = visits.filtered(lambda v: v.status in ("held", "scheduled"))
        return [
            self._counter("in", self.env._("In"), inside),
            self._counter("late", self.env._("Late"), late),
            self._counter("unconfirmed", self.env._("Unconfirmed"), unconfirmed),
            self._counter("leftovers", self.env._("Left open"), self._leftovers()),
        ]

    def _counter(self, key, label, records):
        return {
            "key": key,
            "label": label,
            "count": len(records),
            "model": records._name,
            "domain": [("id", "in", records.ids)],
        }
