# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.dental_coordinator.tests.leak import LeakMixin

from .common import DentalInsuranceCase
from .x12 import answers


@tagged("post_install", "-at_install")
class TestLeaks(LeakMixin, DentalInsuranceCase):
    _leak_module = "dental_coordinator_insurance"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._setup_leak()
        cls._usual_rules()
        _visit, cls.claim, raw = cls._sent("crown")
        cls.remittance = cls._pay(
            raw, lambda c, line: [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435)]
        )
        cls._keep_leak_records()

    def _leak_records(self):
        return {record._name: record for record in self._records()}

    def _records(self):
        env = self.env
        yield from (self.plan, self.plan.benefit_ids[:1], self.coverage.policy_id, self.coverage)
        yield env["dental.insurance.usage"].create({"coverage_id": self.coverage.id})
        check = env["dental.insurance.verification"].create({"coverage_id": self.coverage.id})
        yield check
        yield check.row_ids.create({"verification_id": check.id, "number": 1, "kind": "note"})
        procedure = self._new_procedure("crown")
        yield from self._benefit_records(procedure)
        kept = self._new_visit("crown", status="scheduled")
        kept._keep_coverages()
        yield kept.visit_coverage_ids
        yield env["dental.payer.fact"].create({"payer_id": self.payer.id, "text": "Fax it"})
        precert = env["dental.precert"]._open_for(procedure, self.coverage)
        yield from (precert, precert.line_ids)
        yield env["dental.claim.enclosure"].create({"precert_id": precert.id})
        claim = self.claim.sudo()
        yield from (claim, claim.line_ids, claim.event_ids[:1], claim.exchange_id)
        answer = self.remittance.sudo().claim_ids
        line = answer.line_ids
        yield from (self.remittance.sudo(), answer, line, line.adjustment_ids[:1])
        yield procedure._make_estimate().line_ids.share_ids
        yield from self._claim_records(claim)

    def _claim_records(self, claim):
        env, code = self.env, self.codes["crown"]
        yield claim._open_appeal()
        yield env["dental.claim.denial"].create({"claim_line_id": claim.line_ids.id})
        own = {"company_id": self.company.id}
        yield env["dental.claim.tracking"].create({"name": "Asked", **own})
        yield env["dental.claim.kit"].create({"code_id": code.id, "kind": "RB", **own})
        yield env["dental.claim.narrative"].create({"name": "N", "text": "T {tooth}.", **own})
        yield env["dental.exchange.route"].create({"name": "Way", **own})
        yield from self._office_records()

    def _office_records(self):
        env = self.env
        case = env["dental.ortho.case"].create(
            {
                "patient_id": self.patient.id,
                "coverage_id": self.coverage.id,
                "placed_on": date.today(),
                "fee": 4000.0,
                "way": "visit",
                "initial_fee": 500.0,
                "initial_code_id": self.codes["exam"].id,
            }
        )
        case.action_start()
        yield from (case, case.step_ids[:1])
        payment = env["account.payment"].search(
            [("company_id", "=", self.company.id), ("payment_type", "=", "inbound")], limit=1
        ) or self.guarantor._dental_receive(10.0, self.journal)
        slip = env["dental.deposit"].create(
            {"journal_id": payment.journal_id.id, "line_ids": [(0, 0, {"payment_id": payment.id})]}
        )
        yield from (slip, slip.line_ids)
        run = env["dental.claim.run"]._begin(self.claim.line_ids.procedure_id)
        yield from (run, run.line_ids)
        env.flush_all()
        yield env["dental.write.off.report"].search([("claim_id", "=", self.claim.id)], limit=1)

    def _benefit_records(self, procedure):
        env = self.env
        yield env["dental.insurance.contract"].create(
            {"plan_id": self.plan.id, "provider_id": self.provider.id}
        )
        yield env["dental.estimate.override"].create(
            {"procedure_id": procedure.id, "coverage_id": self.coverage.id, "reason": "Said so"}
        )
        check = env["dental.insurance.verification"].create({"coverage_id": self.coverage.id})
        yield check.question_ids.create({"verification_id": check.id, "key": "active"})
        yield env["dental.precert.rule"].create(
            {"company_id": self.company.id, "plan_id": self.plan.id}
        )
        estimate = self._new_procedure("crown")._make_estimate()
        checks = env["dental.estimate.check"]
        checks._enqueue(self.patient, "A rule changed")
        yield checks.search([("patient_id", "=", self.patient.id)], limit=1)
        yield env["dental.estimate.change"].create({"estimate_id": estimate.id})
        yield env["dental.quote.accuracy"].create(
            {
                "procedure_id": estimate.line_ids.procedure_id.id,
                "estimate_line_id": estimate.line_ids.id,
                "cause": "none",
                "settled_on": date.today(),
            }
        )
        yield env["dental.year.end"].create(
            {
                "patient_id": self.patient.id,
                "coverage_id": self.coverage.id,
                "resets_on": date.today(),
            }
        )
        yield env["dental.insurance.import"].create(
            {"company_id": self.company.id, "kind": "plans", "file": b"cGF5ZXI="}
        )

    def test_restricted_file_closes_its_policy_and_remittance_rows(self):
        self.patient.write({"restricted": True, "care_team_ids": [(6, 0, self.clinician.ids)]})
        answer = self.remittance.sudo().claim_ids
        for record in (
            self.coverage.policy_id,
            answer,
            answer.line_ids,
            answer.line_ids.adjustment_ids[:1],
        ):
            with self.subTest(record._name):
                self._assert_hidden(record, self.billing)


