# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whatever happens in whatever order, the payer's side of the books says what is true.

``LEDGER_SEQUENCES`` sets how many random sequences of 30 events are tried: 200 under continuous
integration, fewer at a desk.
"""

import os
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.dental_coordinator_billing.reckoning import exact

from .common import DentalInsuranceCase
from .x12 import answers

SEQUENCES = int(os.environ.get("LEDGER_SEQUENCES", "200" if os.environ.get("CI") else "12"))
STEPS = 30
VISITS = (("crown", "exam"), ("cleaning",), ("filling", "exam", "cleaning"), ("crown",))
BEGUN = 2  # of these are billed and claimed before every sequence
ZERO = Decimal(0)
picks = st.integers(0, 1000)
cents = st.integers(1, 120_000).map(lambda number: number / 100)


class Ledger(RuleBasedStateMachine):
    """One sequence of events in the clinic of the test, undone when it is over."""

    test = None  # the running TestClaimLedger

    def __init__(self):
        super().__init__()
        self.env = self.test.env
        self.savepoint = self.env.cr.savepoint()
        self.visits = list(self.test.ready[:BEGUN])
        self.remittances, self.plans = [], []
        self.patient_paid, self.payers_sent = ZERO, ZERO
        self.number = 0
        own = self.test.guarantor.with_company(self.test.company)
        self.receivable = own.property_account_receivable_id
        self.exchange = (
            self.env["dental.exchange"]
            .with_user(self.test.billing)
            ._keep_written(b"ISA", "835", company_id=self.test.company.id)
        )

    def teardown(self):
        try:
            self.procedures_add_up()
        finally:
            self.env.flush_all()
            self.savepoint.close(rollback=True)
            self.env.invalidate_all()

    # Helpers

    def claims(self, *states):
        claims = self.env["dental.claim"].search(
            [("appointment_id", "in", [visit.id for visit in self.visits])], order="id"
        )
        return claims.filtered(lambda claim: claim.state in states) if states else claims

    def pick(self, records, number):
        return records[number % len(records)]

    def trace(self):
        self.number += 1
        return f"T{self.number}"

    def books(self):
        """{account: {partner: (balance, open)}} of everything posted, in one query."""
        self.env.flush_all()
        rows = self.env["account.move.line"]._read_group(
            [("company_id", "=", self.test.company.id), ("parent_state", "=", "posted")],
            ["account_id", "partner_id"],
            ["balance:sum", "amount_residual:sum"],
        )
        books = {}
        for account, partner, balance, left in rows:
            books.setdefault(account, {})[partner] = (exact(balance), exact(left))
        return books

    def balance(self, books, account):
        return sum((balance for balance, _left in books.get(account, {}).values()), ZERO)

    def balances(self):
        company = self.test.company
        books = self.books()
        return {
            "guarantor": self.balance(books, self.receivable),
            "insurance": self.balance(books, company.dental_insurance_receivable_account_id),
            "allocate": self.balance(books, company.dental_allocation_account_id),
            "adjustment": self.balance(books, company.dental_adjustment_account_id),
        }

    def answered(self, claim, cuts, status="1", **values):
        """The payer's file on one claim, imported.

        :param cuts: line -> (group, reason, amount) rows; the rest of the fee is paid
        """
        rows, paid = [], ZERO
        for line in claim.line_ids.filtered(lambda one: not one.whole_claim):
            adjustments = cuts(line)
            left = exact(line.fee) - sum((exact(a) for _g, _r, a in adjustments), ZERO)
            paid += left
            rows.append({"code": line.code, "key": line.key, "charge": exact(line.fee)})
            rows[-1] |= {"paid": left, "adjustments": adjustments}
        one = {"number": claim.number, "charge": sum(row["charge"] for row in rows)}
        one |= {"paid": paid, "lines": rows, "status": status, "payer_number": f"P{claim.id}"}
        return self.receive([one], **values)

    def receive(self, told, **values):
        trace = self.trace()
        raw = answers.era(told, trace=trace, when=date.today(), **values)
        remittances = self.env["dental.remittance"].with_user(self.test.billing)
        remittances._import_exchange(self.exchange, "835", raw, {})
        remittance = remittances.search([("trace", "=", trace)])
        self.remittances.append(remittance)
        return remittance

    def post(self, remittance, money=True):
        if not money:
            remittance.journal_id = False
        remittance.action_post()

    def payment(self, partner, amount, **values):
        vals = {"payment_type": "inbound", "partner_type": "customer", "amount": amount}
        vals |= {"partner_id": partner.id, "journal_id": self.test.journal.id, **values}
        self.env["account.payment"].create(vals).action_post()

    # Events

    @precondition(lambda self: len(self.visits) < len(VISITS))
    @rule()
    def visit(self):
        visit = self.test.ready[len(self.visits)]
        self.test._check_out(visit)
        self.visits.append(visit)

    @precondition(lambda self: self.visits)
    @rule(number=picks, off=cents, share=cents, money=st.booleans())
    def pay_claim(self, number, off, share, money):
        """The payer cuts by contract, leaves some to the patient, and pays the rest."""
        claims = self.claims("made", "sent", "accepted", "answered")
        if not claims:
            return
        claim = self.pick(claims, number)

        def cuts(line):
            fee = exact(line.fee)
            contract = min(exact(off), fee)
            rows = [("CO", "45", contract), ("PR", "2", min(exact(share), fee - contract))]
            return [row for row in rows if row[2]]

        self.post(self.answered(claim, cuts), money)

    @precondition(lambda self: self.visits)
    @rule(number=picks)
    def deny_claim(self, number):
        claims = self.claims("made", "sent", "accepted")
        if claims:
            self.post(
                self.answered(
                    self.pick(claims, number), lambda line: [("CO", "197", line.fee)], status="4"
                )
            )

    @precondition(lambda self: self.visits)
    @rule(number=picks, step=st.sampled_from(("bill_patient", "write_off", "next_payer", "appeal")))
    def decide(self, number, step):
        claims = self.claims("answered")
        if claims:
            self.pick(claims, number)._decide(step, "random")

    @precondition(lambda self: self.visits)
    @rule(number=picks)
    def take_back(self, number):
        """The payer turns an earlier payment round."""
        claims = self.claims("closed", "answered").filtered("paid")
        if not claims:
            return
        claim = self.pick(claims, number)
        rows = [
            {
                "code": line.code,
                "key": line.key,
                "charge": -exact(line.fee),
                "paid": -exact(line.paid),
                "adjustments": [("CO", "45", exact(line.paid) - exact(line.fee))],
            }
            for line in claim.line_ids
            if line.paid and not line.whole_claim
        ]
        one = {
            "number": claim.number,
            "charge": sum(row["charge"] for row in rows),
            "paid": sum(row["paid"] for row in rows),
            "lines": rows,
            "status": "22",
        }
        self.post(self.receive([one]))

    @precondition(lambda self: self.remittances)
    @rule(number=picks)
    def reverse(self, number):
        posted = [one for one in self.remittances if one.state == "posted"]
        if posted:
            try:
                with self.env.cr.savepoint():
                    self.pick(posted, number).action_reverse()
            except UserError as error:
                assert "was posted after it" in str(error), error

    @precondition(lambda self: self.remittances)
    @rule(number=picks)
    def undo_restores_every_balance(self, number):
        """Post again what is open, and undo it at once."""
        waiting = [one for one in self.remittances if one.state == "open" and one.can_post]
        if waiting:
            remittance = self.pick(waiting, number)
            remittance.journal_id = False
            before = self.balances()
            try:
                with self.env.cr.savepoint():
                    remittance.action_post()
                    remittance.action_reverse()
            except UserError as error:  # what it takes back was undone meanwhile
                assert "takes back" in str(error) and "so far" in str(error), error
            assert self.balances() == before

    @precondition(lambda self: self.visits)
    @rule(number=picks)
    def void(self, number):
        claims = self.claims("made", "held", "sent").filtered(
            lambda one: not one.paid and not any(one.line_ids.mapped("settled"))
        )
        if claims:
            self.pick(claims, number).action_void()

    @precondition(lambda self: self.visits)
    @rule(number=picks)
    def claim_again(self, number):
        waiting = self.env["dental.procedure"].search(
            [
                ("to_claim", "=", True),
                ("appointment_id", "in", [visit.id for visit in self.visits]),
            ]
        )
        if waiting:
            waiting.with_user(self.test.billing).action_make_claims()

    @precondition(lambda self: self.visits)
    @rule(number=picks)
    def undo_bill(self, number):
        visit = self.pick(self.visits, number)
        bill = self.test._invoice(visit)
        if bill and not bill._dental_undo_blockers():
            bill.with_user(self.test.billing).action_dental_undo()

    @precondition(lambda self: self.visits)
    @rule(number=picks)
    def bill_again(self, number):
        visit = self.pick(self.visits, number)
        if visit._to_bill():
            self.test._check_out(visit)

    @rule(kind=st.sampled_from(("paid", "refunded", "from the payer")), amount=cents)
    def money_moves(self, kind, amount):
        """The patient pays or is paid back, or a payer sends money without its remittance."""
        amount_paid = exact(amount)
        if kind == "paid":
            self.test.guarantor._dental_receive(amount, self.test.journal)
            self.patient_paid += amount_paid
        elif kind == "refunded":
            self.payment(self.test.guarantor, amount, payment_type="outbound")
            self.patient_paid -= amount_paid
        else:
            account = self.test.company.dental_allocation_account_id
            self.payment(self.test.payer, amount, destination_account_id=account.id)
            self.payers_sent += amount_paid

    @rule(count=st.integers(1, 5), share=cents, apr=st.sampled_from((0.0, 18.0)))
    def agree_on_a_payment_plan(self, count, share, apr):
        plans = self.env["dental.payment.plan"].with_user(self.test.billing)
        plan = plans.create({"patient_id": self.test.patient.id, "count": count, "apr": apr})
        plan.down_payment = min(share, plan.owed)
        before = self.balances()
        try:
            with self.env.cr.savepoint():
                plan.action_post()
        except UserError as error:
            assert "nothing is owed" in str(error) or "must lie between" in str(error), error
        else:
            self.plans.append(plan)
        assert self.balances() == before, "a plan makes nobody owe more or less"

    @precondition(lambda self: self.plans)
    @rule(number=picks)
    def undo_a_payment_plan(self, number):
        active = [plan for plan in self.plans if plan.state == "active"]
        if active:
            plan = self.pick(active, number)
            before = self.balances()
            before["guarantor"] -= exact(plan.interest_charged)
            plan.action_undo()
            assert self.balances() == before

    @precondition(lambda self: self.plans)
    @rule(days=st.integers(20, 120))
    def interest_of_payment_plans(self, days):
        for plan in self.plans:
            plan._charge_interest(date.today() + timedelta(days=days))

    @precondition(lambda self: self.plans)
    @rule(number=picks)
    def close_a_payment_plan(self, number):
        active = [plan for plan in self.plans if plan.state == "active"]
        if active:
            before = self.balances()
            self.pick(active, number).action_close()
            assert self.balances() == before, "what is left is owed, interest that was earned too"

    # What must be true

    @invariant()
    def books_say_what_is_true(self):
        books, claims = self.books(), self.claims()
        total = sum((self.balance(books, account) for account in books), ZERO)
        assert not total, ("the ledger balances", total)
        self.payers_owe_what_open_claims_expect(books, claims)
        self.guarantor_owes_what_nobody_else_took(books, claims)
        self.to_allocate_is_money_and_remittances_that_lack_each_other(books)
        self.installments_are_what_was_put_on_plans()

    def payers_owe_what_open_claims_expect(self, books, claims):
        """By payer, on the open items that Odoo's aged receivable reads as well."""
        owed = books.get(self.test.company.dental_insurance_receivable_account_id, {})
        expected = {}
        for claim in claims:
            payer = claim.payer_id
            expected[payer] = expected.get(payer, ZERO) + exact(claim.open_amount)
        for payer in set(owed) | set(expected):
            want = expected.get(payer, ZERO)
            assert owed.get(payer, (ZERO, ZERO)) == (want, want), (payer.name, owed, expected)

    def guarantor_owes_what_nobody_else_took(self, books, claims):
        bills = [self.test._invoice(visit) for visit in self.visits]
        billed = sum((exact(bill.amount_total) for bill in bills), ZERO)
        taken = sum((claim._position().patient for claim in claims), ZERO)
        interest = sum((exact(plan.interest_charged) for plan in self.plans), ZERO)
        want = billed + taken + interest - self.patient_paid
        partners = books.get(self.receivable, {})
        told = partners.get(self.test.guarantor, (ZERO, ZERO))
        assert told == (want, want), ("balance and open items", told, want)

    def to_allocate_is_money_and_remittances_that_lack_each_other(self, books):
        without_money = ZERO
        for one in self.remittances:
            if one.state == "posted" and not one.payment_id:
                without_money += exact(one.amount)
            elif one.state != "posted" and one.payment_id:
                without_money -= exact(one.amount)
        want = without_money - self.payers_sent
        now = self.balance(books, self.test.company.dental_allocation_account_id)
        assert now == want, (now, want)

    def installments_are_what_was_put_on_plans(self):
        for plan in self.plans:
            items = plan._installment_items()
            assert sum((exact(item.balance) for item in items), ZERO) == exact(plan.principal)
            most = exact(plan.principal) + exact(plan.interest_charged)
            assert 0 <= exact(plan.left) <= most, plan.number

    def procedures_add_up(self):
        """For each procedure fee = plans paid + pending + written off + patient paid + put on a
        payment plan + open."""
        charges = {}
        for visit in self.visits:
            charges |= visit.procedure_ids.filtered("invoice_line_id")._charges()
        for procedure, charge in charges.items():
            parts = (charge.plan_paid, charge.plan_pending, charge.written_off)
            own = charge.credited + charge.paid + charge.on_plan + charge.left
            fee, _tax = procedure._billed_money()[procedure]
            assert fee == sum(parts, ZERO) + own, procedure.number
        items = self.test.guarantor._dental_open_items(self.test.company)
        beside = items.filtered(lambda item: not item.dental_appointment_id)
        ahead = exact(sum(beside.mapped("amount_residual")))
        left = sum((charge.left for charge in charges.values()), ZERO)
        assert left + ahead == exact(self.test._owes()), (left, ahead)


