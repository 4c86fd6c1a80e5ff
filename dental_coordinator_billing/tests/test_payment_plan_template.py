# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import DentalBillingCase


@tagged("post_install", "-at_install")
@freeze_time("2031-01-10 12:00:00")
class TestPaymentPlanTemplate(DentalBillingCase):
    """Terms come from templates, within their limits, and are compared side by side."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2031-01-10 12:00:00"):
            cls._check_out(cls._new_visit("crown", "exam"))
            templates = cls.env["dental.payment.plan.template"].with_user(cls.billing)
            cls.free, cls.bearing = templates.create(
                [
                    {
                        "name": "Three months",
                        "company_id": cls.company.id,
                        "count": 3,
                        "down_percent": 10,
                        "smallest": 200.0,
                        "longest": 6,
                        "terms": "Paid by card.",
                    },
                    {
                        "name": "A year",
                        "company_id": cls.company.id,
                        "count": 12,
                        "apr": 12.0,
                        "longest": 24,
                        "needs_signature": False,
                    },
                ]
            )
            cls.plan = (
                cls.env["dental.payment.plan"]
                .with_user(cls.front_desk)
                .create(
                    {
                        "patient_id": cls.patient.id,
                        "date": date(2031, 1, 10),
                        "first_date": date(2031, 2, 10),
                    }
                )
            )

    def _propose(self, can_pay=0.0):
        proposals = self.env["dental.payment.plan.proposal"].with_user(self.front_desk)
        proposal = proposals.browse(self.plan.action_propose()["res_id"])
        if can_pay:
            proposal.can_pay = can_pay
            proposal.action_reckon()
        return proposal

    def test_a_template_fills_the_plan(self):
        with Form(self.plan) as form:
            form.template_id = self.free
        self.assertRecordValues(
            self.plan,
            [
                {
                    "down_payment": 123.0,
                    "count": 3,
                    "needs_signature": True,
                    "terms": "Paid by card.",
                    "template_id": self.free.id,
                }
            ],
        )
        self.assertEqual([row.payment for row in self.plan._rows()], [123, 369, 369, 369])

    def test_its_terms_are_in_the_language_of_who_pays(self):
        lang = self.env["res.lang"]._activate_lang("fr_FR")
        self.guarantor.lang = lang.code
        self.free.with_context(lang="fr_FR").terms = "Par carte."
        vals = self.free._plan_vals(1000.0, self.guarantor.lang)
        self.assertEqual((vals["terms"], vals["down_payment"]), ("Par carte.", 100.0))

    def test_its_limits_hold(self):
        self.plan.write({"template_id": self.free.id, "count": 7})
        with self.assertRaisesRegex(UserError, "less than .*200.00"):
            self.plan.action_post()
        self.plan.write({"template_id": self.bearing.id, "count": 25})
        with self.assertRaisesRegex(UserError, "longer than 24 months"):
            self.plan.action_post()
        self.plan.count = 24
        self.plan.action_post()
        self.assertEqual(self.plan.state, "active")

    def test_ways_side_by_side(self):
        names = ("template_id", "down_payment", "count", "each", "interest", "why_not")
        rows = [tuple(line[name] for name in names) for line in self._propose().line_ids]
        self.assertEqual(
            rows,
            [
                (self.free, 123.0, 3, 369.0, 0.0, ""),
                (self.bearing, 0.0, 12, 109.29, 81.38, ""),
            ],
        )
        self.assertRecordValues(self.plan, [{"count": 3, "apr": 0.0, "template_id": False}])

    def test_ninety_a_month(self):
        free, bearing = self._propose(can_pay=90.0).line_ids
        self.assertIn("less than", free.why_not)
        self.assertRecordValues(
            bearing, [{"count": 15, "each": 90.0, "why_not": "", "down_payment": 0.0}]
        )
        self.assertEqual(bearing.total, 1230.0 + bearing.interest)
        low = self._propose(can_pay=10.0).line_ids[1]
        self.assertIn("does not pay the interest", low.why_not)

    def test_the_one_taken_is_put_on_the_plan(self):
        line = self._propose(can_pay=90.0).line_ids[1]
        self.assertEqual(line.action_take()["res_id"], self.plan.id)
        self.assertRecordValues(
            self.plan,
            [{"by": "payment", "payment": 90.0, "apr": 12.0, "template_id": self.bearing.id}],
        )
        self.plan.action_post()
        self.assertEqual(len(self.plan._installment_items()), line.count)
        with self.assertRaisesRegex(UserError, "agreed already"):
            self.plan.action_propose()

    def test_who_makes_templates(self):
        with self.assertRaises(AccessError):
            self.free.with_user(self.front_desk).apr = 5.0
        with self.assertRaises(AccessError):
            self.free.with_user(self.outsider).read(["name"])
        (self.free | self.bearing).active = False
        with self.assertRaisesRegex(UserError, "No payment plan templates yet"):
            self.plan.action_propose()
