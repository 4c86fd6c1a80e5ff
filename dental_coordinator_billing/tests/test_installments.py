# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Payment plans in situations of our own; the recorded cases are in test_installment_cases."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..installments import (
    FREQUENCIES,
    Installment,
    InstallmentError,
    Item,
    Position,
    Terms,
    allocate,
    begun,
    close_out,
    forecast,
    installment_date,
    is_overcharged,
    not_yet_due,
    pay,
    post_next,
    principal_of,
    rebalance,
    schedule,
    split,
)

FIRST = date(2024, 6, 14)
money = st.decimals(1, 5000, places=2)


def terms(principal=100, **values):
    values = {"first_date": FIRST} | values
    if "count" not in values:
        values.setdefault("payment", 30)
    return Terms(principal, **values)


def amounts(rows):
    return [(str(row.principal), str(row.interest)) for row in rows]


@st.composite
def agreed(draw):
    """Terms that people could agree on."""
    principal = draw(money)
    by_count = draw(st.booleans())
    plan = Terms(
        principal,
        first_date=draw(st.dates(date(2020, 1, 1), date(2030, 1, 1))),
        count=draw(st.integers(1, 60)) if by_count else None,
        payment=None
        if by_count
        else (principal / draw(st.integers(1, 40)) + 1).quantize(Decimal(1)),
        apr=draw(st.sampled_from([0, 3, Decimal("7.5"), 12, 24])),
        frequency=draw(st.sampled_from(sorted(FREQUENCIES))),
        down_payment=(principal * draw(st.integers(0, 10)) / 10).quantize(Decimal("0.01")),
        interest_from=draw(st.sampled_from([None, date(2025, 1, 1)])),
    )
    try:
        schedule(plan)
    except InstallmentError:
        assume(False)
    return plan


class TestSchedule(BaseCase):
    @given(agreed())
    def test_principal_adds_up_and_dates_rise(self, plan):
        rows = schedule(plan)
        self.assertEqual(sum(row.principal for row in rows), plan.principal)
        regular = [row for row in rows if row.number]
        dates = [row.date for row in regular]
        self.assertEqual(dates, sorted(set(dates)))
        self.assertEqual([row.number for row in regular], list(range(1, len(regular) + 1)))
        self.assertTrue(all(row.principal > 0 for row in rows))

    @given(agreed())
    def test_all_but_the_last_are_level_and_the_last_takes_the_rest(self, plan):
        regular = [row for row in schedule(plan) if row.number]
        self.assertTrue(all(row.payment == plan.level_payment for row in regular[:-1]))
        # each interest is rounded by half a cent at most, and bears interest from then on
        periods = range(len(regular) if plan.count else 0)
        rounded = sum((1 + plan.rate) ** period for period in periods) * Decimal("0.005")
        if regular:
            self.assertLessEqual(regular[-1].payment, plan.level_payment + rounded)
        if plan.count:
            self.assertLessEqual(len(regular), plan.count)

    def test_a_rest_of_one_cent_is_no_installment_of_its_own(self):
        rows = schedule(terms(34, count=4, apr=24))
        self.assertEqual([str(row.payment) for row in rows], ["8.93", "8.93", "8.93", "8.94"])

    @given(agreed())
    def test_interest_is_that_of_the_principal_outstanding(self, plan):
        rest = plan.financed
        for row in schedule(plan):
            if row.number:
                self.assertEqual(row.interest, plan.interest(rest, row.date))
                rest -= row.principal
            else:
                self.assertEqual((row.principal, row.interest), (plan.down_payment, 0))

    def test_first_installment_bears_interest_unless_before_its_start(self):
        plan = terms(apr=12)
        self.assertEqual(amounts(schedule(plan))[:2], [("29.00", "1.00"), ("29.29", "0.71")])
        later = replace(plan, interest_from=date(2024, 7, 14))
        self.assertEqual(amounts(schedule(later))[:2], [("30", "0"), ("29.30", "0.70")])

    def test_down_payment_on_the_day_of_the_agreement(self):
        plan = terms(down_payment=25, plan_date=date(2024, 6, 1), apr=12)
        down, first, *_rest = schedule(plan)
        self.assertEqual((down.number, down.date, down.payment), (0, date(2024, 6, 1), 25))
        self.assertEqual((first.date, first.interest), (FIRST, Decimal("0.75")))
        (only,) = schedule(terms(down_payment=100))
        self.assertEqual(only.number, 0)

    def test_rate_of_a_period(self):
        rates = {name: terms(apr=52, frequency=name).rate for name in FREQUENCIES}
        self.assertEqual(rates["weekly"], Decimal("0.01"))
        self.assertEqual(rates["every_other_week"], Decimal("0.02"))
        self.assertEqual(rates["quarterly"], Decimal("0.13"))
        self.assertEqual(rates["monthly"], rates["ordinal_weekday"])

    def test_level_payment_is_rounded_up_only_when_it_must(self):
        self.assertEqual(terms(count=3).level_payment, Decimal("33.34"))
        self.assertEqual(terms(count=4).level_payment, 25)
        self.assertEqual(terms(count=5, apr=12).level_payment, Decimal("20.61"))

    def test_interest_half_cents_go_to_the_even_cent(self):
        plan = terms(apr=12)
        self.assertEqual(plan.interest(Decimal("100.50"), FIRST), Decimal("1.00"))
        self.assertEqual(plan.interest(Decimal("101.50"), FIRST), Decimal("1.02"))

    def test_terms_that_cannot_work_are_refused_with_the_remedy(self):
        for values, message in (
            ({"payment": None}, "either the amount of the installments or their number"),
            ({"count": 3, "payment": 5}, "either the amount"),
            ({"frequency": "daily"}, "'daily' is no frequency; use weekly"),
            ({"payment": Decimal("9.999")}, "whole cents"),
            ({"down_payment": 101}, "down payment 101 must lie between 0 and 100"),
            ({"principal": -5}, "nothing can be paid off of -5"),
            ({"apr": -1}, "rate of -1 % is negative"),
            ({"payment": 0}, "more than 0"),
            ({"count": 0}, "at least one"),
            ({"apr": 1.5}, "apr 1.5 must be exact"),
        ):
            with self.assertRaisesRegex(InstallmentError, message):
                terms(**values)

    def test_a_payment_that_only_pays_interest_is_refused(self):
        for payment in (5, 10):
            with self.assertRaisesRegex(InstallmentError, "does not pay the interest of 10.00"):
                schedule(terms(1000, apr=12, payment=payment))
        with self.assertRaisesRegex(InstallmentError, "more than 1200 installments"):
            schedule(terms(5000, payment=1))


