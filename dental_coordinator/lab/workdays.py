# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

DAY = timedelta(days=1)
WEEKEND = 5


class Workdays:
    """Days on which the clinic works, known for a stretch of the calendar.

    Outside of the stretch Monday to Friday count, so that every question has an answer.

    :param days: the dates worked on, between ``first`` and ``last``
    """

    def __init__(self, first, last, days):
        self._first, self._last, self._days = first, last, frozenset(days)

    def __contains__(self, day):
        if self._first <= day <= self._last:
            return day in self._days
        return day.weekday() < WEEKEND

    def after(self, day, count):
        """The ``count``-th working day after ``day``; of 0, ``day`` itself or the next one."""
        return self._step(day, count, DAY)

    def before(self, day, count):
        """The ``count``-th working day before ``day``; of 0, ``day`` itself or the one before."""
        return self._step(day, count, -DAY)

    def between(self, first, last):
        """How many working days come after ``first``, up to ``last``."""
        days = (first + DAY * n for n in range(1, (last - first).days + 1))
        return sum(day in self for day in days)

    def _step(self, day, count, step):
        # A calendar without a working day must not be searched for ever.
        limit = day + step * (count + 366)
        if count == 0:
            while day not in self and day != limit:
                day += step
        while count and day != limit:
            day += step
            count -= day in self
        return day
