# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Payment plans against the recorded cases."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from odoo.tests import BaseCase

from ..installments import (
    Installment,
    Item,
    Position,
    Terms,
    allocate,
    begun,
    close_out,
    forecast,
    is_overcharged,
    not_yet_due,
    pay,
    post_next,
    principal_of,
    rebalance,
    schedule,
    split,
)

FILES = sorted((Path(__file__).parent / "cases").glob("payment_plans*.json"))
CASES = [
    case
    for path in FILES
    for case in json.loads(path.read_text(), parse_float=Decimal, parse_int=Decimal)
]
#: the day on which all cases play
TODAY = date(2024, 6, 14)
#: installments posted before the events, where the notes tell it and the data do not
POSTED = {
    "overpayment-new-principal-charge-after-two": 2,
    "overpayment-historic-principal": 2,
}


def day(text):
    return text and date.fromisoformat(text)


def items_of(plan, rows=None):
    """Items of a plan; adjustments are items of their own."""
    found = []
    for number, row in enumerate(plan.get("items", ()) if rows is None else rows):
        amount = row.get("amount", row.get("adjustment", row.get("adjustment_on_procedure")))
        planned = row.get("status") == "treatment_planned"
        found.append(
            Item(row.get("procedure", number), amount, row.get("already_paid", Decimal(0)), planned)
        )
    return found


def awaits(plan):
    return plan.get("planned_treatment_policy") == "await_completion"


def terms_of(plan, **changes):
    """Terms of a case; without items the principal is given."""
    items = items_of(plan)
    principal = principal_of(items, awaits(plan)) if items else plan["principal"]
    count = plan.get("number_of_payments")
    return Terms(
        **{
            "principal": principal,
            "first_date": day(plan["first_installment_date"]),
            "payment": plan.get("payment_amount"),
            "count": count and int(count),
            "apr": plan["apr"],
            "frequency": plan["frequency"],
            "down_payment": plan["down_payment"],
            "plan_date": TODAY,
            "interest_from": day(plan.get("interest_start_date")),
        }
        | changes
    )


