# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How often kept time fills with the visits it is kept for, and when it may open to others.

Nothing is guessed: past pieces of the same kept time are counted. With few of them nothing is said.
"""

from dataclasses import dataclass
from datetime import datetime

# Fewer past pieces tell nothing.
ENOUGH = 8
# Hours before the start at which kept time may open, the earliest first.
STEPS = (72, 48, 24, 12, 6, 3, 1)
# Opening loses little where of the pieces still empty then no more than this part filled later.
LITTLE = 0.2


@dataclass(frozen=True)
class Piece:
    """One past piece of kept time.

    :param start: naive UTC
    :param booked_at: when the first visit of its own kinds was booked into it; None: none came
    """

    start: datetime
    booked_at: datetime | None = None

    @property
    def hours_ahead(self):
        """How long before the start it filled; None where it stayed empty."""
        return self.booked_at and (self.start - self.booked_at).total_seconds() / 3600


def filled(pieces):
    """How many of these pieces filled."""
    return sum(1 for piece in pieces if piece.booked_at)


def opens_best(pieces):
    """Hours before the start at which kept time may open to others and lose little.

    :return: the earliest of `STEPS` at which pieces were still empty of which hardly any filled
        later; None with too few pieces, or where time that is open would mostly have filled
    """
    if len(pieces) < ENOUGH:
        return None
    leads = [piece.hours_ahead for piece in pieces]
    for hours in STEPS:
        still_empty = [lead for lead in leads if lead is None or lead < hours]
        late = [lead for lead in still_empty if lead is not None]
        if still_empty and len(late) <= LITTLE * len(still_empty):
            return hours
    return None
