# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import DentalInsuranceCase


@tagged("post_install", "-at_install")
class TestPayerFact(DentalInsuranceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()

    def test_facts_are_shown_where_they_matter(self):
        fact = {"payer_id": self.payer.id, "as_of": "2026-01-12"}
        other = self.env["res.partner"].create({"name": "Union Dental", "is_company": True})
        self.env["dental.payer.fact"].create(
            [
                {**fact, "text": "Periapical image with each crown", "kind": "needs"},
                {**fact, "text": "Only root canals", "code_id": self.codes["exam"].id},
                {**fact, "text": "Of another payer", "payer_id": other.id},
            ]
        )
        _visit, claim, _raw = self._sent("crown")
        self.assertEqual(
            claim.payer_facts, "Needs: Periapical image with each crown (as of 01/12/2026)"
        )
        check = self.env["dental.insurance.verification"].create({"coverage_id": self.coverage.id})
        self.assertIn("Only root canals", check.payer_facts)
        self.assertNotIn("Of another payer", check.payer_facts)
        estimate = self._new_procedure("crown")._make_estimate().with_user(self.front_desk)
        self.assertEqual(
            estimate.payer_facts.splitlines(),
            ["Harbor Dental Plan", "Needs: Periapical image with each crown (as of 01/12/2026)"],
        )
        precert = self.env["dental.precert"]._open_for(self._new_procedure("exam"), self.coverage)
        self.assertIn("Only root canals", precert.payer_facts)

    def test_a_fact_of_another_payers_plan_is_refused(self):
        other = self.env["res.partner"].create({"name": "Union Dental", "is_company": True})
        with self.assertRaisesRegex(ValidationError, "not one of Union Dental"):
            self.env["dental.payer.fact"].create(
                {"payer_id": other.id, "plan_id": self.plan.id, "text": "x"}
            )

    def test_who_reads_and_who_notes(self):
        vals = {"payer_id": self.payer.id, "text": "Calls are short after four"}
        fact = self.env["dental.payer.fact"].with_user(self.billing).create(vals)
        self.assertEqual(fact.with_user(self.front_desk).text, vals["text"])
        with self.assertRaises(AccessError):
            fact.with_user(self.front_desk).text = "x"
