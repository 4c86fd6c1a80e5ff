# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Payments in sequence: refusals, corrections, take-backs, second payers, interest, undoing.

The figures in the file were reckoned by a program of its own that knows the rules alone.
``REMITTANCE_CASES=all`` runs all of them; at a desk it is every other one of each kind.
"""

import json
import os
from datetime import date
from decimal import Decimal
from pathlib import Path

from odoo.tests import tagged

from .common import DentalInsuranceCase
from .x12 import answers

FILE = Path(__file__).parent / "cases" / "remittances_own.json"
PAYERS = {1: {}, 2: {"name": "Union Dental", "id": "UNI1"}}


def money(value):
    return Decimal(str(value))


@tagged("post_install", "-at_install")
class TestRemittanceCases(DentalInsuranceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for kind in "abcd":
            cls.codes[kind] = cls._new_code(f"X9{ord(kind):03}", kind, "diagnostic", "none", 1.0)
        union = cls.env["res.partner"].create(
            {"name": "Union Dental", "is_company": True, "dental_payer_code": "UNI1"}
        )
        cls.union_plan = cls._new_plan("Union", payer=union, kind="percentage")
        cls.union_plan.cob_rule = "standard"
        cls.traces = 0

    def test_cases(self):
        cases = json.loads(FILE.read_text())
        self.assertGreaterEqual(len({case["id"] for case in cases}), 40)
        step = 1 if os.environ.get("REMITTANCE_CASES") == "all" else 2
        for case in cases[::step]:
            with self.subTest(case["id"]), self.env.cr.savepoint(flush=True) as savepoint:
                self._run_case(case)
                savepoint.close(rollback=True)
            self.env.invalidate_all()

    def _run_case(self, case):
        if any(told["payer"] == 2 for told in case["claims"]):
            self._cover(self.patient, self.union_plan, "U1", sequence=2)
        claims = self._claims_of(case["claims"])
        remittances = []
        for event in case["events"]:
            if event["type"] == "remittance":
                remittances.append(self._import(event, claims))
                remittances[-1].action_post()
            elif event["type"] == "undo_last_remittance":
                remittances[-1].action_reverse()
            else:
                remittances[-1].action_post()
        self.assertEqual(self._balances(), case["expect"]["ledger"])
        for ref, told in case["expect"]["claims"].items():
            lines = claims[ref].line_ids.filtered(lambda line: not line.whole_claim)
            lines = lines.sorted("sequence")
            self.assertEqual(lines.mapped("settled"), told["settled"], ref)
            self.assertEqual([round(paid, 2) for paid in lines.mapped("paid")], told["paid"], ref)
            self.assertEqual(claims[ref].state == "closed", told["closed"], ref)

    def _claims_of(self, told):
        """{ref: claim} with the fees and expectations of the case; a second payer's by its first"""
        claims = {}
        for first in (row for row in told if row["payer"] == 1):
            visit = self._new_visit(*"abcd"[: len(first["lines"])])
            procedures = visit.procedure_ids.sorted("sequence")
            for procedure, row in zip(procedures, first["lines"], strict=True):
                procedure.fee = row["fee"]
            self._check_out(visit)
            made = self._claims(visit).sudo().sorted(lambda one: one.coverage_id.sequence)
            rows = [first, *(row for row in told if row["ref"] == first["ref"] + "2nd")]
            for claim, row in zip(made, rows, strict=True):
                self._expect(claim, row["lines"])
                claims[row["ref"]] = claim
        return claims

    def _expect(self, claim, rows):
        def change():
            for line, row in zip(claim.line_ids.sorted("sequence"), rows, strict=True):
                line.write({"plan_amount": row["estimate"], "write_off": row["write_off"]})

        claim._book_change(change)

    def _import(self, event, claims):
        """The payer's file, with an account for what belongs to no claim."""
        type(self).traces += 1
        raw = answers.era(
            [self._told(claims[row["ref"]], row) for row in event["claims"]],
            trace=f"CASE{self.traces}",
            when=date.today(),
            payer=PAYERS[event["payer"]],
            provider_adjustments=[
                (one["reason"], "", money(one["amount"])) for one in event["provider_adjustments"]
            ],
        )
        remittance = self._receive(raw).remittance_ids
        self.assertEqual((remittance.state, remittance.findings), ("open", ""))
        self.assertAlmostEqual(remittance.amount, event["amount"], 2)
        for one in remittance.adjustment_ids.filtered(lambda one: not one.account_id):
            one.account_id = self.company.dental_insurance_receivable_account_id
        return remittance

    def _told(self, claim, row):
        lines = claim.line_ids.filtered(lambda line: not line.whole_claim).sorted("sequence")
        return {
            "number": claim.number,
            "status": row["status_code"],
            "charge": money(row["billed"]),
            "paid": money(row["paid"]),
            "lines": [
                {
                    "code": lines[one["line"]].code,
                    "key": lines[one["line"]].key,
                    "charge": money(one["billed"]),
                    "paid": money(one["paid"]),
                    "adjustments": [
                        (cut["group"], cut["reason"], money(cut["amount"]))
                        for cut in one["adjustments"]
                    ],
                }
                for one in row["services"]
            ],
        }
