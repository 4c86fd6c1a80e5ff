# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When laboratory work is here, by what was published and what was learned."""

from typing import NamedTuple

# So many cases must have come back before they say more than the laboratory does.
ENOUGH = 3


class Pace(NamedTuple):
    """Working days that a laboratory takes for a kind of work.

    :param published: what it says, None where nothing is entered
    :param real: median of the cases that came back, None where there are none
    :param count: how many came back
    """

    published: int | None = None
    real: float | None = None
    count: int = 0

    @property
    def learned(self):
        """Working days to count on, rounded up; None where nobody knows."""
        if self.real is None or self.count < ENOUGH:
            return self.published
        return max(self.published or 0, int(-(-self.real // 1)))


def expected(workdays, today, pace, sent_on=None, promised_on=None):
    """The day on which a case is likely here, None where nothing is known.

    A day that has passed without the case is put off to the next working day.

    :param sent_on: None for a case that is still here
    :param promised_on: the day that the laboratory named for this very case
    """
    days = [promised_on] if promised_on else []
    if not promised_on or not sent_on:
        days += [] if pace.learned is None else [workdays.after(sent_on or today, pace.learned)]
    if not days:
        return None
    day = max(days)
    return day if day >= today else workdays.after(today, 1)


def in_time(workdays, today, day, visit_day, buffer):
    """Whether work that is expected on ``day`` is here some working days before the visit.

    What nobody knows a day for counts as in time until it should be here.
    """
    needed = workdays.before(visit_day, buffer)
    return (day or today) <= needed
