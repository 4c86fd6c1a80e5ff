# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..book import spans

# How far ahead closed time is held; the daily job moves the end along.
HORIZON = timedelta(days=550)

VISITS_THERE = """
    SELECT wanted.place, visit.number
      FROM unnest(%(resources)s, %(starts)s, %(stops)s)
           WITH ORDINALITY AS wanted(resource_id, start, stop, place)
      JOIN dental_reservation held
        ON held.blocking AND held.resource_id = wanted.resource_id
       AND tsrange(held.start, held.stop) && tsrange(wanted.start, wanted.stop)
      JOIN dental_appointment visit ON visit.id = held.appointment_id
     ORDER BY held.start
"""


class DentalBlockout(models.Model):
    """What closed time holds: the same reservations as a visit, kept apart by the database."""

    _inherit = "dental.blockout"

    @api.model
    def _cron_hold(self):
        """Move the horizon of all closed time on by a day."""
        closed = self.search([("kind", "=", "closed"), ("schedulable", "=", False)])
        self.browse()._hold(closed.resource_ids)

    def _hold(self, resources):
        """Bring what is held of these resources in line with all their closed time.

        Time that two of them close is held once. Where a visit was there first, `self` is
        refused; for the others, as when the horizon moves on, the visit stays and is not blocked.

        :raises UserError: naming the visits that stand in the way of `self`
        """
        if not resources:
            return
        begin = fields.Datetime.today()
        wanted = self._wanted_spans(resources, begin, begin + HORIZON)
        reservations = self.env["dental.reservation"].sudo()
        held = reservations.search(
            [
                ("blockout_id", "!=", False),
                ("resource_id", "in", resources.ids),
                ("stop", ">", begin),
            ]
        )
        stale = reservations
        for row in held:
            key = (row.resource_id.id, row.start, row.stop)
            if row.blocking and wanted.get(key) == row.blockout_id:
                del wanted[key]
            else:
                stale |= row
        stale.unlink()
        reservations.flush_model()
        reservations.create(self._prepare_held(wanted, resources))
        reservations.flush_model()

    def _wanted_spans(self, resources, begin, end):
        """{(resource id, start, stop): blockout} of closed time, no two of a resource overlapping.

        The blockout that was entered first takes the time; the others what is left of theirs.
        """
        domain = [("resource_ids", "in", resources.ids), ("kind", "=", "closed")]
        taken = defaultdict(list)
        wanted = {}
        for blockout in self.sudo().search(domain, order="id")._holds():
            found = spans.merged(blockout._recurrence().spans(begin, end))
            for resource in blockout.resource_ids & resources:
                left = spans.subtract(found, taken[resource.id])
                taken[resource.id] = spans.merged(taken[resource.id] + left)
                wanted.update({(resource.id, *span): blockout for span in left})
        return wanted

    def _prepare_held(self, wanted, resources):
        """Rows of dental.reservation for spans that are not held yet."""
        there = self._visits_there(wanted)
        self._check_visits_there(wanted, there)
        equipment = self.env["dental.equipment"].sudo().with_context(active_test=False)
        devices = equipment.search([("resource_id", "in", resources.ids)]).resource_id
        return [
            {
                "blockout_id": blockout.id,
                "company_id": blockout.company_id.id,
                "kind": self._resource_kind(resources.browse(key[0]), devices),
                "resource_id": key[0],
                "start": key[1],
                "stop": key[2],
                "blocking": key not in there,
                "reason": self.env._("A visit was there first") if key in there else False,
            }
            for key, blockout in wanted.items()
        ]

    def _resource_kind(self, resource, devices):
        if resource in devices:
            return "equipment"
        return "provider" if resource.resource_type == "user" else "operatory"

    def _visits_there(self, wanted):
        """{span: numbers of the visits that hold time of it}"""
        keys = list(wanted)
        rows = self.env.execute_query(
            SQL(
                VISITS_THERE,
                resources=SQL("%s::int[]", [key[0] for key in keys]),
                starts=SQL("%s::timestamp[]", [key[1] for key in keys]),
                stops=SQL("%s::timestamp[]", [key[2] for key in keys]),
            )
        )
        there = defaultdict(list)
        for place, number in rows:
            there[keys[place - 1]].append(number)
        return there

    def _check_visits_there(self, wanted, there):
        for blockout in self:
            numbers = [n for key, found in there.items() if wanted[key] == blockout for n in found]
            if numbers:
                shown = ", ".join(list(dict.fromkeys(numbers))[:6])
                raise UserError(
                    self.env._(
                        "%(name)s: visits are booked in this time: %(numbers)s. Move them first, "
                        "or leave their chair, person or time out.",
                        name=blockout.display_name,
                        numbers=shown,
                    )
                )
