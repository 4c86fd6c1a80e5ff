# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date
from unittest.mock import patch

import psycopg2
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DentalBillingCase

AGREED, FIRST, SECOND, THIRD = (date(2031, 1, day) for day in (10, 17, 24, 31))


@tagged("post_install", "-at_install")
@freeze_time("2031-01-10 12:00:00")
class TestPaymentPlanInterest(DentalBillingCase):
    """Interest is told before, charged when it is earned, and never more than was told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2031-01-10 12:00:00"):
            visit = cls._new_visit("crown", "exam")
            cls._check_out(visit)
            cls.bill = cls._invoice(visit)
            cls.plan = cls._plan(apr=52.0)

    @classmethod
    def _plan(cls, **vals):
        """Three weeks; 52 % a year is 1 % a week."""
        plans = cls.env["dental.payment.plan"].with_user(cls.billing)
        terms = {"date": AGREED, "first_date": FIRST, "count": 3, "frequency": "weekly"}
        return plans.create({"patient_id": cls.patient.id, **terms, **vals})

    def _charged(self, plan=None):
        moves = (plan or self.plan).sudo().interest_move_ids.sorted("date")
        return [(move.date, move.amount_total) for move in moves]

    def _pay(self, amount, day):
        with freeze_time(fields.Datetime.to_datetime(day)):
            self.guarantor._dental_receive(amount, self.journal)

    def _nightly(self, day, plan=None):
        (plan or self.plan).sudo()._work_nightly(day)

    def _earned(self):
        """Balance of the interest account, as earnings."""
        account = self.company.dental_interest_account_id
        lines = self.env["account.move.line"].search(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")]
        )
        return self.company.currency_id.round(-sum(lines.mapped("balance")))

    def test_rate_and_total_are_told_before_it_is_agreed(self):
        # 1230 at 1 % a period: 418.23 each, interest 12.30, 8.24, 4.14
        self.assertRecordValues(
            self.plan,
            [{"interest_total": 24.68, "total": 1254.68, "last_date": THIRD, "state": "draft"}],
        )
        self.assertIn(
            "418.23, of it interest", self.plan.schedule.replace("\N{NO-BREAK SPACE}", "")
        )
        self.assertEqual(len(self.plan.schedule.splitlines()), 3)

    def test_it_is_charged_on_its_day_and_not_before(self):
        self.plan.action_post()
        self.assertEqual(self._owes(), 1230.0)
        self._nightly(date(2031, 1, 16))
        self.assertFalse(self._charged())
        self._nightly(FIRST)
        self._nightly(FIRST)
        self.assertEqual(self._charged(), [(FIRST, 12.3)])
        self.assertEqual(self._owes(), 1242.3)
        self.assertEqual(self._earned(), 12.3)
        self.assertEqual(self.plan.left, 1242.3)
        move = self.plan.sudo().interest_move_ids
        self.assertEqual({move.ref, *move.line_ids.mapped("name")}, {self.plan.number})

    def test_as_agreed_when_each_is_paid_on_its_day(self):
        self.plan.action_post()
        for day in (FIRST, SECOND, THIRD):
            self._nightly(day)
            self._pay(418.23, day)
        self.assertEqual(self._charged(), [(FIRST, 12.3), (SECOND, 8.24), (THIRD, 4.14)])
        self.assertEqual(self._owes(), -0.01, "the last one is a cent less")
        self.assertEqual(self.plan.left, 0.0)
        self._nightly(date(2031, 2, 1))
        self.assertEqual(self.plan.standing, "settled")

    def test_who_pays_a_day_early_is_not_late_with_the_interest(self):
        """What was paid ahead lay on the next installment: the interest takes it from there."""
        self.plan.action_post()
        self._pay(418.23, date(2031, 1, 16))
        self._nightly(FIRST)
        self.assertEqual(self._charged(), [(FIRST, 12.3)])
        self.assertRecordValues(self.plan, [{"left": 824.07, "next_due": SECOND}])
        self.assertEqual(self._owes(), 824.07)

    def test_what_was_paid_before_the_period_bears_none(self):
        self.plan.action_post()
        self._nightly(FIRST)
        self._pay(1000.0, FIRST)
        self._nightly(SECOND)
        # 230 of principal were left, and 12.30 of the payment went to the interest
        self.assertEqual(self._charged()[1:], [(SECOND, 2.42)])

    def test_paid_off_it_earns_nothing_more(self):
        self.plan.action_post()
        self._pay(1230.0, date(2031, 1, 15))
        for day in (FIRST, SECOND, THIRD):
            self._nightly(day)
        self.assertFalse(self._charged())
        self.assertEqual(self._owes(), 0.0)

    def test_arrears_bear_no_more_than_was_told(self):
        self.plan.action_post()
        self._nightly(date(2031, 3, 1))
        self.assertEqual(self._charged(), [(FIRST, 12.3), (SECOND, 8.24), (THIRD, 4.14)])
        self.assertEqual(self.plan.left, 1254.68)

    def test_free_for_some_installments_or_until_a_day(self):
        self.plan.write({"interest_free": "first", "interest_free_count": 2})
        interest = [row.interest for row in self.plan._rows()]
        self.assertEqual([bool(amount) for amount in interest], [False, False, True])
        self.plan.write({"interest_free": "until", "interest_from": SECOND})
        interest = [row.interest for row in self.plan._rows()]
        self.assertEqual([bool(amount) for amount in interest], [False, True, True])
        self.plan.action_post()
        self._nightly(FIRST)
        self.assertFalse(self._charged())

    def test_agreed_by_the_amount_of_each(self):
        self.plan.write({"by": "payment", "payment": 500.0, "apr": 0.0, "down_payment": 30.0})
        self.assertEqual([row.payment for row in self.plan._rows()], [30, 500, 500, 200])
        self.plan.write({"apr": 52.0, "payment": 5.0})
        self.assertIn("does not pay the interest", self.plan.schedule)
        with self.assertRaisesRegex(UserError, "does not pay the interest"):
            self.plan.action_post()

    def test_undone_the_interest_goes_back(self):
        self.plan.action_post()
        self._nightly(FIRST)
        self._pay(418.23, FIRST)
        self.plan.action_undo()
        self.assertEqual(self._earned(), 0.0)
        self.assertEqual(self.bill.amount_residual, 811.77)
        self.assertEqual(self._owes(), 811.77)
        self.assertRecordValues(
            self.plan, [{"state": "undone", "interest_charged": 0.0, "standing": False}]
        )

    def test_closed_the_interest_that_was_earned_stays(self):
        self.plan.action_post()
        self._nightly(FIRST)
        with freeze_time("2031-01-20 12:00:00"):
            self.plan.action_close()
        self.assertEqual(self.plan.state, "closed")
        self.assertEqual(self.bill.amount_residual, 1230.0)
        self.assertEqual(self._owes(), 1242.3)
        self._nightly(date(2031, 3, 1))
        self.assertEqual(self._earned(), 12.3)
        with self.assertRaisesRegex(UserError, "not in effect"):
            self.plan.action_close()

    def test_closed_it_is_agreed_on_anew(self):
        self.plan.action_post()
        with self.assertRaisesRegex(UserError, "not closed"):
            self.plan.action_renew()
        self._nightly(FIRST)
        self.plan.action_close()
        again = self.env["dental.payment.plan"].browse(self.plan.action_renew()["res_id"])
        self.assertRecordValues(
            again,
            [{"state": "draft", "renews_id": self.plan.id, "apr": 52.0, "owed": 1242.3}],
        )
        again.with_user(self.billing).action_post()
        self.assertEqual(again.principal, 1242.3, "unpaid interest is owed like the rest")

    def test_one_installment_is_charged_once_whoever_asks(self):
        self.plan.action_post()
        self._nightly(FIRST)
        move = self.plan.sudo().interest_move_ids
        row = self.plan._rows()[0]
        vals = self.plan.sudo()._prepare_interest_vals(row, row.interest)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            move.create(vals).flush_recordset()


@tagged("post_install", "-at_install")
@freeze_time("2031-01-10 12:00:00")
class TestPaymentPlanStanding(DentalBillingCase):
    """The ledger and the calendar say who is late."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2031-01-10 12:00:00"):
            visit = cls._new_visit("crown", "exam")
            cls._check_out(visit)
            cls.bill = cls._invoice(visit)
            plans = cls.env["dental.payment.plan"].with_user(cls.billing)
            cls.plan = plans.create(
                {
                    "patient_id": cls.patient.id,
                    "date": AGREED,
                    "first_date": FIRST,
                    "frequency": "weekly",
                }
            )
            cls.plan.action_post()

    def _standing(self, day):
        self.plan._look_again(day)
        return self.plan.standing, self.plan.overdue, self.plan.unpaid_since

    def _run_nightly(self):
        progress = patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60.0)
        with progress, freeze_time("2031-01-18 12:00:00"):
            self.plan.sudo()._cron_payment_plans()

    def test_on_time_due_late_and_in_default(self):
        self.assertEqual(self.plan.standing, "on_time", "once in effect it stands somewhere")
        self.assertEqual(self._standing(FIRST), ("now", 0.0, False))
        self.assertEqual(self._standing(date(2031, 1, 18)), ("late", 410.0, FIRST))
        self.assertEqual(self._standing(date(2031, 2, 16)), ("late", 1230.0, FIRST))
        self.assertEqual(self._standing(date(2031, 2, 17)), ("default", 1230.0, FIRST))
        self.guarantor._dental_receive(410.0, self.journal)
        self.assertEqual(self._standing(date(2031, 1, 25)), ("late", 410.0, SECOND))
        self.guarantor._dental_receive(820.0, self.journal)
        self.assertEqual(self._standing(date(2031, 2, 17)), ("settled", 0.0, False))

    def test_the_list_shows_them_as_they_are_now(self):
        with freeze_time("2031-01-18 12:00:00"):
            plans = self.env["dental.payment.plan"].with_user(self.front_desk)
            action = plans._open_centre()
            self.assertEqual(action["res_model"], "dental.payment.plan")
            self.assertEqual(plans.search([("standing", "=", "late")]), self.plan)

    def test_a_credit_note_lowers_what_is_due_next(self):
        refund = self.bill._reverse_moves([{"date": AGREED}])
        refund.invoice_line_ids[1:].unlink()
        refund.invoice_line_ids.price_unit = 30.0
        refund.action_post()
        self.plan.sudo()._work_nightly(FIRST)
        self.assertEqual(self.plan.left, 1200.0)
        due = self.plan._installment_items().mapped("amount_residual")
        self.assertEqual(due, [380.0, 410.0, 410.0])

    def test_what_is_owed_beside_it_is_told_and_taken_in(self):
        self.assertEqual(self.plan.owed, 0.0)
        self._check_out(self._new_visit("cleaning"))
        self.plan.invalidate_recordset()
        self.assertEqual(self.plan.owed, 100.0)
        self.plan.action_close()
        again = self.plan.browse(self.plan.action_renew()["res_id"])
        again.with_user(self.billing).action_post()
        self.assertRecordValues(again, [{"principal": 1330.0, "owed": 0.0}])

    def _centre_queries(self):
        plans = self.env["dental.payment.plan"].with_user(self.front_desk)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        plans._open_centre()
        found = plans.web_search_read(
            [("state", "=", "active")],
            {name: {} for name in ("number", "standing", "overdue", "next_due", "left")},
        )
        return found["length"], self.env.cr.sql_log_count - before

    def test_more_plans_ask_no_more(self):
        patients = self.env["dental.patient"].create(
            [
                {"first_name": name, "last_name": "Nowak", "company_id": self.company.id}
                for name in ("Anna", "Ewa")
            ]
        )
        self._centre_queries()
        self.assertEqual(self._centre_queries()[0], 1)
        queries = self._centre_queries()[1]
        for patient in patients:
            self._check_out(self._new_visit("exam", patient=patient))
            self.plan.create({"patient_id": patient.id}).action_post()
        self._centre_queries()
        self.assertEqual(self._centre_queries(), (3, queries))

    def test_one_that_fails_stops_no_other(self):
        second = self.env["dental.patient"].create(
            {"first_name": "Anna", "last_name": "Nowak", "company_id": self.company.id}
        )
        self._check_out(self._new_visit("exam", patient=second))
        other = self.plan.create(
            {"patient_id": second.id, "date": AGREED, "first_date": FIRST, "apr": 12.0}
        )
        other.action_post()
        self.company.dental_interest_account_id = False
        self._run_nightly()
        self.assertIn("Interest on payment plans is not set", other.problem)
        self.assertEqual(self.plan.standing, "late")
        self.company._dental_setup_accounts()
        self._run_nightly()
        self.assertFalse(other.problem)
        self.assertEqual(other.interest_charged, 0.8)
