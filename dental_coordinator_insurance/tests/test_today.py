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

    def test_claims_to_send_and_payments_to_post_are_counted(self):
        today = self.env["dental.today"].with_company(self.company)

        def count(user):
            counters = today.with_user(user).data()["counters"]
            found = {one["key"]: one["count"] for one in counters}
            return found.get("claims"), found.get("payments")

        self.assertEqual(count(self.front_desk), (None, None))
        claims, payments = count(self.billing)
        _visit, claim = self._done("exam")
        self.assertEqual(count(self.billing), (claims + 1, payments))
        claim.action_send()
        remittance = self._pay(claim.exchange_id._bytes(), lambda c, line: [])
        self.assertEqual(count(self.billing), (claims, payments + 1))
        remittance.action_post()
        self.assertEqual(count(self.billing), (claims, payments))
