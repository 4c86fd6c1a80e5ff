# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Days and amounts of the claims of one orthodontic treatment. Plain Python."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

CENT = Decimal("0.01")
#: way of a payer: months from one continuing claim to the next; 0 where there is none
WAYS = {"monthly": 1, "quarterly": 3, "semi_annual": 6, "annual": 12, "visit": 0, "global": 0}


@dataclass(frozen=True)
class Step:
    """One claim to make.

    :ivar day: when it falls due, and the day of the service on the claim
    :ivar amount: what is charged
    :ivar initial: the appliance was placed, rather than treatment continued
    """

    day: date
    amount: Decimal
    initial: bool = False


def claim_days(first, months, way):
    """Days of the continuing claims.

    The first falls one interval after the first service, and none later than the end of the
    treatment. Each is counted from the first service, so that the 31st stays the last of the month.

    :raises ValueError: for an unknown way, or a treatment without length
    """
    if way not in WAYS:
        raise ValueError(f"orthodontic schedule: unknown way {way!r}")
    if months <= 0:
        raise ValueError(f"orthodontic schedule: {months} months of treatment")
    every = WAYS[way]
    if not every:
        return ()
    return tuple(first + relativedelta(months=n) for n in range(every, months + 1, every))


def schedule(first, months, way, total, initial, cent=CENT):
    """The claims of a treatment, the first service first.

    One claim for all ("global") charges the whole fee at once. By visit, each visit charges what
    was agreed for it, so that only the first service has a place here. Else what the first service
    leaves of the fee is divided evenly; the last claim takes what cannot be divided.

    :param total: fee of the whole treatment, Decimal
    :param initial: part of it for the first service, Decimal
    :param cent: the smallest amount of the currency
    :return: tuple of :class:`Step`; the amounts add up to ``total`` unless by visit
    :raises ValueError: for a first part that is negative or above the fee, or no fee at all
    """
    if total <= 0 or not 0 <= initial <= total:
        raise ValueError(f"orthodontic schedule: {initial} of {total} for the first service")
    days = claim_days(first, months, way)
    if way == "global" or (way != "visit" and not days):
        return (Step(first, total, initial=True),)
    steps = [Step(first, initial, initial=True)] if initial else []
    amounts = _divide(total - initial, len(days), cent)
    steps += [Step(day, amount) for day, amount in zip(days, amounts, strict=True) if amount]
    return tuple(steps)


def months_left(first, months, day):
    """Whole months of treatment still to come on a day; never negative."""
    passed = relativedelta(day, first)
    return min(months, max(0, months - passed.years * 12 - passed.months))


def _divide(amount, parts, cent):
    if not parts:
        return ()
    each = (amount / parts).quantize(cent)
    return (*([each] * (parts - 1)), amount - each * (parts - 1))
