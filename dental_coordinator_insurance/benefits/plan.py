# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Plans and coverages as the engine takes them: rules, schedules, options."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from .area import AREAS
from .fees import FeeSchedule
from .index import BenefitIndex
from .scope import Scope
from .source import NO_SOURCE, Source

BENEFIT_KINDS = frozenset(
    (
        "coinsurance",
        "deductible",
        "maximum",
        "frequency",
        "age",
        "waiting",
        "exclusion",
        "copay",
        "fixed_benefit",
        "missing_tooth",
        "same_day",
    )
)
AMOUNT_PERIODS = ("benefit_year", "calendar_year", "lifetime")
COUNT_PERIODS = (*AMOUNT_PERIODS, "last_12_months")
SPAN_PERIODS = ("days", "months", "years")
PERIODS = {
    "deductible": AMOUNT_PERIODS,
    "maximum": AMOUNT_PERIODS,
    "frequency": COUNT_PERIODS + SPAN_PERIODS,
    "waiting": SPAN_PERIODS,
}
PLAN_KINDS = ("ppo", "percentage", "flat_copay", "capitation", "discount")
COB_RULES = ("", "none", "basic", "standard", "carve_out", "maintenance", "secondary_medicaid")
CONDITIONS = ("never", "second_molar", "molar", "posterior", "always")


def check_choice(owner, name, value, allowed):
    """Refuse a value that is not one of the allowed.

    :raises ValueError: naming owner, field, value and choices
    """
    if value not in allowed:
        choices = ", ".join(repr(choice) for choice in allowed)
        raise ValueError(f"{owner}: {name} {value!r} is not one of {choices}")


@dataclass(frozen=True)
class Benefit:
    """One row of a plan's benefit breakdown.

    ======================  ============================================================
    kind                    says
    ======================  ============================================================
    coinsurance             ``percent`` the plan pays; None is unknown
    deductible, maximum     ``amount`` for each ``level`` in each ``period``; None is unknown,
                            ``unlimited`` is "there is none"
    frequency               ``quantity`` services in each ``period``, or ``count`` in ``quantity``
                            days, months or years from the first of them on, per ``area``
    age                     covered from ``min_age`` through ``max_age``, both included
    waiting                 ``quantity`` days, months or years from the start of the coverage
    exclusion               not covered
    copay, fixed_benefit    ``amount`` for one unit
    missing_tooth           no replacement of a tooth lost before the coverage began
    same_day                nothing on the day of one of ``other_codes``
    ======================  ============================================================

    :param counts_toward_general: payments under this maximum use the general one as well
    :param patient_level: an agreement for this patient, before every row of the plan
    :param network: ``in`` or ``out``; empty for both
    :raises ValueError: for a kind, level, period, area or network that does not exist, a negative
        amount or a percent above 100
    """

    kind: str
    scope: Scope
    amount: Decimal | None = None
    percent: Decimal | None = None
    quantity: int | None = None
    count: int = 1
    period: str = "benefit_year"
    level: str = "individual"
    area: str = ""
    min_age: int | None = None
    max_age: int | None = None
    counts_toward_general: bool = False
    unlimited: bool = False
    patient_level: bool = False
    network: str = ""
    other_codes: frozenset = frozenset()
    source: Source = NO_SOURCE
    key: object = None

    def __post_init__(self):
        owner = f"benefit {self.kind} of {self.scope.name}"
        check_choice(owner, "kind", self.kind, sorted(BENEFIT_KINDS))
        check_choice(owner, "level", self.level, ("individual", "family"))
        check_choice(owner, "network", self.network, ("", "in", "out"))
        check_choice(owner, "area", self.area, sorted(AREAS))
        check_choice(owner, "period", self.period, PERIODS.get(self.kind, (self.period,)))
        if self.kind in ("frequency", "waiting") and (self.quantity is None or self.quantity < 0):
            raise ValueError(f"{owner}: quantity {self.quantity!r} is not a count")
        if self.count < 1:
            raise ValueError(f"{owner}: count {self.count!r} is not positive")
        if self.percent is not None and not 0 <= self.percent <= 100:
            raise ValueError(f"{owner}: percent {self.percent} is not from 0 to 100")
        if self.amount is not None and self.amount < 0:
            raise ValueError(f"{owner}: amount {self.amount} is negative")


