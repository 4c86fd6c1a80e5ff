# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How often and when to remind again."""

from dataclasses import dataclass
from datetime import timedelta

NEVER = -1


@dataclass(frozen=True)
class ReminderPolicy:
    """Waits between reminders.

    :param after_first: days after the first one, -1 for no second one
    :param after_later: days after any later one, -1 for no more
    :param maximum: as long as no more than this were sent another one may follow; -1 for no maximum
    :param automatic: sent without a person, where a wait of 0 means not to repeat at all
    """

    after_first: int = 90
    after_later: int = 182
    maximum: int = NEVER
    automatic: bool = False

    def next_date(self, sent, last):
        """First date for the reminder after the last one, or None for never again.

        :param sent: reminders since the last service, at least one
        :param last: date of the latest of them
        :raises ValueError: when none was sent, so that any day will do
        """
        if not sent or not last:
            raise ValueError("The next reminder is counted from the last one: give its date.")
        wait = self.after_first if sent == 1 else self.after_later
        repeats = wait != NEVER and not (self.automatic and wait == 0)
        if not repeats or (self.maximum != NEVER and sent > self.maximum):
            return None
        return last + timedelta(days=wait)


def count_reminders(dates, previous):
    """Number and latest date of the reminders after the previous service (None for none yet)."""
    since = [day for day in dates if previous is None or day > previous]
    return len(since), max(since, default=None)
