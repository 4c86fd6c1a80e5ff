# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..book import local


class DentalShiftCopy(models.TransientModel):
    """Repeat the shifts of one week in the weeks after it."""

    _name = "dental.shift.copy"
    _description = "Copy a week of shifts"

    day = fields.Date(string="A day of the week", required=True, default=fields.Date.context_today)
    weeks = fields.Integer(string="Repeat for weeks", default=1, required=True)
    provider_ids = fields.Many2many("dental.provider", string="Of", help="Empty: of everybody.")
    replace = fields.Boolean(
        string="Replace what is there", help="Off: copying stops where there is a shift already."
    )
    blockouts = fields.Boolean(string="Blocked time too", default=True)

    _weeks_positive = models.Constraint("CHECK (weeks > 0)", "Repeat for one week at least.")

    def action_copy(self):
        """Copy, holidays left out, and tell where two people now have one chair.

        :raises UserError: naming person and date where there is a shift and nothing is replaced
        """
        self.ensure_one()
        shifts = self._source()
        if not shifts:
            raise UserError(self.env._("There is no shift in that week. Choose another day."))
        closed = self._holidays()
        targets = [
            (shift, shift.day + timedelta(weeks=week))
            for week in range(1, self.weeks + 1)
            for shift in shifts
        ]
        targets = [(shift, day) for shift, day in targets if day not in closed]
        self._make_room(targets)
        copies = self.env["dental.shift"].create(
            [shift.copy_data({"day": day})[0] for shift, day in targets]
        )
        if self.blockouts:
            self._copy_blockouts(closed)
        return self._tell(copies)

    def _week(self):
        monday = self.day - timedelta(days=self.day.weekday())
        return monday, monday + timedelta(days=6)

    def _source(self):
        monday, sunday = self._week()
        domain = [("day", ">=", monday), ("day", "<=", sunday)]
        if self.provider_ids:
            domain.append(("provider_id", "in", self.provider_ids.ids))
        return self.env["dental.shift"].search(domain)

    def _zone(self):
        return self.env.company._dental_zone()

    def _holidays(self):
        """Dates on which the whole clinic is closed."""
        monday, sunday = self._week()
        last = sunday + timedelta(weeks=self.weeks)
        leaves = self.env["resource.calendar.leaves"].search(
            [
                ("resource_id", "=", False),
                ("company_id", "=", self.env.company.id),
                ("date_to", ">=", fields.Datetime.to_datetime(monday)),
                ("date_from", "<=", fields.Datetime.to_datetime(last) + timedelta(days=1)),
            ]
        )
        closed = set()
        for leave in leaves:
            day = local.day_of(leave.date_from, self._zone())
            while day <= min(last, local.day_of(leave.date_to, self._zone())):
                closed.add(day)
                day += timedelta(days=1)
        return closed

    def _make_room(self, targets):
        wanted = {(shift.provider_id, day) for shift, day in targets}
        there = self.env["dental.shift"].search(
            [
                ("provider_id", "in", [provider.id for provider, _day in wanted]),
                ("day", "in", list({day for _provider, day in wanted})),
            ]
        )
        there = there.filtered(lambda shift: (shift.provider_id, shift.day) in wanted)
        if there and not self.replace:
            raise UserError(
                self.env._(
                    "%(who)s has a shift on %(day)s already. Copy fewer weeks, or replace what is "
                    "there.",
                    who=there[0].provider_id.name,
                    day=format_date(self.env, there[0].day),
                )
            )
        there.unlink()

    def _copy_blockouts(self, closed):
        """Blocked time of the week that does not repeat by itself comes along."""
        monday, sunday = self._week()
        zone = self._zone()
        start, stop = local.day_span(monday, zone)[0], local.day_span(sunday, zone)[1]
        blockouts = self.env["dental.blockout"].search(
            [
                ("repeats", "=", False),
                ("copied", "=", True),
                ("start", ">=", start),
                ("start", "<", stop),
            ]
        )
        for blockout in blockouts:
            day = local.day_of(blockout.start, zone)
            days = [day + timedelta(weeks=week) for week in range(1, self.weeks + 1)]
            for begin, end in local.repeat(
                blockout.start, blockout.stop, zone, [day for day in days if day not in closed]
            ):
                blockout.copy({"start": begin, "stop": end, "name": blockout.name})

    def _tell(self, copies):
        """Close, and say how many and which chairs two people have at once."""
        twice = [
            self.env._(
                "%(one)s and %(other)s on %(day)s",
                one=one.provider_id.name,
                other=other.provider_id.name,
                day=format_date(self.env, one.day),
            )
            for one, other in self._overlaps(copies)
        ]
        message = self.env._("%s shifts copied.", len(copies))
        if twice:
            message += " " + self.env._("The same chair: %s", "; ".join(twice[:5]))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if twice else "success",
                "message": message,
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _overlaps(self, copies):
        """Pairs of shifts of two people in one chair at one time."""
        days = copies.mapped("day")
        shifts = self.env["dental.shift"].search([("day", "in", days)], order="start, id")
        for place, one in enumerate(shifts):
            for other in shifts[place + 1 :]:
                if other.start >= one.stop:
                    break
                if one.provider_id != other.provider_id and one.operatory_ids & other.operatory_ids:
                    yield one, other
