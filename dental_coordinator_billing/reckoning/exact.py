# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

# As many as any currency has in use (dinars have three).
DIGITS = 3


def exact(amount, digits=DIGITS):
    """The Decimal that a stored amount stands for: 0.1 + 0.2 is 0.30, not 0.30000000000000004.

    :param amount: float (or anything a Decimal takes), rounded as its currency is
    :param digits: decimal places of the currency, if it is known to have fewer
    :return: with two decimal places where they are enough, else with three
    """
    value = round(Decimal(str(amount or 0)), digits)
    cents = round(value, 2)
    return cents if cents == value else value


def unit(places):
    """The smallest amount of a currency with so many decimal places."""
    return Decimal(1).scaleb(-places)
