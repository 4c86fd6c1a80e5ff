# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Business days: Monday to Friday without the days on which nobody works."""

from datetime import timedelta
from statistics import median_low

DAY = timedelta(days=1)
# As many answers are enough; older ones say little of how fast a payer is now.
NEWEST = 20


def is_workday(day, holidays=frozenset()):
    return day.weekday() < 5 and day not in holidays


def add_workdays(day, number, holidays=frozenset()):
    """The business day ``number`` business days after ``day``, or before it if negative.

    With 0: the day itself, or the next business day.
    """
    step = DAY if number >= 0 else -DAY
    left = abs(number)
    while left or not is_workday(day, holidays):
        day += step
        if is_workday(day, holidays):
            left -= bool(left)
    return day


def workdays_between(first, last, holidays=frozenset()):
    """Business days after ``first`` until ``last``; 0 where ``last`` is not later."""
    return sum(
        is_workday(first + DAY * number, holidays) for number in range(1, (last - first).days + 1)
    )


def median_answer(spans, fallback, holidays=frozenset()):
    """Business days in which a payer usually answers.

    :param spans: (sent on, answered on), the newest first
    :param fallback: for a payer that never answered
    """
    days = [workdays_between(sent, told, holidays) for sent, told in spans[:NEWEST]]
    return median_low(days) if days else fallback


def send_by(needed_on, answer_days, holidays=frozenset()):
    """Last sensible day to ask so that the answer is there on the business day before."""
    day_before = add_workdays(needed_on, -1, holidays)
    return add_workdays(day_before, -answer_days, holidays) if answer_days else day_before


def feasible_from(sent_on, answer_days, holidays=frozenset()):
    """First business day on which what is asked on ``sent_on`` can be used."""
    return add_workdays(sent_on, answer_days + 1, holidays)