class TestDates(BaseCase):
    def _dates(self, first, frequency, count=4):
        plan = terms(first_date=first, frequency=frequency)
        return [installment_date(plan, number).isoformat() for number in range(1, count + 1)]

    def test_month_ends_are_counted_from_the_first_date(self):
        self.assertEqual(
            self._dates(date(2024, 1, 31), "monthly"),
            ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"],
        )
        self.assertEqual(
            self._dates(date(2023, 11, 30), "quarterly", 3),
            ["2023-11-30", "2024-02-29", "2024-05-30"],
        )

    def test_weekday_of_the_month(self):
        self.assertEqual(
            self._dates(date(2024, 6, 14), "ordinal_weekday"),  # second Friday
            ["2024-06-14", "2024-07-12", "2024-08-09", "2024-09-13"],
        )

    def test_a_fifth_weekday_counts_as_the_fourth(self):
        self.assertEqual(
            self._dates(date(2024, 5, 31), "ordinal_weekday", 3),  # fifth Friday
            ["2024-05-31", "2024-06-28", "2024-07-26"],
        )

    @given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(2, 40))
    def test_weekday_of_the_month_stays(self, first, number):
        plan = terms(first_date=first, frequency="ordinal_weekday")
        day = installment_date(plan, number)
        self.assertEqual(day.weekday(), first.weekday())
        self.assertEqual((day.day - 1) // 7, min((first.day - 1) // 7, 3))

    def test_never_back_dated(self):
        rows = schedule(terms(not_before=date(2024, 8, 1)))
        self.assertEqual((rows[0].number, rows[0].date), (3, date(2024, 8, 14)))
        (row, *_rest) = schedule(terms(not_before=date(2024, 7, 14)))
        self.assertEqual(row.date, date(2024, 7, 14))


class TestPaying(BaseCase):
    plan = terms(apr=12)

    def test_interest_is_paid_first(self):
        posted = post_next(self.plan, Position())
        self.assertEqual(split(posted, 20), (1, 19, 0))
        self.assertEqual(split(posted, Decimal("0.40")), (Decimal("0.40"), 0, 0))
        self.assertEqual(split(posted, 45), (1, 29, 15))

    def test_no_interest_on_an_unpaid_down_payment(self):
        plan = replace(self.plan, down_payment=Decimal(40))
        posted = post_next(plan, post_next(plan, Position()))
        self.assertEqual((posted.due, posted.charged[-1].interest), (70, Decimal("0.60")))

    def test_no_interest_on_unpaid_interest(self):
        position = Position()
        for _month in range(3):
            position = post_next(self.plan, position)
        self.assertEqual([row.interest for row in position.charged], [1, 1, 1])

    def test_paid_on_time_the_forecast_stays_the_schedule(self):
        position, rows = Position(), schedule(self.plan)
        while rows:
            self.assertEqual(forecast(self.plan, position), rows)
            position = post_next(self.plan, position)
            position = pay(position, rows.pop(0).payment)
        self.assertEqual((position.due, position.unpaid(self.plan)), (0, 0))
        with self.assertRaisesRegex(InstallmentError, "nothing is left"):
            post_next(self.plan, position)

    def test_payments_must_be_positive_cents(self):
        for amount in (0, -1, Decimal("1.001"), 1.5):
            with self.assertRaisesRegex(InstallmentError, "Payment plan"):
                split(Position(), amount)

    @given(agreed(), st.lists(money, max_size=3), st.sampled_from(["principal", "prepayment"]))
    def test_rebalancing_loses_no_cent(self, plan, paid, mode):
        position = Position()
        for amount in paid:
            if position.uncharged(plan):
                position = post_next(plan, position)
            position = pay(position, amount)
        found = rebalance(plan, position, mode, FIRST)
        after = found.position
        self.assertEqual(after.paid + after.prepaid + found.returned, sum(paid))
        self.assertTrue(min(after.prepaid, found.returned, after.due) >= 0)
        if after.due:
            self.assertEqual((after.prepaid, found.returned), (0, 0))
        if mode == "principal":
            self.assertEqual(after.prepaid, 0)
            self.assertTrue(not found.returned or not after.uncharged(plan))
        else:
            self.assertIsNone(found.charge)

    @given(agreed(), money)
    def test_a_prepayment_is_used_up_by_what_it_was_kept_for(self, plan, amount):
        position = post_next(plan, Position())
        position = pay(position, position.due + amount)
        position = rebalance(plan, position, "prepayment", FIRST).position
        while position.uncharged(plan):
            position = post_next(plan, position)
        self.assertEqual(position.prepaid, 0)

    def test_other_modes_are_refused(self):
        with self.assertRaisesRegex(InstallmentError, "'gift' is no way"):
            rebalance(self.plan, Position(), "gift", FIRST)

    def test_cancelled_principal_comes_off_the_last_installments(self):
        plan = terms(payment=30)
        rows = forecast(plan, Position(cancelled=Decimal(25)))
        self.assertEqual([row.payment for row in rows], [30, 30, 15])
        by_count = terms(count=4)
        rows = forecast(by_count, Position(cancelled=Decimal(30)))
        self.assertEqual([row.payment for row in rows], [25, 25, 20])

    @given(agreed(), money)
    def test_closing_charges_all_the_rest_and_returns_the_unused(self, plan, amount):
        position = post_next(plan, Position())
        position = pay(position, position.due + amount)
        found = close_out(plan, position, FIRST + timedelta(days=9))
        after = found.position
        self.assertEqual(after.charged_principal, plan.principal)
        self.assertEqual(after.uncharged(plan), 0)
        self.assertEqual(after.paid + found.returned, position.paid)
        self.assertTrue(not after.due or not found.returned)

    def test_closing_a_typed_schedule(self):
        rows = [Installment(n, FIRST + timedelta(days=30 * n), Decimal(200)) for n in range(5)]
        self.assertEqual(not_yet_due(rows, FIRST), 800)
        self.assertEqual(not_yet_due(rows, FIRST - timedelta(days=1)), 1000)


class TestItems(BaseCase):
    items = [
        Item("exam", Decimal(50), paid=Decimal(20)),
        Item("crown", Decimal(100), planned=True),
        Item("film", Decimal(40)),
    ]

    def test_principal_is_what_is_unpaid_and_counts(self):
        self.assertEqual(principal_of(self.items), 70)
        self.assertEqual(principal_of(self.items, await_completion=False), 170)
        reduced = [*self.items, Item("courtesy", Decimal(-15)), Item("paid twice", Decimal(5), 10)]
        self.assertEqual(principal_of(reduced), 55)
        self.assertEqual(principal_of([Item("courtesy", Decimal(-15))]), 0)

    def test_installments_pay_items_off_in_order(self):
        rows = schedule(terms(70, payment=20, apr=12))
        lines = [
            (line.installment.number, line.item.key, str(line.principal), str(line.interest))
            for line in allocate(rows, self.items)
        ]
        self.assertEqual(
            lines[:3],
            [
                (1, "exam", "19.30", "0.70"),
                (2, "exam", "10.70", "0.51"),
                (2, "film", "8.79", "0"),
            ],
        )

    @given(agreed(), st.lists(money, min_size=1, max_size=6))
    def test_every_cent_of_principal_and_interest_is_allocated(self, plan, fees):
        items = [Item(n, fee) for n, fee in enumerate(fees)]
        total = principal_of(items)
        level = plan.payment and max(plan.payment, (total / 50).quantize(Decimal(1)))
        plan = replace(plan, principal=total, payment=level, down_payment=0)
        try:
            rows = schedule(plan)
        except InstallmentError:
            assume(False)
        lines = allocate(rows, items)
        for row in rows:
            own = [line for line in lines if line.installment is row]
            self.assertEqual(sum(line.principal for line in own), row.principal)
            self.assertEqual(sum(line.interest for line in own), row.interest)
        for item in items:
            self.assertEqual(
                sum(line.principal for line in lines if line.item is item), item.amount
            )

    def test_begun(self):
        keys = {charged: [i.key for i in begun(self.items, charged)] for charged in (0, 30, 31)}
        self.assertEqual(keys, {0: [], 30: ["exam"], 31: ["exam", "film"]})

    def test_overcharged_by_a_cent_once_it_has_begun(self):
        items = [Item("crown", Decimal(4100))]
        rows = [(2050, 2050, FIRST), (2050, Decimal("2050.01"), FIRST)]
        self.assertEqual([is_overcharged(items, *row, today=FIRST) for row in rows], [False, True])
        self.assertFalse(is_overcharged(items, 5000, 0, FIRST, today=FIRST - timedelta(days=1)))
