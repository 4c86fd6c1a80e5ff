# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The revised cardiac risk index: six facts, one point each (Lee et al., Circulation 1999)."""

from typing import NamedTuple

FACTORS = (
    "high_risk_surgery",
    "ischaemic_heart",
    "heart_failure",
    "stroke",
    "insulin",
    "creatinine",
)


class CardiacIndex(NamedTuple):
    """
    :param points: 0 to 6, of what is known
    :param unasked: factors that nobody stated: the points may rise
    """

    points: int
    unasked: tuple


def cardiac_index(facts):
    """Add up what is known.

    :param facts: {factor: True, False or None (nobody stated it)}
    :return: `CardiacIndex`; None when nothing at all is known
    """
    unasked = tuple(factor for factor in FACTORS if facts.get(factor) is None)
    if len(unasked) == len(FACTORS):
        return None
    return CardiacIndex(sum(bool(facts.get(factor)) for factor in FACTORS), unasked)
