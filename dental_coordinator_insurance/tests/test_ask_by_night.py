# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from odoo.tests import tagged

from ..x12 import kinds
from .common import DentalInsuranceCase


@tagged("post_install", "-at_install")
class TestAskByNight(DentalInsuranceCase):
    """Each night the covers of coming visits are asked after, where files have a way."""

    def setUp(self):
        super().setUp()
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.out = Path(folder.name)
        self.hour = 0
        self.env.cr.postcommit.clear()
        self.checks = self.env["dental.insurance.verification"]

    def _check(self, days, patient=None, coverage=None):
        start = datetime.now().replace(microsecond=0) + timedelta(days=days, hours=self.hour)
        self.hour += 1
        visit = self._new_visit(
            "cleaning", patient=patient or self.patient, status="scheduled", start=start
        )
        vals = {"coverage_id": (coverage or self.coverage).id, "appointment_id": visit.id}
        return self.checks.create(vals)

    def _route(self, **vals):
        return self.env["dental.exchange.route"].create(
            {
                "name": "Harbor Clearing",
                "company_id": self.company.id,
                "out_folder": str(self.out),
                **vals,
            }
        )

    def _night(self):
        self.checks._cron_ask_payers()
        self.env.cr.postcommit.run()

    def test_coming_visits_are_asked_once(self):
        self._route()
        soon, late, past = self._check(2), self._check(9), self._check(-3)
        self._night()
        (path,) = self.out.iterdir()
        self.assertEqual(kinds(path.read_bytes()), ("270",))
        self.assertIn(soon.number.encode(), path.read_bytes())
        self.assertEqual((soon.state, late.state), ("in_progress", "todo"))
        self.assertEqual(past.state, "todo", "who was here is not asked about any more")
        self._night()
        self.assertEqual(len(list(self.out.iterdir())), 1, "nobody is asked twice")

    def test_payer_without_a_way_stays_with_the_reason(self):
        other = self.env["res.partner"].create(
            {"name": "Union Dental", "is_company": True, "dental_payer_code": "UNI1"}
        )
        patient = self._new_patient("Ida", "Holm", birth_date="1990-01-01", sex="F", **self.address)
        cover = self._cover(patient, self._new_plan("Union", payer=other), "U1")
        self._route(payer_ids=[(6, 0, self.payer.ids)])
        asked, left = self._check(2), self._check(2, patient, cover)
        self._night()
        self.assertTrue(asked.sudo().asked_exchange_id)
        self.assertFalse(left.sudo().asked_exchange_id)
        self.assertIn("No way to Union Dental", left.ask_problem)

    def test_folder_that_is_gone_is_a_reason_and_no_failure(self):
        self._route(out_folder=str(self.out / "nowhere"))
        check = self._check(2)
        self._night()
        self.assertIn("cannot write", check.ask_problem)
        self.assertEqual(check.state, "todo")
        self.assertFalse(self.env["dental.exchange"].search([("kind", "=", "270")]))

    def test_clinic_that_does_not_want_it(self):
        self._route()
        self.company.dental_ask_days = 0
        check = self._check(2)
        self._night()
        self.assertFalse(check.ask_problem)
        self.assertFalse(list(self.out.iterdir()))
