# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..wording import Charge, account_sentence, charge_sentence, difference_sentence

CENTS = st.decimals(min_value=0, max_value=9999, places=2)


def charge(**parts):
    return Charge(**{name: Decimal(str(amount)) for name, amount in parts.items()}, what="crown")


class TestChargeSentence(BaseCase):
    def test_paid_plan_and_contract(self):
        crown = Charge(
            what="crown",
            fee=Decimal(1150),
            plan_paid=Decimal(402),
            written_off=Decimal(230),
            left=Decimal(518),
        )
        self.assertEqual(
            charge_sentence(crown),
            "Your crown cost 1150.00; your plan paid 402.00 and its contract took off 230.00; "
            "you paid 0.00; 518.00 is left.",
        )

    def test_without_a_plan_no_plan_is_named(self):
        self.assertEqual(
            charge_sentence(charge(fee=100, paid=40, left=60)),
            "Your crown cost 100.00; you paid 40.00; 60.00 is left.",
        )

    def test_a_plan_that_has_not_answered(self):
        self.assertEqual(
            charge_sentence(charge(fee=100, plan_pending=70, paid=30)),
            "Your crown cost 100.00; your plan is expected to pay 70.00; you paid 30.00; "
            "nothing is left.",
        )

    def test_only_a_contract(self):
        self.assertEqual(
            charge_sentence(charge(fee=100, written_off=30, left=70)),
            "Your crown cost 100.00; the contract with your plan took off 30.00; you paid 0.00; "
            "70.00 is left.",
        )

    def test_what_the_clinic_took_off(self):
        self.assertEqual(
            charge_sentence(charge(fee=100, credited=25, left=75)),
            "Your crown cost 100.00; we took off 25.00; you paid 0.00; 75.00 is left.",
        )

    def test_too_much_paid(self):
        self.assertEqual(
            charge_sentence(charge(fee=100, plan_paid=30, paid=90, left=-20)),
            "Your crown cost 100.00; your plan paid 30.00; you paid 90.00; "
            "20.00 was paid too much.",
        )

    def test_somebody_else(self):
        child = Charge(what="filling", whose="Ana", fee=Decimal(80), left=Decimal(80))
        self.assertEqual(
            charge_sentence(child), "Ana: filling cost 80.00; you paid 0.00; 80.00 is left."
        )

    def test_parts_that_do_not_add_up_are_refused(self):
        with self.assertRaisesRegex(ValueError, "add up to 90.*fee is 100"):
            charge(fee=100, paid=90)

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(CENTS, CENTS, CENTS)
    def test_every_figure_of_the_charge_is_told(self, plan, off, left):
        told = charge_sentence(
            charge(fee=plan + off + left, plan_paid=plan, written_off=off, left=left)
        )
        for amount in filter(None, (plan, off, left)):
            self.assertIn(f"{amount:.2f}", told)


class TestAccountSentence(BaseCase):
    def test_due(self):
        self.assertEqual(account_sentence(Decimal(84)), "Please pay 84.00.")

    def test_due_with_credit_and_plan(self):
        self.assertEqual(
            account_sentence(Decimal(84), Decimal(402), Decimal(16)),
            "Please pay 84.00; this counts 16.00 that you paid ahead; "
            "402.00 is still expected from your plan.",
        )

    def test_nothing_and_less_than_nothing(self):
        self.assertEqual(account_sentence(Decimal(0)), "There is nothing to pay.")
        self.assertEqual(account_sentence(Decimal(-5)), "You have 5.00 with us.")


class TestDifferenceSentence(BaseCase):
    def figures(self, fee, plan, off):
        rows = {"fee": fee, "plan_amount": plan, "write_off": off}
        rows["patient_amount"] = fee - plan - off
        return {name: Decimal(amount) for name, amount in rows.items()}

    def test_the_same_says_nothing(self):
        self.assertEqual(
            difference_sentence(self.figures(100, 50, 10), self.figures(100, 50, 10)), ""
        )

    def test_the_same_in_the_end_says_nothing(self):
        self.assertEqual(
            difference_sentence(self.figures(100, 50, 10), self.figures(120, 70, 10)), ""
        )

    def test_more_than_quoted(self):
        self.assertEqual(
            difference_sentence(self.figures(100, 50, 10), self.figures(150, 80, 5)),
            "25.00 more than quoted: the fee is 50.00 higher, the plan pays 30.00 more, "
            "the contract takes off 5.00 less.",
        )

    def test_only_what_changed_is_named(self):
        for actual, reason in (
            ((110, 50, 10), "10.00 more than quoted: the fee is 10.00 higher."),
            ((100, 40, 10), "10.00 more than quoted: the plan pays 10.00 less."),
            ((100, 50, 20), "10.00 less than quoted: the contract takes off 10.00 more."),
        ):
            told = difference_sentence(self.figures(100, 50, 10), self.figures(*actual))
            self.assertEqual(told, reason)

    def test_less_than_quoted(self):
        self.assertEqual(
            difference_sentence(self.figures(100, 50, 10), self.figures(90, 45, 20)),
            "15.00 less than quoted: the fee is 10.00 lower, the plan pays 5.00 less, "
            "the contract takes off 10.00 more.",
        )
