# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from .common import DentalBillingCase


@tagged("post_install", "-at_install")
class TestEstimate(DentalBillingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.crown = cls._new_procedure("crown", sequence=2)
        cls.exam = cls._new_procedure("exam", sequence=1)
        cls.both = cls.crown | cls.exam

    @users("coordinator")
    def test_without_insurance_the_patient_pays_the_fee(self):
        estimate = self.both.with_user(self.env.user)._make_estimate()
        self.assertRecordValues(
            estimate,
            [
                {
                    "state": "current",
                    "version": 1,
                    "total_fee": 1230.0,
                    "total_plan": 0.0,
                    "total_write_off": 0.0,
                    "total_patient": 1230.0,
                }
            ],
        )
        self.assertRecordValues(
            estimate.line_ids,
            [
                {"procedure_id": self.exam.id, "description": "Exam", "patient_amount": 80.0},
                {
                    "procedure_id": self.crown.id,
                    "description": "36 Crown",
                    "patient_amount": 1150.0,
                },
            ],
        )
        self.assertEqual(
            estimate.line_ids[1].trace,
            [
                {
                    "rule": "office_fee",
                    "text": "Office fee",
                    "source": "X2740",
                    "verified_on": False,
                    "amount": 1150.0,
                }
            ],
        )

    @users("coordinator")
    def test_it_stays_as_it_was_told(self):
        estimate = self.both.with_user(self.env.user)._make_estimate()
        for values in ({"as_of": "2020-01-01"}, {"valid_until": "2099-01-01"}, {"line_ids": []}):
            with self.assertRaisesRegex(UserError, f"{estimate.number} was made on"):
                estimate.write(values)
        with self.assertRaisesRegex(UserError, "stays as it was told"):
            estimate.line_ids.sudo().write({"patient_amount": 1.0})
        for records in (estimate, estimate.line_ids):
            with self.assertRaisesRegex(UserError, "Estimates are kept"):
                records.sudo().unlink()

    @users("coordinator")
    def test_a_new_fee_changes_no_old_estimate(self):
        old = self.both.with_user(self.env.user)._make_estimate()
        self.crown.sudo().fee = 1300.0
        new = self.both.with_user(self.env.user)._make_estimate()
        self.assertRecordValues(
            old + new,
            [
                {
                    "total_patient": 1230.0,
                    "state": "superseded",
                    "superseded_by_id": new.id,
                    "version": 1,
                },
                {
                    "total_patient": 1380.0,
                    "state": "current",
                    "superseded_by_id": False,
                    "version": 2,
                },
            ],
        )

    @users("coordinator")
    def test_the_button_makes_a_new_one_only_where_something_changed(self):
        patient = self.patient.with_user(self.env.user)
        first = patient.action_estimate()["res_id"]
        self.assertEqual(patient.action_estimate()["res_id"], first)
        self.crown.sudo().fee = 1300.0
        self.assertNotEqual(patient.action_estimate()["res_id"], first)

    @users("coordinator")
    def test_one_that_has_expired_is_made_again(self):
        patient = self.patient.with_user(self.env.user)
        with freeze_time("2026-03-02"):
            estimate = self.env["dental.estimate"].browse(patient.action_estimate()["res_id"])
            self.assertEqual(estimate.valid_until, date(2026, 5, 31))
        with freeze_time("2026-06-01"):
            estimate.invalidate_recordset(["expired"])
            self.assertTrue(estimate.expired)
            self.assertNotEqual(patient.action_estimate()["res_id"], estimate.id)

    @users("coordinator")
    def test_a_treatment_plan_is_estimated_without_what_is_done(self):
        plan = self.env["dental.treatment.plan"].create({"patient_id": self.patient.id})
        self.both.sudo().treatment_plan_id = plan
        self.exam.sudo().action_done()
        estimate = self.env["dental.estimate"].browse(plan.action_estimate()["res_id"])
        self.assertEqual(estimate.treatment_plan_id, plan)
        self.assertEqual(estimate.line_ids.procedure_id, self.crown)

    @users("coordinator")
    def test_nothing_to_estimate_says_what_to_do(self):
        bare = self._new_patient("Ana", "Bare").with_user(self.env.user)
        with self.assertRaisesRegex(UserError, "plan a procedure first"):
            bare.action_estimate()

    def test_procedures_of_two_patients_are_refused(self):
        other = self._new_procedure("exam", self._new_patient("Ana", "Lund"))
        with self.assertRaisesRegex(UserError, "of one patient"):
            (self.exam | other)._make_estimate()

    def test_an_unknown_fee_is_named(self):
        self.codes["new"] = self.env["dental.procedure.code"].create(
            {"code": "X9999", "name": "New", "category_id": self._category("adjunctive").id}
        )
        line = self._new_procedure("new")._make_estimate().line_ids
        self.assertEqual(
            line.unknowns, [{"text": "No office fee is set for code X9999. Assumed 0.00."}]
        )

    @users("coordinator")
    def test_next_year_beside_now_keeps_nothing(self):
        estimate = self.both.with_user(self.env.user)._make_estimate()
        self.crown.sudo().fee = 1100.0
        action = estimate.action_next_year()
        compare = self.env["dental.estimate.compare"].browse(action["res_id"])
        today = fields.Date.today()
        self.assertEqual(compare.as_of, date(today.year + 1, 1, 1))
        self.assertRecordValues(compare, [{"patient_now": 1230.0, "patient_then": 1180.0}])
        self.assertIn("50.00 less than now", compare.sentence)
        self.assertEqual(estimate.state, "current")
        self.assertEqual(len(self.crown.estimate_line_ids), 1)

    @users("coordinator")
    def test_signed_means_frozen_with_its_print(self):
        estimate = self.both.with_user(self.env.user)._make_estimate()
        with self.assertRaisesRegex(UserError, "Sign in the box first"):
            estimate.action_sign()
        estimate.signature = PIXEL
        estimate.action_sign()
        self.assertRecordValues(
            estimate, [{"state": "signed", "signed_by": self.patient._full_name()}]
        )
        self.assertIn(b"Agreed by", estimate._document_content())
        later = self.both.with_user(self.env.user)._make_estimate()
        self.assertRecordValues(estimate, [{"state": "signed", "superseded_by_id": later.id}])
        self.assertEqual(self.crown._quoted_lines()[self.crown].estimate_id, estimate)

    @users("coordinator")
    def test_the_print_is_kept_and_never_rendered_again(self):
        estimate = self.both.with_user(self.env.user)._make_estimate()
        estimate.action_print()
        kept = estimate.document_sha256
        self.patient.sudo().last_name = "Nowak"
        estimate.action_print()
        self.assertEqual(estimate.document_sha256, kept)
        page = estimate._document_content().decode()
        for told in (self.company.name, "Marta Kowalski", self.patient.number, "05/04/1992"):
            self.assertIn(told, page)
        for told in ("36 Crown", "1,150.00", "Office fee"):
            self.assertIn(told, page)

    @users("coordinator")
    def test_a_kept_print_that_was_tampered_with_is_found_out(self):
        estimate = self.both.with_user(self.env.user)._make_estimate()
        estimate.action_print()
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "dental.estimate"),
                    ("res_id", "=", estimate.id),
                    ("res_field", "=", "document"),
                ]
            )
        )
        attachment.raw = b"something else"
        estimate.invalidate_recordset(["document"])
        with self.assertRaisesRegex(UserError, "was changed outside"):
            estimate._document_content()

    @users("coordinator")
    def test_as_of_a_later_day_is_kept_as_such(self):
        later = fields.Date.today() + timedelta(days=200)
        estimate = self.both.with_user(self.env.user)._make_estimate(as_of=later)
        self.assertEqual(estimate.as_of, later)
        self.assertGreater(estimate.valid_until, later)

    @users("front.desk", "clinician", "billing")
    def test_the_team_estimates(self):
        self.assertTrue(self.both.with_user(self.env.user)._make_estimate())

    @users("outsider", "trainee")
    def test_others_do_not(self):
        with self.assertRaises(AccessError):
            self.env["dental.estimate"].search([])
        with self.assertRaises(AccessError):
            self.both.with_user(self.env.user)._make_estimate()


# One transparent point, as a signature pad sends it.
PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5Er"
    b"kJggg=="
)