@tagged("post_install", "-at_install")
class TestAccess(DentalInsuranceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.visit, cls.claim, cls.raw = cls._sent("crown")

    def test_front_desk_checks_out_and_files_without_rights_on_claims(self):
        visit = self._new_visit("exam")
        self._check_out(visit, user=self.front_desk)
        claim = self._claims(visit)
        self.assertEqual(claim.owner_id, self.front_desk)
        with self.assertRaises(AccessError):
            claim.with_user(self.front_desk).note = "x"

    def test_clinician_reads_claims_but_no_files_and_no_remittances(self):
        claim = self.claim.with_user(self.clinician)
        self.assertEqual(claim.read(["state"])[0]["state"], "sent")
        for model in ("dental.exchange", "dental.remittance", "dental.remittance.claim"):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(self.clinician).search([])
        with self.assertRaises(AccessError):
            claim.read(["exchange_id"])

    def test_clinician_does_not_send(self):
        with self.assertRaises(AccessError):
            self.claim.with_user(self.clinician).action_undo_sending()

    def test_raw_file_is_an_attachment_of_its_record_and_not_public(self):
        exchange = self.claim.exchange_id
        files = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "dental.exchange"),
                    ("res_id", "=", exchange.id),
                    ("res_field", "=", "raw"),
                ]
            )
        )
        self.assertRecordValues(files, [{"public": False, "res_field": "raw"}])
        for user in (self.clinician, self.front_desk, self.outsider):
            with self.subTest(user.login), self.assertRaises(AccessError):
                files.with_user(user).read(["raw", "datas"])

    def test_sending_and_opening_leave_lines_in_the_access_log(self):
        lines = self.env["dental.access.log"].search(
            [("patient_key", "=", self.patient.id), ("model", "=", "dental.claim")]
        )
        self.assertIn("send", lines.mapped("action"))
        self.claim.web_read({"number": {}})
        remittance = self._receive(answers.era_for(self.raw, lambda c, line: [], when=date.today()))
        remittance.remittance_ids.web_read({"number": {}})
        seen = self.env["dental.access.log"].search([("patient_key", "=", self.patient.id)])
        opened = {(line.model, line.user_id) for line in seen if line.action == "open"}
        self.assertIn(("dental.claim", self.billing), opened)
        self.assertIn(("dental.remittance", self.billing), opened)

    def test_claim_of_a_restricted_file_is_still_matched_and_posted(self):
        self.patient.write({"restricted": True, "care_team_ids": [(6, 0, self.clinician.ids)]})
        exchange = self._receive(
            answers.era_for(
                self.raw,
                lambda c, line: [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435)],
                when=date.today(),
            )
        )
        remittance = exchange.remittance_ids.with_user(self.billing)
        self.assertTrue(remittance.can_post)
        remittance.action_post()
        self.assertEqual(self._balances()["insurance"], 0.0)
        self.assertFalse(remittance.claim_ids.with_user(self.billing).search([]))

    def test_nobody_follows_because_he_made_it(self):
        self.assertFalse(self.claim.sudo().message_follower_ids)

    def test_chatter_and_activities_name_numbers_only(self):
        activity = self.claim.activity_schedule(summary="Call the payer", user_id=self.billing.id)
        self.assertEqual(activity.with_context(dental_names=False).res_name, self.claim.number)
