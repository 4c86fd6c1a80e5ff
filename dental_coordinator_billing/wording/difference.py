# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# `_` is the caller's: there is no env here. Its name lets the strings be found for translation.
# pylint: disable=prefer-env-translation
from .plain import plain_money, plain_text


def difference_sentence(quoted, actual, _=plain_text, money=plain_money):
    """Why the patient pays something else than was quoted; empty where the amount is the same.

    Both are mappings of Decimals: ``fee``, ``plan_amount``, ``write_off``, ``patient_amount``.
    "20.00 more than quoted: the fee is 50.00 higher, the plan pays 30.00 more."
    """
    change = {key: actual[key] - quoted[key] for key in actual}
    if not change["patient_amount"]:
        return ""
    reasons = [
        text
        for text in (
            _fee(change["fee"], _, money),
            _plan(change["plan_amount"], _, money),
            _write_off(change["write_off"], _, money),
        )
        if text
    ]
    return f"{_headline(change['patient_amount'], _, money)}: {', '.join(reasons)}."


def _headline(change, _, money):
    if change > 0:
        return _("%(amount)s more than quoted", amount=money(change))
    return _("%(amount)s less than quoted", amount=money(-change))


def _fee(change, _, money):
    if change > 0:
        return _("the fee is %(amount)s higher", amount=money(change))
    if change < 0:
        return _("the fee is %(amount)s lower", amount=money(-change))
    return ""


def _plan(change, _, money):
    if change > 0:
        return _("the plan pays %(amount)s more", amount=money(change))
    if change < 0:
        return _("the plan pays %(amount)s less", amount=money(-change))
    return ""


def _write_off(change, _, money):
    if change > 0:
        return _("the contract takes off %(amount)s more", amount=money(change))
    if change < 0:
        return _("the contract takes off %(amount)s less", amount=money(-change))
    return ""
