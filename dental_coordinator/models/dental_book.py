# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

import pytz

from odoo import models
from odoo.tools import SQL

from ..book import Diary


class DentalBook(models.AbstractModel):
    """Loads the book for the plain-Python slot search: working hours and what is reserved."""

    _name = "dental.book"
    _description = "The book"

    def _diary(self, resources, start, stop, patient=None):
        """Diary of ``resources`` (and one patient) between two naive UTC moments.

        Keys are resource ids, and ``("patient", id)``. Two queries and the working hours.
        """
        working = self._working_spans(resources, start, stop)
        return Diary(working, self._busy(resources, start, stop, patient))

    def _working_spans(self, resources, start, stop):
        """{resource id: [(start, stop)]} of working hours less leaves, naive UTC."""
        spans = {}
        by_calendar = defaultdict(lambda: self.env["resource.resource"])
        for resource in resources:
            by_calendar[resource.calendar_id] |= resource
        for calendar, members in by_calendar.items():
            if not calendar:
                spans.update({resource.id: [(start, stop)] for resource in members})
                continue
            found = calendar._work_intervals_batch(
                pytz.utc.localize(start), pytz.utc.localize(stop), resources=members
            )
            for resource in members:
                spans[resource.id] = [
                    (self._naive(begin), self._naive(end))
                    for begin, end, _records in found[resource.id]
                ]
        return spans

    def _naive(self, moment):
        return moment.astimezone(pytz.utc).replace(tzinfo=None)

    def _busy(self, resources, start, stop, patient):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT resource_id, patient_id, start, stop FROM dental_reservation
                 WHERE blocking AND start < %(stop)s AND stop > %(start)s
                   AND (resource_id = ANY(%(resources)s) OR patient_id = %(patient)s)
                 ORDER BY start
                """,
                start=start,
                stop=stop,
                resources=resources.ids,
                patient=patient.id if patient else None,
            )
        )
        return [
            (resource_id or ("patient", patient_id), begin, end)
            for resource_id, patient_id, begin, end in rows
        ]
