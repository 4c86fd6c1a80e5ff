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


def owed(rules, ledger, day, family=True):
    """What is owed for a service with these :class:`~.index.CodeRules` on ``day``.

    The most specific individual row less what was collected in its scope, not more than the
    general row less everything collected, not more than what the family still owes. A family
    deductible alone never creates one.
    """
    row = rules.deductible
    if row is None or row.amount is None:
        return Owed(ZERO, row, bool(row and row.unlimited))
    general, relatives = rules.deductible_caps
    left = row.amount - ledger.collected(row, day)
    for cap in general + relatives if family else general:
        left = min(left, cap.amount - ledger.collected(cap, day))
    return Owed(max(left, ZERO), row, True)
