# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Short ways to write plans, services and histories for tests of the estimate engine."""

from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase

from ..benefits import (
    Benefit,
    Coverage,
    FeeSchedule,
    History,
    Plan,
    PlanOptions,
    Procedure,
    Request,
    Scope,
    Settings,
    estimate,
)

DAY = date(2024, 6, 14)
CATEGORIES = {
    "D0": ("general", "Diagnostic"),
    "D02": ("general", "Diagnostic", "XRay"),
    "D1": ("general", "Preventive"),
    "D2": ("general", "Restorative"),
    "D27": ("general", "Crowns"),
    "D8": ("Orthodontics",),
}


def money(value):
    return None if value is None else Decimal(str(value))


def categories(code):
    return CATEGORIES.get(code[:3]) or CATEGORIES.get(code[:2], ())


def scope(name):
    """``general``, a category, a code, or a list of codes for a group."""
    if name == "general":
        return Scope.general()
    if isinstance(name, (list, tuple)):
        return Scope.group("+".join(name), name)
    is_code = name[0] in "DX" and name[1:].isdigit()
    return Scope.code(name) if is_code else Scope.category(name)


def benefit(kind, name="general", **values):
    for field in ("amount", "percent"):
        if field in values:
            values[field] = money(values[field])
    return Benefit(kind, scope(name), **values)


def pays(percent, name="general", **values):
    return benefit("coinsurance", name, percent=percent, **values)


def deductible(amount, name="general", **values):
    return benefit("deductible", name, amount=amount, **values)


def maximum(amount, name="general", **values):
    return benefit("maximum", name, amount=amount, **values)


def frequency(quantity, period, name, **values):
    return benefit("frequency", name, quantity=quantity, period=period, **values)


def fees(values):
    return None if values is None else FeeSchedule.of({c: money(v) for c, v in values.items()})


def coverage(*benefits, kind="percentage", order=1, cob="", allowed=None, posted=None, **values):
    """A coverage whose key is its order; what a plan has goes to the plan."""
    of_coverage = ("starts", "ends", "waiting_from", "network", "rollovers", "label", "key")
    own = {name: values.pop(name) for name in of_coverage if name in values}
    options = {n: values.pop(n) for n in PlanOptions.__dataclass_fields__ if n in values}
    plan = Plan(
        kind,
        benefits=benefits,
        allowed=fees(allowed),
        fees=fees(posted),
        options=PlanOptions(**options),
        **values,
    )
    return Coverage(**({"key": order} | own), order=order, plan=plan, cob_rule=cob)


def service(code="D2391", fee=100, ref=None, **values):
    values.setdefault("date", DAY)
    values.setdefault("categories", categories(code))
    return Procedure(ref=ref or code, code=code, fee=money(fee), **values)


def used(code="", paid=0, day=DAY, **values):
    """A history row; ``coverage`` is 1 unless said."""
    amounts = {n: money(values.pop(n)) for n in ("estimated", "deductible") if n in values}
    values.setdefault("coverage", 1)
    return History(
        code=code, categories=categories(code), date=day, paid=money(paid), **amounts, **values
    )


class BenefitsCase(BaseCase):
    """Assertions on estimates."""

    def run_engine(self, coverages, *services, history=(), as_of=None, patient=None, **settings):
        coverages = coverages if isinstance(coverages, tuple) else (coverages,)
        extra = {"patient": patient} if patient else {}
        return estimate(
            Request(
                coverages,
                services,
                tuple(history),
                as_of=as_of,
                settings=Settings(**settings),
                **extra,
            )
        )

    def run_one(self, coverages, given=None, **values):
        """(line, its first plan line) of a single service."""
        line = self.run_engine(coverages, given or service(), **values).lines[0]
        return line, line.plans[0]

    def assert_paid(self, result, *expected):
        """What the first plan pays for each service."""
        self.assertEqual(
            [line.plans[0].paid for line in result.lines], [money(e) for e in expected]
        )

    def assert_deductibles(self, result, *expected):
        taken = [line.plans[0].deductible for line in result.lines]
        self.assertEqual(taken, [money(e) for e in expected])

    def rules(self, line, track="benefit"):
        return [step.rule for step in line.trace if step.track == track]
