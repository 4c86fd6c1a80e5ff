# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A length of calendar time, as recalls, healing gaps and waiting periods are agreed."""

import re
from calendar import monthrange
from dataclasses import dataclass, fields
from datetime import timedelta

_PART = re.compile(r"(\d+)\s*([ymwd])")


@dataclass(frozen=True)
class Interval:
    """Years, months, weeks and days, added in this order.

    After the years and after the months a day that the month does not have becomes its last one:
    31 August + 6 months is 28 February, and with one day more 1 March.

    :raises ValueError: for a negative part
    """

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0

    def __post_init__(self):
        if min(self.years, self.months, self.weeks, self.days) < 0:
            raise ValueError(f"Interval {self}: no part may be negative.")

    def __bool__(self):
        return any((self.years, self.months, self.weeks, self.days))

    def __str__(self):
        parts = [(getattr(self, field.name), field.name[0]) for field in fields(self)]
        return "".join(f"{count}{letter}" for count, letter in parts if count) or "0d"

    @classmethod
    def parse(cls, text):
        """Interval from ``6m1d``, ``1y``, ``2w``; spaces are allowed.

        :raises ValueError: for any other text, naming it
        """
        typed = str(text).strip().lower()
        parts = _PART.findall(typed)
        letters = [letter for _count, letter in parts]
        if not parts or _PART.sub("", typed).strip() or len(set(letters)) < len(letters):
            raise ValueError(f"Interval {text!r}: use years, months, weeks, days, as in 6m1d.")
        names = {field.name[0]: field.name for field in fields(cls)}
        return cls(**{names[letter]: int(count) for count, letter in parts})

    def after(self, day):
        """The date (or datetime) this long after ``day``."""
        return self._shifted(day, 1)

    def before(self, day):
        """The date (or datetime) this long before ``day``, each part clamped in the same order."""
        return self._shifted(day, -1)

    def _shifted(self, day, sign):
        moved = _add_months(_add_months(day, sign * 12 * self.years), sign * self.months)
        return moved + sign * timedelta(weeks=self.weeks, days=self.days)


def _add_months(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))
