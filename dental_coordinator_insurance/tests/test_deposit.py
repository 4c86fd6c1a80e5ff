# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import io
from datetime import date, timedelta

from psycopg2.errors import UniqueViolation
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DentalInsuranceCase


@tagged("post_install", "-at_install")
class TestDeposit(DentalInsuranceCase):
    """Money that goes to the bank, slip by slip; and what was written off, by three days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.visit, cls.claim, raw = cls._sent("crown", days_ago=40)
        cls.remittance = cls._pay(
            raw, lambda c, line: [("CO", "45", 250), ("PR", "1", 50), ("PR", "2", 415)]
        )
        cls.remittance.action_post()
        cls.desk = cls.guarantor._dental_receive(100.0, cls.journal)
        cls.payments = cls.remittance.sudo().payment_id | cls.desk

    def _slip(self, **vals):
        return (
            self.env["dental.deposit"]
            .with_user(self.billing)
            .create({"journal_id": self.journal.id, **vals})
        )

    def test_payments_of_the_day(self):
        slip = self._slip()
        slip.action_fill()
        self.assertEqual(slip.line_ids.payment_id, self.payments.with_user(self.billing))
        self.assertEqual((slip.count, slip.amount), (2, sum(self.payments.mapped("amount"))))
        slip.action_fill()
        self.assertEqual(slip.count, 2)
        other = self._slip()
        with self.assertRaisesRegex(UserError, "on no slip yet"):
            other.action_fill()

    def test_only_of_its_days(self):
        day = date.today() - timedelta(days=1)
        slip = self._slip(date_from=day, date=day)
        with self.assertRaisesRegex(UserError, slip.number):
            slip.action_fill()

    def test_what_is_taken_off_comes_up_again(self):
        slip = self._slip()
        slip.action_fill()
        slip.line_ids.filtered(lambda line: line.payment_id == self.desk).unlink()
        other = self._slip()
        other.action_fill()
        self.assertEqual(other.line_ids.payment_id.ids, self.desk.ids)

    def test_database_keeps_a_payment_on_one_slip(self):
        self._slip().action_fill()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self._slip(line_ids=[(0, 0, {"payment_id": self.desk.id})])

    def test_handed_in_stays(self):
        slip = self._slip()
        slip.action_fill()
        slip.action_close()
        for change in (
            slip.action_fill,
            slip.action_close,
            slip.unlink,
            slip.line_ids[:1].unlink,
            lambda: self.desk.with_user(self.billing).action_draft(),
        ):
            with self.assertRaisesRegex(UserError, slip.number):
                change()
        slip.action_reopen()
        slip.line_ids[:1].unlink()
        self.assertEqual(slip.count, 1)

    def test_money_paid_out_does_not_go_on_it(self):
        back = self.desk.copy({"payment_type": "outbound", "amount": 10.0})
        back.action_post()
        with self.assertRaisesRegex(UserError, "no money received"):
            self._slip(line_ids=[(0, 0, {"payment_id": back.id})])

    def test_print_names_payers_and_no_patient(self):
        slip = self._slip()
        slip.action_fill()
        url = slip.action_print()["url"]
        merged = self.env["dental.merged.print"].browse(int(url.split("/")[4]))
        pages = PdfReader(io.BytesIO(base64.b64decode(merged.document))).pages
        text = "\n".join(page.extract_text() for page in pages)
        for part in (slip.number, self.payer.name, self.desk.name, f"{slip.amount:.2f}"):
            self.assertIn(part, text)
        self.assertNotIn("Kowalski", text)

    def test_desk_does_not_open_slips(self):
        with self.assertRaises(AccessError):
            self._slip().with_user(self.front_desk).read(["amount"])

    # Write-offs

    def test_write_offs_by_three_days(self):
        rows = self.env["dental.write.off.report"].with_user(self.billing)
        found = rows.search([("claim_id", "=", self.claim.id)])
        self.assertEqual(sum(found.mapped("amount")), 250.0)
        self.assertEqual(self._balances()["adjustment"], 250.0)
        self.assertEqual(set(found.mapped("kind")), {"transfer", "remittance"})
        for name, day in (
            ("date_service", self.visit.procedure_ids.date_done),
            ("date_claim", self.claim.sent_on),
            ("date_entry", date.today()),
        ):
            self.assertEqual(set(found.mapped(name)), {day}, name)
        self.remittance.action_reverse()
        self.env.flush_all()
        again = rows.search([("claim_id", "=", self.claim.id)])
        self.assertEqual(sum(again.mapped("amount")), 230.0)

    # Labels

    def test_labels(self):
        with self.assertRaisesRegex(UserError, self.payer.name):
            self.claim.action_print_labels()
        self.payer.write({"street": "9 Harbor Way", "city": "Portland", "zip": "97201"})
        url = self.claim.action_print_labels()["url"]
        merged = self.env["dental.merged.print"].browse(int(url.split("/")[4]))
        text = PdfReader(io.BytesIO(base64.b64decode(merged.document))).pages[0].extract_text()
        self.assertEqual(text.splitlines()[:2], [self.payer.name, "9 Harbor Way"])
        with self.assertRaisesRegex(UserError, "payers only"):
            self.guarantor.action_print_dental_labels()
