# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the steps of the demo clinic share."""

import os
from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo, available_timezones


def local_zone():
    """Name of this machine's time zone: browser and server of the demo are the same machine."""
    given = os.environ.get("TZ") or os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    return given if given in available_timezones() else "UTC"


ZONE = local_zone()
# The demo clinic keeps quiet: nothing it makes mails or notifies anybody.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "no_reset_password": True,
}


class Clinic:
    """The environment, the clock and the people made so far.

    :ivar random: seeded, so that every load makes the same clinic
    :ivar today: the clinic's local date
    """

    def __init__(self, env):
        self.env = env(context={**env.context, **QUIET})
        self.random = Random(1701)
        self.zone = ZoneInfo(ZONE)
        self.today = datetime.now(self.zone).date()
        self.users = {}
        self.providers = []
        self.chairs = []
        self.codes = {}
        self.fees = {}
        self.conditions = {}
        self.types = {}
        self.patients = []
        self.plans = []
        self.visits = []
        self.coming = {}  # date -> ids of the patients who come
        self.to_close = []

    def __getitem__(self, model):
        return self.env[model]

    def of_manager(self, model):
        """What shapes the clinic is the manager's to set."""
        return self.env[model].with_user(self.users["manager"])

    @property
    def state(self):
        return self.state_of("ME")

    def state_of(self, code):
        return self.env["res.country.state"].search(
            [("code", "=", code), ("country_id.code", "=", "US")]
        )

    def act_as(self, login):
        """From here on everything is done by this person, with that person's rights."""
        self.env = self.env(user=self.users[login])

    def moment(self, day, hour, minute=0):
        """Naive UTC of a local time of the clinic."""
        local = datetime.combine(day, time(hour, minute), self.zone)
        return local.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)

    def now(self):
        """This moment, naive UTC, without fractions."""
        return datetime.now(ZoneInfo("UTC")).replace(tzinfo=None, microsecond=0)

    def workday(self, offset):
        """The working day ``offset`` working days from today; 0 is today, or the next Monday."""
        day = self.today
        while day.weekday() > 4:
            day += timedelta(days=1)
        step = timedelta(days=1 if offset > 0 else -1)
        for _each in range(abs(offset)):
            day += step
            while day.weekday() > 4:
                day += step
        return day
