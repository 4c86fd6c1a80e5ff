# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from zoneinfo import ZoneInfo

from odoo import api, fields, models, tools
from odoo.tools import SQL

from ..book import Block, Recurrence, filling

LOAD = """
    SELECT blockout.id, blockout.name, blockout.color, blockout.kind, blockout.schedulable,
           blockout.hard, blockout.company_id, blockout.start, blockout.stop,
           CASE WHEN blockout.repeats THEN ARRAY[mon, tue, wed, thu, fri, sat, sun] END,
           blockout.weeks, blockout.until, COALESCE(calendar.tz, 'UTC'),
           ARRAY(SELECT resource_resource_id FROM dental_blockout_resource_resource_rel rel
                  WHERE rel.dental_blockout_id = blockout.id
                    AND resource_resource_id = ANY(%(resources)s)),
           ARRAY(SELECT dental_appointment_type_id FROM dental_appointment_type_dental_blockout_rel
                  WHERE dental_blockout_id = blockout.id),
           (SELECT json_agg(json_build_array(release.hours, ARRAY(
                       SELECT dental_appointment_type_id
                         FROM dental_appointment_type_dental_blockout_release_rel
                        WHERE dental_blockout_release_id = release.id)))
              FROM dental_blockout_release release WHERE release.blockout_id = blockout.id),
           %(groups)s, blockout.filled_pieces, blockout.past_pieces
      FROM dental_blockout blockout
      JOIN res_company company ON company.id = blockout.company_id
      LEFT JOIN resource_calendar calendar ON calendar.id = company.resource_calendar_id
     WHERE blockout.active AND blockout.kind = ANY(%(kinds)s) AND blockout.start < %(stop)s
       AND CASE WHEN blockout.repeats
                THEN blockout.until IS NULL OR blockout.until >= %(start)s::date - 8
                ELSE blockout.stop > %(start)s END
       AND EXISTS (SELECT FROM dental_blockout_resource_resource_rel rel
                    WHERE rel.dental_blockout_id = blockout.id
                      AND resource_resource_id = ANY(%(resources)s))
     ORDER BY blockout.id
"""
COLUMNS = (
    "id", "name", "color", "kind", "schedulable", "hard", "company", "start", "stop",
    "days", "weeks", "until", "tz", "resources", "types", "releases", "groups", "filled", "past",
)  # fmt: skip


class DentalBlockout(models.Model):
    """Blocked time read in one query, for the book's screen and the search for a place."""

    _inherit = "dental.blockout"

    @api.model
    def _drawn(self, resources, start, stop):
        """Blocked time as the book draws it, each piece of each chair or person.

        :param resources: resource.resource
        :param start: naive UTC
        :param stop: naive UTC
        :return: list of {id, resource_id, start, stop, name, color, schedulable: may a visit come
            here, kind: closed|template, hard, type_ids: kinds it is kept for, filled: how many of
            how many past pieces filled, or False where they are too few, opens: the coming moment
            at which it opens further, or False}
        """
        self.check_access("read")
        now = fields.Datetime.now()
        return [
            self._prepare_drawn(row, block, now)
            for row in self._load(resources, start, stop, ("closed", "template"))
            if row["company"] in self.env.companies.ids
            for block in self._pieces(row, start, stop)
        ]

    @api.model
    def _blocks(self, resources, start, stop):
        """Template blocks of resources between two moments: list of book.Block."""
        if not self._has_template():
            return []
        return [
            block
            for row in self._load(resources, start, stop, ("template",))
            for block in self._pieces(row, start, stop)
        ]

    @tools.ormcache()
    def _has_template(self):
        """Whether any time is kept at all: most clinics ask at each booking in vain."""
        return bool(self.sudo().search_count([("kind", "=", "template")], limit=1))

    def _prepare_drawn(self, row, block, now):
        release = block.next_release(now) if row["kind"] == "template" else None
        return {
            "id": row["id"],
            "resource_id": block.resource,
            "start": block.start,
            "stop": block.stop,
            "name": row["name"],
            "color": row["color"] or 0,
            "schedulable": row["kind"] == "template" or bool(row["schedulable"]),
            "kind": row["kind"],
            "hard": block.hard,
            "type_ids": sorted(block.kinds),
            "filled": block.filled or False,
            "opens": release[0] if release else False,
        }

    def _load(self, resources, start, stop, kinds):
        """Blockouts of resources with all that decides when and for whom: one query."""
        for model in ("dental.blockout", "dental.blockout.release"):
            self.env[model].flush_model()
        query = SQL(
            LOAD,
            resources=list(resources._ids),
            kinds=list(kinds),
            start=start,
            stop=stop,
            groups=self._groups_column(),
        )
        return [dict(zip(COLUMNS, row, strict=True)) for row in self.env.execute_query(query)]

    @api.model
    def _groups_column(self):
        """Expression for the groups of patients that a blockout is kept for. Addons know some."""
        return SQL("ARRAY[]::integer[]")

    def _pieces(self, row, start, stop):
        """Each piece of a loaded row between two moments, for each of its resources."""
        recurrence = Recurrence(
            start=row["start"],
            stop=row["stop"],
            tz=ZoneInfo(row["tz"]),
            weekdays=frozenset(n for n, on in enumerate(row["days"] or ()) if on),
            weeks=row["weeks"],
            until=row["until"],
        )
        releases = tuple(
            (round(hours * 60), frozenset(types) or None) for hours, types in row["releases"] or ()
        )
        known = (row["past"] or 0) >= filling.ENOUGH
        for begin, end in recurrence.spans(start, stop):
            for resource in row["resources"]:
                yield Block(
                    resource=resource,
                    start=begin,
                    stop=end,
                    kinds=frozenset(row["types"]),
                    releases=releases,
                    name=row["name"],
                    hard=bool(row["hard"]),
                    groups=frozenset(row["groups"]),
                    filled=(row["filled"], row["past"]) if known else None,
                )
