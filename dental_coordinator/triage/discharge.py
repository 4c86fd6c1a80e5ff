# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Score of recovery after sedation: five items of 0 to 2, after the published Aldrete score."""

ITEMS = ("movement", "breathing", "circulation", "awareness", "oxygen")


def discharge_score(points):
    """Sum of the five items; None while one of them is unknown, which is never taken for zero.

    :param points: {item: 0, 1, 2 or None}
    """
    given = [points.get(item) for item in ITEMS]
    return None if None in given else sum(given)
