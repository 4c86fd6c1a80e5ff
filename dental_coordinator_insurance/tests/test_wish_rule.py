# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import DentalInsuranceCase


@tagged("post_install", "-at_install")
class TestWishRulesSuggested(DentalInsuranceCase):
    def test_the_payers_of_most_covers_first_and_ten_at_most(self):
        rules = self.env["dental.wish.rule"]
        rules.search([]).active = False
        self.env["dental.insurance.coverage"].search(
            [("company_id", "=", self.company.id), ("id", "!=", self.coverage.id)]
        ).active = False
        payers = self.env["res.partner"].create(
            [{"name": f"Payer {letter}", "is_company": True} for letter in "ABCDEFGHIJK"]
        )
        for number, payer in enumerate(payers):
            plan = self._new_plan(f"Plan of {payer.name}", payer)
            for member in range(2 if number == 5 else 1):
                patient = self._new_patient("Ann", f"Lee{number}{member}")
                self._cover(patient, plan, f"S{number}{member}")
        rules.create({"name": "Payer B", "answer": "block", "message": "Not with us"})
        rules.with_user(self.manager).action_suggest()
        made = rules._of(self.company).filtered("partner_id")
        self.assertEqual(len(made), 9)  # one of the ten most used has a rule
        self.assertIn(payers[5], made.partner_id)
        self.assertNotIn(payers[1], made.partner_id)
        self.assertEqual(set(made.mapped("answer")), {"allow"})
        self.assertEqual(rules._most_used_payers(self.company)[0][1], payers[5])
