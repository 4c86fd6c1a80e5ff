# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The peer's database beside the one under measure, in the same process and at the same time."""

from contextlib import contextmanager
from datetime import datetime, timedelta

from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry
from odoo.tests import new_test_user

HOURS = (8.0, 17.0)
DESK = "base.group_user,resource_booking.group_manager"


@contextmanager
def peer(env):
    """The peer's environment; what is done in it is rolled back."""
    with Registry(f"{env.cr.dbname}_peer").cursor() as cr:
        try:
            yield api.Environment(cr, SUPERUSER_ID, {"tz": "UTC", "tracking_disable": True})
        finally:
            cr.rollback()


class Peer:
    """Pairs of a person and a room that the peer books together."""

    def __init__(self, env, pairs=10):
        self.env = env
        rows = [
            {"name": f"{day}", "dayofweek": str(day), "hour_from": HOURS[0], "hour_to": HOURS[1]}
            for day in range(5)
        ]
        self.calendar = env["resource.calendar"].create(
            {"name": "B", "tz": "UTC", "attendance_ids": [Command.create(row) for row in rows]}
        )
        self.pairs = [self._pair(place) for place in range(pairs)]
        self.kind = env["resource.booking.type"].create(
            {
                "name": "B",
                "duration": 40 / 60,
                "slot_duration": 10 / 60,
                "resource_calendar_id": self.calendar.id,
                "combination_rel_ids": [
                    Command.create({"sequence": place, "combination_id": pair.id})
                    for place, pair in enumerate(self.pairs)
                ],
            }
        )
        self.partner = env["res.partner"].create({"name": "B"})
        # Whoever books for others is an ordinary user of the peer, as our front desk is of ours.
        self.desk = new_test_user(env, "peer.desk", groups=DESK)

    def _pair(self, place):
        common = {"calendar_id": self.calendar.id, "tz": "UTC"}
        user = self.env["res.users"].create({"name": f"B{place}", "login": f"bench.{place}"})
        person, room = self.env["resource.resource"].create(
            [
                {"name": "P", "resource_type": "user", "user_id": user.id, **common},
                {"name": "R", "resource_type": "material", **common},
            ]
        )
        return self.env["resource.booking.combination"].create(
            {"resource_ids": [Command.set([person.id, room.id])]}
        )

    def vals(self, start, place=0):
        return {
            "partner_ids": [Command.link(self.partner.id)],
            "type_id": self.kind.id,
            "start": start,
            "duration": 40 / 60,
            "combination_id": self.pairs[place].id,
            "combination_auto_assign": False,
        }

    def book(self, start, place=0):
        return self.env["resource.booking"].with_user(self.desk).create(self.vals(start, place))

    def book_days(self, count, first):
        """So many bookings from a Monday on, spread over pairs, hours and weekdays."""
        per_day = len(self.pairs) * 4
        for number in range(count):
            day, rest = divmod(number, per_day)
            place, hour = rest % len(self.pairs), 8 + 2 * (rest // len(self.pairs))
            week, weekday = divmod(day, 5)
            start = first + timedelta(weeks=week, days=weekday, hours=hour)
            self.book(start, place)


def next_monday(day):
    """Midnight of the Monday after a day."""
    monday = day + timedelta(days=7 - day.weekday())
    return datetime(monday.year, monday.month, monday.day)
