# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Deductible still owed for a service."""

from decimal import Decimal
from typing import NamedTuple

ZERO = Decimal(0)


class Owed(NamedTuple):
    """Deductible owed before a service.

    :param amount: never negative
    :param row: the individual row it starts from; None if the plan states none
    :param known: False if no amount is stated
    """

    amount: Decimal
    row: object
    known: bool


def owed(coverage, ledger, subject, day, family=True):
    """What is owed for a service on ``day``.

    The most specific individual row less what was collected in its scope, not more than the
    general row less everything collected, not more than what the family still owes. A family
    deductible alone never creates one.
    """
    row = coverage.index.find("deductible", subject)
    if row is None or row.amount is None:
        return Owed(ZERO, row, bool(row and row.unlimited))
    caps = [row, *_general_caps(coverage, subject)]
    if family:
        caps += _family_caps(coverage, subject)
    left = min(cap.amount - ledger.collected(cap, day) for cap in caps)
    return Owed(max(left, ZERO), row, True)


def _general_caps(coverage, subject):
    # A general amount of 0 says that there is no general deductible, so it caps nothing.
    rows = coverage.index.matching("deductible", subject)
    return [r for r in rows if r.scope.is_general and r.level == "individual" and r.amount]


def _family_caps(coverage, subject):
    rows = coverage.index.matching("deductible", subject)
    return [r for r in rows if r.level == "family" and r.amount is not None]
