# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from base64 import b64decode
from hashlib import sha256
from io import BytesIO

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged, users
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader

from .common import DentalBillingCase


@tagged("post_install", "-at_install")
class TestStatement(DentalBillingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.old = cls._new_visit("cleaning", days_ago=75)
        cls._check_out(cls.old, pay=30.0)
        cls.new = cls._new_visit("exam", "crown")
        cls._check_out(cls.new)

    def _statement(self, **vals):
        return self.env["dental.statement"].create({"guarantor_id": self.guarantor.id, **vals})

    @users("billing")
    def test_what_is_open_how_old_and_why(self):
        statement = self._statement()
        self.assertRecordValues(
            statement,
            [
                {
                    "state": "draft",
                    "amount_due": 1300.0,
                    "age_30": 1230.0,
                    "age_60": 0.0,
                    "age_90": 70.0,
                    "age_older": 0.0,
                    "insurance_pending": 0.0,
                    "sentence": "Please pay 1,300.00.",
                    "patient_ids": self.patient.ids,
                }
            ],
        )
        self.assertRecordValues(
            statement.line_ids,
            [
                {
                    "label": "Cleaning",
                    "fee": 100.0,
                    "paid": 30.0,
                    "left": 70.0,
                    "sentence": "Marta: cleaning cost 100.00; you paid 30.00; 70.00 is left.",
                },
                {
                    "label": "Exam",
                    "fee": 80.0,
                    "paid": 0.0,
                    "left": 80.0,
                    "sentence": "Marta: exam cost 80.00; you paid 0.00; 80.00 is left.",
                },
                {
                    "label": "36 Crown",
                    "fee": 1150.0,
                    "paid": 0.0,
                    "left": 1150.0,
                    "sentence": "Marta: crown cost 1,150.00; you paid 0.00; 1,150.00 is left.",
                },
            ],
        )

    def test_the_patient_himself_is_you(self):
        patient = self._new_patient("Ken", "Ito")
        self._check_out(self._new_visit("exam", patient=patient))
        statement = self._statement(guarantor_id=patient.partner_id.id)
        self.assertEqual(
            statement.line_ids.sentence, "Your exam cost 80.00; you paid 0.00; 80.00 is left."
        )

    def test_a_settled_visit_is_listed_only_when_asked(self):
        self.guarantor._dental_receive(70.0, self.journal)
        self.assertEqual(len(self._statement().line_ids), 2)
        since = self._statement(date_from=self.old._local_day())
        self.assertEqual(len(since.line_ids), 3)
        self.assertIn("nothing is left", since.line_ids[0].sentence)

    def test_a_credit_note_is_told_as_taken_off(self):
        invoice = self._invoice(self.old)
        refund = invoice._reverse_moves([{"date": invoice.date}])
        refund.invoice_line_ids.price_unit = 20.0
        refund.action_post()
        (invoice + refund).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        ).reconcile()
        self.assertEqual(
            self._statement().line_ids[0].sentence,
            "Marta: cleaning cost 100.00; we took off 20.00; you paid 30.00; 50.00 is left.",
        )

    def test_paid_ahead_is_told(self):
        self.guarantor._dental_receive(1500.0, self.journal)
        statement = self._statement()
        self.assertEqual(statement.sentence, "You have 200.00 with us.")
        self.assertRecordValues(
            statement.line_ids, [{"label": "Payment not yet laid on a bill", "left": -200.0}]
        )

    def test_everything_open_adds_up_to_what_is_due(self):
        other = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.guarantor.id,
                "invoice_line_ids": [
                    Command.create({"name": "Brush", "price_unit": 5.0, "tax_ids": []})
                ],
            }
        )
        other.action_post()
        statement = self._statement()
        self.assertEqual(sum(statement.line_ids.mapped("left")), statement.amount_due)
        self.assertIn(other.name, statement.line_ids.mapped("label"))

    @users("billing")
    def test_reviewed_means_kept_with_its_hash(self):
        statement = self._statement()
        statement.action_review()
        content = statement._document_content()
        self.assertEqual(statement.document_sha256, sha256(content).hexdigest())
        page = content.decode()
        for told in (self.company.name, "Jan Kowalski", statement.number, "Please pay 1,300.00."):
            self.assertIn(told, page)
        self.guarantor._dental_receive(100.0, self.journal.sudo())
        with self.assertRaisesRegex(UserError, "has been reviewed and stays as it is"):
            statement.write({"amount_due": 1.0})
        with self.assertRaisesRegex(UserError, "its lines stay as they are"):
            statement.line_ids[0].write({"left": 1.0})
        with self.assertRaisesRegex(UserError, "its lines stay as they are"):
            statement.line_ids.unlink()
        with self.assertRaisesRegex(UserError, "are kept. Undo them instead"):
            statement.unlink()
        self.assertEqual(statement.amount_due, 1300.0)

    @users("billing")
    def test_draft_reviewed_sent_undone(self):
        statement = self._statement()
        with self.assertRaisesRegex(UserError, "possible at “Reviewed” only"):
            statement.action_send()
        statement.action_review()
        statement.action_send()
        self.assertRecordValues(
            statement, [{"state": "sent", "sent_by_id": self.env.uid, "mode": "print"}]
        )
        with self.assertRaisesRegex(UserError, "possible at “Draft” only"):
            statement.action_refresh()
        statement.action_undo()
        self.assertEqual(statement.state, "undone")
        self.assertTrue(statement.document_sha256)
        with self.assertRaisesRegex(UserError, "is undone already"):
            statement.action_undo()

    @users("billing")
    def test_a_draft_follows_the_account_when_asked(self):
        statement = self._statement()
        self.guarantor._dental_receive(100.0, self.journal.sudo())
        self.assertEqual(statement.amount_due, 1300.0)
        with self.assertRaisesRegex(UserError, "says 1,300.00, the account now says 1,200.00"):
            statement.action_review()
        statement.action_refresh()
        self.assertEqual(statement.amount_due, 1200.0)
        statement.action_review()

    @users("billing")
    def test_the_explanation_can_be_read_out(self):
        statement = self._statement()
        self.assertEqual(statement.explanation.splitlines(), statement.line_ids.mapped("sentence"))

    @users("billing")
    def test_mail_needs_consent_and_an_address(self):
        statement = self._statement(mode="email")
        statement.action_review()
        with self.assertRaisesRegex(UserError, "mails are not allowed for P"):
            statement.action_send()
        self.patient.sudo().email_ok = "yes"
        self.guarantor.sudo().email = False
        with self.assertRaisesRegex(UserError, "the guarantor has no mail address"):
            statement.action_send()

    @users("billing")
    def test_the_mail_is_neutral_and_carries_the_kept_print(self):
        self.patient.sudo().email_ok = "yes"
        statement = self._statement(mode="email")
        statement.action_review()
        statement.action_send()
        mail = (
            self.env["mail.mail"]
            .sudo()
            .search([("model", "=", "dental.statement"), ("res_id", "=", statement.id)])
        )
        self.assertEqual(mail.subject, f"{self.company.name}: {statement.number}")
        for word in ("Marta", "crown", "Crown", "1,300", self.patient.number):
            self.assertNotIn(word, f"{mail.subject} {mail.body_html}")
        self.assertEqual(sha256(mail.attachment_ids.raw).hexdigest(), statement.document_sha256)

    @users("billing")
    def test_a_restricted_file_is_told_neutrally_and_only_by_its_team(self):
        self.patient.sudo().restricted = True
        with self.assertRaisesRegex(UserError, f"restricted file {self.patient.number}"):
            self._statement()
        self.patient.sudo().care_team_ids = self.env.user
        self.patient.invalidate_recordset(["may_open"])
        statement = self._statement()
        told = " ".join(statement.line_ids.mapped("label") + statement.line_ids.mapped("sentence"))
        self.assertNotIn("crown", told.lower())
        self.assertIn(self.new.number, told)

    @users("billing")
    def test_the_run_prepares_whom_it_names(self):
        run = self.env["dental.statement.run"]
        statement = self._drafts(run.create({"minimum": 1300.0}))
        self.assertRecordValues(statement, [{"guarantor_id": self.guarantor.id, "state": "draft"}])
        with self.assertRaisesRegex(UserError, "Nobody is due"):
            run.create({"minimum": 1300.0}).action_prepare()
        statement.unlink()
        with self.assertRaisesRegex(UserError, "Nobody is due"):
            run.create({"minimum": 1300.01}).action_prepare()

    @users("billing")
    def test_the_run_waits_after_a_statement_and_not_after_an_undone_one(self):
        run = self.env["dental.statement.run"]
        statement = self._drafts(run.create({}))
        statement.action_review()
        statement.action_send()
        with self.assertRaisesRegex(UserError, "Nobody is due"):
            run.create({}).action_prepare()
        statement.action_undo()
        self.assertEqual(len(self._drafts(run.create({}))), 1)

    @users("billing")
    def test_the_run_leaves_restricted_accounts_to_their_team(self):
        self.patient.sudo().restricted = True
        with self.assertRaisesRegex(UserError, "Only accounts with restricted files"):
            self.env["dental.statement.run"].create({}).action_prepare()

    @users("front.desk")
    def test_the_desk_makes_no_runs(self):
        with self.assertRaises(AccessError):
            self.env["dental.statement.run"].create({})

    def test_the_print_is_a_pdf_for_each(self):
        """One record a call: a PDF engine without its patches takes no more."""
        reports = self.env["ir.actions.report"]
        if reports.get_wkhtmltopdf_state() == "install":
            self.skipTest("no PDF engine on this machine")
        statements = self._statement() | self._statement()
        with mute_logger("odoo.addons.base.models.ir_actions_report"):
            statements.with_context(force_report_rendering=True).action_review()
        for statement in statements:
            self.assertTrue(statement._document_content().startswith(b"%PDF"))
            self.assertTrue(statement.document_name.endswith(".pdf"))

    def test_several_are_printed_as_one_file(self):
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() == "install":
            self.skipTest("no PDF engine on this machine")
        statements = (self._statement() | self._statement()).with_user(self.billing)
        with mute_logger("odoo.addons.base.models.ir_actions_report"):
            statements.with_context(force_report_rendering=True).action_review()
        url = statements.action_print()["url"]
        merged = self.env["dental.merged.print"].browse(int(url.split("/")[4]))
        content = b64decode(merged.with_user(self.billing).document)
        self.assertEqual(len(PdfFileReader(BytesIO(content)).pages), 2)
        with self.assertRaises(AccessError):
            merged.with_user(self.front_desk).read(["document"])

    @users("billing")
    def test_a_draft_is_not_printed(self):
        statement = self._statement()
        with self.assertRaisesRegex(UserError, "review it before you print it"):
            statement.action_print()
        self.assertFalse(statement.document_sha256)

    def _drafts(self, run):
        return self.env["dental.statement"].search(run.action_prepare()["domain"])
