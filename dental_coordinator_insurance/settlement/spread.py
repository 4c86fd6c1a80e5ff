# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A payment without lines, divided among the services it is for."""

from .position import ZERO


def spread(amount, wanted, limits):
    """Divide a lump sum: first to what each service is expected to get, then to its fee.

    What is expected never counts for more than the fee.

    :param wanted: expected amounts, in the order of the services
    :param limits: the fees, in the same order
    :return: list of amounts that add up to ``amount``; a surplus, or a negative sum, goes to the
        first service
    """
    given = [ZERO] * len(wanted)
    left = amount
    capped = [min(pair) for pair in zip(wanted, limits, strict=True)]
    for targets in (capped, limits):
        for index, target in enumerate(targets):
            step = max(ZERO, min(left, target - given[index]))
            given[index] += step
            left -= step
    if given:
        given[0] += left
    return given
