# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The steps that lead to a figure, each a rule with what it changed, and their words."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .source import NO_SOURCE, Source

ZERO = Decimal(0)
_CENT = Decimal("0.01")


class Step(NamedTuple):
    """One step of a computation.

    :param rule: key of :data:`TEMPLATES`; ``unknown_...`` names an assumption
    :param track: ``benefit`` (fee to what the plan pays), ``write_off``, ``discount`` or
        ``patient``
    :param coverage: key of the coverage; None on the patient's track
    :param params: plain values for the words: Decimal, date, int, str or None
    """

    rule: str
    track: str
    coverage: object
    before: Decimal
    after: Decimal
    params: dict
    source: Source = NO_SOURCE

    @property
    def amount(self):
        """What the step adds; over one track of one coverage they add up to its result."""
        return self.after - self.before

    @property
    def is_assumption(self):
        return self.rule.startswith("unknown_")

    def words(self):
        """Values of the template as text; a screen may format ``params`` its own way."""
        values = {"before": self.before, "after": self.after, "amount": abs(self.amount)}
        return {name: _text(name, value) for name, value in (values | self.params).items()}


def _text(name, value):
    if name == "percent":
        return f"{value.normalize():f}"
    if isinstance(value, Decimal):
        return str(value.quantize(_CENT))
    if isinstance(value, date):
        return value.isoformat()
    return "-" if value is None else str(value)


class Track:
    """A running amount that writes down every step it takes, from zero."""

    __slots__ = ("coverage", "name", "steps", "value")

    def __init__(self, name, coverage, steps):
        self.name = name
        self.coverage = coverage
        self.value = ZERO
        self.steps = steps

    def move(self, rule, after, source=NO_SOURCE, **params):
        self.steps.append(Step(rule, self.name, self.coverage, self.value, after, params, source))
        self.value = after

    def note(self, rule, source=NO_SOURCE, **params):
        """A step that changes nothing but must be known."""
        self.move(rule, self.value, source, **params)


def sentence(step):
    """English words of a step."""
    return TEMPLATES[step.rule] % step.words()


