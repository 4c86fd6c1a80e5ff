# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# `_` is the caller's: there is no env here. Its name lets the strings be found for translation.
# pylint: disable=prefer-env-translation
from dataclasses import dataclass
from decimal import Decimal

from .plain import plain_money, plain_text

ZERO = Decimal(0)


@dataclass(frozen=True)
class Charge:
    """What became of one fee. Every amount is a Decimal in the currency of the account.

    :param what: what was done, as it stands in a sentence ("crown")
    :param whose: name of the patient, empty for the reader of the sentence
    :param plan_paid: paid by plans; ``plan_pending`` is expected of them
    :param written_off: taken off by contract
    :param credited: taken off by the clinic
    :param paid: paid by the patient or guarantor
    :param on_plan: put on a payment plan, whose installments stand for it
    :param left: still open for them; negative where too much was paid
    :raises ValueError: when the parts do not add up to the fee
    """

    what: str
    fee: Decimal
    whose: str = ""
    plan_paid: Decimal = ZERO
    plan_pending: Decimal = ZERO
    written_off: Decimal = ZERO
    credited: Decimal = ZERO
    paid: Decimal = ZERO
    on_plan: Decimal = ZERO
    left: Decimal = ZERO

    def __post_init__(self):
        insured = self.plan_paid + self.plan_pending + self.written_off
        parts = insured + self.credited + self.paid + self.on_plan + self.left
        if parts != self.fee:
            raise ValueError(f"{self.what}: the parts add up to {parts}, the fee is {self.fee}")


def charge_sentence(charge, _=plain_text, money=plain_money):
    """One sentence that explains what is left of a fee.

    "Your crown cost 1150.00; your plan paid 402.00 and its contract took off 230.00; you paid 0.00;
    518.00 is left."
    """
    clauses = [_cost(charge, _, money), *_plan(charge, _, money)]
    if charge.credited:
        clauses.append(_("we took off %(amount)s", amount=money(charge.credited)))
    clauses.append(_("you paid %(amount)s", amount=money(charge.paid)))
    if charge.on_plan:
        clauses.append(_("%(amount)s is on your payment plan", amount=money(charge.on_plan)))
    clauses.append(_left(charge, _, money))
    return "; ".join(clauses) + "."


def _cost(charge, _, money):
    values = {"what": charge.what, "amount": money(charge.fee)}
    if charge.whose:
        return _("%(whose)s: %(what)s cost %(amount)s", whose=charge.whose, **values)
    return _("Your %(what)s cost %(amount)s", **values)


def _plan(charge, _, money):
    """The part of insurance: at most two clauses, none where no plan has to do with the fee."""
    paid, off = charge.plan_paid, charge.written_off
    clauses = []
    if paid and off:
        clauses.append(
            _(
                "your plan paid %(paid)s and its contract took off %(off)s",
                paid=money(paid),
                off=money(off),
            )
        )
    elif paid:
        clauses.append(_("your plan paid %(paid)s", paid=money(paid)))
    elif off:
        clauses.append(_("the contract with your plan took off %(off)s", off=money(off)))
    if charge.plan_pending:
        clauses.append(
            _("your plan is expected to pay %(amount)s", amount=money(charge.plan_pending))
        )
    return clauses


def _left(charge, _, money):
    if charge.left > 0:
        return _("%(amount)s is left", amount=money(charge.left))
    if charge.left < 0:
        return _("%(amount)s was paid too much", amount=money(-charge.left))
    return _("nothing is left")
