# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta
from random import Random

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..reckoning import exact
from .common import DentalBillingCase

EVENTS = ("visit", "visit", "pay", "undo", "bill_again", "credit_note", "plan", "interest", "end")


@tagged("post_install", "-at_install")
class TestLedger(DentalBillingCase):
    """Whatever happens in whatever order, the account of the family is what the ledger says."""

    def test_a_sequence_of_events(self):
        self._run_events(seed=1)

    def test_another_sequence_of_events(self):
        self._run_events(seed=2)

    def test_a_third_sequence_of_events(self):
        self._run_events(seed=3)

    def _run_events(self, seed, steps=14):
        random = Random(seed)
        visits, self.plans = [], self.env["dental.payment.plan"]
        for _step in range(steps):
            event = random.choice(EVENTS)
            getattr(self, f"_do_{event}")(random, visits)
            self._assert_true(visits, f"seed {seed}, after {event}")

    # Events

    def _do_visit(self, random, visits):
        kinds = random.sample(("exam", "cleaning", "filling", "crown"), random.randint(1, 3))
        visit = self._new_visit(*kinds, days_ago=random.randint(0, 100))
        self._check_out(visit, pay=random.choice((0.0, 50.0, 333.33, 2000.0)))
        visits.append(visit)

    def _do_pay(self, random, visits):
        self.guarantor._dental_receive(random.choice((0.01, 75.0, 999.99)), self.journal)

    def _do_undo(self, random, visits):
        bills = [self._invoice(visit) for visit in visits if self._invoice(visit)]
        bills = [bill for bill in bills if not bill._dental_undo_blockers()]
        if bills:
            random.choice(bills).with_user(self.billing).action_dental_undo()

    def _do_bill_again(self, random, visits):
        for visit in visits:
            if visit._to_bill():
                self._check_out(visit)

    def _do_credit_note(self, random, visits):
        billed = [visit for visit in visits if self._invoice(visit).amount_residual >= 10]
        if billed:
            invoice = self._invoice(random.choice(billed))
            refund = invoice._reverse_moves([{"date": invoice.date}])
            refund.invoice_line_ids[1:].unlink()
            refund.invoice_line_ids.price_unit = 10.0
            refund.action_post()
            (invoice + refund).line_ids.filtered(
                lambda line: line.account_type == "asset_receivable" and not line.reconciled
            ).reconcile()

    def _do_plan(self, random, visits):
        plans = self.env["dental.payment.plan"].with_user(self.billing)
        terms = {"count": random.randint(1, 4), "apr": random.choice((0.0, 9.9, 52.0))}
        plan = plans.create({"patient_id": self.patient.id, "frequency": "weekly", **terms})
        try:
            with self.env.cr.savepoint():
                plan.action_post()
        except UserError as error:
            self.assertIn("nothing is owed", str(error))
        else:
            self.plans |= plan

    def _do_interest(self, random, visits):
        day = date.today() + timedelta(days=random.randint(20, 70))
        for plan in self.plans:
            plan._charge_interest(day)

    def _do_end(self, random, visits):
        active = self.plans.filtered(lambda plan: plan.state == "active")
        if active:
            getattr(random.choice(active), random.choice(("action_undo", "action_close")))()

    # What must be true

    def _assert_true(self, visits, when):
        owed = exact(self._owes())
        charges = {}
        for visit in visits:
            charges.update(visit.procedure_ids.filtered("invoice_line_id")._charges())
        for procedure, charge in charges.items():
            self.assertEqual(exact(procedure.fee), charge.fee, when)
        items = self.guarantor._dental_open_items(self.company)
        beside = items.filtered(lambda item: not item.dental_appointment_id)
        ahead = exact(sum(beside.mapped("amount_residual")))
        self.assertEqual(sum(charge.left for charge in charges.values()) + ahead, owed, when)
        self._assert_plans(when)
        self._assert_statement(owed, when)
        self._assert_balanced(when)

    def _assert_plans(self, when):
        """Interest earned is what plans charged; none asks for more than was told."""
        account = self.company.dental_interest_account_id
        lines = self.env["account.move.line"].search([("account_id", "=", account.id)])
        charged = exact(sum(self.plans.mapped("interest_charged")))
        self.assertEqual(exact(-sum(lines.mapped("balance"))), charged, when)
        for plan in self.plans:
            self.assertLessEqual(exact(plan.interest_charged), exact(plan.interest_total), when)
            most = exact(plan.principal) + exact(plan.interest_charged)
            self.assertTrue(0 <= exact(plan.left) <= most, when)

    def _assert_statement(self, owed, when):
        statement = self.env["dental.statement"].create({"guarantor_id": self.guarantor.id})
        self.assertEqual(exact(statement.amount_due), owed, when)
        self.assertEqual(exact(sum(statement.line_ids.mapped("left"))), owed, when)
        ages = (statement.age_30, statement.age_60, statement.age_90, statement.age_older)
        self.assertEqual(exact(sum(ages)), owed, when)
        statement.unlink()

    def _assert_balanced(self, when):
        [(total,)] = self.env["account.move.line"]._read_group(
            [("company_id", "=", self.company.id), ("parent_state", "=", "posted")],
            [],
            ["balance:sum"],
        )
        self.assertEqual(exact(total), 0, when)
