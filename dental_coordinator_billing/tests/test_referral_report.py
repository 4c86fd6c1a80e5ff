# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import DentalBillingCase


@tagged("post_install", "-at_install")
class TestReferralReport(DentalBillingCase):
    def test_who_sent_a_patient_first_is_credited_with_what_was_done(self):
        first, second = self.env["res.partner"].create([{"name": "Dr. Lee"}, {"name": "Dr. Prado"}])
        referrals = self.env["dental.referral"].create(
            [
                {"patient_id": self.patient.id, "partner_id": sender.id, "direction": "in"}
                for sender in (first, second)
            ]
        )
        self._new_procedure("crown").action_done()
        self._new_procedure("cleaning").action_done()
        self._new_procedure("exam")
        self.env.flush_all()
        rows = self.env["dental.referral.report"].browse(referrals.ids)
        self.assertEqual(rows.with_user(self.manager).mapped("production"), [1250.0, 0.0])
