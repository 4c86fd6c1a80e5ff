# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
from datetime import date

from odoo.tests import HttpCase, tagged

from .common import DentalInsuranceSetup
from .x12 import answers


@tagged("post_install", "-at_install")
class TestClaimsTour(DentalInsuranceSetup, HttpCase):
    """What billing does every day, on the screens: file, post, work a denial."""

    # The access log writes through a connection of its own; a test has but one.
    _registry_readonly_enabled = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._setup_insurance()
        cls._usual_rules()

    def _play(self, tour, **told):
        code = f"sessionStorage.setItem('dental_tour', {json.dumps(json.dumps(told))});"
        options = {
            "stepDelay": 0,
            "keepWatchBrowser": False,
            "debug": False,
            "startUrl": "/odoo/dental-claims",
            "delayToCheckUndeterminisms": 0,
        }
        self.env.flush_all()
        self.start_tour(
            "/odoo/dental-claims",
            tour,
            login=self.billing.login,
            code=f"{code} odoo.startTour({tour!r}, {json.dumps(options)})",
            timeout=120,
        )
        self.env.invalidate_all()

    def test_file_the_days_claims(self):
        _visit, good = self._done("crown")
        other = self._new_patient("Ida", "Holm", birth_date="1990-01-01", sex="F")
        other.guarantor_id = self.guarantor
        self._cover(other, self.plan, "M300")
        _visit, bad = self._done("exam", patient=other)
        self._play("dental_claims_file", sent=good.number, held=bad.number)
        self.assertRecordValues(good | bad, [{"state": "sent"}, {"state": "held"}])
        self.assertIn(b"X2740", good.exchange_id._bytes())

    def test_post_a_remittance(self):
        _visit, claim, raw = self._sent("crown")
        rows = [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435)]
        remittance = self._pay(raw, lambda c, line: rows, trace="EFT4711")
        self._play("dental_claims_post", trace="EFT4711")
        self.assertEqual(remittance.state, "posted")
        self.assertEqual(claim.state, "closed")
        self.assertEqual(self._balances()["insurance"], 0.0)

    def test_work_a_denial(self):
        _visit, claim, _raw = self._sent("crown")
        line = {"code": "X2740", "key": claim.line_ids.key, "charge": 1150, "paid": 0}
        line["adjustments"] = [("CO", "50", 1150)]
        one = {"number": claim.number, "charge": 1150, "paid": 0, "status": "4", "lines": [line]}
        self._receive(answers.era([one], when=date.today())).remittance_ids.action_post()
        self._play("dental_claims_denial", denied=claim.number)
        self.assertRecordValues(claim.appeal_ids, [{"state": "sent", "level": 1}])
        self.assertEqual(claim.next_action, "Ask for the decision")

    def test_link_puts_the_cursor_into_its_field(self):
        """Also into one that stands on another page of the form."""
        check = """
            const field = document.activeElement.closest(".o_field_widget");
            if (field?.getAttribute("name") === "note") {
                console.log("test successful");
            } else {
                console.error("The cursor is in " + field?.getAttribute("name"));
            }
        """
        self.browser_js(
            f"/odoo/dental.insurance.plan/{self.plan.id}?dental_field=note",
            f"setTimeout(() => {{ {check} }}, 100);",
            "!!document.querySelector('.o_dental_wanted')",
            login=self.billing.login,
        )
