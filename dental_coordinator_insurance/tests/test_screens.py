# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import DentalInsuranceCase

ACTIONS = (
    "dental_insurance_verification_action",
    "dental_precert_action",
    "dental_claim_action",
    "dental_remittance_action",
    "dental_exchange_action",
    "dental_insurance_plan_action",
    "res_partner_action_payer",
)


@tagged("post_install", "-at_install")
class TestScreens(DentalInsuranceCase):
    """Screens open for those whose work they are, with all they show."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.visit, cls.claim, cls.raw = cls._sent("crown")

    def _open(self, record, user):
        """Read a record as its form does."""
        seen = record.with_user(user)
        form = seen.get_views([(False, "form")])
        names = form["models"][record._name]["fields"]
        arch = form["views"]["form"]["arch"]
        shown = [name for name in names if f'name="{name}"' in arch]
        return seen.web_read({name: {} for name in shown})[0]

    def test_screens_of_coordinator_and_billing(self):
        for user in (self.coordinator, self.billing, self.manager):
            for name in ACTIONS:
                action = self.env.ref(f"dental_coordinator_insurance.{name}")
                with self.subTest(name, user=user.login):
                    model = self.env[action.res_model].with_user(user)
                    views = [(False, "list"), (False, "form"), (False, "search")]
                    self.assertEqual(len(model.get_views(views)["views"]), 3)
                    model.web_search_read([], {"display_name": {}})

    def test_claim_opens_for_the_clinician_without_files(self):
        values = self._open(self.claim, self.clinician)
        self.assertEqual(values["number"], self.claim.number)
        self.assertIn("CLM01", values["elements_html"])
        self.assertNotIn("exchange_id", values)

    def test_claim_opens_for_billing_with_its_files(self):
        values = self._open(self.claim, self.billing)
        self.assertEqual(values["exchange_id"], self.claim.exchange_id.id)

    def test_insurance_page_of_the_patient(self):
        values = self._open(self.patient, self.front_desk)
        self.assertEqual(values["coverage_ids"], self.coverage.ids)
        self.assertEqual(values["claim_count"], 1)

    def test_plan_opens_with_its_rules(self):
        values = self._open(self.plan, self.coordinator)
        self.assertEqual(len(values["benefit_ids"]), 5)
        self.assertEqual(values["policy_count"], 1)

    def test_written_file_is_offered_for_download(self):
        action = self.claim.exchange_id.action_download()
        self.assertIn(f"/dental.exchange/{self.claim.exchange_id.id}/raw/", action["url"])
        self.assertTrue(self.claim.exchange_id.filename.endswith(".837d.edi"))

    def test_what_the_payers_owe_is_told_beside_what_the_guarantor_owes(self):
        pending = self.guarantor._dental_plan_pending(self.company)
        self.assertEqual(pending, {self.guarantor: 435.0})

    def test_whoever_waits_for_the_plan_gets_no_final_notice(self):
        other = self._new_patient("Ken", "Ito").partner_id
        both = self.guarantor | other
        self.assertEqual(both._dental_claims_open(self.company), self.guarantor)
        self.guarantor._dental_receive(485.0, self.journal)
        self.assertFalse(both._dental_claims_open(self.company), "nothing is owed any more")

    def test_statement_waits_for_the_plan(self):
        statement = self.env["dental.statement"].with_user(self.billing)
        statement = statement.create({"guarantor_id": self.guarantor.id})
        self.assertEqual((statement.amount_due, statement.insurance_pending), (485.0, 435.0))
