# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

# Last day of each bucket, counted from the day the amount fell due; the last one is open.
BUCKETS = (30, 60, 90, None)


def ageing(items, as_of):
    """How old an account is.

    Credits that belong to no charge pay off the oldest charges first, so an old debt does not look
    old once it is covered.

    :param items: iterable of (due date, open amount); credits are negative
    :param as_of: the day on which it is looked at
    :return: four Decimals: not over 30 days, 31-60, 61-90, older; a credit left over is in the
        first
    """
    items = [(due, Decimal(amount)) for due, amount in items]
    credit = -sum(amount for _due, amount in items if amount < 0)
    totals = [Decimal(0)] * len(BUCKETS)
    for due, amount in sorted(item for item in items if item[1] > 0):
        covered = min(credit, amount)
        credit -= covered
        totals[_bucket((as_of - due).days)] += amount - covered
    totals[0] -= credit
    return tuple(totals)


def _bucket(days):
    return next(index for index, last in enumerate(BUCKETS) if last is None or days <= last)