class Run:
    """One case: its events are played in order, then its expectations are asked for."""

    def __init__(self, case):
        self.case = case
        self.plan = case["plan"]
        self.is_typed = self.plan["kind"] == "manual"
        self.terms = None if self.is_typed else terms_of(self.plan)
        self.position = Position()
        self.interest_before = self.principal_before = Decimal(0)
        self.insurance = self.returned = Decimal(0)
        self.charge = self.division = None
        self.unpaid = []
        if not self.is_typed and not any(
            row["type"] == "installment_posted" for row in case["events"]
        ):
            for _number in range(POSTED.get(case["id"], 1)):
                self._post()
        for event in case["events"]:
            getattr(self, f"_play_{event['type']}")(event)

    def _post(self):
        if self.position.uncharged(self.terms):
            self.position = post_next(self.terms, self.position)

    # events

    def _play_payment(self, event):
        if (
            event["amount"] > self.position.due
            and "principal_remaining_after_each_payment" in (self.case["expect"])
        ):
            self._post()
        self.division = split(self.position, event["amount"])
        applied = event.get("applied")
        if applied:
            self.position = replace(
                self.position,
                principal_paid=self.position.principal_paid + applied["principal"],
                interest_paid=self.position.interest_paid + applied["interest"],
            )
        else:
            self.position = pay(self.position, event["amount"])
        self.unpaid.append(self.position.unpaid(self.terms))

    def _play_installment_posted(self, event):
        self.position = self.position.charge(Installment(1, TODAY, event["amount"]))

    def _play_insurance_paid(self, event):
        by_service = event.get("by_service", {}).values()
        self.insurance += event.get("amount", 0) + sum(sum(columns) for columns in by_service)

    def _play_rebalance(self, event):
        self._settle(rebalance(self.terms, self.position, event["mode"], TODAY))

    def _play_close_out(self, _event):
        if self.is_typed:
            return
        items = begun(items_of(self.plan), self.position.charged_principal)
        keep = principal_of(items) if items else None
        self._settle(close_out(self.terms, self.position, TODAY, keep))

    def _settle(self, found):
        self.position, self.charge = found.position, found.charge
        self.returned += found.returned

    def _play_post_next_installment(self, _event):
        before = self.position
        self._post()
        self.interest_before, self.principal_before = before.interest_paid, before.principal_paid

    def _play_start_date_moved(self, event):
        self.terms = replace(self.terms, first_date=day(event["date"]))

    def _play_procedure_status(self, event):
        rows = [
            row | {"status": event["status"]} if row["procedure"] == event["procedure"] else row
            for row in self.plan["items"]
        ]
        self.plan = self.plan | {"items": rows}
        self.terms = terms_of(self.plan, not_before=day(event["date"]))

    # expectations: each method returns what the case expects, computed

    def installments(self):
        return self._rows("installments", schedule(self.terms))

    def remaining_installments(self):
        return self._rows("remaining_installments", forecast(self.terms, self.position))

    def remaining_installments_forecast(self):
        return self._rows("remaining_installments_forecast", forecast(self.terms, self.position))

    def remaining_after_posting(self):
        after = post_next(self.terms, self.position)
        return self._rows("remaining_after_posting", forecast(self.terms, after))

    def next_posted_installment(self):
        row = post_next(self.terms, self.position).charged[-1]
        return {"principal": row.principal, "interest": row.interest}

    def posted(self):
        return self._rows("posted", self.position.charged)

    def posted_charges(self):
        return self._rows("posted_charges", self.position.charged)

    def _rows(self, name, found):
        keys = self.case["expect"][name][0]
        return [
            {
                key: row.date.isoformat() if key == "date" else getattr(row, NAMES.get(key, key))
                for key in keys
            }
            for row in found
        ]

    def dates(self):
        return [row.date.isoformat() for row in schedule(self.terms)]

    def payments(self):
        return [row.payment for row in schedule(self.terms)]

    def installment_count(self):
        return len(self._regular())

    def installments_total(self):
        return sum(row.payment for row in self._regular())

    def _regular(self):
        return [row for row in schedule(self.terms) if row.number]

    def charge_line_count(self):
        return len(
            [
                line
                for line in allocate(schedule(self.terms), items_of(self.plan), awaits(self.plan))
                if line.installment.number
            ]
        )

    def charges_due_this_period_principal(self):
        return next(row.principal for row in schedule(self.terms) if row.number)

    def remaining_count(self):
        return len(forecast(self.terms, self.position))

    def remaining_each(self):
        (each,) = {row.payment for row in forecast(self.terms, self.position)}
        return each

    def remaining_first_date(self):
        return forecast(self.terms, self.position)[0].date.isoformat()

    def remaining_last_date(self):
        return forecast(self.terms, self.position)[-1].date.isoformat()

    def principal(self):
        return self.terms.principal

    def same_schedule_as_items(self):
        rows = self.case["expect"]["same_schedule_as_items"]
        other = terms_of(self.plan, principal=principal_of(items_of(self.plan, rows)))
        return rows if schedule(other) == schedule(self.terms) else schedule(self.terms)

    def payment_split(self):
        names = ("interest", "principal", "unearned/prepayment")
        parts = dict(zip(names, self.division, strict=True))
        return [
            {"amount": parts[row["to"]], "to": row["to"]}
            for row in self.case["expect"]["payment_split"]
        ]

    def overcharged(self):
        charged = self.position.charged_principal
        first = self.terms.first_date
        return is_overcharged(items_of(self.plan), charged, self.insurance, first, TODAY)

    def prepayment_after_payment(self):
        return self.position.prepaid + sum(self.applied_to_next_installment().values())

    def next_installment_interest(self):
        return self.position.charged[-1].interest

    def applied_to_next_installment(self):
        return {
            "interest": self.position.interest_paid - self.interest_before,
            "principal": self.position.principal_paid - self.principal_before,
        }

    def total_collected(self):
        return self.position.paid + self.position.prepaid

    def paid_on_plan(self):
        return self.position.paid

    def due(self):
        return self.position.due

    def prepayment(self):
        return self.position.prepaid

    def returned_to_patient_credit(self):
        return self.returned

    def new_principal_charge(self):
        return self.charge.principal

    def close_out_charge(self):
        rows = [
            Installment(number, day(row["date"]), row["principal"])
            for number, row in enumerate(self.plan["installments"], 1)
        ]
        return not_yet_due(rows, day(self.case["events"][-1]["date"]))

    def total_charged_after_close_out(self):
        return self.position.charged_principal

    def services_charged(self):
        return [item.key for item in begun(items_of(self.plan), self.position.charged_principal)]

    def charges_before_completion(self):
        return len(schedule(terms_of(self.case["plan"])))

    def first_installment_date_after_completion(self):
        return schedule(self.terms)[0].date.isoformat()

    def principal_remaining_after_each_payment(self):
        return self.unpaid


NAMES = {"n": "number"}


class TestCases(BaseCase):
    def test_every_case(self):
        self.assertTrue(CASES)
        done = 0
        for case in CASES:
            with self.subTest(case["id"]):
                run = Run(case)
                found = {name: getattr(run, name)() for name in case["expect"]}
                self.assertEqual(found, case["expect"])
                done += 1
        self.assertEqual(done, len(CASES))
