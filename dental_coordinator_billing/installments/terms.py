# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was agreed."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal

from .dates import FREQUENCIES, period_date

CENT = Decimal("0.01")
#: far more digits than any amount has, against 20.60 computed as 20.6000000000000000001
_NOISE = Decimal("1e-12")


class InstallmentError(ValueError):
    """Terms that cannot be a payment plan; the text says what to change."""


@dataclass(frozen=True)
class Terms:
    """A payment plan as agreed.

    :param principal: amount of the plan with its down payment, in whole cents
    :param first_date: date of the first installment; all others are counted from it
    :param payment: amount of each installment, or
    :param count: their number
    :param apr: yearly rate in percent: 12 is one percent a month
    :param frequency: one of :data:`FREQUENCIES`
    :param down_payment: due on ``plan_date``, without interest
    :param plan_date: date of the agreement; the first date if not given
    :param interest_from: installments before this date bear no interest; without it the first one
        already bears a period's
    :param not_before: no installment is dated earlier, for services completed after ``first_date``
    :param cent: the smallest amount of the currency
    :raises InstallmentError: when they contradict each other
    """

    principal: Decimal
    first_date: date
    payment: Decimal | None = None
    count: int | None = None
    apr: Decimal = Decimal(0)
    frequency: str = "monthly"
    down_payment: Decimal = Decimal(0)
    plan_date: date | None = None
    interest_from: date | None = None
    not_before: date | None = None
    cent: Decimal = CENT

    def __post_init__(self):
        for name in ("principal", "payment", "apr", "down_payment"):
            value = getattr(self, name)
            if isinstance(value, float):
                raise InstallmentError(f"Payment plan: {name} {value} must be exact, not a float.")
            if value is not None:
                object.__setattr__(self, name, Decimal(value))
        for problem, remedy in self._problems():
            if problem:
                raise InstallmentError(f"Payment plan: {remedy}")

    def _problems(self):
        amounts = [self.principal, self.down_payment, self.payment or self.cent]
        yield (
            (self.payment is None) == (self.count is None),
            "give either the amount of the installments or their number.",
        )
        yield (
            self.frequency not in FREQUENCIES,
            f"{self.frequency!r} is no frequency; use {', '.join(FREQUENCIES)}.",
        )
        yield any(amount % self.cent for amount in amounts), "amounts are whole cents."
        yield self.principal < 0, f"nothing can be paid off of {self.principal}."
        yield (
            not 0 <= self.down_payment <= max(self.principal, 0),
            f"the down payment {self.down_payment} must lie between 0 and {self.principal}.",
        )
        yield self.apr < 0, f"the yearly rate of {self.apr} % is negative."
        yield (
            self.payment is not None and self.payment <= 0,
            "each installment must be more than 0.",
        )
        yield self.count is not None and self.count < 1, "at least one installment is needed."

    @property
    def financed(self):
        """Principal that is paid by installments."""
        return self.principal - self.down_payment

    @property
    def rate(self):
        """Interest of one period for one unit of principal."""
        return self.apr / 100 / FREQUENCIES[self.frequency]

    @property
    def level_payment(self):
        """Amount of each installment but the last.

        From a number n it is P r / (1 - (1 + r)^-n), P / n without interest, rounded up to the
        cent; the last one takes the rest and is usually the smaller.
        """
        if self.payment is not None:
            return self.payment
        if self.rate:
            exact = self.financed * self.rate / (1 - (1 + self.rate) ** -self.count)
        else:
            exact = self.financed / self.count
        return exact.quantize(_NOISE).quantize(self.cent, ROUND_CEILING)

    def interest(self, principal, day):
        """Interest of an installment on that day for the period before it, in whole cents."""
        if self.interest_from and day < self.interest_from:
            return Decimal(0)
        return (principal * self.rate).quantize(self.cent, ROUND_HALF_EVEN)


def installment_date(terms, number):
    """Date of the n-th period, 1 for the first."""
    return period_date(terms.first_date, terms.frequency, number - 1)
