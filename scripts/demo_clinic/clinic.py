# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the steps of the demo clinic share."""

import os
from datetime import datetime, time, timedelta
from functools import cached_property
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
    "tz": ZONE,
}
OPENS = 8 * 60


class Clinic:
    """The environment, the clock and the people made so far.

    :ivar random: seeded, so that every load makes the same clinic
    :ivar today: the clinic's local date
    :ivar taken: {patient: teeth that something is on, or is to be done on}
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
        self.taken = {}
        self.plans = []
        self.visits = []
        self.to_close = []

    def __getitem__(self, model):
        return self.env[model]

    # People

    def act_as(self, login):
        """From here on everything is done by this person, with that person's rights."""
        self.env = self.env(user=self.users[login])

    def patient(self, name):
        """The patient of that first and last name."""
        return next(p for p in self.patients if f"{p.first_name} {p.last_name}" == name)

    @property
    def adults(self):
        return [patient for patient in self.patients if patient.age >= 18]

    def spare_tooth(self, patient, among):
        """A tooth that nothing is on yet, taken from now on; None when there is none."""
        taken = self.taken.setdefault(patient, set())
        spare = [tooth for tooth in among if tooth not in taken]
        tooth = self.random.choice(spare) if spare else None
        taken.add(tooth)
        return tooth

    # Places

    @cached_property
    def state(self):
        return self.state_of("ME")

    def state_of(self, code):
        return self.env["res.country.state"].search(
            [("code", "=", code), ("country_id.code", "=", "US")]
        )

    # The clock

    def now(self):
        """This moment, naive UTC, without fractions."""
        return datetime.now(ZoneInfo("UTC")).replace(tzinfo=None, microsecond=0)

    def moment(self, day, minutes):
        """Naive UTC of a local time of the clinic, in minutes after midnight."""
        local = datetime.combine(day, time(), self.zone) + timedelta(minutes=minutes)
        return local.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)

    def opening(self, day):
        """When the clinic opens, in minutes after midnight: today about three hours ago, so that
        whoever looks finds the day under way.
        """
        if day != self.today:
            return OPENS
        local = datetime.now(self.zone)
        return min(max((local.hour - 3) * 60 + local.minute // 10 * 10, 0), 15 * 60)

    def at(self, day, minutes):
        """Naive UTC of a time in minutes after the clinic opened."""
        return self.moment(day, self.opening(day) + minutes)

    def days_ago(self, days):
        return self.today - timedelta(days=days)

    def workday(self, offset):
        """The working day ``offset`` working days from today; today is one whatever its name."""
        day, step = self.today, timedelta(days=1 if offset > 0 else -1)
        for _each in range(abs(offset)):
            day += step
            while day.weekday() > 4:
                day += step
        return day
