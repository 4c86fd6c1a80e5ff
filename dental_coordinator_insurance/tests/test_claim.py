# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DentalInsuranceCase
from .x12 import answers
from .x12.checker import check


@tagged("post_install", "-at_install")
class TestClaim(DentalInsuranceCase):
    """From the checkout to the file: what is made, booked, held, written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()

    def test_checkout_files_the_claim_and_leaves_her_part_on_the_bill(self):
        visit, claims = self._done("crown")
        self.assertRecordValues(
            claims,
            [
                {
                    "state": "made",
                    "coverage_id": self.coverage.id,
                    "charge": 1150.0,
                    "expected": 435.0,
                    "write_off": 230.0,
                    "open_amount": 435.0,
                    "gap_count": 0,
                }
            ],
        )
        bill = self._invoice(visit)
        self.assertEqual(bill.amount_total, 1150.0)
        self.assertEqual(bill.amount_residual, 485.0)
        self.assertEqual(
            self._balances(),
            {"guarantor": 485.0, "insurance": 435.0, "allocate": 0.0, "adjustment": 230.0},
        )
        self.assertEqual(claims.line_ids.procedure_id.state, "claimed")

    def test_transfer_entry(self):
        _visit, claim = self._done("crown")
        items = claim.transfer_move_id.line_ids.sorted("balance")
        company = self.company
        self.assertRecordValues(
            items,
            [
                {
                    "balance": -665.0,
                    "partner_id": self.guarantor.id,
                    "account_id": claim.sudo()._guarantor_account().id,
                    "reconciled": True,
                },
                {
                    "balance": 230.0,
                    "partner_id": self.payer.id,
                    "account_id": company.dental_adjustment_account_id.id,
                    "reconciled": False,
                },
                {
                    "balance": 435.0,
                    "partner_id": self.payer.id,
                    "account_id": company.dental_insurance_receivable_account_id.id,
                    "reconciled": False,
                },
            ],
        )
        self.assertEqual(claim.transfer_move_id.dental_kind, "transfer")

    def test_entry_that_does_not_balance_is_not_posted(self):
        prepare = type(self.env["dental.claim"])._prepare_item_vals

        def a_cent_too_much(claim, name, account, partner, balance):
            return prepare(claim, name, account, partner, float(balance) + 0.01)

        with (
            patch.object(type(self.env["dental.claim"]), "_prepare_item_vals", a_cent_too_much),
            self.assertRaisesRegex(UserError, "not balanced"),
        ):
            self._done("crown")

    def test_entry_names_nobody_and_no_treatment(self):
        _visit, claim = self._done("crown")
        move = claim.transfer_move_id
        told = " ".join([move.ref, move.name, *(name for name in move.line_ids.mapped("name"))])
        for secret in ("Kowalski", "Marta", "Crown", "X2740"):
            self.assertNotIn(secret, told)

    def test_file_is_written_and_passes_the_checker(self):
        _visit, claim, raw = self._sent("crown", "exam")
        self.assertRecordValues(claim, [{"state": "sent"}])
        (said,) = answers.parse_837d(raw)
        self.assertEqual(said["number"], claim.number)
        self.assertEqual(str(said["charge"]), "1230")
        self.assertEqual([line["code"] for line in said["lines"]], ["X2740", "X0150"])
        self.assertEqual([line["key"] for line in said["lines"]], claim.line_ids.mapped("key"))
        self.assertEqual(said["member_id"], "M100")
        self.assertFalse(said["predetermination"])
        self.assertEqual(check(raw), [])

    def test_tooth_goes_out_in_the_payers_notation(self):
        _visit, _claim, raw = self._sent("crown")
        self.assertIn(b"TOO*JP*19~", raw)

    def test_control_numbers_are_never_used_twice(self):
        _visit, first, _raw = self._sent("exam")
        _visit, second, _raw = self._sent("exam")
        self.assertNotEqual(
            first.exchange_id.interchange_control, second.exchange_id.interchange_control
        )
        self.assertNotEqual(first.exchange_id.group_control, second.exchange_id.group_control)

    def test_dependent_of_a_parent(self):
        child = self._new_patient(
            "Ola", "Kowalski", birth_date="2015-02-03", sex="F", **self.address
        )
        parent = self.env["res.partner"].create({"name": "Jan Kowalski", **self.address})
        self._cover(
            child,
            self.plan,
            "M200",
            relation="child",
            subscriber=parent,
            subscriber_birth_date="1985-03-04",
        )
        visit, claim = self._done("exam", patient=child)
        claim.action_send()
        raw = claim.exchange_id._bytes()
        self.assertIn(b"PAT*19~", raw)
        self.assertIn(b"NM1*IL*1*KOWALSKI*JAN", raw)
        self.assertEqual(check(raw), [])

    def test_claim_with_gaps_is_held_not_lost(self):
        self.payer.dental_payer_code = False
        self.provider.npi = "1234567890"
        _visit, claim = self._done("crown")
        self.assertRecordValues(claim, [{"state": "held"}])
        self.assertEqual(claim.hold_reason, f"{claim.gaps[0]['message']}, and 1 more")
        self.assertEqual(self._balances()["insurance"], 435.0, "held, yet booked")
        gaps = {(gap["model"], gap["res_id"]): gap for gap in claim.gaps}
        payer = gaps["res.partner", self.payer.id]
        self.assertIn("payer id is missing", payer["message"])
        self.assertEqual(payer["remedy"], "Enter the payer id.")
        dentist = gaps["dental.provider", self.provider.id]
        self.assertIn("check digit", dentist["message"])
        with self.assertRaisesRegex(UserError, "payer id is missing"):
            claim.action_send()
        self.payer.dental_payer_code = "HARB1"
        self.provider.npi = "1234567893"
        claim.action_send()
        self.assertEqual(claim.state, "sent")

    def test_one_claim_with_gaps_stops_no_other(self):
        _visit, good = self._done("exam")
        other = self._new_patient("Ida", "Holm", birth_date="1990-01-01", sex="F")
        other.guarantor_id = self.guarantor
        self._cover(other, self.plan, "M300")
        _visit, bad = self._done("exam", patient=other)
        self.assertEqual(bad.state, "held", "no address")
        (good | bad).action_send()
        self.assertRecordValues(good | bad, [{"state": "sent"}, {"state": "held"}])

    def test_claim_that_went_already_stops_no_other(self):
        _visit, gone = self._done("exam")
        gone.action_send()
        _visit, new = self._done("cleaning")
        (gone | new).action_send()
        self.assertEqual(new.state, "sent")
        events = gone.event_ids.filtered(lambda event: event.kind == "sent")
        self.assertEqual(len(events), 1, "it did not go once more")
        with self.assertRaisesRegex(UserError, "already. To send it once more"):
            (gone | new).action_send()

    def test_clinic_without_numbers_is_told_where_to_enter_them(self):
        self.company.dental_submitter_id = False
        _visit, claim = self._done("exam")
        with self.assertRaisesRegex(UserError, "Settings, Dental, Claim files"):
            claim.action_send()
        self.assertFalse(self.env["dental.exchange"].search([]))

    def test_procedure_is_once_on_a_live_claim(self):
        _visit, claim = self._done("crown")
        twin = claim.sudo().copy({"invoice_id": claim.sudo().invoice_id.id, "line_ids": []})
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            claim.sudo().line_ids.copy({"claim_id": twin.id})
            self.env.flush_all()

    def test_void_gives_the_fee_back_and_frees_the_procedure(self):
        visit, claim = self._done("crown")
        claim.action_void()
        self.assertEqual(
            self._balances(),
            {"guarantor": 1150.0, "insurance": 0.0, "allocate": 0.0, "adjustment": 0.0},
        )
        self.assertEqual(self._invoice(visit).amount_residual, 1150.0)
        self.assertEqual(claim.line_ids.procedure_id.state, "billed")
        self.assertFalse(claim.line_ids.live)

    def test_bill_with_a_claim_is_not_undone(self):
        visit, claim = self._done("crown")
        bill = self._invoice(visit).with_user(self.billing)
        with self.assertRaisesRegex(UserError, claim.number):
            bill.action_dental_undo()
        claim.action_void()
        bill.action_dental_undo()
        self.assertEqual(self._balances()["guarantor"], 0.0)

    def test_second_payer_waits_for_the_first(self):
        union = self._new_plan("Union", payer=self._second_payer(), kind="percentage")
        union.cob_rule = "standard"
        self._rule("percent", union, category="crowns", percent=80)
        self._rule("deductible", union, amount=0)
        self._cover(self.patient, union, "U1", sequence=2)
        visit, claims = self._done("crown")
        first, second = claims
        self.assertRecordValues(
            claims,
            [
                {"state": "made", "expected": 435.0, "hold_reason": False},
                {
                    "state": "held",
                    "expected": 485.0,
                    "hold_reason": "Waits for the answer of the payer before it",
                },
            ],
        )
        self.assertEqual(self._invoice(visit).amount_residual, 0.0)
        with self.assertRaisesRegex(UserError, "Waits for the answer"):
            second.action_send()
        first.action_send()
        self._pay(
            first.exchange_id._bytes(),
            lambda claim, line: [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435)],
        ).action_post()
        self.assertRecordValues(claims, [{"state": "closed"}, {"state": "made"}])
        second.action_send()
        raw = second.exchange_id._bytes()
        self.assertIn(b"SBR*S*", raw)
        self.assertIn(b"SVD*HARB1*435*", raw)
        self.assertEqual(check(raw, extended=True), [])

    def test_undo_of_sending(self):
        _visit, claim, _raw = self._sent("crown")
        claim.action_undo_sending()
        self.assertEqual(claim.state, "made")
        claim.action_send()
        self.assertEqual(claim.state, "sent")

    def test_number_stays_once_it_was_sent(self):
        _visit, claim = self._done("crown")
        claim.number = "OLD-1"
        claim.action_send()
        with self.assertRaisesRegex(UserError, "OLD-1 was sent by that number"):
            claim.number = "OLD-2"

    def test_open_claim_has_owner_and_next_date(self):
        _visit, claim = self._done("crown")
        self.assertTrue(claim.owner_id)
        self.assertTrue(claim.next_date)
        self.assertEqual(claim.next_action, "Send")

    def test_free_service_does_not_go_on_a_claim(self):
        self.codes["exam"].office_fee = 0.0
        visit, claims = self._done("exam")
        self.assertFalse(claims)

    def test_preview_tells_value_and_place(self):
        _visit, claim = self._done("crown")
        self.assertIn("CLM01", claim.elements_html)
        self.assertIn(claim.number, claim.elements_html)

    def _second_payer(self):
        return self.env["res.partner"].create(
            {"name": "Union Dental", "is_company": True, "dental_payer_code": "UNI1"}
        )
