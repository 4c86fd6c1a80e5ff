# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an addon that knows of insurance may rely on: each hook with a stand-in and a real entry."""

from decimal import Decimal
from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DentalBillingCase

PLAN, OFF = 402.0, 230.0


@tagged("post_install", "-at_install")
class TestHooks(DentalBillingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.payer = cls.env["res.partner"].create({"name": "Delta"})
        cls.patient.guarantor_id = cls.patient.partner_id
        cls.visit = cls._new_visit("crown")
        cls.crown = cls.visit.procedure_ids

    def setUp(self):
        super().setUp()
        self._hook("dental.procedure", "_estimate_lines", self._insured_lines)
        self._hook("dental.checkout", "_after_invoice", self._file)

    def _hook(self, model, name, stand_in):
        hooked = patch.object(self.env.registry[model], name, stand_in)
        hooked.start()
        self.addCleanup(hooked.stop)

    @staticmethod
    def _insured_lines(procedures, as_of):
        return [
            {
                "procedure_id": procedure.id,
                "fee": procedure.fee,
                "allowed": procedure.fee - OFF,
                "plan_amount": PLAN,
                "write_off": OFF,
                "patient_amount": procedure.fee - PLAN - OFF,
                "trace": [procedure._fee_step()],
                "unknowns": [{"text": "Waiting period was never verified. Assumed none."}],
            }
            for procedure in procedures
        ]

    def _file(self, invoice):
        """Move plan part and write-off from the guarantor to the payer, as a claim does."""
        company = invoice.company_id
        receivable = invoice.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        rows = [
            (company.dental_insurance_receivable_account_id, self.payer, PLAN),
            (company.dental_adjustment_account_id, self.payer, OFF),
            (receivable.account_id, invoice.partner_id, -PLAN - OFF),
        ]
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": company.dental_journal_id.id,
                "dental_kind": "transfer",
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "partner_id": partner.id,
                            "balance": balance,
                            "dental_appointment_id": invoice.dental_appointment_id.id,
                        }
                    )
                    for account, partner, balance in rows
                ],
            }
        )
        move.action_post()
        (receivable | move.line_ids.filtered(lambda line: line.balance < 0)).reconcile()

    def _shares(self, paid, pending):
        share = (Decimal(str(paid)), Decimal(str(pending)), Decimal(str(OFF)))
        self._hook("dental.procedure", "_plan_shares", lambda procedures: {self.crown: share})

    def _statement(self):
        return self.env["dental.statement"].create({"guarantor_id": self.patient.partner_id.id})

    def test_what_is_left_on_the_bill_is_the_patients_part(self):
        checkout = self._check_out(self.visit)
        self.assertRecordValues(
            checkout,
            [
                {
                    "plan_amount": PLAN,
                    "write_off": OFF,
                    "patient_amount": 518.0,
                    "left_amount": 518.0,
                }
            ],
        )
        self.assertEqual(self._invoice(self.visit).amount_residual, 518.0)
        self.assertEqual(self._owes(self.patient.partner_id), 518.0)

    def test_the_payment_pays_the_patients_part_only(self):
        checkout = self._check_out(self.visit, pay=518.0)
        self.assertEqual(checkout.left_amount, 0.0)
        self.assertEqual(self._invoice(self.visit).payment_state, "paid")

    def test_what_the_payer_owes_is_not_the_guarantors(self):
        self._check_out(self.visit)
        self.assertEqual(self._owes(self.payer), 0.0)

    def test_the_sentence_while_the_plan_is_silent(self):
        self._shares(paid=0, pending=PLAN)
        self._hook("res.partner", "_dental_plan_pending", lambda p, c=None: dict.fromkeys(p, PLAN))
        self._check_out(self.visit)
        statement = self._statement()
        self.assertEqual(
            statement.line_ids.sentence,
            "Your crown cost 1,150.00; the contract with your plan took off 230.00; your plan is "
            "expected to pay 402.00; you paid 0.00; 518.00 is left.",
        )
        self.assertEqual(
            statement.sentence, "Please pay 518.00; 402.00 is still expected from your plan."
        )
        self.assertEqual(statement.insurance_pending, PLAN)

    def test_the_sentence_when_the_plan_has_paid(self):
        self._shares(paid=PLAN, pending=0)
        self._check_out(self.visit)
        self.assertEqual(
            self._statement().line_ids.sentence,
            "Your crown cost 1,150.00; your plan paid 402.00 and its contract took off 230.00; "
            "you paid 0.00; 518.00 is left.",
        )

    def test_what_falls_back_is_told_with_the_visit(self):
        """The plan paid 302 of 402: an item of 100 on the guarantor, for the same visit."""
        self._check_out(self.visit, pay=518.0)
        back = self.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": self.company.dental_journal_id.id,
                "dental_kind": "remittance",
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "partner_id": partner.id,
                            "balance": balance,
                            "dental_appointment_id": self.visit.id,
                        }
                    )
                    for account, partner, balance in (
                        (
                            self.patient.partner_id.property_account_receivable_id,
                            self.patient.partner_id,
                            100.0,
                        ),
                        (self.company.dental_insurance_receivable_account_id, self.payer, -100.0),
                    )
                ],
            }
        )
        back.action_post()
        self._shares(paid=302, pending=0)
        self.assertEqual(
            self._statement().line_ids.sentence,
            "Your crown cost 1,150.00; your plan paid 302.00 and its contract took off 230.00; "
            "you paid 518.00; 100.00 is left.",
        )

    def test_a_quote_that_the_plan_changed(self):
        self.crown._make_estimate()
        with patch(f"{__name__}.PLAN", 380.0):
            checkout = self.env["dental.checkout"].browse(
                self.visit.action_open_checkout()["res_id"]
            )
            self.assertEqual(
                checkout.line_ids.difference,
                "22.00 more than quoted: the plan pays 22.00 less.",
            )

    def test_a_filed_claim_keeps_the_bill(self):
        self._check_out(self.visit)
        self._hook("account.move", "_dental_undo_blockers", lambda move: ["Claim CLM/1 is filed."])
        invoice = self._invoice(self.visit).with_user(self.billing)
        with self.assertRaisesRegex(UserError, "cannot be undone:\n- Claim CLM/1 is filed"):
            invoice.action_dental_undo()

    def test_an_estimate_that_does_not_add_up_is_refused_by_the_database(self):
        def wrong(procedures, as_of):
            rows = self._insured_lines(procedures, as_of)
            return [{**row, "plan_amount": 500.0} for row in rows]

        self._hook("dental.procedure", "_estimate_lines", wrong)
        refused = self.assertRaisesRegex(CheckViolation, "adds_up")
        with mute_logger("odoo.sql_db"), refused, self.cr.savepoint():
            self.crown._make_estimate()
