# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged, users

from .common import DentalBillingCase


@tagged("post_install", "-at_install")
class TestToday(DentalBillingCase):
    def _to_bill(self, user):
        today = self.env["dental.today"].with_user(user).with_company(self.company)
        return {counter["key"]: counter for counter in today.data()["counters"]}.get("to_bill")

    @users("front.desk")
    def test_what_is_done_and_not_billed_is_counted(self):
        visit = self._new_visit("exam", "crown")
        self.assertEqual(self._to_bill(self.env.user)["count"], 0)
        visit.procedure_ids.sudo().action_done()
        counter = self._to_bill(self.env.user)
        self.assertEqual(counter["count"], 2)
        self.assertEqual(self.env[counter["model"]].search(counter["domain"]), visit.procedure_ids)
        self._check_out(visit)
        self.assertEqual(self._to_bill(self.env.user)["count"], 0)

    def test_who_does_not_bill_is_not_told(self):
        self.assertIsNone(self._to_bill(self.clinician))

    @users("front.desk")
    def test_done_on_the_board_leads_to_the_checkout(self):
        visit = self._new_visit("exam").with_user(self.env.user)
        self.assertEqual(visit.action_done()["res_model"], "dental.checkout")

    @users("front.desk")
    def test_done_without_anything_to_bill_is_done(self):
        visit = self._new_visit().with_user(self.env.user)
        visit.action_done()
        self.assertEqual(visit.status, "done")
