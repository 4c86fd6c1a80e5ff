# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import dataclass
from decimal import Decimal

# Steps that are never offered while something speaks for waiting.
HARD = ("final", "last")


@dataclass(frozen=True)
class Rule:
    """A step to take from some age and amount on.

    :ivar kind: ``call``, ``letter``, ``final`` (notice) or ``last`` (hand over or write off)
    :ivar minimum: smallest amount overdue for which it is worth it
    :ivar text: whether it has words for the bill
    """

    key: int
    days: int
    minimum: Decimal
    kind: str
    text: bool = True


@dataclass(frozen=True)
class Account:
    """What is overdue, for how long, and what speaks for waiting.

    :ivar taken: key of the last step taken for what is overdue now
    :ivar final_sent: whether a final notice went out for it
    """

    days: int
    amount: Decimal
    taken: int | None = None
    final_sent: bool = False
    disputed: bool = False
    promised: bool = False
    plan_kept: bool = False
    claims_open: bool = False


def holds(account):
    """Names of what speaks for waiting, the strongest first."""
    names = ("disputed", "promised", "plan_kept", "claims_open")
    return tuple(name for name in names if getattr(account, name))


def stopped(account, kind):
    """Whether no step of this kind is taken now.

    A dispute or a promise stops every step; a plan that is kept and claims that are open stop the
    hard ones.
    """
    return account.disputed or account.promised or (kind in HARD and bool(holds(account)))


def next_step(account, rules):
    """The most specific step that fits, is not stopped and comes after the last one taken.

    Nothing is handed over before a final notice went out.

    :return: the rule, or None
    """
    ranked = sorted(rules, key=_rank)
    keys = [rule.key for rule in ranked]
    first = keys.index(account.taken) + 1 if account.taken in keys else 0
    fitting = [rule for rule in _fitting(ranked[first:], account) if _allowed(rule, account)]
    return fitting[-1] if fitting else None


def notice(account, rules):
    """The rule whose text stands on a bill: the most specific one, and only one.

    :return: the rule, or None
    """
    worded = [rule for rule in rules if rule.text and rule.kind != "last"]
    told = [rule for rule in worded if not stopped(account, rule.kind)]
    fitting = _fitting(sorted(told, key=_rank), account)
    return fitting[-1] if fitting else None


def _rank(rule):
    return rule.days, rule.minimum, rule.key


def _fitting(ranked, account):
    return [r for r in ranked if r.days <= account.days and r.minimum <= account.amount]


def _allowed(rule, account):
    return not stopped(account, rule.kind) and (rule.kind != "last" or account.final_sent)
