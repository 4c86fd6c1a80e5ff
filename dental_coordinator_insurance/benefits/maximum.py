# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Maximums: what a plan still has to give for a service."""

from decimal import Decimal
from typing import NamedTuple

ZERO = Decimal(0)


class Purse(NamedTuple):
    """A maximum that applies to a service, before the service."""

    row: object
    limit: Decimal
    used: Decimal

    @property
    def left(self):
        return max(self.limit - self.used, ZERO)


def purses(coverage, rules, ledger, day):
    """Maximums to respect for a service on ``day``: individual, then family.

    Unknown amounts and maximums known to be unlimited are left out.
    """
    return [
        Purse(row, limit(coverage, row, day), ledger.paid(row, day))
        for row in rules.maximums
        if row.amount is not None and not row.unlimited
    ]


def is_stated(rules):
    """Whether the plan says anything certain on a maximum."""
    return any(row.amount is not None or row.unlimited for row in rules.maximums)


def limit(coverage, row, day):
    """Amount of a maximum on ``day``, with what was carried over from earlier years."""
    if not coverage.rollovers or not row.scope.is_general:
        return row.amount
    if row.level != "individual" or row.period == "lifetime":
        return row.amount
    carried = (r.amount for r in coverage.rollovers if r.starts <= day <= r.expires)
    return row.amount + sum(carried, ZERO)
