# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
from unittest import SkipTest

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import DentalInsuranceSetup
from .x12 import answers
from .x12.files import sample

SEVEN_DAYS = [
    (0, 0, {"name": "Open", "dayofweek": str(day), "hour_from": 0, "hour_to": 24})
    for day in range(7)
]

OURS = "DG PLUS, NON CONTRACTED"
OWN_ROWS = [
    "EB*1**35",
    f"EB*C*IND*35**{OURS}*22*50.00*****U",
    f"EB*C*FAM*35**{OURS}*22*150.00*****U",
    f"EB*F*IND*35**{OURS}*23*2000.00*****U",
    f"EB*A**36**{OURS}***0.50****U",
    "EB*A**36**DG ALLIANCE***0.40****U",
]


@tagged("post_install", "-at_install")
class TestJourneyTour(DentalInsuranceSetup, HttpCase):
    """One patient from the first call to a closed ledger, on the screens, as ordinary users.

    Each tour goes on where the one before ended. Between them the server plays what happens
    outside the clinic: the payer's answers, and the day of the visit that comes.
    """

    # The access log is written by a connection of its own while a read-only one reads; a test has
    # but one connection, which cannot be both.
    _registry_readonly_enabled = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._setup_insurance()
        cls.guardian = cls._new_plan("Guardian PPO", crown=920.0)
        cls.payer_of_bills = cls.env["res.partner"].create({"name": "Richard Doe"})
        # The clinic is always open, so that the day has a free place whenever the test runs.
        calendar = cls.env["resource.calendar"].create(
            {
                "name": "Always",
                "tz": "UTC",
                "company_id": cls.company.id,
                "attendance_ids": [(5,), *SEVEN_DAYS],
            }
        )
        (cls.provider.resource_id | cls.chair.resource_id).calendar_id = calendar
        cls.visit_type.write({"new_patient": True, "sequence": 1})

    def _play(self, tour, user, url="/odoo/dental-today", **told):
        """Run a tour as this user; ``told`` is what the payer's side knows and the tour needs."""
        code = f"sessionStorage.setItem('dental_tour', {json.dumps(json.dumps(told))});"
        options = {
            "stepDelay": 0,
            "keepWatchBrowser": False,
            "debug": False,
            "startUrl": url,
            "delayToCheckUndeterminisms": 0,
        }
        self.env.flush_all()
        self.start_tour(
            url,
            tour,
            login=user.login,
            code=f"{code} odoo.startTour({tour!r}, {json.dumps(options)})",
            timeout=120,
        )
        self.env.invalidate_all()

    def test_journey(self):
        self._call()
        self._book()
        self._benefits()

    def _call(self):
        self._play("dental_journey_call", self.coordinator)
        self.her = self.env["dental.patient"].search([("last_name", "=", "Doe")])
        self.assertRecordValues(
            self.her, [{"first_name": "Joan", "guarantor_id": self.payer_of_bills.id, "age": 42}]
        )

    def _book(self):
        with mute_logger("odoo.http"):  # the refusal of the second booking is logged as a warning
            self._play("dental_journey_book", self.coordinator)
        self.visit = self.her.appointment_ids
        self.assertRecordValues(
            self.visit, [{"status": "scheduled", "provider_id": self.provider.id}]
        )
        self.assertFalse(self.patient.appointment_ids, "the second booking left nothing")

    def _benefits(self):
        raw, rows = self._eligibility()
        self._play("dental_journey_benefits", self.coordinator, file=raw.decode(), rows=rows)
        check = self.her.coverage_ids.verification_ids
        self.assertRecordValues(
            check, [{"rows_read": rows, "state": "verified", "open_row_count": 0}]
        )
        rules = self.guardian.benefit_ids
        self.assertEqual(set(rules.mapped("source")), {"file"})
        self.assertFalse(rules.filtered(lambda rule: rule.kind == "waiting"), "never said")

    def _eligibility(self):
        """The published answer where it is at hand, else one that says the same of crowns.

        :return: (bytes, number of its benefit rows)
        """
        try:
            return sample("271/x271Test-dental-4010.txt"), 118
        except SkipTest:
            return answers.eligibility(OWN_ROWS, member_id="123456789", last="Doe", first="Joan"), 6
