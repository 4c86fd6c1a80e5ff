# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models import dental_procedure_claim
from .common import DentalInsuranceCase


@tagged("post_install", "-at_install")
class TestClaimRun(DentalInsuranceCase):
    """Many bills are filed in the background: kept one by one, stopped and gone on with."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.coverage.active = False
        cls.visits = cls.env["dental.appointment"]
        for days in (3, 2, 1):
            visit = cls._new_visit("exam", days_ago=days)
            cls._check_out(visit)
            cls.visits |= visit
        cls.coverage.active = True
        cls.procedures = cls.visits.procedure_ids.with_user(cls.billing)
        cls.lines = cls.env["dental.claim.run.line"]

    def _begin(self):
        with patch.object(dental_procedure_claim, "AT_ONCE", 2):
            action = self.procedures.action_make_claims()
        self.assertEqual(action["res_model"], "dental.claim.run")
        return self.env["dental.claim.run"].browse(action["res_id"]).with_user(self.billing)

    def _counts(self, run):
        return run.state, run.done, run.failed, run.waiting

    def test_many_bills_are_filed_in_the_background(self):
        cron = self.env.ref("dental_coordinator_insurance.cron_file_claims")
        woken = [("cron_id", "=", cron.id)]
        before = self.env["ir.cron.trigger"].search_count(woken)
        run = self._begin()
        self.assertEqual(self.env["ir.cron.trigger"].search_count(woken), before + 1)
        self.assertEqual((run.user_id, run.total), (self.billing, 3))
        self.assertEqual(self._counts(run), ("running", 0, 0, 3))
        self.assertFalse(self._claims(self.visits[0]))
        self.assertEqual(self.lines._work_batch(2), 2)
        self.assertEqual(self._counts(run), ("running", 2, 0, 1))
        self.assertAlmostEqual(run.progress, 200 / 3)
        self.assertEqual(self.lines._work_batch(2), 1)
        self.assertEqual(self._counts(run), ("done", 3, 0, 0))
        self.assertEqual(len(run.line_ids.claim_ids), 3)
        for visit in self.visits:
            self.assertEqual(self._claims(visit).state, "made")
        self.assertFalse(self.lines._work_batch(2))

    def test_few_bills_are_filed_at_once(self):
        action = self.procedures.action_make_claims()
        self.assertEqual(action["res_model"], "dental.claim")

    def test_stopped_run_keeps_what_is_filed_and_goes_on_later(self):
        run = self._begin()
        self.lines._work_batch(1)
        run.action_stop()
        self.assertFalse(self.lines._work_batch(2))
        self.assertEqual(self._counts(run), ("stopped", 1, 0, 2))
        with self.assertRaisesRegex(UserError, run.number):
            run.action_stop()
        run.action_go_on()
        self.lines._work_batch(2)
        self.assertEqual(self._counts(run), ("done", 3, 0, 0))

    def test_one_that_cannot_be_filed_stops_no_other_and_says_why(self):
        run = self._begin()
        self.procedures[0].action_make_claims()
        self.lines._work_batch(20)
        self.assertEqual(self._counts(run), ("done", 2, 1, 0))
        bad = run.line_ids.filtered(lambda line: line.state == "failed")
        self.assertIn("Nothing to claim", bad.message)
        self._claims(self.visits[0]).action_void()
        run.action_go_on()
        self.lines._work_batch(20)
        self.assertEqual(self._counts(run), ("done", 3, 0, 0))
        self.assertFalse(bad.message)

    def test_claims_are_made_with_the_rights_of_who_began(self):
        run = self._begin()
        self.billing.group_ids -= self.env.ref("dental_coordinator.group_billing")
        self.lines._work_batch(20)
        self.assertEqual((run.sudo().failed, run.sudo().done), (3, 0))
        self.assertFalse(self.env["dental.claim"].search([("patient_id", "=", self.patient.id)]))

    def test_front_desk_begins_none(self):
        with self.assertRaises(AccessError):
            self.env["dental.claim.run"].with_user(self.front_desk)._begin(self.procedures)
