# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from datetime import datetime
from zoneinfo import ZoneInfo

from odoo import models
from odoo.tools import SQL

from ..book import Diary, Hours, local, spans, working_spans

# Working schedule, time off and shifts of each resource.
WORK = """
    SELECT resource.id, COALESCE(resource.tz, calendar.tz, 'UTC'),
           CASE WHEN NOT calendar.flexible_hours THEN calendar.id END,
           (SELECT json_agg(json_build_array(
                       row.dayofweek::int, row.hour_from, row.hour_to,
                       CASE WHEN calendar.two_weeks_calendar THEN row.week_type::int END))
              FROM resource_calendar_attendance row
             WHERE row.calendar_id = calendar.id AND row.display_type IS NULL
               AND row.day_period <> 'lunch'),
           (SELECT json_agg(json_build_array(away.date_from, away.date_to))
              FROM resource_calendar_leaves away
             WHERE away.time_type = 'leave'
               AND away.date_from < %(stop)s AND away.date_to > %(start)s
               AND (away.calendar_id IS NULL OR away.calendar_id = calendar.id)
               AND (away.resource_id = resource.id
                    OR away.resource_id IS NULL AND away.company_id = resource.company_id)),
           (SELECT json_agg(json_build_array(shift.day, shift.start, shift.stop, ARRAY(
                       SELECT chair.resource_id FROM dental_operatory_dental_shift_rel rel
                         JOIN dental_operatory chair ON chair.id = rel.dental_operatory_id
                        WHERE rel.dental_shift_id = shift.id)))
              FROM dental_shift shift
             WHERE shift.resource_id = resource.id
               AND shift.day >= %(start)s::date - 1 AND shift.day <= %(stop)s::date + 1)
      FROM resource_resource resource
      LEFT JOIN resource_calendar calendar ON calendar.id = resource.calendar_id
     WHERE resource.id = ANY(%(resources)s)
"""
READ = (
    "resource.resource",
    "resource.calendar",
    "resource.calendar.attendance",
    "resource.calendar.leaves",
    "dental.shift",
)


class DentalBook(models.AbstractModel):
    """Loads the book for the plain-Python slot search: working hours and what is reserved."""

    _name = "dental.book"
    _description = "The book"

    def _diary(self, resources, start, stop, patients=None, visit=None):
        """Diary of ``resources`` (and patients) between two naive UTC moments, in three queries.

        Keys are resource ids, and ``("patient", id)``.

        :param visit: dental.appointment that is to be moved: its own place counts as free
        """
        working, apart = self._work(resources, start, stop)
        return Diary(
            working,
            self._busy(resources, start, stop, patients, visit),
            self.env["dental.blockout"]._blocks(resources, start, stop),
            apart,
        )

    def _work(self, resources, start, stop):
        """Working hours less time off, shifts in place of them where there are some.

        :return: {resource id: spans}, {(resource id of a person, of a chair): spans in which the
            person works elsewhere}; all naive UTC. Who has no schedule, or a flexible one, is open.
        """
        for model in READ:
            self.env[model].flush_model()
        values = {"start": start, "stop": stop, "resources": list(resources._ids)}
        chairs = set(resources.ids)
        working, apart, timetables = {}, defaultdict(list), {}
        for resource, tz, calendar, hours, leaves, shifts in self.env.execute_query(
            SQL(WORK, **values)
        ):
            zone, key = ZoneInfo(tz), (calendar, tz)
            if key not in timetables:
                rows = [Hours.from_floats(day, a, b, week) for day, a, b, week in hours or ()]
                timetables[key] = (
                    working_spans(rows, zone, start, stop) if calendar else [(start, stop)]
                )
            shifts = [(day, *self._span(a, b), held) for day, a, b, held in shifts or ()]
            found = self._with_shifts(timetables[key], shifts, zone)
            away = spans.merged(self._span(a, b) for a, b in leaves or ())
            working[resource] = spans.clipped(spans.subtract(found, away), start, stop)
            for _day, begin, end, held in shifts:
                for chair in chairs - set(held) if held else ():
                    apart[resource, chair].append((begin, end))
        return working, apart

    def _span(self, begin, end):
        return datetime.fromisoformat(begin), datetime.fromisoformat(end)

    def _with_shifts(self, found, shifts, zone):
        """Working time in which the dates that have shifts have these and nothing else."""
        if not shifts:
            return found
        days = spans.merged(
            local.day_span(datetime.fromisoformat(day).date(), zone)
            for day in {shift[0] for shift in shifts}
        )
        worked = [(begin, end) for _day, begin, end, _held in shifts]
        return spans.merged([*spans.subtract(found, days), *worked])

    def _busy(self, resources, start, stop, patients=None, visit=None):
        self.env["dental.reservation"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT resource_id, patient_id, start, stop FROM dental_reservation
                 WHERE blocking AND tsrange(start, stop) && tsrange(%(start)s, %(stop)s)
                   AND (resource_id = ANY(%(resources)s) OR patient_id = ANY(%(patients)s))
                   AND appointment_id IS DISTINCT FROM %(visit)s
                """,
                start=start,
                stop=stop,
                resources=list(resources._ids),
                patients=list(patients._ids) if patients else [],
                visit=visit.id if visit else None,
            )
        )
        return [
            (resource_id or ("patient", patient_id), begin, end)
            for resource_id, patient_id, begin, end in rows
        ]
