# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Small questions that lists and bookings ask about a recall."""


def is_listed(recall, today, balance=0):
    """Whether it belongs on work lists: neither disabled nor postponed any longer.

    :param balance: what the family owes, for recalls that wait for it
    """
    if recall.disabled or (recall.until and recall.until > today):
        return False
    return not (recall.until_balance and balance > recall.until_balance)


def is_past_due(due, today, visit, scheduled=None):
    """Whether a visit on ``visit`` finds the recall overdue.

    :param scheduled: date for which the recall is booked; booked up to that visit it is in hand
    """
    return bool(due and due < today and not (scheduled and scheduled <= visit))


def is_child(birth, due, today, adult_age=12):
    """Whether it is a child's cleaning: younger than ``adult_age`` years when due.

    A due date that has passed, or is not known, counts as today.
    """
    day = max(due or today, today)
    age = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
    return age < adult_age


def joins_cleaning(due, cleaning_due, today, combine=True, disabled=False):
    """Whether another recall is done in the cleaning visit: due by then, or by today."""
    if disabled or not combine or not due:
        return False
    return due <= today or bool(cleaning_due and due <= cleaning_due)
