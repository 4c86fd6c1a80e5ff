# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The five degrees of urgency."""

from datetime import timedelta

#: most urgent first
LEVELS = ("emergency", "same_day", "two_days", "week", "routine")
#: how long each may wait; routine has no limit
WITHIN = {
    "emergency": timedelta(hours=1),
    "same_day": timedelta(days=1),
    "two_days": timedelta(days=2),
    "week": timedelta(days=7),
    "routine": None,
}
#: levels that may take a slot the book keeps free for emergencies
HOLD_LEVELS = frozenset({"emergency", "same_day"})


def more_urgent(first, second):
    """Whether the first level comes before the second.

    :raises ValueError: for a word that is no level
    """
    return LEVELS.index(first) < LEVELS.index(second)
