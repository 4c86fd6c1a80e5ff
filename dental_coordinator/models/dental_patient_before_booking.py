# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import format_date

from .dental_appointment_status import BROKEN, COMING
from .dental_procedure import OPEN
from .say_moment import say_moment

# Broken visits count for so long.
MEMORY_MONTHS = 24


class DentalPatient(models.Model):
    """What whoever books must know first, in one strip."""

    _inherit = "dental.patient"

    def before_booking(self, type_id=False, place=False):
        """The strip of a patient about to be booked. It is logged as an opening of the file.

        :param type_id: id of the kind of visit, as far as it is chosen
        :param place: {start, stop, provider_id, operatory_id} of the place, as far as chosen
        :return: {lines: list of {key, level: stop|warn|info, text, and where it opens something
            model and res_id}}, most serious first
        :raises AccessError: for a file of another clinic, or for someone outside the team
        """
        self.ensure_one()
        if self._is_hidden():
            text = self.env._("Restricted file %s", self.sudo().number)
            return {"lines": [{"key": "restricted", "level": "warn", "text": text}]}
        self.check_access("read")
        self._record_reading()
        kind = self.env["dental.appointment.type"].browse(type_id or ())
        lines = self._access_recorded()._before_booking_lines(kind, place or {})
        order = ("stop", "warn", "info")
        return {"lines": sorted(lines, key=lambda line: order.index(line["level"]))}

    def _before_booking_lines(self, kind, place):
        """Lines of the strip. Addons add theirs.

        :param kind: dental.appointment.type, may be empty
        :param place: see `before_booking`
        """
        return [
            *self._alert_lines(),
            *self._need_lines(),
            *self._history_lines(),
            *self._recall_lines(),
            *self._family_lines(),
            *self._kind_lines(kind),
            *self._place_lines(kind, place),
        ]

    def _alert_lines(self):
        if self.no_booking:
            text = self.env._("Not to be booked: %s", self.no_booking_reason)
            yield {"key": "no_booking", "level": "stop", "text": text}
        for alert in self._alerts():
            yield {"key": "alert", "level": alert["level"], "text": alert["text"]}

    def _need_lines(self):
        for need in self.access_need_ids:
            parts = [need.name]
            extra = need.minutes_before + need.minutes_after
            if extra:
                parts.append(self.env._("%s minutes more", extra))
            if need.operatory_ids:
                chairs = ", ".join(need.operatory_ids.mapped("name"))
                parts.append(self.env._("only in %s", chairs))
            if need.remind:
                parts.append(need.remind)
            yield {"key": "need", "level": "warn", "text": " · ".join(parts)}
        if self.interpreter:
            labels = dict(self._fields["interpreter"]._description_selection(self.env))
            text = self.env._("Interpreter: %s", labels[self.interpreter])
            yield {"key": "interpreter", "level": "warn", "text": text}

    def _history_lines(self):
        """Own visits to come, broken ones, and treatment without a visit."""
        now = fields.Datetime.now()
        visits = self.env["dental.appointment"].search(
            [
                ("patient_id", "=", self.id),
                ("start", ">=", fields.Datetime.subtract(now, months=MEMORY_MONTHS)),
                ("status", "in", ("planned", *COMING, *BROKEN)),
            ],
            order="start",
        )
        for visit in visits.filtered(lambda v: v.status in COMING and v.start >= now)[:3]:
            when = say_moment(self.env, visit.start, visit.company_id)
            text = self.env._("Booked already: %(when)s %(type)s",
                              when=when, type=visit.type_id.name)  # fmt: skip
            yield self._visit_line("coming", "info", text, visit)
        unscheduled = visits.filtered(lambda v: v.status == "planned")
        if unscheduled:
            numbers = ", ".join(unscheduled.mapped("number"))
            text = self.env._("Waits for a place: %s", numbers)
            yield self._visit_line("unscheduled", "warn", text, unscheduled[:1])
        lost = visits.filtered(lambda v: v.status in ("missed", "cancelled_late"))
        if lost:
            text = self.env._(
                "Broken in two years: %(missed)s missed, %(late)s cancelled late",
                missed=len(lost.filtered(lambda v: v.status == "missed")),
                late=len(lost.filtered(lambda v: v.status == "cancelled_late")),
            )
            yield {"key": "broken", "level": "warn" if len(lost) > 1 else "info", "text": text}
        waiting = self.env["dental.procedure"].search_count(
            [("patient_id", "=", self.id), ("state", "in", OPEN), ("appointment_id", "=", False)]
        )
        if waiting:
            text = self.env._("%s planned procedures have no visit yet", waiting)
            yield {"key": "treatment", "level": "info", "text": text}

    def _recall_lines(self):
        recalls = self.env["dental.recall"].search(
            [
                ("patient_id", "=", self.id),
                ("disabled", "=", False),
                ("due", "<=", fields.Date.add(fields.Date.context_today(self), days=30)),
            ]
        )
        for recall in recalls.filtered(lambda r: not r.appointment_id):
            yield self._recall_line(recall, self.env._("Due"))

    def _family_lines(self):
        """What those of the family come for, and what they are due for."""
        family = (self.family_id.patient_ids - self).filtered("may_open")
        if not family:
            return
        visits = self.env["dental.appointment"].search(
            [
                ("patient_id", "in", family.ids),
                ("start", ">=", fields.Datetime.now()),
                ("status", "in", COMING),
            ],
            order="start",
        )
        for visit in visits[:4]:
            text = self.env._(
                "Family: %(who)s %(when)s %(type)s",
                who=visit.patient_id.display_name,
                when=say_moment(self.env, visit.start, visit.company_id),
                type=visit.type_id.name,
            )
            yield self._visit_line("family", "info", text, visit)
        due = self.env["dental.recall"].search(
            [
                ("patient_id", "in", family.ids),
                ("disabled", "=", False),
                ("due", "<=", fields.Date.add(fields.Date.context_today(self), days=30)),
            ],
            limit=4,
        )
        for recall in due.filtered(lambda r: not r.appointment_id):
            words = self.env._("Family: %s is due", recall.patient_id.display_name)
            yield self._recall_line(recall, words, "family_recall")

    def _kind_lines(self, kind):
        if kind.prompt:
            yield {"key": "prompt", "level": "info", "text": kind.prompt}

    def _place_lines(self, kind, place):
        """What speaks against the place that is chosen."""
        if not all(place.get(name) for name in ("start", "provider_id", "operatory_id")):
            return
        pattern = self.access_need_ids._widen(kind.pattern or "X")
        start = fields.Datetime.to_datetime(place["start"])
        stop = place.get("stop") or fields.Datetime.add(start, minutes=10 * len(pattern))
        visit = self.env["dental.appointment"].sudo().new(
            {
                "patient_id": self.id,
                "type_id": kind.id,
                "provider_id": place["provider_id"],
                "operatory_id": place["operatory_id"],
                "start": start,
                "stop": stop,
            }
        )  # fmt: skip
        for row in visit._obstacles():
            if row["severity"] == "warn" or not self.no_booking:
                yield {"key": "place", "level": row["severity"], "text": row["reason"]}

    def _visit_line(self, key, level, text, visit):
        return {"key": key, "level": level, "text": text, "model": visit._name, "res_id": visit.id}

    def _recall_line(self, recall, words, key="recall"):
        day = format_date(self.env, recall.due)
        text = f"{words}: {recall.type_id.name}, {day}"
        level = "info" if key != "recall" else "warn"
        return {
            "key": key, "level": level, "text": text, "model": recall._name, "res_id": recall.id
        }  # fmt: skip
