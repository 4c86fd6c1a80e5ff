# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Payments on a plan: what is due first, what to do with more, and how a plan is closed."""

from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from .plan import ZERO, Installment, Position, forecast, use_prepayment
from .terms import CENT, InstallmentError

MODES = ("principal", "prepayment")


class Split(NamedTuple):
    """How a payment is divided: interest due, principal due, and what is more than due."""

    interest: Decimal
    principal: Decimal
    surplus: Decimal


class Rebalanced(NamedTuple):
    """A plan after its payments were put in order.

    :param charge: the :class:`Installment` posted for it, or None
    :param returned: credit of the patient, no longer on the plan
    """

    position: Position
    charge: Installment | None
    returned: Decimal


def split(position, amount):
    """Divide a payment over what is due, interest first.

    :raises InstallmentError: for an amount that is not positive, or not in whole cents
    """
    amount = _amount(amount)
    interest = min(amount, max(position.due_interest, ZERO))
    principal = min(amount - interest, max(position.due_principal, ZERO))
    return Split(interest, principal, amount - interest - principal)


def pay(position, amount):
    """The position after a payment: interest due, then principal, even more of it than is due."""
    interest, principal, surplus = split(position, amount)
    return replace(
        position,
        interest_paid=position.interest_paid + interest,
        principal_paid=position.principal_paid + principal + surplus,
    )


def rebalance(terms, position, mode, day):
    """Put everything paid in order: interest due, principal due, and the surplus by mode.

    ``principal``: the surplus pays principal now, by a charge without interest. ``prepayment``: it
    is kept for the installments to come, as much as they take. What is left after either is the
    patient's credit.

    :param mode: one of :data:`MODES`
    :param day: date of a charge
    :raises InstallmentError: for another mode
    """
    if mode not in MODES:
        raise InstallmentError(f"Payment plan: {mode!r} is no way to use a surplus: {MODES}.")
    total = position.paid + position.prepaid
    position = use_prepayment(
        replace(position, principal_paid=ZERO, interest_paid=ZERO, prepaid=total)
    )
    if mode == "principal":
        return _charge(position, min(position.prepaid, position.uncharged(terms)), day)
    kept = min(position.prepaid, sum((row.payment for row in forecast(terms, position)), ZERO))
    return Rebalanced(replace(position, prepaid=kept), None, position.prepaid - kept)


def close_out(terms, position, day, keep=None):
    """End a plan: one charge for all principal not charged yet, paid by the prepayment first.

    :param keep: principal that stays on the plan, when services not begun leave it; all if not
        given
    """
    rest = position.uncharged(terms)
    if keep is not None:
        rest = min(rest, max(Decimal(keep) - position.charged_principal, ZERO))
    total = position.paid + position.prepaid
    position = replace(position, principal_paid=ZERO, interest_paid=ZERO, prepaid=total)
    return _charge(position, rest, day)


def _charge(position, principal, day):
    """Post a charge of principal alone, pay what is due, and give back what is left."""
    charge = Installment(None, day, principal) if principal else None
    position = use_prepayment(position.charge(charge) if charge else position)
    return Rebalanced(replace(position, prepaid=ZERO), charge, position.prepaid)


def _amount(amount):
    if isinstance(amount, float):
        raise InstallmentError(f"Payment plan: {amount} must be exact, not a float.")
    amount = Decimal(amount)
    if amount <= 0 or amount != amount.quantize(CENT):
        raise InstallmentError(f"Payment plan: a payment of {amount} is not a positive amount.")
    return amount
