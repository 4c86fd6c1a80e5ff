# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The public cases on claims and remittances, through the models.

Each case is one method, named after its id; what is left out stands in ``LEFT_OUT`` with the
reason, and the two together are all that the file holds.
"""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .. import orthodontics
from .common import DentalInsuranceCase
from .x12 import answers

FILE = Path(__file__).parent / "cases" / "claims.json"
# Further cases of the same kinds, reckoned by hand.
OWN = Path(__file__).parent / "cases" / "claims_own.json"
NEGATIVE = "a fee cannot be negative here"
ELIGIBILITY = "belongs to verification, and is tested there"
LEFT_OUT = {
    "bulk-negative-fees": NEGATIVE,
    "bulk-negative-fees-and-payments": NEGATIVE,
    "era-status-partial": "a remittance is posted as a whole or not at all",
    "billed-fee-follows-while-waiting": "the fee stands on a posted bill before its claim is made",
    "dropped-plan-delete-claim": "claims are kept: they are voided, never deleted",
    "outstanding-ignores-bookkeeping-lines": "there are no bookkeeping lines on claims",
    "unbilled-medical-only-included": "plans here are dental plans",
    "history-date-change": ELIGIBILITY,
    "history-own-work-counts": ELIGIBILITY,
}
TOPICS_LEFT_OUT = {"eligibility": ELIGIBILITY}
PREFIXES = (
    "bulk",
    "allocate_total",
    "era_status",
    "close_at_zero",
    "overcredit",
    "unbilled",
    "ortho_claims",
)


@tagged("post_install", "-at_install")
class TestClaimCases(DentalInsuranceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for kind in "abcd":  # services that no payer takes for one and the same
            cls.codes[kind] = cls._new_code(f"X9{ord(kind):03}", kind, "diagnostic", "none", 1.0)
        told = [*json.loads(FILE.read_text()), *json.loads(OWN.read_text())]
        cls.cases = {case["id"]: case for case in told}
        cls.union = cls.env["res.partner"].create(
            {"name": "Union Dental", "is_company": True, "dental_payer_code": "UNI1"}
        )

    def test_every_case_is_run_or_left_out_for_a_reason(self):
        left = {
            case["id"]
            for case in self.cases.values()
            if case["id"] in LEFT_OUT or set(case["topics"]) & set(TOPICS_LEFT_OUT)
        }
        self.assertEqual(set(self._runners()) | left, set(self.cases))
        self.assertFalse(set(self._runners()) & left)
        self.assertTrue(all({**LEFT_OUT, **TOPICS_LEFT_OUT}.values()))

    def test_cases(self):
        for name, run in self._runners().items():
            with self.subTest(name), self.env.cr.savepoint(flush=True) as savepoint:
                run(self.cases[name])
                savepoint.close(rollback=True)
            self.env.invalidate_all()

    def _runners(self):
        runners = {}
        for name, case in self.cases.items():
            own = getattr(self, f"_case_{name.replace('-', '_')}", None)
            if name in LEFT_OUT or set(case["topics"]) & set(TOPICS_LEFT_OUT):
                continue
            for prefix in PREFIXES:
                if name.replace("-", "_").startswith(prefix):
                    own = own or getattr(self, f"_run_{prefix}")
            if own:
                runners[name] = own
        return runners

    # Records

    def _claim_of(self, fees, day=0):
        """A claim of services with these fees, nothing expected yet; nothing lacks."""
        visit = self._new_visit(*"abcd"[: len(fees)], days_ago=day)
        for procedure, fee in zip(visit.procedure_ids.sorted("sequence"), fees, strict=True):
            procedure.fee = fee
        self._check_out(visit)
        return self._claims(visit).sudo().sorted(lambda one: one.coverage_id.sequence)

    def _expect(self, claim, amounts, write_offs=None):
        lines = claim.line_ids.sorted("sequence")

        def change():
            for index, line in enumerate(lines):
                line.plan_amount = amounts[index]
                line.write_off = write_offs[index] if write_offs else 0.0

        claim._book_change(change)
        return lines

    def _lump(self, claim, amount, **values):
        """A payer that tells one amount for the claim, and nothing of its services."""
        self.traces = getattr(self, "traces", 0) + 1
        charge = Decimal(str(claim.charge))
        cut = charge - Decimal(str(amount))
        one = {
            "number": claim.number,
            "charge": charge,
            "paid": Decimal(str(amount)),
            "adjustments": [("PR", "2", cut)] if cut else [],
            **values,
        }
        raw = answers.era([one], trace=f"LUMP{self.traces}", when=date.today())
        remittance = self._receive(raw).remittance_ids
        remittance.action_post()
        return remittance

    def _pay_lines(self, claim, paid):
        """Paid by line, all else the patient's."""
        self.traces = getattr(self, "traces", 0) + 1
        rows = [
            {
                "code": line.code,
                "key": line.key,
                "charge": Decimal(str(line.fee)),
                "paid": Decimal(str(amount)),
                "adjustments": [("PR", "2", Decimal(str(line.fee)) - Decimal(str(amount)))],
            }
            for line, amount in zip(claim.line_ids.sorted("sequence"), paid, strict=True)
            if amount is not None
        ]
        one = {
            "number": claim.number,
            "charge": sum(row["charge"] for row in rows),
            "paid": sum(row["paid"] for row in rows),
            "lines": rows,
        }
        raw = answers.era([one], trace=f"LINES{self.traces}", when=date.today())
        self._receive(raw).remittance_ids.action_post()

    # One lump sum for a claim

    def _run_bulk(self, case):
        rows = case["claim"]["lines"]
        real = [row for row in rows if row["status"] != "supplemental"]
        (claim,) = self._claim_of([row["fee"] for row in real])
        lines = self._expect(claim, [row["estimate"] for row in real])
        for line, row in zip(lines, real, strict=True):
            line.paid = row["paid"] + row.get("supplemental_paid", 0)
        claim._book_change(lambda: None)
        for event in case["events"]:
            self._lump(claim, event["amount"])
        want = {row["ref"]: row for row in case["expect"]["lines"]}
        for line, row in zip(lines, real, strict=True):
            paid = want[row["ref"]]["insurance_paid"] + row.get("supplemental_paid", 0)
            self.assertEqual(line.paid, paid, row["ref"])
            self.assertTrue(line.settled)
        self.assertEqual(claim.state, "closed")

    def _run_allocate_total(self, case):
        if len(case["claims"]) > 1:
            self._second_plan()
        first = case["claims"][0]["lines"]
        claims = self._claim_of([row["fee"] for row in first])
        lines = {}
        for claim, told in zip(claims, case["claims"], strict=True):
            own = self._expect(claim, [row["estimate"] for row in told["lines"]])
            lines[told["ref"]] = own
            if any(row["paid"] for row in told["lines"]):
                self._pay_lines(claim, [row["paid"] or None for row in told["lines"]])
        had = {line: line.paid for own in lines.values() for line in own}
        for claim, told in zip(claims, case["claims"], strict=True):
            for payment in told["unallocated_payments"]:
                self._lump(claim, payment["amount"])
        for row in case["expect"].get("moved_to_services", ()):
            line = lines[row["claim"]][int(row["service"][1:]) - 1]
            self.assertAlmostEqual(line.paid - had[line], row["amount"], 2)
        for told in case["claims"]:
            total = sum(payment["amount"] for payment in told["unallocated_payments"])
            gained = sum(line.paid - had[line] for line in lines[told["ref"]])
            self.assertAlmostEqual(gained, total, 2, msg="total unchanged")
        for service, amount in case["expect"].get("patient_portion", {}).items():
            line = lines["c1"][int(service[1:]) - 1]
            self.assertEqual(line.patient_amount, amount)

    def _case_allocate_total_repeat(self, case):
        (claim,) = self._claim_of([100])
        self._expect(claim, [50])
        remittance = self._lump(claim, 100)
        with self.assertRaisesRegex(UserError, "posted already"):
            remittance.action_post()
        self.assertEqual(claim.line_ids.paid, 100.0)

    def _second_plan(self):
        plan = self._new_plan("Union", payer=self.union, kind="percentage")
        plan.cob_rule = "standard"
        self._cover(self.patient, plan, "U1", sequence=2)

    # A remittance and its claims

    def _three_claims(self, case):
        """The claims of the case's remittance on file, sent, and the payer's file."""
        claims, told = {}, []
        for row in case["remittance"]["claims"]:
            services = row.get("services") or [{"billed": row["billed"], "paid": row["paid"]}]
            (claim,) = self._claim_of([one["billed"] for one in services])
            claim.with_user(self.billing).action_send()
            claims[row["ref"]] = claim
            told.append(self._told(row, claim))
        raw = answers.era(told, trace="THREE", when=date.today())
        return claims, self._receive(raw).remittance_ids

    def _told(self, row, claim):
        def cuts(rows):
            return [(a["group"], str(a["reason"]), Decimal(a["amount"])) for a in rows]

        lines = claim.line_ids.sorted("sequence")
        return {
            "number": claim.number,
            "charge": Decimal(row["billed"]),
            "paid": Decimal(row["paid"]),
            "payer_number": row.get("payer_control_number", ""),
            "adjustments": cuts(row.get("claim_adjustments", ())),
            "lines": [
                {
                    "code": line.code,
                    "key": line.key,
                    "charge": Decimal(one["billed"]),
                    "paid": Decimal(one["paid"]),
                    "adjustments": cuts(one["adjustments"]),
                }
                for line, one in zip(lines, row.get("services", ()), strict=False)
            ],
        }

    def _case_era_stop_list(self, case):
        claims, remittance = self._three_claims(case)
        self.env["dental.remittance"]._post_by_itself(remittance)
        self.assertNotEqual(remittance.state, "posted")
        for ref in case["expect"]["claim_status_not_received"]:
            self.assertNotIn(claims[ref].state, ("closed", "answered"))

    def _run_era_status(self, case):
        claims, remittance = self._three_claims(case)
        answered = {one.claim_id: one for one in remittance.claim_ids}
        for ref, how in case["attached"].items():
            if how == "detached":
                answered[claims[ref]].action_set_aside()
        wanted = case["expect"]["remittance_status"]
        finalized = wanted.startswith("finalized")
        if not finalized:
            remittance.journal_id = False  # its money has not come yet
        if wanted != "unprocessed":
            remittance.action_post()
        aside = remittance.claim_ids.filtered("aside")
        self.assertEqual(remittance.state, "open" if wanted == "unprocessed" else "posted")
        self.assertEqual(bool(remittance.payment_id), finalized)
        self.assertEqual(len(aside), list(case["attached"].values()).count("detached"))
        self.assertEqual(len(aside) == 3, wanted == "finalized_all_detached")

    def _case_era_match_by_claim_identifier(self, case):
        claims, remittance = self._three_claims(case)
        matched = {one.claim_id: one.matched_by for one in remittance.claim_ids}
        self.assertEqual(matched[claims[case["expect"]["matched_claim"]]], "number")

    def _case_era_lines_all_match(self, case):
        claims, remittance = self._three_claims(case)
        remittance.action_post()
        lines = remittance.claim_ids.line_ids
        loose = lines.filtered(lambda line: not line.claim_line_id)
        self.assertEqual(len(loose), case["expect"]["unmatched_services"])
        self.assertEqual(len(lines), len(lines.claim_line_id), "no line is matched twice")

    def _case_era_processed_with_later_supplement(self, case):
        claims, remittance = self._three_claims(case)
        remittance.action_post()
        smith = claims["smith"]
        self._pay_lines(smith, [None, 5, 1])
        self.assertEqual(remittance.state, "posted")
        self.assertEqual(smith.paid, 102.0 + 6.0)
        self.assertEqual(set(remittance.claim_ids.mapped("kind")), {"payment"})

    def _case_era_original_line_preferred(self, case):
        claims, remittance = self._three_claims(case)
        answer = remittance.claim_ids.filtered(lambda one: one.claim_id == claims["smith"])
        self.assertEqual(answer.line_ids[0].claim_line_id, claims["smith"].line_ids[0])

    def _case_era_split_claims(self, case):
        entries, real = case["expect"]["claim_entries"], case["expect"]["real_claims"]
        counts = [2] * (entries - real) + [1] * (2 * real - entries)
        told = []
        for count in counts:
            (claim,) = self._claim_of([50] * count)
            claim.with_user(self.billing).action_send()
            for line in claim.line_ids:
                row = {"code": line.code, "key": line.key, "charge": 50, "paid": 30}
                row["adjustments"] = [("PR", "2", 20)]
                told.append({"number": claim.number, "charge": 50, "paid": 30, "lines": [row]})
        remittance = self._receive(answers.era(told, trace="PARTS")).remittance_ids
        self.assertEqual(len(remittance.claim_ids), entries)
        self.assertEqual(len(remittance.claim_ids.claim_id), real)
        remittance.action_post()
        claims = remittance.claim_ids.claim_id.sudo()
        self.assertEqual(set(claims.mapped("state")), {"closed"})
        self.assertEqual(sum(claims.mapped("paid")), 30.0 * entries)

    def _case_era_group_codes(self, case):
        service, want = case["service"], case["expect"]
        (claim,) = self._claim_of([service["billed"]])
        row = {"billed": service["billed"], "paid": service["paid"], "ref": "a"}
        row["services"] = [{**row, "adjustments": service["adjustments"]}]
        told = self._told(row, claim)
        remittance = self._receive(answers.era([told], trace="GROUPS")).remittance_ids
        remittance.action_post()
        line = claim.line_ids
        self.assertRecordValues(
            line,
            [
                {
                    "paid": service["paid"],
                    "contract_cut": want["write_off"],
                    "deductible_taken": want["deductible"],
                    "patient_cut": want["deductible"] + want["patient_share"],
                    "settled": False,
                }
            ],
        )
        waiting = remittance.claim_ids.line_ids.adjustment_ids.filtered(
            lambda cut: cut.decision == "open"
        )
        self.assertEqual(sum(waiting.mapped("amount")), want["shown_only"])

    # Closing

    def _run_close_at_zero(self, case):
        rows = case["claim"]["lines"]
        (claim,) = self._claim_of([row["fee"] for row in rows])
        lines = self._expect(claim, [row["fee"] for row in rows])
        self._pay_lines(claim, [rows[0]["fee"], None])
        before = lines[0].read(["paid", "written_off", "settled"])
        claim.with_user(self.billing)._decide("bill_patient")
        self.assertEqual(lines[0].read(["paid", "written_off", "settled"]), before)
        self.assertRecordValues(lines[1], [{"settled": True, "paid": 0.0, "written_off": 0.0}])
        self.assertRecordValues(claim, [{"state": "closed", "open_amount": 0.0}])

    # Several visits, several payers

    def _case_multi_visit_claim_hold(self, case):
        visit = self._new_visit("crown", days_ago=60)
        seat = self._new_procedure("exam", fee=0.0)
        visit.procedure_ids.finished_by_id = seat
        self._check_out(visit)
        claim = self._claims(visit)
        self.assertRecordValues(
            claim, [{"state": "held", "date_service": visit.procedure_ids.date_done}]
        )
        seat.action_done()
        self.assertEqual(claim.state, "made")
        self.assertEqual(claim.line_ids.date, seat.date_done)

    def _case_multi_visit_preauth_untouched(self, case):
        visit = self._new_visit("crown", days_ago=60)
        seat = self._new_procedure("exam", fee=0.0)
        crown = visit.procedure_ids
        crown.finished_by_id = seat
        precert = self.env["dental.precert"]._open_for(crown, self.coverage)
        precert._record_answer({precert.line_ids: {"approved": "yes", "plan_amount": 400}}, "PRE1")
        self._check_out(visit)
        before = precert.read(["state", "answer_number", "write_date"])
        seat.action_done()
        self.assertEqual(precert.read(["state", "answer_number", "write_date"]), before)
        claim = self._claims(visit)
        self.assertEqual((claim.state, claim.line_ids.date), ("made", seat.date_done))

    def _case_secondary_released_when_primary_received(self, case):
        self._second_plan()
        first, second = self._claim_of([100])
        self.assertRecordValues(first | second, [{"state": "made"}, {"state": "held"}])
        self._lump(first, 60)
        self.assertRecordValues(first | second, [{"state": "closed"}, {"state": "made"}])

    # More credit than the fee

    def _run_overcredit(self, case):
        if len(case["lines"]) > 1:
            self._second_plan()
        fee = case["service"]["fee"]
        claims = self._claim_of([fee])
        for claim, row in zip(claims, case["lines"], strict=True):
            claim.line_ids.write(
                {
                    "paid": row["insurance_paid"],
                    "written_off": row["write_off"],
                    "settled": True,
                }
            )
        others = -sum(case["adjustments"]) + sum(case["patient_payments"])
        check = {
            "all_credits": lambda: any(line._over_fee(others) for line in claims.line_ids),
            "write_off": lambda: any(line.written_off > line.fee for line in claims.line_ids),
            "primary_payment_plus_write_off": lambda: bool(claims[0].line_ids._over_fee_alone()),
        }[case["check"]]
        self.assertEqual(check(), case["expect"]["warn"])

    # Services on no claim

    def _run_unbilled(self, case):
        today = fields.Date.today()
        told = date.fromisoformat(case["service"]["date"])
        self.coverage.active = False
        visit = self._new_visit("exam", days_ago=92)
        self._check_out(visit)
        shift = visit.procedure_ids.date_done - told
        self.assertLess(visit.procedure_ids.date_done, today - timedelta(days=80))
        for number, dates in enumerate(case["plans"], 1):
            plan = self._new_plan(f"Plan {number}")
            coverage = self._cover(self.patient, plan, f"N{number}", sequence=number + 2)
            for name, key in (("date_from", "effective"), ("date_to", "terminated")):
                if dates[key]:
                    coverage[name] = date.fromisoformat(dates[key]) + shift
        domain = [("to_claim", "=", True)]
        if case["show_services_before_coverage"] == "none":
            domain.append(("cover_entered_later", "=", False))
        found = self.env["dental.procedure"].search(domain)
        self.assertEqual(visit.procedure_ids in found, case["expect"]["listed"])

    # Orthodontics

    def _run_ortho_claims(self, case):
        """The claims that follow the first service: how many, when, and what they say is left."""
        first, months = date.fromisoformat(case["first_service"]), case["months_of_treatment"]
        ortho = self._new_code("X8670", "Continued treatment", "ortho", "none", 0.0)
        treatment = self.env["dental.ortho.case"].create(
            {
                "patient_id": self.patient.id,
                "coverage_id": self.coverage.id,
                "provider_id": self.provider.id,
                "owner_id": self.billing.id,
                "way": case["frequency"],
                "placed_on": first,
                "months": months,
                "fee": 3000.0,
                "initial_fee": 600.0,
                "initial_code_id": ortho.id,
                "continuing_code_id": ortho.id,
            }
        )
        treatment.with_user(self.billing).action_start()
        claims = treatment.step_ids.claim_ids.sorted("date_service")
        self.assertEqual(claims[0].date_service, first)
        days = [day.isoformat() for day in claims[1:].mapped("date_service")]
        self.assertEqual(days, case["derived"]["claim_dates"])
        self.assertEqual(len(days), case["expect"]["claim_count"])
        self.assertLessEqual(days[-1:], [case["expect"]["last_not_after"]][: len(days)])
        self.assertEqual(sum(claims.mapped("charge")), 3000.0)
        every = orthodontics.WAYS[treatment.way]
        left = [months - every * number for number in range(len(claims))]
        self.assertEqual(claims.mapped("ortho_remaining"), left)
        self.assertEqual(treatment.state, "done")
