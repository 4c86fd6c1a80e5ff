# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..book import local
from ..book.holes import holes

STAFF = "dental_coordinator.group_staff"


class DentalToday(models.AbstractModel):
    """Holes of the day: where somebody could still be seen, and who fits."""

    _inherit = "dental.today"

    @api.model
    def data(self):
        data = super().data()
        found = self._holes(data) if self.env.user.has_group(STAFF) else []
        data["holes"] = found
        data.pop("waiting")
        if self.env.user.has_group(STAFF):
            data["counters"].insert(4, self._hole_counter(found))
        return data

    @api.model
    def open_holes(self):
        """The list of the holes that the screen counts.

        :return: an action
        """
        self.env["dental.hole"].check_access("create")
        lines = self.env["dental.hole"].create(
            [self._prepare_hole_vals(hole) for hole in self.data()["holes"]]
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Holes of the day"),
            "res_model": "dental.hole",
            "domain": [("id", "in", lines.ids)],
            "views": [(False, "list")],
        }

    @api.model
    def fill(self, chair_id, start, stop, provider_id=None):
        """Who could come into a hole: what `F` opens.

        :param provider_id: who is free in it
        :return: an action
        :raises UserError: for a hole that is over
        """
        self.env["dental.appointment"].check_access("create")
        start, stop = (fields.Datetime.to_datetime(moment) for moment in (start, stop))
        if stop <= fields.Datetime.now():
            raise UserError(self.env._("This hole is over. Refresh the screen."))
        chair = self.env["dental.operatory"].browse(chair_id)
        chair.check_access("read")
        provider = self.env["dental.provider"].browse(provider_id or ())
        provider.check_access("read")
        return self._fill_action(chair, start, stop, provider)

    # Business

    def _hole_counter(self, found):
        return {
            **self._counter("holes", self.env._("Holes"), found, model="dental.hole"),
            "method": "open_holes",
            "level": "warning",
            "domain": [],
        }

    def _holes(self, data):
        """Holes from now to the end of the day, in the chairs that are used today.

        :return: list of {id, chair_id, chair, start, stop, minutes, provider_id,
            providers: [name], fits}
        """
        rows = [*data["arrived"], *data["checkout"], *data["next"]]
        rows += [row for chair in data["chairs"] for row in chair["visits"]]
        staffing, names = self._staffing(rows)
        chairs = {chair["id"]: chair for chair in data["chairs"]}
        staffing = {chairs[key]["resource_id"]: who for key, who in staffing.items()}
        if not staffing:
            return []
        start = local.align(fields.Datetime.now(), 10, self._zone())
        stop = self._day_span()[1]
        keys = {*staffing, *(who for whom in staffing.values() for who in whom)}
        resources = self.env["resource.resource"].sudo().browse(sorted(keys))
        diary = self.env["dental.book"].sudo()._diary(resources, start, stop)
        minimum = self.env.company.dental_hole_minutes
        by_resource = {chair["resource_id"]: chair for chair in data["chairs"]}
        found = [
            self._prepare_hole(number, hole, by_resource[hole.chair], names)
            for number, hole in enumerate(holes(diary, staffing, start, stop, minimum), 1)
        ]
        return self._count_fits(found, data["waiting"])

    def _staffing(self, rows):
        """Who works at which chair today, by the visits there: those are the staffed chairs.

        :return: {chair id: [resource of a provider]}, {resource: (id, name) of the provider}
        """
        staffing, names = {}, {}
        for row in rows:
            if row.get("restricted"):
                continue
            who = staffing.setdefault(row["chair_id"], [])
            if row["provider_resource"] not in who:
                who.append(row["provider_resource"])
            names[row["provider_resource"]] = (row["provider_id"], row["provider"])
        return staffing, names

    def _prepare_hole(self, number, hole, chair, names):
        return {
            "id": number,
            "chair_id": chair["id"],
            "chair": chair["name"],
            "start": hole.start,
            "stop": hole.stop,
            "minutes": hole.minutes,
            "provider_id": names[hole.providers[0]][0] if hole.providers else False,
            "providers": [names[key][1] for key in hole.providers],
            "fits": 0,
        }

    def _prepare_hole_vals(self, hole):
        return {
            "operatory_id": hole["chair_id"],
            "provider_id": hole["provider_id"],
            "start": hole["start"],
            "stop": hole["stop"],
            "minutes": hole["minutes"],
            "providers": ", ".join(hole["providers"]),
            "fits": hole["fits"],
        }

    def _asked(self):
        asked = super()._asked()
        if self.env.user.has_group(STAFF):
            asked["waiting"] = SQL(
                "SELECT json_agg(10 * length(pattern)) FROM (%s) AS waiting", self._waiting_query()
            )
        return asked

    def _seen(self, look):
        """Minutes of each that waits for a place, for the holes that are found later."""
        return {**super()._seen(look), "waiting": look.get("waiting") or []}

    def _count_fits(self, found, waiting):
        """How many of those who wait for a place fit into each hole by their length."""
        for hole in found:
            hole["fits"] = sum(length <= hole["minutes"] for length in waiting)
        return found

    def _waiting_query(self):
        """SQL with the pattern of each visit that waits for a place. Addons add theirs."""
        planned = self.env["dental.appointment"]._search(self._waiting_domain())
        return SQL(
            "SELECT visit.pattern FROM (%s) AS planned JOIN dental_appointment visit USING (id)",
            planned.select(),
        )

    def _waiting_domain(self):
        """Visits that are wanted and have no place yet."""
        return [("status", "=", "planned")]

    def _fill_action(self, chair, start, stop, provider):
        """The list of those who fit. Addons with a waiting list open theirs."""
        minutes = int((stop - start).total_seconds()) // 60
        waiting = self.env["dental.appointment"].search(self._waiting_domain())
        fits = waiting.filtered(lambda visit: 10 * len(visit.pattern) <= minutes)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who fits into %(minutes)s minutes", minutes=minutes),
            "res_model": "dental.appointment",
            "domain": [("id", "in", fits.ids)],
            "views": [(False, "list"), (False, "form")],
        }
