# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import SUPERUSER_ID, fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged, users
from odoo.tools import format_date

from ..reckoning import ageing, exact
from .common import DentalBillingCase


class CollectionCase(DentalBillingCase):
    """Jan owes for Marta since 100 and 40 days; Ken owes for himself since 20."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ken = cls._new_patient("Ken", "Ito")
        for kind, days, patient in (
            ("cleaning", 100, cls.patient),
            ("exam", 40, cls.patient),
            ("filling", 20, cls.ken),
        ):
            cls._check_out(cls._new_visit(kind, patient=patient, days_ago=days))
        cls._check_out(cls._new_visit("crown"))  # due today: not overdue
        cls.company.resource_calendar_id.tz = "UTC"  # as those who look, whatever hour it is
        cls.today = fields.Date.context_today(cls.env.user)
        cls.rules = {
            kind: cls.env.ref(f"dental_coordinator_billing.dental_collection_rule_{kind}")
            for kind in ("call", "letter", "final", "last")
        }

    def _rows(self, user=None):
        self.env["dental.collection"].invalidate_model()  # each look is a request of its own
        rows = self.env["dental.collection"].with_user(user or self.env.user)
        return rows.with_company(self.company).search([("overdue", ">", 0)], order="days desc")

    def _row(self, user=None):
        return self._rows(user).filtered(lambda row: row.guarantor_id == self.guarantor)

    def _days(self, days):
        return self.today + timedelta(days=days)

    def _answer(self, row, action="action_promise", **vals):
        asked = row.env["dental.collection.answer"].browse(getattr(row, action)()["res_id"])
        asked.write(vals)
        asked.action_keep()
        row.invalidate_recordset()
        return row.case_id

    def _promise(self, amount=80.0, days=7, user=None):
        case = self._answer(self._row(user), amount=amount, date=self._days(days))
        return case.promise_id

    def _dispute(self, **vals):
        asked = {"reason": "Was told it is free", "owner_id": self.billing.id, **vals}
        return self._answer(self._row(), "action_dispute", **asked).dispute_id

    def _contacts(self):
        logs = self.env["dental.contact.log"].sudo()
        return logs.search([("patient_id", "=", self.patient.id), ("topic", "=", "money")])


@tagged("post_install", "-at_install")
class TestCollection(CollectionCase):
    @users("billing")
    def test_a_row_an_account_by_age_without_what_is_not_due(self):
        self.guarantor._dental_receive(30.0, self.journal.sudo())
        self.assertRecordValues(
            self._rows(),
            [
                {
                    "guarantor_id": self.guarantor.id,
                    "patient_id": self.patient.id,
                    "overdue": 150.0,
                    "owed": 1300.0,
                    "age_30": 0.0,
                    "age_60": 80.0,
                    "age_90": 0.0,
                    "age_older": 70.0,
                    "days": 100,
                    "oldest": "4_older",
                    "last_paid_on": self.today,
                    "last_paid": 30.0,
                    "step_kind": "final",
                    "todo": "Final notice",
                    "sentence": "Please pay $\N{NO-BREAK SPACE}1,300.00.",
                },
                {
                    "guarantor_id": self.ken.partner_id.id,
                    "patient_id": self.ken.id,
                    "overdue": 180.0,
                    "owed": 180.0,
                    "age_30": 180.0,
                    "age_60": 0.0,
                    "age_90": 0.0,
                    "age_older": 0.0,
                    "days": 20,
                    "oldest": "1_30",
                    "last_paid_on": False,
                    "last_paid": 0.0,
                    "step_kind": "call",
                    "todo": "Courtesy call",
                    "sentence": "Please pay $\N{NO-BREAK SPACE}180.00.",
                },
            ],
        )

    def test_what_was_paid_ahead_covers_the_oldest_as_in_the_reckoning(self):
        self.guarantor._dental_receive(110.0, self.journal).move_id.line_ids.remove_move_reconcile()
        items = self.guarantor._dental_open_items(self.company)
        self.assertTrue(items.filtered(lambda item: item.amount_residual < 0))
        plain = [(item.date_maturity, exact(item.amount_residual)) for item in items]
        row = self._row()
        ages = [exact(row[name]) for name in ("age_30", "age_60", "age_90", "age_older")]
        not_due = exact(row.owed - row.overdue)
        self.assertEqual((ages[0] + not_due, *ages[1:]), ageing(plain, self.today))
        self.assertEqual((row.days, row.overdue), (40, 70.0), "what is covered is not old")

    def test_what_a_payer_owes_and_what_is_settled_is_not_in_it(self):
        self.guarantor._dental_receive(1330.0, self.journal)
        self.assertEqual(self._rows().guarantor_id, self.ken.partner_id)
        payer = self.ken.partner_id.with_company(self.company)
        payer.property_account_receivable_id = self.company.dental_insurance_receivable_account_id
        day = self._days(-40)
        line = Command.create({"name": "Owed by a payer", "price_unit": 9.0, "tax_ids": []})
        self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": payer.id,
                "invoice_date": day,
                "invoice_date_due": day,
                "invoice_line_ids": [line],
            }
        ).action_post()
        self.assertEqual(self._rows().overdue, 180.0)

    @users("billing")
    def test_filters_and_groups_are_of_the_database(self):
        rows = self.env["dental.collection"]
        groups = rows._read_group([], ["oldest"], ["overdue:sum"], order="oldest")
        self.assertEqual(groups, [("1_30", 180.0), ("4_older", 180.0)])
        self.assertEqual(rows._read_group([], ["due_group"], ["__count"]), [("1_overdue", 2)])
        self.assertEqual(rows.search([("age_older", ">", 0)]), self._row())
        self.assertEqual(rows.search([("step_kind", "=", "call")]).patient_id, self.ken)

    @users("billing")
    def test_the_list_asks_the_database_a_few_times_however_long_it_is(self):
        names = ("guarantor_id", "overdue", "contacts", "step_id", "waits_for", "next_date")
        spec = {name: {} for name in names}
        rows = self._rows().with_context(dental_access_recorded=True)
        rows.web_search_read([("overdue", ">", 0)], spec)
        counts = []
        for domain in ([("id", "=", self.ken.id)], [("overdue", ">", 0)]):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            rows.web_search_read(domain, spec)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts, "one more row, not one more query")

    @users("front.desk")
    def test_no_answer_is_noted_and_taken_back(self):
        row = self._row()
        answer = row.work_outcome("no_answer")
        self.assertRecordValues(
            row,
            [{"next_date": self._days(1), "next_action": "Try again", "owner_id": self.env.uid}],
        )
        self.assertRecordValues(self._contacts(), [{"outcome": "no_answer"}])
        row.invalidate_recordset()
        self.assertIn("No answer", row.contacts)
        self.assertEqual(row.step_kind, "final", "nobody was reached")
        row.work_undo(answer["press"])
        row.invalidate_recordset()
        self.assertFalse(row.next_action or row.contacts)
        self.assertTrue(self._contacts().taken_back_at)

    @users("front.desk")
    def test_many_rows_at_once_and_a_courtesy_call_is_made_when_somebody_was_reached(self):
        rows = self._rows()
        rows.work_outcome("paid")
        self.assertEqual(set(rows.mapped("next_date")), {self._days(5)})
        self.assertEqual(rows.mapped("rule_id"), self.rules["call"], "Jan's step is no call")
        self.assertEqual(rows.mapped("step_kind"), ["final", False])
        rows.work_undo()
        rows.invalidate_recordset()
        self.assertFalse(rows.rule_id)

    @users("front.desk")
    def test_wrong_address_and_wants_a_plan(self):
        row = self._row()
        row.work_outcome("wrong_address")
        self.assertEqual(row.next_action, "Find the right address")
        action = row.work_outcome("wants_plan")["action"]
        plans = self.env[action["res_model"]].with_context(**action["context"])
        self.assertRecordValues(
            plans.create({}), [{"guarantor_id": self.guarantor.id, "owed": 1330.0}]
        )
        self.assertEqual(row.next_action, "Agree on the payment plan")
        self.assertEqual(self._contacts().mapped("outcome"), ["reached", "wrong_address"])
        self.assertEqual(self._rows().work_outcome("promised")["level"], "warning")

    @users("front.desk")
    def test_a_promise_is_noted_waits_and_is_taken_back(self):
        promise = self._promise(amount=80.0, days=7)
        self.assertRecordValues(
            promise,
            [{"amount": 80.0, "date": self._days(7), "state": "open", "made_by_id": self.env.uid}],
        )
        row = self._row()
        self.assertRecordValues(
            row,
            [
                {
                    "promise_date": self._days(7),
                    "next_date": self._days(8),
                    "step_kind": False,
                    "waits_for": f"a promise until {format_date(self.env, self._days(7))}",
                }
            ],
        )
        self.assertIn("Promised", self._contacts().note)
        self.assertNotIn("cleaning", self._contacts().note.lower())
        with self.assertRaisesRegex(UserError, "has a promise already"):
            row.work_outcome("promised")
        row.work_undo()
        self.assertEqual(promise.state, "taken_back")
        row.invalidate_recordset()
        self.assertFalse(row.promise_id)
        self.assertEqual(row.step_kind, "final")

    @users("front.desk")
    def test_a_promise_needs_an_amount_and_a_day_ahead(self):
        for vals, words in (({"amount": 0.0}, "Amount"), ({"date": self._days(-1)}, "Until")):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                self._answer(self._row(), **vals)

    def test_the_ledger_keeps_a_promise(self):
        self.guarantor._dental_receive(50.0, self.journal)
        promise = self._promise(amount=80.0)
        self.assertEqual(promise.paid_before, 50.0, "paid before it was promised")
        promise._decide()
        self.assertEqual(promise.state, "open")
        self.guarantor._dental_receive(80.0, self.journal)
        promise._decide()
        self.assertRecordValues(promise, [{"state": "kept", "paid": 80.0}])
        self.assertFalse(promise.case_id.promise_id)

    def test_a_broken_promise_is_work_again(self):
        promise = self._promise(amount=80.0)
        self._pass_days(promise, 8)
        self.guarantor._dental_receive(80.0, self.journal)  # a day too late
        with patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=60.0):
            self.env["dental.promise"]._cron_decide()
        self.assertRecordValues(promise, [{"state": "broken", "paid": 0.0}])
        row = self._row()
        self.assertEqual(row.next_date, self.today)
        self.assertIn(f"{promise.number}, $", row.next_action)
        self.assertEqual(row.step_kind, "final", "the steps go on")

    def test_a_promise_holds_until_the_clinics_own_day_is_over(self):
        self.company.resource_calendar_id.tz = "America/Los_Angeles"
        promise = self._promise(days=7)
        after = fields.Datetime.to_datetime(promise.date) + timedelta(days=1)
        job = self.env["dental.promise"].with_user(SUPERUSER_ID)
        for hour, state in ((3, "open"), (9, "broken")):  # in the evening, after midnight there
            with (
                freeze_time(after + timedelta(hours=hour)),
                patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=60.0),
            ):
                job._cron_decide()
            self.assertEqual(promise.state, state)

    def test_a_promise_is_nothing_when_the_account_is_settled_otherwise(self):
        promise = self._promise(amount=80.0)
        self._pass_days(promise, 8)
        self.guarantor._dental_receive(1330.0, self.journal)
        promise._decide()
        self.assertEqual(promise.state, "settled")

    def _pass_days(self, promise, days):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE dental_promise SET made_on = made_on - %(days)s, date = date - %(days)s"
            " WHERE id = %(id)s",
            {"days": days, "id": promise.id},
        )
        promise.invalidate_recordset()

    @users("billing")
    def test_a_dispute_is_work_with_owner_reason_and_outcome(self):
        dispute = self._dispute(kind="told")
        self.assertRecordValues(
            dispute,
            [
                {
                    "kind": "told",
                    "reason": "Was told it is free",
                    "owner_id": self.billing.id,
                    "next_date": self._days(7),
                    "amount": 180.0,
                    "state": "open",
                }
            ],
        )
        row = self._row()
        self.assertRecordValues(row, [{"step_kind": False, "waits_for": "a dispute"}])
        with self.assertRaisesRegex(UserError, "is disputed: DIS"):
            row.work_outcome("promised")
        with self.assertRaisesRegex(UserError, "Outcome: say what came out"):
            dispute.action_settle()
        dispute.outcome = "owed"
        dispute.action_settle()
        self.assertRecordValues(
            dispute, [{"state": "settled", "settled_by_id": self.env.uid, "next_action": False}]
        )
        row.invalidate_recordset()
        self.assertEqual(row.next_action, f"{dispute.number}: Owed as billed")
        self.assertEqual(row.step_kind, "final")

    @users("billing")
    def test_a_dispute_is_taken_back_with_its_press(self):
        dispute = self._dispute()
        self._row().work_undo()
        self.assertEqual(dispute.state, "taken_back")
        self.assertFalse(self._row().dispute_id)
        with self.assertRaisesRegex(UserError, "fill in both"):
            self._dispute(reason=False)

    def test_whoever_comes_second_is_told(self):
        self._row(self.front_desk).work_outcome("no_answer")
        with self.assertRaisesRegex(UserError, "has just noted “No answer”. Refresh"):
            self._row(self.billing).work_outcome("paid")
        self._row(self.front_desk).work_outcome("paid")
        self.assertEqual(self._row().case_id.answer, "Says it is paid")

    def test_a_restricted_file_hides_the_whole_account(self):
        other = self._new_patient("Ole", "Kowalski", guarantor_id=self.guarantor.id)
        self._promise()
        other.write({"restricted": True, "care_team_ids": self.clinician.ids})
        self.assertFalse(self._row(self.billing))
        cases = self.env["dental.collection.case"].with_user(self.billing)
        self.assertFalse(cases.search([("guarantor_id", "=", self.guarantor.id)]))

    def test_only_the_desk_and_billing_answer_and_the_manager_makes_rules(self):
        with self.assertRaises(AccessError):
            self._row(self.clinician).work_outcome("no_answer")
        with self.assertRaises(AccessError):
            self.rules["call"].with_user(self.billing).days = 3
        self.rules["call"].with_user(self.manager).days = 30
        self.assertFalse(self._rows().filtered(lambda row: row.patient_id == self.ken).step_id)
