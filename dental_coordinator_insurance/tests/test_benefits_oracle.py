# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The engine beside a second reckoning that was written from the rules alone."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from odoo.tests import BaseCase

from ..benefits import (
    Benefit,
    Coverage,
    FeeSchedule,
    History,
    Patient,
    Plan,
    PlanOptions,
    Precert,
    Procedure,
    Received,
    Request,
    Scope,
    Settings,
    Substitution,
    estimate,
)
from ..benefits.case_plans import categories_of
from ..benefits.case_teeth import read_area
from .benefits_oracle import CONDITIONS, Oracle

REQUESTS = 2500
TODAY = date(2024, 6, 14)
CODES = "D0120 D0274 D1110 D2391 D2740 D2750 D4341 D7140 D8080 D9110".split()
CATEGORIES = (
    "Diagnostic DiagnosticXRay RoutinePreventive Restorative Crowns Periodontics OralSurgery "
    "Orthodontics Adjunctive"
).split()
DAYS = [
    date.fromisoformat(day)
    for day in (
        "2023-06-14 2023-06-15 2023-12-14 2023-12-31 2024-01-01 2024-02-28 2024-02-29 2024-03-01 "
        "2024-06-13 2024-06-14 2024-07-01 2025-01-01"
    ).split()
]
PLACES = (
    ("", "", ""),
    ("2", "M", ""),
    ("3", "", ""),
    ("3", "MO", ""),
    ("19", "", ""),
    ("", "UR", ""),
    ("", "U", ""),
    ("", "", "2,3"),
    ("", "", "18,19"),
)
COB = ("basic", "standard", "carve_out", "maintenance", "secondary_medicaid", "none")


