# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal


def exact(amount, digits=2):
    """The Decimal that a stored amount stands for: 0.1 + 0.2 is 0.30, not 0.30000000000000004.

    :param amount: float (or anything a Decimal takes), in the currency
    :param digits: decimal places of the currency
    """
    return round(Decimal(str(amount or 0)), digits)
