# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Orthodontic cases: the insurance share of a case spread over its services."""

from decimal import ROUND_HALF_EVEN, Decimal

CENT = Decimal("0.01")


def case_estimates(total_fee, insurance_share, fees, cent=CENT, rounding=ROUND_HALF_EVEN):
    """Estimate of each service of a case: its fee x insurance share / total fee.

    :param fees: fees of the services in order; the last planned one takes the rounding if all
        fees together are the total fee
    :raises ValueError: if the total fee is not positive
    """
    if total_fee <= 0:
        raise ValueError(f"orthodontic case: total fee {total_fee} is not positive")
    shares = [(fee * insurance_share / total_fee).quantize(cent, rounding) for fee in fees]
    if shares and sum(fees) == total_fee:
        shares[-1] += insurance_share - sum(shares)
    return tuple(shares)
