# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# `_` is the caller's: there is no env here. Its name lets the strings be found for translation.
# pylint: disable=prefer-env-translation
from decimal import Decimal

from .plain import plain_money, plain_text


def account_sentence(due, pending=Decimal(0), credit=Decimal(0), _=plain_text, money=plain_money):
    """The account in one sentence.

    :param due: what is to be paid now; zero or less means nothing
    :param pending: what plans are still expected to pay
    :param credit: payments not yet laid on a bill, a positive amount that ``due`` already takes off
    """
    clauses = [_due(due, _, money)]
    if credit:
        clauses.append(_("this counts %(amount)s that you paid ahead", amount=money(credit)))
    if pending:
        clauses.append(_("%(amount)s is still expected from your plan", amount=money(pending)))
    return "; ".join(clauses) + "."


def _due(due, _, money):
    if due > 0:
        return _("Please pay %(amount)s", amount=money(due))
    if due < 0:
        return _("You have %(amount)s with us", amount=money(-due))
    return _("There is nothing to pay")
