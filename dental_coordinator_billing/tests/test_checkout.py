# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, LockError, UserError
from odoo.tests import Form, tagged, users

from .common import DentalBillingCase


@tagged("post_install", "-at_install")
class TestCheckout(DentalBillingCase):
    def _open(self, visit, user=None):
        visit = visit.with_user(user or self.env.user).with_company(self.company)
        action = visit.action_open_checkout()
        return visit.env["dental.checkout"].browse(action["res_id"])

    @users("front.desk")
    def test_the_page_adds_up(self):
        self._check_out(self._new_visit("cleaning", days_ago=40))
        checkout = self._open(self._new_visit("exam", "crown"))
        self.assertRecordValues(
            checkout,
            [
                {
                    "fee": 1230.0,
                    "plan_amount": 0.0,
                    "patient_amount": 1230.0,
                    "old_balance": 100.0,
                    "due_now": 1330.0,
                }
            ],
        )
        self.assertRecordValues(
            checkout.line_ids,
            [
                {"label": "Exam", "done": True, "fee": 80.0, "patient_amount": 80.0},
                {"label": "36 Crown", "done": True, "fee": 1150.0, "patient_amount": 1150.0},
            ],
        )

    @users("front.desk")
    def test_one_button_closes_it_all(self):
        visit = self._new_visit("exam", "crown")
        checkout = self._check_out(visit, self.env.user, pay=500.0, payment_note="Cheque 17")
        self.assertRecordValues(
            checkout, [{"state": "closed", "paid_amount": 500.0, "left_amount": 730.0}]
        )
        self.assertEqual(visit.status, "done")
        self.assertEqual(set(visit.procedure_ids.mapped("state")), {"billed"})
        self.assertEqual(checkout.invoice_name, self._invoice(visit).name)
        self.assertEqual(checkout.estimate_id.total_patient, 1230.0)
        self.assertEqual(checkout.estimate_id.appointment_id, visit)

    def test_an_evening_is_billed_on_the_clinics_day(self):
        self.company.resource_calendar_id.tz = "America/Los_Angeles"
        night = fields.Datetime.now().replace(hour=3, minute=0) - timedelta(days=3)
        visit = self._new_visit("exam", start=night)
        self.assertEqual(visit.provider_id.tz, "UTC", "where his calendar was made")
        self._check_out(visit)
        self.assertEqual(self._invoice(visit).invoice_date, visit.start.date() - timedelta(days=1))

    @users("front.desk")
    def test_in_the_form_the_amount_follows_the_choice(self):
        checkout = self._open(self._new_visit("exam", "crown"))
        with Form(checkout) as form:
            form.payment = "now"
            self.assertEqual(form.amount, 1230.0)
            with form.line_ids.edit(1) as line:
                line.done = False
                line.next_date = fields.Date.today()
            self.assertEqual((form.due_now, form.amount), (80.0, 80.0))
            form.method = str(self.journal.id)
            form.leaves_without = "Calls herself"
        self.assertEqual(checkout.line_ids[1].next_action, "Book again")

    @users("front.desk")
    def test_what_was_not_done_has_a_next_owner(self):
        visit = self._new_visit("exam", "crown")
        checkout = self._open(visit)
        crown = checkout.line_ids[1]
        crown.done = False
        checkout.write({"payment": "later", "leaves_without": "Will call"})
        with self.assertRaisesRegex(UserError, "was not done: enter the next step, when, and who"):
            checkout.action_close()
        soon = fields.Date.today() + timedelta(days=7)
        crown.write(
            {"next_action": "Book again", "next_date": soon, "owner_id": self.coordinator.id}
        )
        checkout.action_close()
        self.assertRecordValues(
            crown.procedure_id,
            [
                {
                    "state": "planned",
                    "appointment_id": False,
                    "next_action": "Book again",
                    "next_date": soon,
                    "owner_id": self.coordinator.id,
                }
            ],
        )
        self.assertEqual(self._invoice(visit).amount_total, 80.0)

    @users("front.desk")
    def test_nothing_stays_undecided(self):
        checkout = self._open(self._new_visit("exam"))
        with self.assertRaisesRegex(UserError, "does the patient pay now(.|\n)*Next visit"):
            checkout.action_close()
        self.assertEqual(checkout.appointment_id.status, "checkout")

    @users("front.desk")
    def test_a_booked_visit_is_decision_enough(self):
        visit = self._new_visit("exam")
        checkout = self._open(visit)
        checkout.payment = "later"
        tomorrow = self._new_visit(days_ago=-2, status="scheduled")
        checkout.invalidate_recordset(["next_appointment_id"])
        self.assertEqual(checkout.next_appointment_id, tomorrow)
        checkout.action_close()
        self.assertEqual(visit.status, "done")

    @users("front.desk")
    def test_quoted_against_actual_with_the_reason(self):
        visit = self._new_visit("crown")
        crown = visit.procedure_ids
        crown._make_estimate()
        crown.sudo().fee = 1250.0
        checkout = self._open(visit)
        expected = {
            "quoted": 1150.0,
            "patient_amount": 1250.0,
            "difference": "100.00 more than quoted: the fee is 100.00 higher.",
        }
        self.assertRecordValues(checkout.line_ids, [expected])
        checkout.write({"payment": "later", "leaves_without": "Finished"})
        checkout.action_close()
        self.assertRecordValues(checkout.line_ids, [expected])

    @users("front.desk")
    def test_a_visit_that_was_only_talk_closes_without_a_bill(self):
        visit = self._new_visit()
        checkout = self._check_out(visit, self.env.user)
        self.assertFalse(checkout.invoice_name)
        self.assertEqual(visit.status, "done")

    @users("front.desk")
    def test_closing_twice_is_told_who_was_first(self):
        visit = self._new_visit("exam")
        mine, other = self._open(visit), self._open(visit, self.coordinator)
        for checkout in (mine, other):
            checkout.write({"payment": "later", "leaves_without": "Finished"})
        other.action_close()
        with self.assertRaisesRegex(UserError, f"{visit.number} was closed by coordinator"):
            mine.action_close()

    @users("front.desk")
    def test_two_at_once_one_is_told(self):
        visit = self._new_visit("exam")
        checkout = self._open(visit)
        checkout.write({"payment": "later", "leaves_without": "Finished"})
        locked = patch.object(type(visit), "lock_for_update", side_effect=LockError("row"))
        with locked, self.assertRaisesRegex(UserError, "is being changed by somebody else"):
            checkout.action_close()
        self.assertEqual(checkout.state, "open")

    @users("front.desk")
    def test_nobody_leaves_past_the_checkout(self):
        visit = self._new_visit("exam").with_user(self.env.user)
        self.assertEqual(visit.action_done()["res_model"], "dental.checkout")
        with self.assertRaisesRegex(UserError, "not billed or handed on: check out"):
            visit._set_status("done")

    @users("front.desk")
    def test_a_visit_that_has_not_begun_is_not_checked_out(self):
        visit = self._new_visit("exam", status="scheduled")
        with self.assertRaisesRegex(UserError, "has not begun: check the patient in first"):
            self._open(visit)

    @users("front.desk")
    def test_payment_without_a_place_is_refused(self):
        checkout = self._open(self._new_visit("exam"))
        checkout.write(
            {"payment": "now", "amount": 80.0, "method": False, "leaves_without": "Finished"}
        )
        with self.assertRaisesRegex(UserError, "choose where the money goes"):
            checkout.action_close()

    @users("front.desk")
    def test_a_payment_without_an_amount_is_undecided(self):
        checkout = self._open(self._new_visit("exam"))
        checkout.write({"payment": "now", "leaves_without": "Finished"})
        with self.assertRaisesRegex(UserError, "enter the amount that was paid"):
            checkout.action_close()

    @users("clinician", "outsider")
    def test_others_do_not_check_out(self):
        visit = self._new_visit("exam")
        with self.assertRaises(AccessError):
            self._open(visit)

    def test_the_patient_takes_a_summary_home(self):
        visit = self._new_visit("exam")
        checkout = self._check_out(visit, pay=30.0)
        checkout.action_print()
        self.assertRecordValues(
            checkout.statement_id,
            [{"kind": "walkout", "state": "sent", "mode": "hand", "amount_due": 50.0}],
        )
        self.assertEqual(
            checkout.statement_id.line_ids.sentence,
            "Marta: exam cost 80.00; you paid 30.00; 50.00 is left.",
        )
        again = checkout.statement_id
        checkout.action_print()
        self.assertEqual(checkout.statement_id, again)

    def test_the_bill_bears_the_day_of_the_visit(self):
        with freeze_time("2026-03-02 15:00:00"):
            visit = self._new_visit("exam")
            self._check_out(visit)
            self.assertEqual(str(self._invoice(visit).invoice_date), "2026-03-02")
