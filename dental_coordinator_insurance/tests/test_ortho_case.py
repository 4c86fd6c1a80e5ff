# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, time
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DentalInsuranceCase
from .x12.checker import check


@tagged("post_install", "-at_install")
class TestOrthoCase(DentalInsuranceCase):
    """An orthodontic treatment is billed and claimed bit by bit, as its plan wants it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls._rule("percent", category="ortho", percent=50)
        cls.codes["band"] = cls._new_code("X8080", "Appliance", "ortho", "none", 1200.0)
        cls.codes["month"] = cls._new_code("X8670", "Continued", "ortho", "none", 0.0)
        cls.today = fields.Date.today()

    def _treatment(self, months_ago=0, **vals):
        return (
            self.env["dental.ortho.case"]
            .with_user(self.billing)
            .create(
                {
                    "patient_id": self.patient.id,
                    "coverage_id": self.coverage.id,
                    "provider_id": self.provider.id,
                    "placed_on": fields.Date.subtract(self.today, months=months_ago),
                    "months": 12,
                    "fee": 4800.0,
                    "initial_fee": 1200.0,
                    "initial_code_id": self.codes["band"].id,
                    "continuing_code_id": self.codes["month"].id,
                    **vals,
                }
            )
        )

    def _run_cron(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60.0):
            self.env["dental.ortho.case"]._cron_make_due()

    def test_plan_says_how(self):
        self.plan.ortho_way = "quarterly"
        self.assertEqual(self._treatment().way, "quarterly")
        self.plan.ortho_way = False
        self.assertEqual(self._treatment().way, "monthly")

    def test_the_day_is_the_clinics(self):
        self.company.resource_calendar_id.tz = "America/Los_Angeles"
        case = self._treatment()
        case.action_start()
        step = case.step_ids.filtered(lambda one: one.state == "open")[0]
        for hour, state in ((3, "open"), (18, "made")):
            with freeze_time(datetime.combine(step.date, time(hour))):
                self._run_cron()
            self.assertEqual(step.state, state, hour)

    def test_what_is_due_is_billed_and_claimed(self):
        self.plan.ortho_way = "quarterly"
        case = self._treatment(months_ago=3)
        case.action_start()
        self.assertEqual(case.step_ids.mapped("state"), ["made", "made", "open", "open", "open"])
        self.assertEqual(case.claimed, 2100.0)
        claims = case.step_ids.claim_ids.sorted("date_service")
        self.assertRecordValues(
            claims,
            [
                {"charge": 1200.0, "ortho": True, "ortho_months": 12, "ortho_remaining": 12},
                {"charge": 900.0, "ortho": True, "ortho_months": 12, "ortho_remaining": 9},
            ],
        )
        self.assertEqual(set(claims.mapped("owner_id")), {self.billing})
        self.assertEqual(case.next_date, case.step_ids[2].date)
        self.assertEqual(self._balances()["insurance"] + self._balances()["guarantor"], 2100.0)
        claims.action_send()
        self.assertEqual(set(claims.mapped("state")), {"sent"})
        raw = claims.exchange_id._bytes()
        self.assertIn(b"DN1*12*9", raw)
        self.assertIn(f"DTP*452*D8*{case.placed_on:%Y%m%d}".encode(), raw)
        self.assertEqual(check(raw), [])

    def test_next_ones_by_themselves_on_their_day(self):
        case = self._treatment(way="monthly", months_ago=1)
        case.action_start()
        self.assertEqual(case.step_ids.mapped("state").count("made"), 2)
        case.step_ids.filtered(lambda step: step.state == "open")[:1].sudo().date = self.today
        self._run_cron()
        self.assertEqual(case.step_ids.mapped("state").count("made"), 3)
        self._run_cron()
        self.assertEqual(len(case.step_ids.claim_ids), 3)

    def test_what_hinders_becomes_the_next_step(self):
        case = self._treatment(way="monthly")
        case.action_start()
        case.step_ids.filtered(lambda step: step.state == "open")[:1].sudo().date = self.today
        self.guarantor.parent_id = self.company.partner_id
        self._run_cron()
        self.assertIn("guarantor", case.next_action)
        self.assertEqual(case.step_ids.mapped("state").count("made"), 1)

    def test_placed_in_a_visit(self):
        """The visit bills and claims it; the claim says how long the treatment takes."""
        visit = self._new_visit("band")
        case = self._treatment(banding_id=visit.procedure_ids.id, placed_on=False, way="monthly")
        self._check_out(visit)
        claim = self._claims(visit)
        self.assertRecordValues(claim, [{"ortho": True, "ortho_months": 12, "ortho_remaining": 12}])
        case.invalidate_recordset()
        self.assertEqual((case.placed_on, case.initial_fee), (self.today, 1200.0))
        case.action_start()
        self.assertEqual(case.step_ids[0].state, "visit")
        self.assertEqual(len(case.step_ids), 13)
        self.assertEqual(sum(case.step_ids.mapped("amount")), 4800.0)
        self.assertFalse(case.step_ids.procedure_ids)

    def test_by_visit(self):
        case = self._treatment(way="visit", months_ago=2)
        case.action_start()
        self.assertRecordValues(case.step_ids, [{"initial": True, "amount": 1200.0}])
        visit = self._new_visit("month")
        visit.procedure_ids.fee = 150.0
        self._check_out(visit)
        claim = self._claims(visit)
        self.assertRecordValues(claim, [{"ortho": True, "ortho_remaining": 10, "charge": 150.0}])
        self.assertEqual(case.state, "running")

    def test_cover_that_ended_is_billed_without_a_claim(self):
        self.coverage.date_to = fields.Date.subtract(self.today, days=1)
        case = self._treatment(way="global")
        case.action_start()
        self.assertEqual((case.state, case.claimed), ("done", 4800.0))
        self.assertFalse(case.step_ids.claim_ids)
        self.assertEqual(self._balances()["guarantor"], 4800.0)

    def test_statement_tells_the_treatment(self):
        self.coverage.active = False
        case = self._treatment(way="global", coverage_id=False)
        case.action_start()
        statement = self.env["dental.statement"].create(
            {
                "kind": "statement",
                "mode": "hand",
                "guarantor_id": self.guarantor.id,
                "company_id": self.company.id,
            }
        )
        self.assertEqual(statement.amount_due, 4800.0)
        self.assertRecordValues(
            statement.line_ids,
            [{"label": f"Orthodontic treatment {case.number}, part 1", "left": 4800.0}],
        )
        self.patient.restricted = True
        self.assertEqual(case.step_ids._statement_label(), f"{case.number}, part 1")

    def test_stop(self):
        case = self._treatment(way="annual", months=36)
        case.action_start()
        with self.assertRaisesRegex(UserError, "say why"):
            case.action_stop()
        case.stop_reason = "Moved away"
        case.action_stop()
        self.assertEqual(case.step_ids.mapped("state"), ["made", "dropped", "dropped", "dropped"])
        case.step_ids.sudo().date = self.today
        case.action_make_due()
        self.assertEqual(case.claimed, 1200.0)

    def test_agreed_stays(self):
        case = self._treatment(way="annual")
        case.action_start()
        with self.assertRaisesRegex(ValidationError, case.number):
            case.fee = 5000.0
        with self.assertRaisesRegex(UserError, "under way"):
            case.action_start()

    def test_codes_and_day_are_asked_for(self):
        case = self._treatment(continuing_code_id=False)
        with self.assertRaisesRegex(UserError, "codes"):
            case.action_start()
        case.write({"continuing_code_id": self.codes["month"].id, "placed_on": False})
        with self.assertRaisesRegex(UserError, "which day"):
            case.action_start()

    def test_part_is_billed_once(self):
        case = self._treatment(way="global")
        case.action_start()
        step = case.step_ids
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self._new_procedure("band", ortho_step_id=step.id)
            self.env.flush_all()
