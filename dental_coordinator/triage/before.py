# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When a patient is called before an operation, and what the answers ask for."""

from datetime import timedelta
from typing import NamedTuple

# What a question of the script is about; the first two are the dentist's whenever they go wrong.
URGENT = ("coming", "ill")
ABOUT = (*URGENT, "instructions", "fasting", "medicines", "escort")


class Before(NamedTuple):
    """
    :param level: ``dentist`` decides, ``again`` (the next call asks once more), ``fine``; None
        where nothing is wrong and not everything was asked
    :param wrong: what went wrong, in the order of `ABOUT`
    """

    level: str | None
    wrong: tuple


def call_days(operation, leads, today, open_day):
    """The days of the calls before an operation.

    A day on which the clinic is closed moves to the open day before. Calls whose day has passed
    are left out; of several that fall on one day the one nearest to the operation stays. Whoever
    is booked too late for any is called today.

    :param operation: its date
    :param leads: numbers of days before it
    :param today: date
    :param open_day: callable, the last open day up to a date
    :return: {lead: date}
    """
    planned = {}
    for lead in sorted(leads):
        day = open_day(operation - timedelta(days=lead))
        if day >= today and day not in planned.values():
            planned[lead] = day
    if leads and not planned and today < operation:
        planned[min(leads)] = today
    return planned


def before_surgery(answers, is_last):
    """What the answers of a call ask for.

    :param answers: (about, answer) of each question; about one of `ABOUT` or None, answer True
        (yes), False or None (not asked)
    :param is_last: whether no other call follows
    """
    said = {(about, answer) for about, answer in answers}
    wrong = tuple(about for about in ABOUT if (about, about == "ill") in said)
    if any(about in URGENT for about in wrong) or (wrong and is_last):
        return Before("dentist", wrong)
    if not answers or any(answer is None for _about, answer in answers):
        return Before(None, wrong)
    return Before("again" if wrong else "fine", wrong)
