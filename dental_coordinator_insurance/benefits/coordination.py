# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Coordination of benefits: what a plan pays after the plans before it.

Symbols: F fee, A own allowed amount, B own benefit after own deductible and percentage,
P paid and W written off by the plans before.
"""

from decimal import Decimal

ZERO = Decimal(0)


def rule_of(coverage, position):
    """The rule in effect for the plan that pays in this position (2 is secondary).

    The Medicaid rule has a meaning in second place only.
    """
    rule = coverage.cob_rule or "standard"
    return "standard" if rule == "secondary_medicaid" and position != 2 else rule


def basic(fee, allowed, benefit, paid, written_off):
    """min(B, A - P): may pay into an earlier plan's write-off, which then shrinks."""
    return min(benefit, allowed - paid)


def standard(fee, allowed, benefit, paid, written_off):
    """min(B, F - P - W): what it would pay alone, at most what the patient would owe."""
    return min(benefit, fee - paid - written_off)


def carve_out(fee, allowed, benefit, paid, written_off):
    """B - P: non-duplication."""
    return benefit - paid


def maintenance(fee, allowed, benefit, paid, written_off):
    """B, whose allowed amount was reduced by P before the deductible."""
    return benefit


def uncoordinated(fee, allowed, benefit, paid, written_off):
    """B, as far as the fee is not yet paid."""
    return min(benefit, fee - paid)


_RULES = {
    "basic": basic,
    "secondary_medicaid": basic,
    "standard": standard,
    "carve_out": carve_out,
    "maintenance": maintenance,
    "none": uncoordinated,
}


def coordinate(rule, fee, allowed, benefit, paid, written_off):
    """Benefit after coordination, never negative."""
    return max(_RULES[rule](fee, allowed, benefit, paid, written_off), ZERO)
