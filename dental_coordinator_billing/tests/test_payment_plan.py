# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DentalBillingCase


@tagged("post_install", "-at_install")
class TestPaymentPlan(DentalBillingCase):
    """What is owed becomes installments, each with its due date, and back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls._new_visit("crown", "exam")
        cls._check_out(cls.visit)
        cls.bill = cls._invoice(cls.visit)
        cls.plan = cls._plan()

    @classmethod
    def _plan(cls, user=None, **vals):
        plans = cls.env["dental.payment.plan"].with_user(user or cls.billing)
        terms = {"date": date(2031, 1, 10), "first_date": date(2031, 1, 31), "count": 3}
        return plans.create({"patient_id": cls.patient.id, **terms, **vals})

    def _items(self):
        items = self.guarantor._dental_open_items(self.company)
        return [(item.date_maturity, item.amount_residual) for item in items]

    def test_old_items_are_closed_and_installments_fall_due_one_after_the_other(self):
        self.assertEqual(self.plan.owed, 1230.0)
        due = ("01/31/2031", "02/28/2031", "03/31/2031")
        self.assertEqual(
            self.plan.schedule.replace("\N{NO-BREAK SPACE}", ""),
            "\n".join(f"{day}: $410.00" for day in due),
        )
        self.plan.action_post()
        self.assertEqual(self.bill.amount_residual, 0.0)
        self.assertEqual(
            self._items(),
            [(date(2031, 1, 31), 410.0), (date(2031, 2, 28), 410.0), (date(2031, 3, 31), 410.0)],
        )
        self.assertRecordValues(
            self.plan,
            [{"state": "active", "principal": 1230.0, "left": 1230.0, "owed": 0.0}],
        )
        self.assertEqual(self.plan.next_due, date(2031, 1, 31))
        self.assertEqual(self._owes(), 1230.0, "nothing more, nothing less")

    def test_odd_cents_are_in_the_last(self):
        self.guarantor._dental_receive(0.01, self.journal)
        self.plan.write({"down_payment": 100.0})
        self.plan.action_post()
        amounts = [amount for _day, amount in self._items()]
        self.assertEqual(amounts, [100.0, 376.67, 376.67, 376.65])
        self.assertEqual(self._items()[0][0], date(2031, 1, 10))

    def test_payments_pay_the_installment_that_is_due_first(self):
        self.plan.action_post()
        self.guarantor._dental_receive(500.0, self.journal)
        self.assertRecordValues(
            self.plan, [{"left": 730.0, "next_due": date(2031, 2, 28), "principal": 1230.0}]
        )

    def test_undone_it_is_owed_as_before_less_what_was_paid(self):
        before = self._items()
        self.plan.action_post()
        self.plan.action_undo()
        self.assertEqual(self._items(), before)
        self.assertEqual(self.bill.amount_residual, 1230.0)
        again = self._plan(count=2)
        again.action_post()
        self.guarantor._dental_receive(500.0, self.journal)
        again.action_undo()
        self.assertEqual(self.bill.amount_residual, 730.0)
        self.assertEqual(self._owes(), 730.0)
        with self.assertRaisesRegex(UserError, "not in effect"):
            again.action_undo()

    def test_what_is_on_a_plan_is_not_put_on_another(self):
        self.plan.action_post()
        with self.assertRaisesRegex(UserError, "nothing is owed"):
            self._plan().action_post()
        with self.assertRaisesRegex(UserError, "already"):
            self.plan.action_post()

    def test_what_is_on_a_plan_is_not_told_as_paid(self):
        self.guarantor._dental_receive(30.0, self.journal, self.visit)
        self.plan.action_post()
        statement = self.env["dental.statement"].with_user(self.billing)
        statement = statement.create(
            {"guarantor_id": self.guarantor.id, "date_from": self.bill.invoice_date}
        )
        crown, exam, *installments = statement.line_ids
        self.assertIn(
            "you paid 30.00; 1,120.00 is on your payment plan; nothing is left.", crown.sentence
        )
        self.assertIn("you paid 0.00; 80.00 is on your payment plan", exam.sentence)
        self.assertEqual([line.left for line in installments], [400.0] * 3)
        self.assertEqual(
            installments[0].label, f"Installment of {self.plan.number}, due on 01/31/2031"
        )
        self.assertEqual(sum(statement.line_ids.mapped("left")), statement.amount_due)

    def test_credit_is_used_first(self):
        self.guarantor._dental_receive(2000.0, self.journal)
        with self.assertRaisesRegex(UserError, "nothing is owed"):
            self.plan.action_post()

    def test_bill_on_a_plan_stays(self):
        self.plan.action_post()
        with self.assertRaisesRegex(UserError, f"{self.plan.number} stands on it"):
            self.bill.with_user(self.billing).action_dental_undo()
        self.plan.action_undo()
        self.bill.with_user(self.billing).action_dental_undo()
        self.assertEqual(self._owes(), 0.0)

    def test_what_is_agreed_is_not_changed(self):
        self.plan.action_post()
        with self.assertRaisesRegex(UserError, "as it was agreed"):
            self.plan.count = 12
        with self.assertRaisesRegex(UserError, "is kept"):
            self.plan.sudo().unlink()
        self.assertRaises(UserError, self.plan.sudo().move_id.button_draft)

    def test_terms_that_are_no_plan_are_refused_in_words(self):
        self.plan.down_payment = 5000.0
        self.assertIn("down payment", self.plan.schedule)
        with self.assertRaisesRegex(UserError, "must lie between"):
            self.plan.action_post()

    def test_entry_names_nobody(self):
        self.plan.action_post()
        move = self.plan.sudo().move_id
        told = [move.ref, *move.line_ids.mapped("name")]
        self.assertEqual(set(told), {self.plan.number})

    def test_only_who_handles_money_agrees(self):
        with self.assertRaises(AccessError):
            self._plan(self.clinician)
        with self.assertRaises(AccessError):
            self._plan(self.outsider)
        with self.assertRaises(AccessError):
            self.plan.with_user(self.clinician).action_post()
        self._plan(self.front_desk).action_post()
