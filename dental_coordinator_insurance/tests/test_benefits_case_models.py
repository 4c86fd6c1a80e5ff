# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The public estimate cases once more, through the records: plans, claims, procedures."""

import json
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from odoo.tests import freeze_time, tagged

from .case_records import CaseRecords
from .common import DentalInsuranceCase

CASES = Path(__file__).parent / "cases"

# Cases that the records cannot state, each with the reason.
NOT_STATED = {
    "zero-writeoff-age-plan": "One patient has three ages on one day; records know a birth date. "
    "test_benefits_limits states the three ages one by one.",
    "rule-preauthorization-overrides-and-keeps-write-off": "An answer stands on a "
    "predetermination; test_precert_rules states it.",
}


@tagged("post_install", "-at_install")
@freeze_time("2028-06-14")  # after every day of the cases: nothing done lies in the future
class TestCasesThroughModels(DentalInsuranceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dental_payer_memory = False  # the cases know nothing of earlier answers
        cls.any_invoice = cls.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": cls.guarantor.id}
        )

    def setUp(self):
        super().setUp()
        self.case_codes = {}

    @classmethod
    def _new_booking(cls, patient, day):
        cls.visits_made = getattr(cls, "visits_made", 0) + 1
        start = datetime.combine(day, time(6)) + timedelta(minutes=30 * cls.visits_made)
        return cls.env["dental.appointment"].create(
            {
                "patient_id": patient.id,
                "type_id": cls.visit_type.id,
                "provider_id": cls.provider.id,
                "operatory_id": cls.chair.id,
                "start": start,
            }
        )

    @classmethod
    def _new_service(cls, patient, code, **vals):
        return cls.env["dental.procedure"].create(
            {
                "patient_id": patient.id,
                "code_id": code.id,
                "provider_id": cls.provider.id,
                "owner_id": cls.coordinator.id,
                **vals,
            }
        )

    def _run_file(self, name):
        with open(CASES / name, encoding="utf-8") as file:
            cases = json.load(file, parse_float=Decimal)
        ran = 0
        for case in cases:
            if case["id"] in NOT_STATED:
                continue
            with self.subTest(case["id"]):
                self.assertEqual(CaseRecords(self, case).build().differences(), [])
            ran += 1
        return ran, len(cases)

    def test_estimates(self):
        ran, total = self._run_file("estimates.json")
        self.assertEqual((ran, total), (123, 124))

    def test_estimates_by_logic(self):
        self.assertEqual(self._run_file("estimates_logic.json"), (30, 30))

    def test_rules_reckoned_by_hand(self):
        self.assertEqual(self._run_file("rules.json"), (76, 77))
