# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The schedule of a plan, and what is left of it once some of it was charged and paid."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from .terms import InstallmentError, installment_date

ZERO = Decimal(0)
#: a plan of more installments was typed wrongly; a hundred years of months are enough
_MOST = 1200


@dataclass(frozen=True)
class Installment:
    """One amount that falls due.

    :param number: 0 for the down payment, None for a charge between the dates, else the period
        counted from the first date
    """

    number: int | None
    date: date
    principal: Decimal
    interest: Decimal = ZERO

    @property
    def payment(self):
        return self.principal + self.interest


@dataclass(frozen=True)
class Position:
    """Where a plan stands.

    :param charged: installments posted so far, in order; they never change again
    :param principal_paid: paid on principal, charged or not
    :param interest_paid: paid on interest
    :param prepaid: kept for installments to come
    :param cancelled: principal taken off the plan; its last installments shrink or go
    """

    charged: tuple = ()
    principal_paid: Decimal = ZERO
    interest_paid: Decimal = ZERO
    prepaid: Decimal = ZERO
    cancelled: Decimal = ZERO

    @property
    def charged_principal(self):
        return sum((row.principal for row in self.charged), ZERO)

    @property
    def charged_interest(self):
        return sum((row.interest for row in self.charged), ZERO)

    @property
    def due_principal(self):
        """Charged and unpaid; negative when more was paid than charged."""
        return self.charged_principal - self.principal_paid

    @property
    def due_interest(self):
        return self.charged_interest - self.interest_paid

    @property
    def due(self):
        return self.due_principal + self.due_interest

    @property
    def paid(self):
        """Paid on the plan, without what is kept for later."""
        return self.principal_paid + self.interest_paid

    def uncharged(self, terms):
        """Principal not charged yet, the down payment included."""
        return max(terms.principal - self.cancelled - self.charged_principal, ZERO)

    def unpaid(self, terms):
        """Principal not paid yet, the down payment included."""
        return max(terms.principal - self.cancelled - self.principal_paid, ZERO)

    def charge(self, installment):
        """The position with one more installment posted."""
        return replace(self, charged=(*self.charged, installment))


def schedule(terms):
    """All installments of a plan as agreed, the down payment first.

    :raises InstallmentError: when the installments would not even pay the interest
    """
    return forecast(terms, Position())


def forecast(terms, position):
    """Installments still to come, as if everything charged so far were paid on time.

    Interest is on what is not charged or not paid, whichever is less: what was paid ahead bears
    none, and arrears will be paid by then.

    :raises InstallmentError: when the installments would not even pay the interest
    """
    rows = []
    unpaid = position.unpaid(terms)
    course = _Course(terms, position)
    while course.rest:
        row = course.next(min(unpaid, course.rest))
        if row.principal <= 0:
            raise InstallmentError(
                f"Payment plan: {terms.level_payment} does not pay the interest of {row.interest}"
                f" on {row.date}; agree on more than that, or on fewer installments."
            )
        if len(rows) == _MOST:
            raise InstallmentError(
                f"Payment plan: {terms.level_payment} a time takes more than {_MOST} installments;"
                " agree on more."
            )
        rows.append(row)
    return rows


def post_next(terms, position):
    """The position after the next installment was posted and the prepayment used for it.

    Interest is on the principal really unpaid; when it takes the whole installment, interest alone
    is charged. The prepayment pays interest first.

    :raises InstallmentError: when nothing is left to charge
    """
    if not position.uncharged(terms):
        raise InstallmentError("Payment plan: every installment was posted; nothing is left.")
    row = _Course(terms, position).next(position.unpaid(terms))
    return use_prepayment(position.charge(replace(row, principal=max(row.principal, ZERO))))


def use_prepayment(position):
    """The position after what is due was taken from the prepayment, interest first."""
    interest = min(position.prepaid, max(position.due_interest, ZERO))
    principal = min(position.prepaid - interest, max(position.due_principal, ZERO))
    return replace(
        position,
        interest_paid=position.interest_paid + interest,
        principal_paid=position.principal_paid + principal,
        prepaid=position.prepaid - interest - principal,
    )


def not_yet_due(installments, day):
    """Principal of a typed schedule that falls due after a day: what closing it then charges."""
    return sum((row.principal for row in installments if row.date > day), ZERO)


class _Course:
    """The way from a position to the end of the plan, one installment at a time.

    :ivar rest: principal not charged yet
    """

    def __init__(self, terms, position):
        regular = [row.number for row in position.charged if row.number]
        self.rest = position.uncharged(terms)
        self._terms = terms
        self._level = terms.level_payment
        self._number = max(regular, default=0)
        self._posted = len(regular)
        self._owes_down = terms.down_payment and all(row.number != 0 for row in position.charged)

    def next(self, bearing):
        """The next installment, when ``bearing`` is the principal that bears interest."""
        row = self._down_payment() if self._owes_down else self._regular(bearing)
        self.rest -= row.principal
        return row

    def _down_payment(self):
        self._owes_down = False
        terms = self._terms
        due = min(terms.down_payment, self.rest)
        return Installment(0, terms.plan_date or terms.first_date, due)

    def _regular(self, bearing):
        terms = self._terms
        self._posted += 1
        self._number += 1
        while terms.not_before and installment_date(terms, self._number) < terms.not_before:
            self._number += 1
        day = installment_date(terms, self._number)
        # the down payment is paid first and bears nothing
        interest = terms.interest(min(bearing, terms.financed), day)
        is_last = terms.count and self._posted >= terms.count
        principal = self.rest if is_last else min(self._level - interest, self.rest)
        return Installment(self._number, day, principal, interest)
