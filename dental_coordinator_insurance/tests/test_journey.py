# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.dental_coordinator.tests.clinical import PNG

from .common import DentalInsuranceCase
from .x12 import answers
from .x12.checker import check
from .x12.files import sample

CALL = "2026-03-02 09:00:00"
FIRST_VISIT = "2026-03-03 09:00:00"
ANSWER = "2026-03-16 10:00:00"
CROWN_VISIT = "2026-03-17 09:00:00"
PAID = "2026-04-01 11:00:00"
NETWORK = "DG PLUS, NON CONTRACTED"


@tagged("post_install", "-at_install")
class TestJourney(DentalInsuranceCase):
    """One patient from the first call to a closed ledger, by the people whose work it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.benefits = sample("271/x271Test-dental-4010.txt")
        cls.guardian = cls.env["res.partner"].create(
            {"name": "Guardian", "is_company": True, "dental_payer_code": "GUARD"}
        )
        cls.plan = cls.env["dental.insurance.plan"].create(
            {
                "name": "Guardian 4711",
                "company_id": cls.company.id,
                "payer_id": cls.guardian.id,
                "kind": "percentage",
            }
        )
        cls.codes["crown"].prosthesis = True
        cls.practice = cls.env["res.partner"].create({"name": "Old Practice", "is_company": True})
        cls.specialist = cls.env["res.partner"].create({"name": "Dr. Root", "is_company": True})
        cls.exam_type = cls.env["dental.appointment.type"].create(
            {"name": "First visit", "pattern": "/XX/", "new_patient": True}
        )

    def test_from_the_first_call_to_a_closed_ledger(self):
        with freeze_time(CALL):
            self._new_patient_call()
            self._book()
            self._import_benefits()
        with freeze_time(FIRST_VISIT):
            self._first_visit()
            self._estimate_crown()
            self._ask_beforehand()
        with freeze_time(ANSWER):
            self._answer_arrives()
        with freeze_time(CROWN_VISIT):
            self._crown_visit()
            self._file_claim()
        with freeze_time(PAID):
            self._post_remittance()
            self._close_account()
            self._look_ahead()
        self._audit()

    # 1. New patient call

    def _new_patient_call(self):
        desk = self.env(user=self.coordinator)
        self.john = desk["dental.patient"].create(
            {
                "first_name": "John",
                "last_name": "Doe",
                "birth_date": "1984-07-04",
                "sex": "M",
                "phone": "503 555 0177",
                "company_id": self.company.id,
                **self.address,
            }
        )
        wife = desk["res.partner"].create({"name": "Jane Doe", **self.address})
        family = desk["dental.family"].create(
            {"name": "Doe", "guarantor_id": wife.id, "company_id": self.company.id}
        )
        self.john.write({"family_id": family.id, "guarantor_id": wife.id})
        self.guarantor = wife
        intake = desk["dental.intake"].create(
            {
                "patient_id": self.john.id,
                "words": "It hurts when I bite on the right, I chew on the other side",
                "teeth": "36",
                "pain_now": "5",
                "trigger_bite": True,
                "breathing": "no",
                "swallowing": "no",
                "swelling": "none",
                "bleeding": "none",
                "trauma": "none",
                "fever": "no",
                "opening": "no",
                "impact_eating": "3",
                "impact_daily": "2",
                "at_night": "no",
            }
        )
        self.assertEqual(intake.triage_suggested, "two_days")
        self.assertIn("pain of 4 to 7", intake.triage_text)
        intake.action_accept_triage()
        desk["dental.coverage.add"].create(
            {
                "patient_id": self.john.id,
                "plan_id": self.plan.id,
                "member_id": "123456789",
                "relation": "self",
                "release": True,
            }
        ).action_add()
        self.assertRecordValues(
            self.john.coverage_ids, [{"sequence": 1, "relation": "self", "plan_id": self.plan.id}]
        )

    # 2. The appointment

    def _book(self):
        desk = self.env(user=self.coordinator)
        finder = desk["dental.slot.finder"].create(
            {
                "patient_id": self.john.id,
                "type_id": self.exam_type.id,
                "provider_id": self.provider.id,
                "operatory_id": self.chair.id,
                "earliest": "2026-03-03",
            }
        )
        finder.action_search()
        first = finder.proposal_ids[0]
        self.visit = desk["dental.appointment"].browse(first.action_book()["res_id"])
        self.assertRecordValues(
            self.visit,
            [{"status": "scheduled", "provider_id": self.provider.id, "is_new": True}],
        )
        twin = {**first._prepare_visit_vals(), "patient_id": self.patient.id}
        with mute_logger("odoo.sql_db"), self.assertRaises(UserError):
            desk["dental.appointment"].create(twin)

    # 3. Benefits

    def _import_benefits(self):
        exchange = self._receive(self.benefits, user=self.coordinator, filename="benefits.271")
        checked = exchange.verification_ids
        self.assertRecordValues(
            checked, [{"patient_id": self.john.id, "rows_read": 118, "state": "in_progress"}]
        )
        checked.row_ids.filtered(lambda row: row.network_name == NETWORK)[:1].action_our_network()
        checked.action_accept_all()
        self.assertEqual(checked.state, "verified")
        rules = {
            (rule.kind, rule.level, rule.subject): rule.value
            for rule in self.plan.benefit_ids._of_our_network()
        }
        self.assertEqual(
            rules["deductible", "individual", "General"], "50.00, person, benefit year"
        )
        self.assertEqual(rules["deductible", "family", "General"], "150.00, family, benefit year")
        self.assertEqual(
            rules["maximum", "individual", "General"], "2000.00, person, calendar year"
        )
        self.assertEqual(
            rules["maximum", "individual", "Orthodontics"], "1000.00, person, lifetime"
        )
        self.assertEqual(rules["frequency", "individual", "PROPHYLAXIS"], "1 per 6 months")
        self.assertFalse(self.plan.benefit_ids.filtered(lambda rule: rule.kind == "waiting"))
        # Asked on the telephone as well: most of the maximum is used this year.
        self.env["dental.insurance.usage"].with_user(self.coordinator).create(
            {
                "coverage_id": self.john.coverage_ids.id,
                "kind": "maximum",
                "amount": 1598.0,
                "source": "phone",
                "representative": "Ms Reed",
                "reference": "88213",
            }
        )

    # 4. The first visit

    def _first_visit(self):
        for step in ("confirm", "arrive", "seat"):
            getattr(self.visit, f"action_{step}")()
        exam = self.env["dental.exam"].with_user(self.coordinator)
        exam.create(
            {
                "patient_id": self.john.id,
                "look_swelling": "normal",
                "pressure_ids": [(0, 0, {"systolic": 128, "diastolic": 82})],
            }
        )
        self._x_ray_from_the_old_practice()
        self.visit.action_treat()
        plans = self.env["dental.treatment.plan"].with_user(self.clinician)
        plan = plans.create({"patient_id": self.john.id, "name": "Crown"})
        self.crown = (
            self.env["dental.procedure"]
            .with_user(self.clinician)
            .create(
                {
                    "patient_id": self.john.id,
                    "code_id": self.codes["crown"].id,
                    "tooth": "36",
                    "prosthesis": "initial",
                    "provider_id": self.provider.id,
                    "treatment_plan_id": plan.id,
                }
            )
        )
        self.visit.action_checkout()
        self.visit.action_done()
        for stamp in ("confirmed_at", "arrived_at", "seated_at", "treated_at", "dismissed_at"):
            self.assertTrue(self.visit[stamp], stamp)

    def _x_ray_from_the_old_practice(self):
        request = (
            self.env["dental.request"]
            .with_user(self.coordinator)
            .create(
                {
                    "patient_id": self.john.id,
                    "kind": "periapical",
                    "teeth": "36",
                    "partner_id": self.practice.id,
                    "reason": "Before the crown",
                }
            )
        )
        request.action_ask()
        self.env["dental.image"].with_user(self.coordinator).create(
            {
                "patient_id": self.john.id,
                "request_id": request.id,
                "kind": "periapical",
                "file": PNG,
            }
        )
        request.action_receive()
        request.with_user(self.clinician).action_review()
        request.action_tell()
        self.assertRecordValues(request, [{"state": "told", "reviewed_by_id": self.clinician.id}])

    # 5. The estimate

    def _estimate_crown(self):
        crown = self.crown.with_user(self.coordinator)
        self.estimate = crown._make_estimate()
        self.assertRecordValues(
            self.estimate.line_ids,
            [
                {
                    "fee": 1150.0,
                    "plan_amount": 402.0,
                    "write_off": 0.0,
                    "patient_amount": 748.0,
                }
            ],
        )
        rules = [step["rule"] for step in self.estimate.line_ids.trace]
        self.assertLess(rules.index("deductible"), rules.index("percent"))
        self.assertLess(rules.index("percent"), rules.index("maximum_individual"))
        told = {step["rule"]: step for step in self.estimate.line_ids.trace}
        self.assertIn("Eligibility file", told["deductible"]["source"])
        self.assertEqual(told["deductible"]["verified_on"], "2019-03-13")

    # 6. Asked beforehand

    def _ask_beforehand(self):
        desk = self.estimate.with_user(self.coordinator)
        self.precert = desk.env["dental.precert"].browse(desk.action_precert()["res_id"])
        self.precert.action_send()
        raw = self.precert.exchange_id._bytes()
        (asked,) = answers.parse_837d(raw)
        self.assertTrue(asked["predetermination"])
        self.assertFalse(asked["service_date"])
        self.assertEqual(check(raw), [])

    def _answer_arrives(self):
        action = self.precert.action_answer()
        wizard = self.env["dental.precert.answer"].with_user(self.coordinator)
        answer = wizard.with_context(**action["context"]).create(
            {"number": "PD-4711", "valid_until": "2026-09-15"}
        )
        answer.line_ids.write({"allowed": 1150.0, "plan_amount": 400.0})
        answer.action_record()
        again = self.crown.with_user(self.coordinator)._make_estimate()
        self.assertRecordValues(again.line_ids, [{"plan_amount": 400.0, "patient_amount": 750.0}])
        self.assertEqual(self.estimate.state, "superseded")

    # 7. Crown and checkout

    def _crown_visit(self):
        self.second = (
            self.env["dental.appointment"]
            .with_user(self.coordinator)
            .create(
                {
                    "patient_id": self.john.id,
                    "type_id": self.visit_type.id,
                    "provider_id": self.provider.id,
                    "operatory_id": self.chair.id,
                    "start": "2026-03-17 09:30:00",
                }
            )
        )
        self.crown.with_user(self.coordinator).appointment_id = self.second
        for step in ("confirm", "arrive", "seat", "treat", "checkout"):
            getattr(self.second, f"action_{step}")()
        self._check_out(self.second, user=self.coordinator, pay=750.0)
        bill = self._invoice(self.second)
        self.assertRecordValues(bill, [{"partner_id": self.guarantor.id, "amount_total": 1150.0}])
        self.claim = self._claims(self.second)
        self.assertRecordValues(
            self.claim,
            [{"state": "made", "expected": 400.0, "precert_id": self.precert.id, "charge": 1150.0}],
        )
        self.assertEqual(bill.amount_residual, 0.0, "her part is paid, the rest is the payer's")
        self.assertEqual(
            self._balances(),
            {"guarantor": 0.0, "insurance": 400.0, "allocate": 0.0, "adjustment": 0.0},
        )

    def _file_claim(self):
        self.claim.action_send()
        self.raw = self.claim.exchange_id._bytes()
        self.assertEqual(check(self.raw), [])
        self.assertIn(b"REF*G3*PD-4711~", self.raw)
        self._receive(answers.ack_999(self.raw))
        self._receive(answers.claim_ack(self.raw))
        self.assertRecordValues(self.claim, [{"state": "accepted", "payer_number": "P000001"}])
        self.assertEqual(
            self.claim.event_ids.sorted("id").mapped("kind"), ["made", "sent", "999", "277CA"]
        )

    # 8. The money

    def _post_remittance(self):
        remittance = self._pay(
            self.raw,
            lambda claim, line: [("PR", "1", 50), ("PR", "2", 720)],
            trace="EFT-1",
        )
        self.assertEqual(remittance.claim_ids.difference, -20.0)
        remittance.action_post()
        self.assertRecordValues(self.claim, [{"state": "closed", "paid": 380.0}])
        self.assertEqual(
            self._balances(),
            {"guarantor": 20.0, "insurance": 0.0, "allocate": 0.0, "adjustment": 0.0},
        )

    def _close_account(self):
        statement = (
            self.env["dental.statement"]
            .with_user(self.billing)
            .create({"guarantor_id": self.guarantor.id})
        )
        self.assertEqual(statement.amount_due, 20.0)
        self.assertEqual(
            statement.line_ids.sentence,
            "John: crown cost 1,150.00; your plan paid 380.00; you paid 750.00; 20.00 is left.",
        )
        statement.action_review()
        self.assertTrue(statement.sudo().document, "the PDF is kept")
        pay = self.env["dental.desk.payment"].with_user(self.front_desk)
        pay.create(
            {
                "guarantor_id": self.guarantor.id,
                "company_id": self.company.id,
                "amount": 20.0,
                "method": str(self.journal.id),
            }
        ).action_pay()
        self.assertEqual(set(self._balances().values()), {0.0}, "every balance is zero")
        self.assertEqual(self.crown.state, "settled")
        self.assertEqual(self._invoice(self.second).payment_state, "paid")

    # 9. What comes next, and who saw what

    def _look_ahead(self):
        recall_type = self.env.ref("dental_coordinator.recall_type_cleaning")
        recall = (
            self.env["dental.recall"]
            .with_user(self.coordinator)
            .create({"patient_id": self.john.id, "type_id": recall_type.id, "due": "2026-09-18"})
        )
        referral = (
            self.env["dental.referral"]
            .with_user(self.coordinator)
            .create(
                {
                    "patient_id": self.john.id,
                    "partner_id": self.specialist.id,
                    "reason": "Root of 47",
                }
            )
        )
        for open_thing in (recall, referral):
            self.assertTrue(open_thing.owner_id and open_thing.next_date, open_thing._name)

    def _audit(self):
        """The access log tells who saw what; those who look at records leave a line."""
        self.john.with_user(self.clinician).web_read({"display_name": {}})
        self.claim.with_user(self.billing).web_read({"number": {}})
        log = self.env["dental.access.log"].with_user(self.privacy_officer)
        lines = log.search([("patient_key", "=", self.john.id)])
        seen = {(line.user_id, line.action, line.model) for line in lines}
        for line in (
            (self.clinician, "open", "dental.patient"),
            (self.billing, "open", "dental.claim"),
            (self.billing, "send", "dental.claim"),
            (self.coordinator, "send", "dental.precert"),
        ):
            self.assertIn(line, seen)
        self.assertFalse(log._first_broken(), "the chain of the log is whole")
