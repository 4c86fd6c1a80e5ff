# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

from odoo import models
from odoo.tools import SQL

# Who and what has a timetable; with each, what closes a whole clinic (the same for all).
WHO = """
    SELECT who.kind, who.id, who.name, who.color, who.resource_id,
           (SELECT json_agg(json_build_array(away.date_from, away.date_to, away.name))
              FROM resource_calendar_leaves away
             WHERE away.time_type = 'leave' AND away.resource_id IS NULL
               AND away.company_id = ANY(%(companies)s)
               AND away.date_from < %(stop)s AND away.date_to > %(start)s)
      FROM (SELECT 'chair' AS kind, chair.id, chair.name, NULL::int AS color, chair.resource_id,
                   chair.sequence
              FROM dental_operatory chair WHERE chair.id IN %(chairs)s
             UNION ALL
            SELECT person.kind, person.id, person.name, person.color, person.resource_id,
                   person.sequence
              FROM dental_provider person WHERE person.id IN %(providers)s) who
     ORDER BY who.sequence, who.name, who.id
"""


class DentalBook(models.AbstractModel):
    """Chairs and providers with their working time, in two queries for all of them."""

    _inherit = "dental.book"

    def _timetables(self, start, stop):
        """Active chairs and providers of one's clinics, and when they work.

        :param start: naive UTC
        :param stop: naive UTC
        :return: list of {kind: chair or the provider's, id, name, color, resource_id,
            open: spans of working time}, list of (start, stop, what closes the clinic)
        """
        self.env.flush_all()
        own = [("company_id", "in", (False, *self.env.companies.ids))]
        rows = self.env.execute_query(
            SQL(
                WHO,
                start=start,
                stop=stop,
                companies=self.env.companies.ids,
                chairs=self.env["dental.operatory"]._search(own).subselect(),
                providers=self.env["dental.provider"]._search(own).subselect(),
            )
        )
        resources = self.env["resource.resource"].browse(row[4] for row in rows)
        working, _apart = self.sudo()._work(resources, start, stop)
        names = ("kind", "id", "name", "color", "resource_id")
        found = [{**dict(zip(names, row, strict=False)), "open": working[row[4]]} for row in rows]
        away = rows and rows[0][5] or ()
        return found, [
            (datetime.fromisoformat(begin), datetime.fromisoformat(end), text)
            for begin, end, text in away
        ]
