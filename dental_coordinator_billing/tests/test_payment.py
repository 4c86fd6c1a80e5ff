# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from .common import DentalBillingCase


@tagged("post_install", "-at_install")
class TestPayment(DentalBillingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.old, cls.new = cls._new_visit("cleaning", days_ago=60), cls._new_visit("crown")
        cls._check_out(cls.old)

    def _residuals(self):
        return [self._invoice(visit).amount_residual for visit in (self.old, self.new)]

    def test_the_visits_own_bill_comes_first(self):
        self._check_out(self.new, pay=1150.0)
        self.assertEqual(self._residuals(), [100.0, 0.0])

    def test_what_exceeds_it_goes_to_the_oldest(self):
        self._check_out(self.new, pay=1200.0)
        self.assertEqual(self._residuals(), [50.0, 0.0])
        self.assertEqual(self._owes(), 50.0)

    def test_at_the_desk_the_oldest_comes_first(self):
        self._check_out(self.new)
        payment = self.guarantor._dental_receive(150.0, self.journal, note="Slip 4")
        self.assertEqual(self._residuals(), [0.0, 1100.0])
        self.assertRecordValues(
            payment,
            [{"amount": 150.0, "memo": "Slip 4", "partner_id": self.guarantor.id}],
        )
        self.assertIn(payment.state, ("in_process", "paid"))

    def test_paid_ahead_stays_visible_and_counts_at_the_next_bill(self):
        self.guarantor._dental_receive(400.0, self.journal)
        self.assertEqual(self._owes(), -300.0)
        checkout = self._check_out(self.new)
        self.assertRecordValues(checkout, [{"left_amount": 850.0}])
        self.assertEqual(self._residuals(), [0.0, 850.0])

    def test_payments_are_found_by_bill_and_never_by_a_plain_entry(self):
        self._check_out(self.new, pay=1150.0)
        bill = self._invoice(self.new)
        payments = self.env["account.payment"]
        found = payments.search([("reconciled_invoice_ids", "in", bill.ids)])
        self.assertEqual(found.mapped("amount"), [1150.0])
        both = payments.search([("reconciled_invoice_ids", "in", (bill | found.move_id).ids)])
        self.assertEqual(both, found)
        with self.assertQueryCount(0):
            self.assertFalse(payments.search([("reconciled_invoice_ids", "in", found.move_id.ids)]))

    def test_the_memo_is_neutral(self):
        self._check_out(self.new, pay=10.0, payment_note="Cheque 17")
        payment = self.env["account.payment"].search([("partner_id", "=", self.guarantor.id)])
        self.assertEqual(payment.memo, f"{self.new.number} Cheque 17")

    def test_amounts_that_are_none_are_refused(self):
        for amount in (0.0, -5.0):
            with self.assertRaisesRegex(UserError, "enter an amount above zero"):
                self.guarantor._dental_receive(amount, self.journal)

    def test_the_ledger_balances_and_nothing_is_lost(self):
        self._check_out(self.new, pay=333.33)
        moves = self.env["account.move"].search([("company_id", "=", self.company.id)])
        self.assertEqual(round(sum(moves.line_ids.mapped("balance")), 2), 0.0)
        for visit in (self.old, self.new):
            for procedure, charge in visit.procedure_ids._charges().items():
                self.assertEqual(charge.paid + charge.left, charge.fee, procedure.number)
        left = sum(
            c.left for v in (self.old, self.new) for c in v.procedure_ids._charges().values()
        )
        self.assertEqual(float(left), self._owes())

    @users("front.desk")
    def test_the_desk_takes_a_payment_without_a_visit(self):
        action = self.patient.with_user(self.env.user).action_take_payment()
        payment = self.env["dental.desk.payment"].browse(action["res_id"])
        self.assertEqual(payment.balance, 100.0)
        self.assertEqual(payment.amount, 100.0)
        payment.method = str(self.journal.id)
        payment.action_pay()
        payment.invalidate_recordset(["balance"])
        self.assertEqual(payment.balance, 0.0)
        with self.assertRaises(AccessError):
            self.env["account.payment"].search([])

    @users("front.desk")
    def test_a_journal_of_another_clinic_is_refused(self):
        other = self.env["res.company"].sudo().create({"name": "Other"})
        foreign = (
            self.env["account.journal"]
            .sudo()
            .create({"name": "Cash", "code": "CSHX", "type": "cash", "company_id": other.id})
        )
        payment = self.env["dental.desk.payment"].create(
            {"guarantor_id": self.guarantor.id, "company_id": self.company.id, "amount": 5.0}
        )
        methods = [key for key, _label in payment._select_methods()]
        self.assertIn(str(self.journal.id), methods)
        self.assertNotIn(str(foreign.id), methods)
        payment.method = str(foreign.id)
        with self.assertRaisesRegex(UserError, "choose where the money goes"):
            payment.action_pay()

    def test_the_patient_header_tells_the_account(self):
        self._check_out(self.new, pay=1150.0)
        patient = self.patient.with_user(self.front_desk).with_company(self.company)
        facts = {fact["key"]: fact["text"] for fact in patient.header_data()["facts"]}
        self.assertIn("100.00", facts["owes"])
        self.assertNotIn("pending", facts)
