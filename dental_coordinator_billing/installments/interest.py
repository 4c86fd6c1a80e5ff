# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Interest that is charged when it is earned, and never more than was agreed."""

from decimal import Decimal

from .terms import installment_date


def free_until(terms, number):
    """Day from which interest runs when the first ``number`` installments bear none."""
    return installment_date(terms, number + 1)


def earned(terms, row, at_start, at_end):
    """Interest of an installment on its day.

    What was paid before the period began bears none. Arrears bear no more than was agreed, and
    nothing is earned any more once the principal is paid.

    :param row: the :class:`Installment` as agreed
    :param at_start: principal unpaid when the period before the installment began
    :param at_end: principal unpaid before its day
    """
    if at_end <= 0:
        return Decimal(0)
    return min(row.interest, terms.interest(min(at_start, terms.financed), row.date))
