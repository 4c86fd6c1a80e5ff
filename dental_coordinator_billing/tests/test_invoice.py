# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DentalBillingCase


@tagged("post_install", "-at_install")
class TestInvoice(DentalBillingCase):
    def test_one_neutral_bill_a_visit_to_the_guarantor(self):
        visit = self._new_visit("exam", "crown")
        self._check_out(visit)
        invoice = self._invoice(visit)
        self.assertRecordValues(
            invoice,
            [
                {
                    "move_type": "out_invoice",
                    "state": "posted",
                    "partner_id": self.guarantor.id,
                    "ref": visit.number,
                    "amount_total": 1230.0,
                    "dental_kind": "invoice",
                    "dental_patient_id": self.patient.id,
                    "dental_appointment_id": visit.id,
                    "company_id": self.company.id,
                }
            ],
        )
        exam, crown = visit.procedure_ids.sorted("sequence")
        self.assertRecordValues(
            invoice.invoice_line_ids,
            [
                {
                    "name": f"Dental services, visit {visit.number}, {exam.number} X0150",
                    "price_subtotal": 80.0,
                    "tax_ids": [],
                    "dental_procedure_id": exam.id,
                },
                {
                    "name": f"Dental services, visit {visit.number}, {crown.number} X2740",
                    "price_subtotal": 1150.0,
                    "tax_ids": [],
                    "dental_procedure_id": crown.id,
                },
            ],
        )
        self.assertRecordValues(
            exam + crown,
            [
                {"state": "billed", "invoice_line_id": invoice.invoice_line_ids[0].id},
                {"state": "billed", "invoice_line_id": invoice.invoice_line_ids[1].id},
            ],
        )

    def test_nothing_on_the_bill_tells_patient_or_treatment(self):
        visit = self._new_visit("crown")
        self._check_out(visit)
        invoice = self._invoice(visit)
        told = " ".join(
            str(value)
            for record in (invoice, *invoice.line_ids, *invoice.message_ids)
            for name in ("name", "ref", "narration", "payment_reference", "body", "subject")
            if name in record._fields and (value := record[name])
        )
        for word in ("Kowalski", "Marta", "Crown", "tooth", self.patient.number):
            self.assertNotIn(word, told)
        self.assertFalse(invoice.message_partner_ids & (self.guarantor | self.patient.partner_id))

    def test_the_database_refuses_a_second_bill(self):
        visit = self._new_visit("exam")
        self._check_out(visit)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            self._invoice(visit).copy({"dental_kind": "invoice", "dental_appointment_id": visit.id})

    def test_something_done_later_needs_the_bill_undone_first(self):
        visit = self._new_visit("exam")
        self._check_out(visit)
        late = self._new_procedure("cleaning", appointment_id=visit.id)
        late.action_done()
        with self.assertRaisesRegex(UserError, "is billed already on INV"):
            self._check_out(visit)

    def test_a_missing_fee_is_named_with_its_remedy(self):
        self.codes["new"] = self.env["dental.procedure.code"].create(
            {"code": "X9999", "name": "New", "category_id": self._category("adjunctive").id}
        )
        visit = self._new_visit("new")
        with self.assertRaisesRegex(UserError, "code X9999 has no office fee. Set it on the code"):
            self._check_out(visit)
        self.assertEqual(visit.status, "checkout")

    def test_an_employees_contact_is_no_guarantor(self):
        """Odoo books a contact's bill on his company: his employer must not get it."""
        employer = self.env["res.partner"].create({"name": "Employer", "is_company": True})
        self.guarantor.parent_id = employer
        visit = self._new_visit("exam")
        with self.assertRaisesRegex(UserError, "the guarantor is a contact of a company"):
            self._check_out(visit)

    def test_undo_gives_the_procedures_back(self):
        visit = self._new_visit("exam", "crown", days_ago=3)
        self._check_out(visit, pay=200.0)
        invoice = self._invoice(visit)
        done = visit.procedure_ids.mapped("date_done")
        invoice.with_user(self.billing).action_dental_undo()
        self.assertTrue(invoice.dental_undone)
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertEqual(set(visit.procedure_ids.mapped("state")), {"done"})
        self.assertEqual(visit.procedure_ids.mapped("date_done"), done)
        self.assertFalse(visit.procedure_ids.invoice_line_id)
        self.assertEqual(self._owes(), -200.0)

    def test_after_undo_it_can_be_billed_again_and_the_payment_counts(self):
        visit = self._new_visit("exam", "crown")
        self._check_out(visit, pay=200.0)
        first = self._invoice(visit)
        first.with_user(self.billing).action_dental_undo()
        visit.procedure_ids.filtered(lambda p: p.code_id == self.codes["crown"]).fee = 1000.0
        self._check_out(visit)
        second = self._invoice(visit)
        self.assertNotEqual(first, second)
        self.assertRecordValues(second, [{"amount_total": 1080.0, "amount_residual": 880.0}])
        self.assertEqual(self._owes(), 880.0)

    def test_undo_twice_and_undo_of_something_else_are_refused(self):
        visit = self._new_visit("exam")
        self._check_out(visit)
        invoice = self._invoice(visit).with_user(self.billing)
        invoice.action_dental_undo()
        for move in (invoice, invoice.reversal_move_ids):
            with self.assertRaisesRegex(UserError, "is not the bill of a visit"):
                move.action_dental_undo()

    def test_the_desk_undoes_nothing(self):
        visit = self._new_visit("exam")
        self._check_out(visit)
        with self.assertRaises(AccessError):
            self._invoice(visit).with_user(self.front_desk).action_dental_undo()

    def test_a_posted_bill_is_never_edited(self):
        visit = self._new_visit("exam")
        self._check_out(visit)
        invoice = self._invoice(visit)
        with self.assertRaisesRegex(UserError, "stays as it was posted"):
            invoice.invoice_line_ids.price_unit = 1.0
        with self.assertRaisesRegex(UserError, "stays as it was posted"):
            invoice.with_user(self.billing).button_draft()

    def test_other_invoices_are_edited_as_ever(self):
        other = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.guarantor.id,
                "invoice_line_ids": [Command.create({"name": "Toothbrush", "price_unit": 5.0})],
            }
        )
        other.action_post()
        other.button_draft()
        other.invoice_line_ids.price_unit = 6.0
        other.action_post()
        self.assertEqual(other.amount_untaxed, 6.0)
