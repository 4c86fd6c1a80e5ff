# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime, time

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from ..benefits import add_workdays
from . import test_journey_tour
from .common import DentalInsuranceSetup


@tagged("post_install", "-at_install")
class TestBenefitsTour(DentalInsuranceSetup, HttpCase):
    """The daily tasks around benefits in a real browser, as a coordinator does them."""

    _registry_readonly_enabled = False
    _play = test_journey_tour.TestJourneyTour._play

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._setup_insurance()
        day = add_workdays(date.today(), 9)
        cls.visit = cls._new_visit(
            "crown", status="scheduled", start=datetime.combine(day, time(9))
        )
        cls.visit.procedure_ids.prosthesis = "initial"

    def test_verify_by_phone(self):
        check = self.env["dental.insurance.verification"].create(
            {
                "coverage_id": self.coverage.id,
                "appointment_id": self.visit.id,
                "owner_id": self.coordinator.id,
            }
        )
        self._play("dental_verify_by_phone", self.coordinator, url="/odoo/dental-verifications")
        self.assertRecordValues(
            check,
            [
                {
                    "state": "verified",
                    "representative": "Ms Reed",
                    "asked_by_id": self.coordinator.id,
                }
            ],
        )
        rules = {rule.kind: rule for rule in self.plan.benefit_ids}
        self.assertEqual(rules["percent"].percent, 60.0)
        self.assertEqual(rules["maximum"].amount, 1500.0)
        self.assertEqual(rules["percent"].reference, "88214")
        self.assertEqual(self.coverage.usage_ids.amount, 300.0)
        self.assertNotIn("deductible", rules, "nobody said it")

    def test_precert_from_rule_to_answer(self):
        self.env["dental.precert.rule"].create(
            {
                "company_id": self.company.id,
                "payer_id": self.payer.id,
                "category_id": self._category("crowns").id,
                "wants_narrative": True,
            }
        )
        with self.assertRaisesRegex(UserError, "Harbor Dental Plan wants to be asked"):
            self.visit.with_user(self.front_desk).action_confirm()
        url = f"/odoo/dental.appointment/{self.visit.id}"
        self._play("dental_precert_to_answer", self.coordinator, url=url)
        precert = self.visit.procedure_ids.precert_line_ids.precert_id
        self.assertRecordValues(
            precert,
            [{"state": "approved", "answer_number": "PA-4711", "appointment_id": self.visit.id}],
        )
        self.visit.with_user(self.front_desk).action_confirm()
        self.assertEqual(self.visit.status, "confirmed")