@tagged("post_install", "-at_install")
class TestBooks(DentalInsuranceCase):
    """Locked periods, other companies, other currencies, and Odoo's own figures."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.visit, cls.claim, cls.raw = cls._sent("crown")

    def _pay_as_expected(self):
        rows = [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435)]
        return self._pay(self.raw, lambda c, line: rows)

    def test_locked_period_stays_as_it_is(self):
        """The entry goes to the first day that is open, as Odoo's own do."""
        remittance = self._pay_as_expected()
        remittance.journal_id = False
        locked = date.today() + timedelta(days=30)
        self.company.fiscalyear_lock_date = locked
        remittance.action_post()
        self.assertGreater(remittance.move_id.date, locked)
        self.assertEqual(remittance.state, "posted")

    def test_posted_entry_of_a_locked_month_is_reversed_today(self):
        remittance = self._pay_as_expected()
        remittance.action_post()
        self.company.fiscalyear_lock_date = date.today() - timedelta(days=1)
        remittance.action_reverse()
        self.assertEqual(self._balances()["insurance"], 435.0)

    def test_other_company_is_not_matched(self):
        other = self.env["res.company"].create({"name": "Other clinic"})
        remittance = self.env["dental.remittance"].create(
            {
                "company_id": other.id,
                "journal_id": False,
                "amount": 435.0,
                "claim_ids": [
                    (0, 0, {"claim_number": self.claim.number, "paid": 435.0, "charge": 1150.0})
                ],
            }
        )
        remittance.claim_ids._match()
        self.assertFalse(remittance.claim_ids.claim_id)

    def test_bill_in_another_currency_is_refused_clearly(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        bill = self.claim.sudo().invoice_id.copy({"currency_id": euro.id})
        twin = self.claim.sudo().copy({"invoice_id": bill.id, "line_ids": []})
        with self.assertRaisesRegex(UserError, "own currency, USD"):
            twin._file()

    def test_journal_in_another_currency_is_refused_clearly(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        remittance = self._pay_as_expected()
        remittance.journal_id = self.env["account.journal"].create(
            {
                "name": "Euro",
                "code": "EURB",
                "type": "bank",
                "company_id": self.company.id,
                "currency_id": euro.id,
            }
        )
        with self.assertRaisesRegex(UserError, "kept in EUR"):
            remittance.action_post()

    def test_analytic_is_left_alone(self):
        self._pay_as_expected().action_post()
        items = self.env["account.move.line"].search([("dental_claim_id", "!=", False)])
        self.assertFalse(any(items.mapped("analytic_distribution")))

    def test_cost_centres_are_for_income_alone(self):
        """Whatever Odoo would propose for the payer or the account: what is owed gets none."""
        plan = self.env["account.analytic.plan"].create({"name": "Rooms"})
        room = self.env["account.analytic.account"].create({"name": "Room 1", "plan_id": plan.id})
        adjustments = self.company.dental_adjustment_account_id
        self.env["account.analytic.distribution.model"].create(
            [
                {**target, "analytic_distribution": {str(room.id): 100}}
                for target in ({"partner_id": self.payer.id}, {"account_prefix": adjustments.code})
            ]
        )
        rows = [("CO", "45", 250), ("PR", "1", 50), ("PR", "2", 435)]
        remittance = self._pay(self.raw, lambda c, line: rows)
        remittance.action_post()
        items = remittance.sudo().move_id.line_ids.filtered("analytic_distribution")
        self.assertEqual(items.account_id, adjustments)
        remittance.action_reverse()
        lines = self.env["account.analytic.line"].search([("account_id", "=", room.id)])
        self.assertEqual(sum(lines.mapped("amount")), 0.0)

    def test_aged_receivable_of_the_payer(self):
        """What Odoo's report reads: open receivable items of the partner, by due date."""
        items = self.env["account.move.line"].search(
            [
                ("partner_id", "=", self.payer.id),
                ("account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("amount_residual", "!=", 0),
            ]
        )
        self.assertEqual(sum(items.mapped("amount_residual")), self.claim.open_amount)
        self.assertEqual(items.dental_claim_id, self.claim)
        self.assertEqual(set(items.mapped("date")), {date.today()})


@tagged("post_install", "-at_install", "dental_long")
class TestClaimLedger(DentalInsuranceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        union = cls.env["res.partner"].create(
            {"name": "Union Dental", "is_company": True, "dental_payer_code": "UNI1"}
        )
        second = cls._new_plan("Union", payer=union, kind="percentage")
        second.cob_rule = "standard"
        cls._rule("percent", second, percent=80)
        cls._cover(cls.patient, second, "U1", sequence=2)
        cls._tax("cleaning", 8.25)
        cls._tax("filling", 7.0, included=True)
        # Seated once for all: a sequence begins with patients who are ready to leave.
        cls.ready = [cls._new_visit(*kinds) for kinds in VISITS]
        for visit in cls.ready[:BEGUN]:
            cls._check_out(visit)

    def test_random_sequences(self):
        machine = type("Sequence", (Ledger,), {"test": self})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=SEQUENCES,
                stateful_step_count=STEPS,
                deadline=None,
                derandomize=True,
                database=None,
                phases=(Phase.generate,),
                suppress_health_check=list(HealthCheck),
            ),
        )
