# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The questions of one call: what the planned services need and nobody knows well enough."""

from dataclasses import dataclass
from datetime import date, timedelta

from .catalogue import QUESTIONS, Question

NEVER, OLD, LAST_YEAR, GUESSED = "never", "old", "last_year", "guessed"


@dataclass(frozen=True)
class Service:
    """A planned service, by what the plan's rules know it as."""

    category: str
    code: str = ""


@dataclass(frozen=True)
class Known:
    """What is on file of a question.

    :param as_of: when the payer said so
    :param guess: nobody at the payer said it
    """

    question: str
    category: str = ""
    as_of: date | None = None
    guess: bool = False


@dataclass(frozen=True)
class Needed:
    """A question to ask, for one category or for all, and why.

    :param reason: ``never`` asked, ``old`` answer, of ``last_year``, or ``guessed``
    """

    question: Question
    category: str
    reason: str
    last: date | None = None


def needed(services, known, today, year_start):
    """The questions that this visit needs, in the order of the catalogue.

    :param services: planned :class:`Service`; without any, what every call asks
    :param known: :class:`Known` answers; of several on one question the newest counts
    :param year_start: first day of the present benefit year: older limits may be others now
    """
    categories = list(dict.fromkeys(service.category for service in services))
    newest = {}
    for one in sorted(known, key=lambda one: (not one.guess, one.as_of or date.min)):
        newest[one.question, one.category] = one
    found = []
    for question in QUESTIONS:
        for category in _asked_for(question, categories):
            reason, last = _reason(
                question, newest.get((question.key, category)), today, year_start
            )
            if reason:
                found.append(Needed(question, category, reason, last))
    return tuple(found)


def _asked_for(question, categories):
    """Categories for which a question is asked; ``""`` for all at once."""
    wanted = [one for one in categories if not question.categories or one in question.categories]
    if question.each:
        return wanted
    return [""] if wanted or not question.categories else []


def _reason(question, known, today, year_start):
    if known is None or known.as_of is None:
        return NEVER, None
    if known.guess:
        return GUESSED, known.as_of
    if question.fresh_days is None:
        return (LAST_YEAR if known.as_of < year_start else ""), known.as_of
    is_old = known.as_of < today - timedelta(days=question.fresh_days)
    return (OLD if is_old else ""), known.as_of