@dataclass(frozen=True)
class Substitution:
    """Alternate code on which the plan computes the benefit of ``code``."""

    code: str
    alternate: str
    condition: str = "always"
    source: Source = NO_SOURCE

    def __post_init__(self):
        check_choice(f"substitution of {self.code}", "condition", self.condition, CONDITIONS)


@dataclass(frozen=True)
class Discount:
    """In-house discount plan: cap a year, and services a year by class."""

    annual_max: Decimal | None = None
    frequencies: dict = field(default_factory=dict)


@dataclass(frozen=True)
class PlanOptions:
    """Choices of a plan; None means the choice of the practice (:class:`Settings`)."""

    fixed_benefits: bool = False
    usual_fee_when_excluded: bool = False
    no_write_off_on_substitution: bool = False
    substitutions_allowed: bool = True
    zero_write_off_max: bool | None = None
    zero_write_off_limits: bool | None = None


@dataclass(frozen=True)
class Plan:
    """A plan as all its members have it. Build it once: its index of benefits is kept on it.

    :param fees: the plan's own schedule of posted fees (percentage, flat copay, capitation)
    :param allowed: contracted fees (ppo), or out-of-network allowed amounts (percentage)
    """

    kind: str
    benefits: tuple = ()
    renewal_month: int = 1
    fees: FeeSchedule | None = None
    allowed: FeeSchedule | None = None
    copays: FeeSchedule | None = None
    fixed: FeeSchedule | None = None
    substitutions: tuple = ()
    options: PlanOptions = PlanOptions()
    discount: Discount | None = None
    label: str = ""

    def __post_init__(self):
        check_choice(f"plan {self.label}", "kind", self.kind, PLAN_KINDS)

    @property
    def pays_in_full(self):
        """Plans whose share is not a percentage: all that the copay leaves."""
        return self.kind in ("flat_copay", "capitation") or self.options.fixed_benefits

    @cached_property
    def _indexes(self):
        return {}

    def index(self, network):
        """The plan's rows for members in (``in``) or out of (``out``) the network."""
        if network not in self._indexes:
            rows = (b for b in self.benefits if b.network in ("", network))
            self._indexes[network] = BenefitIndex(rows)
        return self._indexes[network]

    @cached_property
    def substitutions_by_code(self):
        found = {}
        for rule in self.substitutions:
            found.setdefault(rule.code, []).append(rule)
        return found


def _statement(row):
    """What a row speaks of: a row of the patient on the same thing replaces the plan's."""
    return row.kind, row.scope, row.level, row.period, row.network


@dataclass(frozen=True)
class Rollover:
    """Unused maximum of an earlier year that may be used from ``starts`` to ``expires``."""

    amount: Decimal
    starts: date
    expires: date
    source: Source = NO_SOURCE


@dataclass(frozen=True)
class Coverage:
    """One plan of one patient.

    :param order: 1 is primary
    :param cob_rule: how the plan pays after another; empty is unknown
    :param starts: first day in force; outside ``starts`` to ``ends`` the plan pays nothing
    :param waiting_from: day from which waiting periods run, if it is not ``starts``
    :param network: ``in`` or ``out``; empty is unknown: rows for ``in`` count, those for ``out``
        on a percentage plan, which has no contract
    :param benefits: rows agreed for this patient: percentages, frequencies and waiting periods
        before all of the plan's, others in place of the plan's row that says the same thing
    """

    key: object
    order: int
    plan: Plan
    cob_rule: str = ""
    starts: date | None = None
    ends: date | None = None
    waiting_from: date | None = None
    network: str = ""
    benefits: tuple = ()
    rollovers: tuple = ()
    label: str = ""

    def __post_init__(self):
        check_choice(f"coverage {self.key}", "coordination rule", self.cob_rule, COB_RULES)

    @cached_property
    def index(self):
        network = self.network or ("out" if self.plan.kind == "percentage" else "in")
        if not self.benefits:
            return self.plan.index(network)
        own = [replace(b, patient_level=True) for b in self.benefits]
        said = {_statement(row) for row in own}
        rows = (*own, *(row for row in self.plan.benefits if _statement(row) not in said))
        return BenefitIndex(row for row in rows if row.network in ("", network))

    @property
    def waiting_start(self):
        return self.waiting_from or self.starts

    def in_force(self, day):
        return (not self.starts or self.starts <= day) and (not self.ends or day <= self.ends)
