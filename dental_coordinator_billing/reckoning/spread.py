# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal


def spread(amount, shares):
    """Lay an amount over shares in their order, each filled before the next.

    What exceeds all shares falls on the last one, so that nothing is lost: the parts add up to
    ``amount``, always.

    :param amount: Decimal, may be negative
    :param shares: sequence of Decimals
    :return: list of Decimals, one a share
    """
    parts = []
    left = Decimal(amount)
    for share in shares:
        part = min(left, max(share, Decimal(0))) if left > 0 else Decimal(0)
        parts.append(part)
        left -= part
    if parts:
        parts[-1] += left
    return parts