TEMPLATES = {
    # what the plan pays
    "fee": "The fee is %(after)s.",
    "unknown_fee": "The office has no fee for %(code)s; %(after)s is assumed.",
    "not_in_force": "The coverage is not in force on %(date)s.",
    "not_billed": "This service is not billed to the insurance.",
    "allowed_schedule": "The plan's fee for %(code)s is %(fee)s; it allows %(after)s.",
    "allowed_alternate": "The plan pays as for %(alternate)s, whose fee is %(fee)s.",
    "allowed_missing_zero": "%(code)s is not in the plan's fee schedule: not covered.",
    "allowed_office_fee": "The plan has no fee schedule: it allows the fee of %(after)s.",
    "unknown_allowed": "The plan's fee for %(code)s is not known; %(after)s is assumed.",
    "allowed_typed": "Allowed amount entered by hand: %(after)s.",
    "alternate_no_fee": "The alternate code %(alternate)s has no fee and is not used.",
    "alternate_higher_fee": "The alternate code %(alternate)s costs more and is not used.",
    "copay": "Copay of %(copay)s.",
    "copay_typed": "Copay entered by hand: %(copay)s.",
    "fixed_benefit": "The plan pays a fixed %(fixed)s; the rest is copay.",
    "unknown_fixed_benefit": "No fixed amount is known for %(code)s; no copay is assumed.",
    "capitation": "A capitation plan does not pay for single services.",
    "cob_maintenance": "Other plans pay %(paid)s; this plan looks only at what is left.",
    "deductible": "Deductible of %(amount)s (%(owed)s still owed).",
    "deductible_typed": "Deductible entered by hand: %(amount)s.",
    "unknown_deductible": "No deductible is known; none is assumed.",
    "percent": "The plan covers %(percent)s %% of %(scope)s: %(after)s.",
    "percent_typed": "Percentage entered by hand: %(percent)s %%.",
    "unknown_percent": "Coverage of %(code)s is not known; %(percent)s %% is assumed.",
    "before_limits_typed": "Estimate entered by hand: %(after)s.",
    "cob_basic": "Paid by other plans: %(paid)s. This one pays up to its own allowed amount.",
    "cob_standard": "Paid by other plans: %(paid)s. This one pays what the patient still owes.",
    "cob_carve_out": "Paid by other plans: %(paid)s, taken off what this plan alone would pay.",
    "cob_secondary_medicaid": "Paid by other plans: %(paid)s; Medicaid pays up to its own fee.",
    "cob_none": "Does not coordinate with other plans; together they pay at most the fee.",
    "unknown_cob": "How this plan coordinates is not known; standard is assumed.",
    "excluded": "Not covered: %(scope)s is excluded.",
    "age": "Not covered at age %(age)s (from %(min_age)s, through %(max_age)s).",
    "unknown_age": "There is an age limit, but the birth date is not known; covered is assumed.",
    "maximum_individual": "Maximum of %(limit)s, %(used)s used: %(left)s left.",
    "maximum_family": "Family maximum of %(limit)s, %(used)s used: %(left)s left.",
    "lifetime_individual": "Lifetime maximum of %(limit)s, %(used)s used: %(left)s left.",
    "lifetime_family": "Family lifetime maximum of %(limit)s, %(used)s used: %(left)s left.",
    "unknown_maximum": "No maximum is known; none is assumed.",
    "frequency": "Not covered so often: last on %(last)s, covered again from %(free_on)s.",
    "waiting": "Waiting period: covered from %(free_on)s.",
    "unknown_waiting": "Waiting period of %(quantity)s %(unit)s, start unknown; over is assumed.",
    "missing_tooth": "Not covered: the tooth was lost on %(date)s, before the coverage began.",
    "unknown_missing_tooth": "When the tooth was lost is not known; covered is assumed.",
    "same_day": "Not covered on the same day as %(other)s.",
    "rounding": "Rounded to the cent.",
    "precert": "The plan answered the precertification %(number)s: %(after)s.",
    "total_typed": "Estimate entered by hand: %(after)s.",
    "received": "The plan has paid %(after)s.",
    # what is written off
    "write_off_contract": "Contracted discount: the fee less the plan's fee of %(network)s.",
    "write_off_capitation": "Capitation plan: all but the copay is written off.",
    "write_off_medicaid": "Medicaid as second plan: what nobody paid is written off.",
    "write_off_other_plan": "No write-off: another plan pays or writes off.",
    "write_off_limited": "Not more than what is left of the fee.",
    "write_off_shrinks": "Payments of all plans leave less to write off.",
    "write_off_substituted": "No write-off when an alternate code is paid.",
    "write_off_excluded": "No write-off on services that are not covered.",
    "write_off_maximum": "No write-off once the maximum is used up.",
    "write_off_limits": "No write-off beyond frequency or age limits.",
    "write_off_typed": "Write-off entered by hand: %(after)s.",
    "write_off_received": "The plan's answer: write-off of %(after)s.",
    # in-house discount plan
    "unknown_discount": "The discount plan has no fee for %(code)s; no discount is assumed.",
    "discount": "Discount plan: the fee less %(plan_fee)s.",
    "discount_limited": "Not more than what is left of the fee.",
    "discount_shrinks": "Payments of the plans leave less to discount.",
    "discount_maximum": "Discount left for the year: %(left)s.",
    "discount_frequency": "No discount: already %(given)s of %(allowed)s this year.",
    # what the patient owes
    "patient_fee": "The fee is %(after)s.",
    "patient_plan": "%(plan)s pays %(amount)s.",
    "patient_write_off": "Written off for %(plan)s: %(amount)s.",
    "patient_discount": "Discount of %(plan)s: %(amount)s.",
    "patient_overpaid": "Plans paid %(amount)s more than the fee; the patient owes nothing.",
}
