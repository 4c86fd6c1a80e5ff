# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From answers to a suggested urgency with its reasons.

The rules follow published triage schemes in substance: the Scottish Dental Clinical Effectiveness
Programme, *Management of Acute Dental Problems* (what is an emergency, what is seen within a day,
what within a week), and the International Association of Dental Traumatology, *Guidelines for the
Management of Traumatic Dental Injuries* 2020 (a knocked-out tooth is a matter of minutes). The
limits on pain and impact are ours.
"""

from collections.abc import Callable
from typing import NamedTuple

from .answers import Answers
from .levels import HOLD_LEVELS, LEVELS, WITHIN

SEVERE_PAIN = 8
MODERATE_PAIN = 4
HEAVY_IMPACT = 12
SOME_IMPACT = 6


class Rule(NamedTuple):
    code: str
    level: str
    applies: Callable[[Answers], bool]


class Reason(NamedTuple):
    """Why: translate by ``code`` (one of :data:`CODES`); ``level`` is what it alone asks for."""

    code: str
    level: str


class Triage(NamedTuple):
    """A suggestion.

    :param level: one of LEVELS; None when nothing points anywhere and red flags were not asked
    :param reasons: every :class:`Reason` that applies, most urgent first
    :param unasked: names of red flags nobody asked about: the level may rise when they are
    """

    level: str | None
    reasons: tuple
    unasked: tuple

    @property
    def takes_hold(self):
        """Whether the visit may take a slot that the book keeps free for emergencies."""
        return self.level in HOLD_LEVELS

    @property
    def within(self):
        """How long it may wait (timedelta), or None when there is no limit."""
        return WITHIN[self.level] if self.level else None


def _hurts(answers, least):
    return answers.pain is not None and answers.pain >= least


def _affects(answers, least):
    return answers.impact_total is not None and answers.impact_total >= least


def _puffed(answers):
    return answers.swelling in ("face", "spreading")


#: most urgent first; within a level in the order in which a coordinator would say them
RULES = (
    Rule("breathing", "emergency", lambda a: bool(a.breathing)),
    Rule("swallowing", "emergency", lambda a: bool(a.swallowing)),
    Rule("swelling_spreads", "emergency", lambda a: a.swelling == "spreading"),
    Rule("swelling_fever", "emergency", lambda a: _puffed(a) and bool(a.fever)),
    Rule("swelling_opening", "emergency", lambda a: _puffed(a) and bool(a.opening)),
    Rule("bleeding_uncontrolled", "emergency", lambda a: a.bleeding == "uncontrolled"),
    Rule("tooth_out", "emergency", lambda a: a.trauma == "knocked_out"),
    Rule("tooth_moved", "same_day", lambda a: a.trauma == "moved"),
    Rule("face_swollen", "same_day", lambda a: a.swelling == "face"),
    Rule("fever", "same_day", lambda a: bool(a.fever)),
    Rule("opening", "same_day", lambda a: bool(a.opening)),
    Rule("severe_pain", "same_day", lambda a: _hurts(a, SEVERE_PAIN)),
    Rule(
        "pain_unrelieved",
        "same_day",
        lambda a: a.relief == "nothing" and _hurts(a, MODERATE_PAIN),
    ),
    Rule("awake", "same_day", lambda a: bool(a.at_night) and _hurts(a, MODERATE_PAIN)),
    Rule("gum_swollen", "two_days", lambda a: a.swelling == "gum"),
    Rule("tooth_broken", "two_days", lambda a: a.trauma == "chipped"),
    Rule("bleeding", "two_days", lambda a: a.bleeding == "some"),
    Rule("numbness", "two_days", lambda a: bool(a.numbness)),
    Rule("moderate_pain", "two_days", lambda a: MODERATE_PAIN <= (a.pain or 0) < SEVERE_PAIN),
    Rule("getting_worse", "two_days", lambda a: a.course == "worse" and _hurts(a, 1)),
    Rule("heavy_impact", "two_days", lambda a: _affects(a, HEAVY_IMPACT)),
    Rule("mild_pain", "week", lambda a: 0 < (a.pain or 0) < MODERATE_PAIN),
    Rule("some_impact", "week", lambda a: SOME_IMPACT <= (a.impact_total or 0) < HEAVY_IMPACT),
)
CODES = tuple(rule.code for rule in RULES)


def assess(answers):
    """Suggest how soon these answers should be seen.

    Blank stays unknown: without any reason the level is *routine* only when every red flag was
    asked, otherwise None.

    :return: :class:`Triage`
    """
    reasons = tuple(Reason(rule.code, rule.level) for rule in RULES if rule.applies(answers))
    if reasons:
        level = min((reason.level for reason in reasons), key=LEVELS.index)
    else:
        level = None if answers.unasked else "routine"
    return Triage(level, reasons, answers.unasked)
