# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the estimate engine gives back."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

ZERO = Decimal(0)


@dataclass(frozen=True)
class PlanLine:
    """One service under one coverage.

    :param paid: what the plan is estimated to pay, or has paid if ``received``
    :param base: the same after coordination, before age, maximum, frequency and waiting period
    :param deductible: taken by this service; ``deductible_owed`` was owed before it
    :param alternate: alternate code that a rule names; ``alternate_used`` if the plan pays by it
    :param limits: rules that reduced or stopped the benefit, in order
    """

    coverage: object
    order: int
    fee: Decimal
    allowed: Decimal = ZERO
    copay: Decimal = ZERO
    deductible: Decimal = ZERO
    deductible_owed: Decimal = ZERO
    percent: Decimal | None = None
    base: Decimal = ZERO
    paid: Decimal = ZERO
    write_off: Decimal = ZERO
    discount: Decimal = ZERO
    alternate: str | None = None
    alternate_used: bool = False
    excluded: bool = False
    frequency_met: bool = False
    waiting: bool = False
    age_limited: bool = False
    max_exhausted: bool = False
    do_not_bill: bool = False
    received: bool = False
    free_on: date | None = None
    limits: tuple = ()


@dataclass(frozen=True)
class Line:
    """One service: fee == paid + write_off + discount + patient - overpaid."""

    ref: object
    code: str
    date: date
    fee: Decimal
    plans: tuple
    patient: Decimal
    overpaid: Decimal
    trace: tuple

    @property
    def paid(self):
        return sum((p.paid for p in self.plans), ZERO)

    @property
    def write_off(self):
        return sum((p.write_off for p in self.plans), ZERO)

    @property
    def discount(self):
        return sum((p.discount for p in self.plans), ZERO)

    @property
    def unknowns(self):
        """Steps that rest on an assumption."""
        return tuple(step for step in self.trace if step.is_assumption)

    def plan(self, coverage):
        return next((p for p in self.plans if p.coverage == coverage), None)


@dataclass(frozen=True)
class Estimate:
    """All services, in the order of the request."""

    lines: tuple

    @cached_property
    def _by_ref(self):
        return {line.ref: line for line in self.lines}

    def line(self, ref):
        return self._by_ref[ref]

    @property
    def fee(self):
        return sum((line.fee for line in self.lines), ZERO)

    @property
    def paid(self):
        return sum((line.paid for line in self.lines), ZERO)

    @property
    def write_off(self):
        return sum((line.write_off for line in self.lines), ZERO)

    @property
    def discount(self):
        return sum((line.discount for line in self.lines), ZERO)

    @property
    def patient(self):
        return sum((line.patient for line in self.lines), ZERO)
