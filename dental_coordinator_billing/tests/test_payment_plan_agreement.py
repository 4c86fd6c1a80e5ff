# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from base64 import b64decode
from datetime import date
from hashlib import sha256

import psycopg2
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DentalBillingCase

INK = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q"
    b"DwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
@freeze_time("2031-01-10 12:00:00")
class TestPaymentPlanAgreement(DentalBillingCase):
    """What is signed is what is kept, and what is put into effect."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2031-01-10 12:00:00"):
            cls._check_out(cls._new_visit("crown", "exam"))
            cls.plan = (
                cls.env["dental.payment.plan"]
                .with_user(cls.front_desk)
                .create(
                    {
                        "patient_id": cls.patient.id,
                        "date": date(2031, 1, 10),
                        "first_date": date(2031, 1, 31),
                        "apr": 12.0,
                        "needs_signature": True,
                        "terms": "Paid by card on the last of the month.",
                    }
                )
            )

    def _page(self, plan=None):
        plan = (plan or self.plan).sudo()
        return b64decode(plan.with_context(bin_size=False).document).decode()

    def _sign(self):
        self.plan.signature = INK
        self.plan.action_sign()

    def test_it_does_not_start_unsigned(self):
        with self.assertRaisesRegex(UserError, "needs a signature"):
            self.plan.action_post()
        with self.assertRaisesRegex(UserError, "Sign in the box first"):
            self.plan.action_sign()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.CheckViolation),
            self.env.cr.savepoint(),
        ):
            self.plan.sudo().state = "active"
            self.plan.flush_recordset()

    def test_signed_it_is_kept_and_starts(self):
        self._sign()
        self.assertEqual(self.plan.signed_by, "Jan Kowalski")
        page = self._page()
        for told in ("12.00", "418.23", "24.68", "Paid by card", "Agreed by", self.plan.number):
            self.assertIn(told, page)
        kept = self.plan.document_sha256
        self.assertEqual(sha256(self.plan._document_content()).hexdigest(), kept)
        self.plan.action_post()
        self.plan.action_print()
        self.assertEqual(self.plan.document_sha256, kept, "printed again it is the same")
        self.assertRecordValues(self.plan, [{"state": "active", "principal": 1230.0}])

    def test_what_was_signed_stays(self):
        self._sign()
        for vals in ({"count": 12}, {"apr": 0.0}, {"terms": "None"}, {"signature": False}):
            with self.assertRaisesRegex(UserError, "stays as it was signed"):
                self.plan.write(vals)
        self.plan.write({"count": 3, "apr": 12.0})
        with self.assertRaisesRegex(UserError, "once"):
            self.plan.action_sign()
        with self.assertRaisesRegex(UserError, "is kept"):
            self.plan.sudo().unlink()

    def test_another_amount_than_was_signed_is_not_put_into_effect(self):
        self._sign()
        self.guarantor._dental_receive(100.0, self.journal)
        with self.assertRaisesRegex(UserError, "signed over .*1,230.00.* and .*1,130.00"):
            self.plan.action_post()
        self.plan.action_withdraw()
        self.assertEqual(self.plan.state, "undone")
        again = self.plan.browse(self.plan.action_renew()["res_id"])
        self.assertRecordValues(
            again, [{"signed_at": False, "needs_signature": True, "owed": 1130.0}]
        )
        with self.assertRaisesRegex(UserError, "no signed draft"):
            again.action_withdraw()

    def test_a_draft_is_printed_as_it_stands(self):
        self.plan.action_print()
        self.assertIn("418.23", self._page())
        self.plan.write({"count": 1, "apr": 0.0})
        self.plan.action_print()
        self.assertNotIn("418.23", self._page())
        self.assertIn("No interest is charged", self._page())

    def test_terms_that_are_no_plan_are_not_signed(self):
        self.plan.write({"down_payment": 5000.0, "signature": INK})
        with self.assertRaisesRegex(UserError, "must lie between"):
            self.plan.action_sign()
        with self.assertRaisesRegex(UserError, "must lie between"):
            self.plan.action_print()

    def test_in_the_language_of_who_pays(self):
        lang = self.env["res.lang"]._activate_lang("fr_FR")
        self.guarantor.lang = lang.code
        self._sign()
        self.assertIn("31/01/2031", self._page())

    def test_who_may_not_write_signs_nothing(self):
        with self.assertRaises(AccessError):
            self.plan.with_user(self.clinician).action_sign()