class Draw(Random):
    """Random plans and services, with the boundary days oftener than chance would have them."""

    def odds(self, share):
        return self.random() < share

    def money(self, low, high):
        return Decimal(self.randint(low * 4, high * 4)) / 4

    def day(self):
        if self.odds(0.7):
            return self.choice(DAYS)
        return date(2023, 1, 1) + timedelta(days=self.randint(0, 800))

    def area(self):
        tooth, text, teeth = self.choice(PLACES)
        kind = {"UR": "quadrant", "U": "arch"}.get(text, "")
        return read_area(tooth, text, teeth, kind)

    def scope(self):
        kind = self.choice(("general", "general", "category", "category", "code", "group"))
        if kind == "general":
            return Scope.general()
        if kind == "category":
            return Scope.category(self.choice(CATEGORIES))
        if kind == "code":
            return Scope.code(self.choice(CODES))
        return Scope.group("group", self.sample(CODES, self.randint(1, 4)))

    def fees(self, low, high):
        some = self.sample(CODES, self.randint(3, 10))
        return FeeSchedule.of({code: self.money(low, high) for code in some})

    def benefits(self):
        rows = []
        for kind, number, share in (
            ("coinsurance", 4, 1.0),
            ("deductible", 4, 0.7),
            ("maximum", 3, 0.7),
            ("frequency", 2, 0.7),
            ("age", 1, 0.2),
            ("waiting", 1, 0.3),
            ("exclusion", 1, 0.15),
        ):
            rows += [self.benefit(kind) for _n in range(number) if self.odds(share)]
        return tuple(_each_once(rows))

    def benefit(self, kind):
        return Benefit(kind, self.scope(), **getattr(self, f"_{kind}", dict)())

    def _coinsurance(self):
        percent = Decimal(self.choice((0, 50, 80, 100)))
        return {"percent": percent, "patient_level": self.odds(0.1)}

    def _deductible(self):
        period = self.choice(("benefit_year", "benefit_year", "lifetime", "calendar_year"))
        amount = Decimal(self.choice((0, 25, 50, 100)))
        level = "family" if self.odds(0.25) else "individual"
        return {"amount": amount, "period": period, "level": level}

    def _maximum(self):
        return {
            "amount": Decimal(self.choice((0, 100, 300, 1000))),
            "period": self.choice(("benefit_year", "benefit_year", "lifetime")),
            "level": "family" if self.odds(0.25) else "individual",
            "counts_toward_general": self.odds(0.3),
        }

    def _frequency(self):
        period = self.choice(
            ("benefit_year", "calendar_year", "last_12_months", "months", "years", "lifetime")
        )
        return {
            "quantity": self.choice((1, 6, 12) if period in ("months", "years") else (1, 2)),
            "period": period,
            "area": self.choice(("", "mouth", "tooth", "arch", "quadrant", "tooth_range")),
            "patient_level": self.odds(0.1),
        }

    def _age(self):
        return {"max_age": self.choice((17, 18, 19))}

    def _waiting(self):
        return {"quantity": self.choice((0, 6, 12)), "period": "months"}

    def plan(self):
        kind = self.choice(("ppo", "ppo", "percentage", "percentage", "flat_copay", "capitation"))
        own = kind in ("flat_copay", "capitation")
        fixed = kind == "ppo" and self.odds(0.15)
        # Copays and alternates of one plan: which copay counts without a fee is the engine's say.
        copays = self.odds(0.25)
        return Plan(
            kind,
            self.benefits(),
            renewal_month=self.choice((1, 1, 3, 7)),
            fees=self.fees(50, 400) if own and self.odds(0.5) else None,
            allowed=self.fees(30, 300) if not own and self.odds(0.7) else None,
            copays=self.fees(0, 60) if copays else None,
            fixed=self.fees(10, 100) if fixed else None,
            substitutions=() if copays else self.substitutions(),
            options=PlanOptions(
                fixed_benefits=fixed,
                usual_fee_when_excluded=self.odds(0.3),
                no_write_off_on_substitution=self.odds(0.3),
                zero_write_off_max=self.choice((None, True, False)),
                zero_write_off_limits=self.choice((None, True, False)),
            ),
        )

    def substitutions(self):
        number = self.choice((0, 0, 1, 2))
        return tuple(
            Substitution(self.choice(CODES), self.choice(CODES), self.choice(CONDITIONS))
            for _n in range(number)
        )

    def coverage(self, order):
        return Coverage(
            order,
            order,
            self.plan(),
            cob_rule="" if order == 1 else self.choice(COB),
            waiting_from=self.day() if self.odds(0.6) else None,
            starts=date(2024, 1, 1) if self.odds(0.1) else None,
            ends=date(2024, 6, 13) if self.odds(0.05) else None,
        )

    def procedure(self, place, plans):
        code = self.choice(CODES)
        answers = [plan for plan in plans if self.odds(0.05)]
        return Procedure(
            f"p{place}",
            code,
            categories_of(code),
            fee=self.money(60, 500),
            quantity=self.choice((1, 1, 1, 2)),
            date=self.day() if self.odds(0.5) else TODAY,
            planned=self.odds(0.5),
            area=self.area(),
            do_not_bill=self.odds(0.03),
            received=tuple(Received(p, self.money(0, 60), self.money(0, 20)) for p in answers),
            precerts=(Precert(1, self.money(0, 60)),) if self.odds(0.05) else (),
        )

    def past(self, place, plans):
        status = self.choice(("paid", "paid", "pending", "elsewhere", "precert", "adjustment"))
        code = "" if status == "adjustment" else self.choice(CODES)
        pending = status == "pending"
        return History(
            self.choice(plans),
            self.day(),
            code,
            categories_of(code) if code else (),
            status,
            paid=Decimal(0) if pending or self.odds(0.4) else self.money(0, 200),
            estimated=self.money(0, 150) if pending else Decimal(0),
            deductible=Decimal(self.choice((0, 0, 25, 50))),
            own=self.odds(0.8),
            service=self.choice((None, "p0", f"past{place}")),
            area=self.area(),
            do_not_bill=self.odds(0.05),
        )

    def request(self):
        plans = tuple(range(1, self.choice((1, 1, 2, 2, 3)) + 1))
        return Request(
            tuple(self.coverage(order) for order in plans),
            tuple(self.procedure(place, plans) for place in range(self.randint(1, 4))),
            tuple(self.past(place, plans) for place in range(self.randint(0, 5))),
            Patient(self.choice((None, date(2005, 6, 14), date(2006, 6, 15)))),
            TODAY,
            Settings(
                usual_fees=FeeSchedule.of({code: self.money(60, 500) for code in CODES}),
                secondary_write_offs=self.odds(0.3),
                missing_fee_is_zero=self.odds(0.15),
                blank_fixed_is_zero=self.odds(0.5),
                zero_write_off_max=self.odds(0.3),
                zero_write_off_limits=self.odds(0.3),
            ),
        )


def _each_once(rows):
    """Rows that differ in what they speak of: which of two equals counts, no rule says."""
    seen = set()
    for row in rows:
        scope = len(row.scope.codes) if row.scope.kind == "group" else row.scope
        key = (row.kind, scope, row.level)
        if row.kind == "frequency" or key not in seen:
            seen.add(key)
            yield row


class TestAgainstTheRules(BaseCase):
    def test_random_requests(self):
        for seed in range(REQUESTS):
            request = Draw(seed).request()
            found = [
                (
                    line.fee,
                    [(one.paid, one.write_off, one.deductible) for one in line.plans],
                    line.patient,
                )
                for line in estimate(request).lines
            ]
            self.assertEqual(found, Oracle(request).run(), f"request {seed}")
