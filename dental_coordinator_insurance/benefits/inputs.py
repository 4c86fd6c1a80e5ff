# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the estimate engine takes in. All amounts are Decimal, percents are 80 for 80 %."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cached_property

from .area import NOWHERE, Area
from .fees import FeeSchedule
from .plan import check_choice
from .scope import Subject
from .source import NO_SOURCE, Source

ZERO = Decimal(0)
HISTORY_STATUSES = ("paid", "pending", "adjustment", "elsewhere", "precert")


@dataclass(frozen=True)
class Patient:
    birth_date: date | None = None


@dataclass(frozen=True)
class Overrides:
    """Figures a person typed for one service and one coverage; None is not typed.

    :param paid_other: paid by the plans before this one
    :param total: the estimate itself; changes no other step
    :param before_limits: the estimate before age, maximum, frequency and waiting period
    """

    coverage: object
    allowed: Decimal | None = None
    copay: Decimal | None = None
    deductible: Decimal | None = None
    percent: Decimal | None = None
    paid_other: Decimal | None = None
    total: Decimal | None = None
    write_off: Decimal | None = None
    before_limits: Decimal | None = None


@dataclass(frozen=True)
class Received:
    """What a plan has answered for a service."""

    coverage: object
    paid: Decimal
    write_off: Decimal = ZERO
    deductible: Decimal = ZERO


@dataclass(frozen=True)
class Precert:
    """Answered precertification of a service: its amount replaces the estimate."""

    coverage: object
    amount: Decimal
    number: str = ""
    source: Source = NO_SOURCE


@dataclass(frozen=True)
class Procedure:
    """A service to estimate.

    :param ref: any key; history rows of the same service carry it too
    :param categories: from wide to narrow, see :class:`~.scope.Subject`
    :param fee: office fee of one unit; None to look it up
    :param date: None is the as-of date
    :param planned: not done yet, so it moves to the as-of date if its own is earlier
    :param age: age to use instead of the one computed from the birth date
    """

    ref: object
    code: str
    categories: tuple = ()
    fee: Decimal | None = None
    quantity: int = 1
    date: date | None = None
    planned: bool = True
    area: Area = NOWHERE
    provider: object = None
    clinic: object = None
    discount_class: str = ""
    do_not_bill: bool = False
    tooth_lost_on: date | None = None
    age: int | None = None
    overrides: tuple = ()
    received: tuple = ()
    precerts: tuple = ()

    def __post_init__(self):
        if self.quantity < 1:
            raise ValueError(f"procedure {self.ref}: quantity {self.quantity!r} is not positive")
        if self.fee is not None and self.fee < 0:
            raise ValueError(f"procedure {self.ref}: fee {self.fee} is negative")

    @cached_property
    def subject(self):
        return Subject(self.code, self.categories)

    def date_as_of(self, as_of):
        if self.date is None or (self.planned and as_of and self.date < as_of):
            if as_of is None:
                raise ValueError(f"procedure {self.ref}: neither a date nor an as-of date")
            return as_of
        return self.date


@dataclass(frozen=True)
class History:
    """A payment, an open claim line, or a use noted by hand.

    :param status: paid, pending, adjustment (no service), elsewhere (counts for frequency only),
        precert (never counts)
    :param own: False for another member of the family
    :param service: joins several rows of one service; None is a service of its own
    """

    coverage: object
    date: date
    code: str = ""
    categories: tuple = ()
    status: str = "paid"
    paid: Decimal = ZERO
    estimated: Decimal = ZERO
    deductible: Decimal = ZERO
    own: bool = True
    service: object = None
    area: Area = NOWHERE
    do_not_bill: bool = False
    discount_class: str = ""
    source: Source = NO_SOURCE

    def __post_init__(self):
        check_choice(f"history of {self.date}", "status", self.status, HISTORY_STATUSES)

    @cached_property
    def subject(self):
        """Code and categories; None for a use that belongs to no service."""
        return Subject(self.code, self.categories) if self.code else None

    @property
    def used(self):
        """Amount it takes from a maximum."""
        if self.status == "pending":
            return self.paid + self.estimated
        return self.paid if self.status in ("paid", "adjustment") else ZERO


@dataclass(frozen=True)
class Settings:
    """Choices of the practice.

    :param usual_fees: the office's own fees
    :param substitutions: office-wide alternate codes
    :param missing_fee_is_zero: a code that the plan's schedule does not have is not covered
    :param assumed_percent: used and named where the percentage is unknown
    :param rounding: half cents to the even cent by default; commercial rounding is ROUND_HALF_UP
    """

    usual_fees: FeeSchedule | None = None
    substitutions: tuple = ()
    secondary_write_offs: bool = False
    missing_fee_is_zero: bool = False
    blank_fixed_is_zero: bool = False
    mark_excluded_do_not_bill: bool = False
    zero_write_off_max: bool = False
    zero_write_off_limits: bool = False
    assumed_percent: Decimal = ZERO
    cent: Decimal = Decimal("0.01")
    rounding: str = ROUND_HALF_EVEN

    def round(self, amount):
        return amount.quantize(self.cent, rounding=self.rounding)


@dataclass(frozen=True)
class Request:
    """One patient's services in the order in which they consume deductible and maximum.

    That order is: lines on claims (paid, then pending), the claim being built, planned services
    by priority, then tooth.
    """

    coverages: tuple
    procedures: tuple
    history: tuple = ()
    patient: Patient = Patient()
    as_of: date | None = None
    settings: Settings = Settings()
