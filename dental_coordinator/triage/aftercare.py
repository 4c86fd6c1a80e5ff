# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What answers on the day after an operation ask for. The limits are the clinic's habit; they
follow the red flags of the triage of complaints (see `rules`)."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import NamedTuple

AFTER_LEVELS = ("now", "today", "fine")


@dataclass(frozen=True)
class AfterAnswers:
    """What the patient said; None where nobody asked.

    :param pain: 0 to 10
    :param bleeding: none, oozing, uncontrolled
    :param swelling: none, expected, growing, breathing (it makes breathing or swallowing hard)
    :param relief: whether the pain killers help
    """

    pain: int | None = None
    bleeding: str | None = None
    fever: bool | None = None
    swelling: str | None = None
    numb: bool | None = None
    relief: bool | None = None

    @property
    def unasked(self):
        return tuple(each.name for each in fields(self) if getattr(self, each.name) is None)


class AfterRule(NamedTuple):
    code: str
    level: str
    applies: Callable[[AfterAnswers], bool]


class Aftercare(NamedTuple):
    """
    :param level: ``now`` the dentist hears at once, ``today`` within the day, ``fine``; None when
        nothing worries and not everything was asked
    :param reasons: codes of the rules that apply, most urgent first
    :param unasked: names of the answers that are missing
    """

    level: str | None
    reasons: tuple
    unasked: tuple


def _pain(answers, least):
    return answers.pain is not None and answers.pain >= least


AFTER_RULES = (
    AfterRule("breathing", "now", lambda a: a.swelling == "breathing"),
    AfterRule("bleeding", "now", lambda a: a.bleeding == "uncontrolled"),
    AfterRule("fever", "now", lambda a: bool(a.fever)),
    AfterRule("severe_pain", "now", lambda a: _pain(a, 8)),
    AfterRule("swelling", "today", lambda a: a.swelling == "growing"),
    AfterRule("unrelieved", "today", lambda a: _pain(a, 4) and a.relief is False),
    AfterRule("pain", "today", lambda a: _pain(a, 6) and not _pain(a, 8)),
    AfterRule("numb", "today", lambda a: bool(a.numb)),
)
AFTER_CODES = tuple(rule.code for rule in AFTER_RULES)


def after_care(answers):
    """Suggest whether the dentist must hear of it, and why.

    :return: :class:`Aftercare`
    """
    applying = [rule for rule in AFTER_RULES if rule.applies(answers)]
    level = applying[0].level if applying else None if answers.unasked else "fine"
    return Aftercare(level, tuple(rule.code for rule in applying), answers.unasked)
