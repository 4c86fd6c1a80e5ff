# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How evenly people are asked."""


def gini(counts):
    """Gini coefficient of how often each one was asked: 0 all alike, towards 1 always the same."""
    ordered = sorted(counts)
    total = sum(ordered)
    if not total:
        return 0.0
    size = len(ordered)
    weighted = sum(place * count for place, count in enumerate(ordered, start=1))
    return (2 * weighted) / (size * total) - (size + 1) / size
