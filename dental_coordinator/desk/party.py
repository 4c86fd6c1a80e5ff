# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who is written to together: visits of one day and one family that share a phone or mailbox."""

import re
from dataclasses import dataclass
from datetime import date, datetime

# So many last figures tell a number, however its beginning is written (+1, 001, nothing).
FIGURES = 9


@dataclass(frozen=True)
class Guest:
    """A visit and where its patient is reached.

    :ivar reach: of `reach_of`
    :ivar household: key of the family, or of the patient who has none
    """

    visit: int
    start: datetime
    day: date
    reach: tuple
    household: tuple


def reach_of(channel, address):
    """What two ways of writing one address have in common; None where there is no address."""
    if channel == "email":
        told = (address or "").strip().casefold()
    else:
        told = re.sub(r"\D", "", address or "")[-FIGURES:]
    return (channel, told) if told else None


def shared_reaches(owners):
    """Those that belong to several households: a message would reach the wrong people.

    :param owners: pairs (reach, household), as many as there are files
    """
    households = {}
    for reach, household in owners:
        households.setdefault(reach, set()).add(household)
    return {reach for reach, found in households.items() if len(found) > 1}


def parties(guests):
    """Guests who get one message together, each party and all of them by start."""
    found = {}
    for guest in sorted(guests, key=lambda each: (each.start, each.visit)):
        found.setdefault((guest.day, guest.reach, guest.household), []).append(guest)
    return list(found.values())
