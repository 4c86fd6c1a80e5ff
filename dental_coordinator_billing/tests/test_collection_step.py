# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .test_collection import CollectionCase


@tagged("post_install", "-at_install")
class TestCollectionStep(CollectionCase):
    """Letters and the final notice by age, what stops them, and the end that a manager approves."""

    def _letter(self):
        row = self._row(self.billing)
        return row.env["dental.statement"].browse(row.action_write()["res_id"])

    def _sent(self):
        letter = self._letter()
        letter.action_review()
        letter.action_send()
        return letter

    def _statement(self):
        statements = self.env["dental.statement"].with_user(self.billing)
        return statements.create({"guarantor_id": self.guarantor.id})

    def _approval(self, **vals):
        row = self._row(self.billing)
        asked = row.env["dental.collection.answer"].browse(row.action_ask_approval()["res_id"])
        asked.write({"reason": "Moved away", **vals})
        return row.env["dental.collection.approval"].browse(asked.action_keep()["res_id"])

    def test_a_letter_tells_amounts_and_the_clinic_and_no_treatment(self):
        letter = self._letter()
        self.assertRecordValues(
            letter,
            [
                {
                    "kind": "reminder",
                    "rule_id": self.rules["final"].id,
                    "notice": self.rules["final"].text,
                    "amount_due": 1330.0,
                    "age_older": 100.0,
                    "line_ids": [],
                    "patient_ids": self.patient.ids,
                }
            ],
        )
        letter.action_review()
        page = letter._document_content().decode()
        for told in (self.company.name, "Jan Kowalski", "1,330.00", self.rules["final"].text):
            self.assertIn(told, page)
        for word in ("Marta", "leaning", "rown", "What</th>", self.patient.number):
            self.assertNotIn(word, page)

    def test_the_step_is_taken_when_it_was_sent_and_given_back_when_it_is_undone(self):
        letter = self._sent()
        row = self._row()
        self.assertRecordValues(
            row,
            [
                {
                    "rule_id": self.rules["final"].id,
                    "final_sent": True,
                    "next_date": self._days(14),
                    "next_action": f"{letter.number} went: look whether it was paid",
                }
            ],
        )
        self.assertRecordValues(
            self._contacts(), [{"outcome": "sent", "channel": "letter", "note": letter.number}]
        )
        with self.assertRaisesRegex(UserError, "no such step is due"):
            row.action_write()
        letter.action_undo()
        self.assertEqual((self._row().step_kind, self._row().final_sent), ("final", False))

    def test_one_letter_at_a_time(self):
        self._letter()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self._letter()

    def test_a_bill_has_one_text_the_most_specific_in_the_language_of_who_pays(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.guarantor.lang = "fr_FR"
        self.rules["final"].with_context(lang="fr_FR").text = "Dernier rappel."
        statement = self._statement()
        self.assertEqual(statement.notice, "Dernier rappel.")
        statement.action_review()
        page = statement._document_content().decode()
        self.assertIn("Dernier rappel.", page)
        self.assertNotIn(self.rules["call"].text, page)
        self.rules["final"].text = False
        self.assertEqual(self._statement().notice, self.rules["letter"].text)

    def test_a_dispute_freezes_texts_and_steps_and_the_statement_says_so(self):
        before = self._statement()
        self.assertTrue(before.notice)
        dispute = self._dispute()
        before.invalidate_recordset()
        self.assertEqual(before.dispute_id, dispute)
        with self.assertRaisesRegex(UserError, "waits for a dispute. Take the account anew"):
            before.action_review()
        before.action_refresh()
        self.assertFalse(before.notice)
        before.action_review()
        with self.assertRaisesRegex(UserError, "waits for a dispute"):
            self._row(self.billing).action_write()

    @users("billing")
    def test_the_run_leaves_out_what_is_disputed(self):
        self._dispute()
        run = self.env["dental.statement.run"]
        drafts = self.env["dental.statement"].search(run.create({}).action_prepare()["domain"])
        self.assertEqual(drafts.guarantor_id, self.ken.partner_id)
        drafts = run.create({"without_disputed": False}).action_prepare()["domain"]
        self.assertEqual(self.env["dental.statement"].search(drafts).guarantor_id, self.guarantor)

    def test_a_letter_made_before_a_promise_is_not_sent_after_it(self):
        letter = self._letter()
        letter.action_review()
        self._promise()
        with self.assertRaisesRegex(UserError, f"{letter.number} waits for a promise"):
            letter.action_send()
        self.assertEqual(letter.state, "reviewed")

    def test_a_plan_that_is_kept_gets_no_final_notice(self):
        plan = self.env["dental.payment.plan"].create({"patient_id": self.patient.id})
        plan.action_post()
        self.assertFalse(self._row(), "nothing is overdue any more")
        self._check_out(self._new_visit("exam", days_ago=100))
        self.assertRecordValues(
            self._row(),
            [
                {
                    "plan_kept": True,
                    "step_kind": "letter",
                    "waits_for": "a payment plan that is kept",
                }
            ],
        )
        plan.move_id.line_ids.sorted("date_maturity")[-3:].date_maturity = self._days(-5)
        self.assertRecordValues(self._row(), [{"plan_kept": False, "step_kind": "final"}])

    def test_the_end_needs_a_final_notice_and_a_manager(self):
        self._check_out(self._new_visit("exam", days_ago=130))
        with self.assertRaisesRegex(UserError, "no such step is due"):
            self._approval()
        self._sent()
        approval = self._approval(what="write_off")
        self.assertRecordValues(
            approval, [{"state": "asked", "amount": 260.0, "what": "write_off"}]
        )
        self.assertEqual(self._row().next_action, f"{approval.number} waits for approval")
        with self.assertRaisesRegex(AccessError, "a manager decides"):
            approval.action_approve()
        with self.assertRaises(AccessError):
            approval.write({"state": "approved"})
        owed = self._owes()
        action = approval.with_user(self.manager).with_company(self.company).action_approve()
        bills = self.env["account.move"].search(action["domain"])
        self.assertEqual(bills.partner_id, self.guarantor)
        self.assertRecordValues(approval, [{"state": "approved", "decided_by_id": self.manager.id}])
        self.assertEqual(self._owes(), owed, "nothing is booked by it")
        self.assertEqual(
            self._row().next_action, f"{approval.number} is approved: credit the bills"
        )
        with self.assertRaisesRegex(UserError, "is decided already"):
            approval.with_user(self.manager).action_refuse()

    def test_what_came_up_since_stops_the_approval(self):
        self._check_out(self._new_visit("exam", days_ago=130))
        self._sent()
        approval = self._approval().with_user(self.manager).with_company(self.company)
        self._dispute()
        with self.assertRaisesRegex(UserError, "waits for a dispute"):
            approval.action_approve()
        approval.action_refuse()
        self.assertEqual(approval.state, "refused")
