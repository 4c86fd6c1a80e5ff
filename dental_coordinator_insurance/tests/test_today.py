# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import DentalInsuranceCase


@tagged("post_install", "-at_install")
class TestToday(DentalInsuranceCase):
    """The board's first line tells how many coverages wait to be verified."""

    def _to_verify(self, user):
        today = self.env["dental.today"].with_user(user).with_company(self.company)
        return {counter["key"]: counter for counter in today.data()["counters"]}.get("to_verify")

    def test_what_is_due_is_counted_and_listed(self):
        before = self._to_verify(self.coordinator)["count"]
        check = self.env["dental.insurance.verification"].create(
            {"coverage_id": self.coverage.id, "owner_id": self.billing.id}
        )
        counter = self._to_verify(self.coordinator)
        self.assertEqual(counter["count"], before + 1)
        self.assertIn(check, self.env[counter["model"]].search(counter["domain"]))

    def test_what_waits_or_is_answered_is_not(self):
        before = self._to_verify(self.coordinator)["count"]
        check = self.env["dental.insurance.verification"].create(
            {
                "coverage_id": self.coverage.id,
                "owner_id": self.billing.id,
                "next_date": fields.Date.today() + timedelta(days=1),
            }
        )
        self.assertEqual(self._to_verify(self.coordinator)["count"], before)
        check.write({"next_date": fields.Date.today(), "method": "phone"})
        self.assertEqual(self._to_verify(self.coordinator)["count"], before + 1)
        check.action_verified()
        self.assertEqual(self._to_verify(self.coordinator)["count"], before)

    def test_who_does_not_verify_is_not_told(self):
        self.assertIsNone(self._to_verify(self.clinician))
