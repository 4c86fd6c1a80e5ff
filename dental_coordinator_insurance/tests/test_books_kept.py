# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DentalInsuranceCase

AS_EXPECTED = [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435)]


@tagged("post_install", "-at_install")
class TestBooksKept(DentalInsuranceCase):
    """What Odoo's own screens do to entries on which claims rest: refused, or all stays right."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.visit, cls.claim, cls.raw = cls._sent("crown")
        cls.bill = cls.claim.sudo().invoice_id.with_user(cls.billing)
        cls.filed = cls.claim.sudo().transfer_move_id.with_user(cls.billing)

    def _remittance(self, **values):
        return self._pay(self.raw, lambda c, line: AS_EXPECTED, **values)

    def _reversal(self, move):
        wizard = self.env["account.move.reversal"].with_user(self.billing)
        return wizard.with_context(active_model="account.move", active_ids=move.ids).create(
            {"journal_id": move.journal_id.id, "date": date.today()}
        )

    def test_entries_are_not_reversed_behind_a_claim(self):
        remittance = self._remittance()
        remittance.action_post()
        plan = self.env["dental.payment.plan"].with_user(self.billing)
        plan = plan.create({"patient_id": self.patient.id})
        plan.action_post()
        before = self._balances()
        for move in (self.filed, remittance.sudo().move_id, plan.sudo().move_id):
            with self.subTest(move.dental_kind), self.assertRaisesRegex(UserError, move.name):
                self._reversal(move).refund_moves()
        self.assertEqual(self._balances(), before)

    def test_bill_is_not_made_anew(self):
        with self.assertRaisesRegex(UserError, "not reversed here"):
            self._reversal(self.bill).modify_moves()
        self.assertEqual(self.bill.amount_residual, 485.0)

    def test_credit_note_takes_off_the_patients_part_only(self):
        wizard = self._reversal(self.bill)
        wizard.refund_moves()
        note = wizard.new_move_ids
        with self.assertRaisesRegex(UserError, "485.00 is the patient's.*" + self.claim.number):
            note.action_post()
        note.invoice_line_ids.price_unit = 85.0
        note.action_post()
        self.assertEqual(self._owes(), 400.0)
        self.assertEqual(self._balances()["insurance"], self.claim.open_amount)
        another = self._reversal(self.bill)
        another.refund_moves()
        another.new_move_ids.invoice_line_ids.price_unit = 401.0
        with self.assertRaisesRegex(UserError, "void the claim first"):
            another.new_move_ids.action_post()

    def test_whole_credit_note_once_the_claim_is_void(self):
        self.claim.action_void()
        wizard = self._reversal(self.bill)
        wizard.refund_moves()
        wizard.new_move_ids.action_post()
        self.assertEqual(self._owes(), 0.0)

    def test_what_a_claim_took_off_stays_matched(self):
        owed = self.bill.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        with self.assertRaisesRegex(UserError, "stay matched"):
            self.bill.js_remove_outstanding_partial(owed.matched_credit_ids.id)
        with self.assertRaisesRegex(UserError, "stay matched"):
            owed.with_context(active_ids=owed.ids).action_unreconcile_match_entries()
        self.assertEqual(self.bill.amount_residual, 485.0)

    def test_a_payment_is_taken_off_as_ever(self):
        payment = self.guarantor._dental_receive(100.0, self.journal, self.visit)
        credit = payment.move_id.line_ids.filtered("matched_debit_ids")
        self.bill.js_remove_outstanding_partial(credit.matched_debit_ids.id)
        self.assertEqual(self.bill.amount_residual, 485.0)
        self.assertEqual(self._owes(), 385.0)

    def test_who_owes_stays(self):
        owed = self.filed.line_ids.filtered(lambda line: line.partner_id == self.payer)
        owed = owed.filtered(lambda line: not line.reconciled)
        elsewhere = self.company.dental_allocation_account_id
        for vals in ({"partner_id": self.guarantor.id}, {"account_id": elsewhere.id}):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "stays as it was posted"):
                owed.sudo().write(vals)

    def test_payers_money_in_odoos_own_form_is_matched(self):
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.payer.id,
                "amount": 435.0,
                "memo": "EFT77",
                "journal_id": self.journal.id,
            }
        )
        self.assertEqual(payment.destination_account_id, self.company.dental_allocation_account_id)
        payment.action_post()
        remittance = self._remittance(trace="EFT77")
        remittance.action_post()
        self.assertFalse(remittance.payment_id)
        self.assertEqual(self._balances()["allocate"], 0.0)

    def test_bank_line_put_on_what_the_payer_owes_is_matched(self):
        """Whoever works the bank's lines takes the account that the partner proposes."""
        account = self.payer.with_company(self.company).property_account_receivable_id
        line = self._bank_line(account, "TRN 1 EFT77 HARBOR", self.payer)
        remittance = self._remittance(trace="EFT77")
        remittance.action_post()
        self.assertFalse(remittance.payment_id)
        self.assertEqual(
            self._balances(),
            {"guarantor": 485.0, "insurance": 0.0, "allocate": 0.0, "adjustment": 230.0},
        )
        self.assertTrue(line.line_ids.filtered(lambda one: one.account_id == account).reconciled)
        remittance.action_reverse()
        remittance.action_post()
        self.assertEqual(self._balances()["insurance"], 0.0, "the same money is taken again")

    def test_trace_number_that_is_part_of_another(self):
        account = self.company.dental_allocation_account_id
        other = self._bank_line(account, "EFT770", self.payer)
        right = self._bank_line(account, "No. EFT77, thanks", self.payer)
        self._remittance(trace="EFT77").action_post()
        found = (other | right).line_ids.filtered(lambda one: one.account_id == account)
        self.assertEqual(found.filtered("reconciled"), found & right.line_ids)

    def test_payers_payment_meets_its_bank_line(self):
        remittance = self._remittance()
        remittance.action_post()
        payment = remittance.sudo().payment_id
        line = self._bank_line(payment.outstanding_account_id, "Harbor", self.payer)
        both = (line.move_id | payment.move_id).line_ids.filtered(
            lambda one: one.account_id == payment.outstanding_account_id
        )
        both.reconcile()
        self.assertTrue(payment.is_matched)
        self.assertEqual(payment.state, "paid")

    def _bank_line(self, account, label, partner, amount=435.0):
        return self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.journal.id,
                "date": date.today(),
                "payment_ref": label,
                "partner_id": partner.id,
                "amount": amount,
                "counterpart_account_id": account.id,
            }
        )
