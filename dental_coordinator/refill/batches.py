# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How fast one asks after the other when offers are sent."""

# Hours until the hole begins -> minutes between two offers; below the first no offer is sent.
PAUSES = ((2, 1), (12, 2), (48, 4))
LONGEST = 8
TOO_LATE = 20 / 60


def pause_between(notice):
    """Minutes to wait for an answer before the next one is asked, or None when it is too late.

    :param notice: hours until the hole begins
    """
    if notice < TOO_LATE:
        return None
    return next((pause for limit, pause in PAUSES if notice < limit), LONGEST)
