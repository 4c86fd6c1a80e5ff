# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Services attached to a plan: what they bring in, and which installment pays which of them."""

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from .plan import ZERO, Installment


@dataclass(frozen=True)
class Item:
    """A service or adjustment on a plan.

    :param amount: what the patient was charged for it; negative for a reduction
    :param paid: what was paid on it outside the plan, by anyone
    :param planned: not completed yet
    """

    key: Hashable
    amount: Decimal
    paid: Decimal = ZERO
    planned: bool = False

    @property
    def unpaid(self):
        """What there is to finance; a service paid too much brings nothing, and takes nothing."""
        return self.amount if self.amount < 0 else max(self.amount - self.paid, ZERO)


class ChargeLine(NamedTuple):
    """The part of an installment that belongs to one item; its interest is with the first part."""

    installment: Installment
    item: Item
    principal: Decimal
    interest: Decimal


def principal_of(items, await_completion=True):
    """Principal of a plan: what is unpaid of its items, reductions taken off.

    :param await_completion: planned services count only once completed; otherwise at once
    """
    counted = (item for item in items if not (item.planned and await_completion))
    return max(sum((item.unpaid for item in counted), ZERO), ZERO)


def allocate(installments, items, await_completion=True):
    """Divide installments over the items, which are paid off in order.

    Reductions leave the last items short, and so take from the last installments.

    :return: :class:`ChargeLine` rows; nothing for principal beyond the items
    """
    rest = [[item, item.unpaid] for item in items if _counts(item, await_completion)]
    lines = []
    for installment in installments:
        principal, interest = installment.principal, installment.interest
        while principal and rest:
            part = min(principal, rest[0][1])
            lines.append(ChargeLine(installment, rest[0][0], part, interest))
            principal, interest = principal - part, ZERO
            rest[0][1] -= part
            if not rest[0][1]:
                rest.pop(0)
    return lines


def begun(items, charged, await_completion=True):
    """Items of which some principal has been charged, in order.

    :param charged: principal charged so far, down payment included
    """
    rows = []
    for item in items:
        if charged > 0 and _counts(item, await_completion):
            rows.append(item)
            charged -= item.unpaid
    return rows


def is_overcharged(items, charged, insurance, first_date, today):
    """Whether a plan charges more than its items will bear.

    :param charged: principal charged so far
    :param insurance: paid and written off on the items since
    :param first_date: a plan that begins after ``today`` is not judged yet
    """
    return first_date <= today and charged + insurance > sum((i.unpaid for i in items), ZERO)


def _counts(item, await_completion):
    return item.unpaid > 0 and not (item.planned and await_completion)
