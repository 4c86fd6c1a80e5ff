# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The order in which people are asked.

A weighted sum of parts between 0 and 1. Fairness is one of them: whoever was asked less often
than the others comes first, so that the same few are not asked each time.
"""

from .fit import misfits
from .rows import Part, Score, Weights

# After so many days of waiting the part for waiting is full.
LONG_WAIT = 60
TOP_PRIORITY = 3


def rank(hole, candidates, weights=None):
    """Those who fit, best first; of two equal ones who waits longer, then the smaller key.

    :return: list of :class:`Score`
    """
    weights = weights or Weights()
    fitting = [each for each in candidates if not misfits(hole, each) and not each.asked_today]
    most = max((each.asked for each in fitting), default=0)
    scored = [(_score(hole, each, weights, most), each) for each in fitting]
    scored.sort(key=lambda pair: (-pair[0].total, pair[1].since, str(pair[1].key)))
    return [score for score, _candidate in scored]


def _score(hole, candidate, weights, most_asked):
    parts = []
    for code, share, fact in _shares(hole, candidate, most_asked):
        points = round(share * getattr(weights, code), 1)
        parts.append(Part(code, round(share, 3), points, fact))
    return Score(candidate.key, round(sum(part.points for part in parts), 1), tuple(parts))


def _shares(hole, candidate, most_asked):
    """(code, share, fact) of each part, in the order of the screen."""
    waited = max(0, (hole.now.date() - candidate.since).days)
    same = candidate.provider == hole.provider
    yield "length", candidate.minutes / hole.minutes, candidate.minutes
    yield "provider", 1.0 if same else 0.5 if candidate.provider is None else 0.0, None
    yield "waited", min(1.0, waited / LONG_WAIT), waited
    yield "priority", candidate.priority / TOP_PRIORITY, candidate.priority
    yield "urgency", 1.0 if candidate.urgent else 0.0, None
    yield "fairness", 1.0 - candidate.asked / (most_asked + 1), candidate.asked
    yield "broken", _reliability(candidate), candidate.broken
    yield "value", candidate.value, None


def _reliability(candidate):
    """Share of kept visits; a newcomer is trusted."""
    return 1.0 - candidate.broken / max(1, candidate.broken + candidate.visits)
