# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether somebody can take a hole at all."""

from datetime import UTC

# Local hours of the parts of a day.
PARTS = {"morning": (0, 12), "afternoon": (12, 17), "evening": (17, 24)}


def misfits(hole, candidate):
    """Why this candidate cannot take the hole: codes, none when it fits.

    ``length treating provider sooner early late weekday part notice busy``
    """
    begin = hole.start.replace(tzinfo=UTC).astimezone(hole.tz)
    day = begin.date()
    checks = {
        "length": candidate.minutes > hole.minutes,
        "treating": not _provider_free(hole.pattern, candidate.pattern),
        "provider": candidate.provider_only and candidate.provider != hole.provider,
        "sooner": candidate.current is not None and candidate.current <= hole.start,
        "early": candidate.date_from is not None and day < candidate.date_from,
        "late": candidate.date_to is not None and day > candidate.date_to,
        "weekday": bool(candidate.weekdays) and day.weekday() not in candidate.weekdays,
        "part": candidate.part is not None and not _within(begin, candidate.part),
        "notice": candidate.notice > hole.notice,
        "busy": any(a < hole.stop and b > hole.start for a, b in candidate.busy),
    }
    return tuple(code for code, missed in checks.items() if missed)


def _provider_free(free, needed):
    """Whether the provider is free in the minutes in which he is needed."""
    return not free or all(
        there == "X" for there, want in zip(free, needed, strict=False) if want == "X"
    )


def _within(begin, part):
    first, last = PARTS[part]
    return first <= begin.hour < last
