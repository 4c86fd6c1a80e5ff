# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..x12 import kinds
from .common import DentalInsuranceCase
from .test_x12_oracles import needs
from .x12.files import sample


class CallCase(DentalInsuranceCase):
    def _check(self, *kinds, **vals):
        visit = self._new_visit(*kinds, status="scheduled") if kinds else None
        check = self.env["dental.insurance.verification"].create(
            {"coverage_id": self.coverage.id, "appointment_id": visit and visit.id, **vals}
        )
        return check.with_user(self.coordinator)

    def _answer(self, check, **answers):
        for question in check.question_ids:
            if question.key in answers:
                question.answer = answers[question.key]


@tagged("post_install", "-at_install")
class TestCall(CallCase):
    """A payer is asked by telephone: only what the visit needs, and nothing is lost."""

    def test_a_cleaning_asks_little_and_a_crown_asks_the_clauses(self):
        cleaning, crown = self._check("cleaning"), self._check("crown")
        for check in cleaning | crown:
            check.action_start_call()
        self.assertLessEqual(len(cleaning.question_ids), 10)
        asked = set(crown.question_ids.mapped("key"))
        self.assertLessEqual({"replacement", "waiting", "percent", "precert"}, asked)
        self.assertNotIn("cleaning_frequency", asked)
        self.assertIn("crowns", crown.question_ids.filtered(lambda q: q.key == "percent").text)

    def test_what_is_known_is_not_asked(self):
        self._usual_rules()
        check = self._check("crown")
        check.action_start_call()
        year = {one.key for one in check.question_ids if one.reason == "last_year"}
        keys = set(check.question_ids.mapped("key"))
        if date.today().year == 2026:  # the rules were told on 12 January 2026
            self.assertNotIn("maximum", keys)
        else:
            self.assertIn("maximum", year)

    def test_answers_become_rows_beside_the_record(self):
        self._rule("percent", category="crowns", percent=50, as_of="2020-01-01")
        self._rule("maximum", amount=2000, period="service_year", as_of="2020-01-01")
        check = self._check("crown")
        check.action_start_call()
        self._answer(
            check,
            active="yes",
            maximum="2000",
            maximum_used="600",
            percent="60",
            deductible="50",
            deductible_applies="yes",
            waiting="12 months",
            replacement="1 per 5 years",
        )
        check.write({"representative": "Ms Reed", "reference": "88214"})
        check.action_finish_call()
        rows = {row.kind: row for row in check.row_ids if row.vals}
        self.assertEqual(rows["percent"].difference, "differs")
        self.assertEqual(rows["percent"].current, "50 %")
        self.assertEqual(rows["percent"].state, "proposed")
        self.assertEqual(rows["waiting"].difference, "new")
        self.assertEqual(rows["maximum"].state, "accepted", "it only confirms the record")
        rows["percent"].action_accept()
        rule = self.plan.benefit_ids.filtered(lambda r: r.kind == "percent")
        self.assertRecordValues(
            rule,
            [
                {
                    "percent": 60.0,
                    "deductible_applies": "yes",
                    "source": "phone",
                    "representative": "Ms Reed",
                    "reference": "88214",
                    "as_of": date.today(),
                }
            ],
        )
        frequency = rows["frequency"]
        frequency.action_accept()
        rule = self.plan.benefit_ids.filtered(lambda r: r.kind == "frequency")
        self.assertEqual((rule.quantity, rule.period, rule.period_count), (1, "years", 5))

    def test_used_benefits_are_the_patients(self):
        check = self._check("cleaning")
        check.action_start_call()
        self._answer(check, maximum_used="600", last_cleaning="2026-01-15", deductible_met="0")
        check.representative = "Ms Reed"
        check.action_finish_call()
        check.row_ids.filtered(lambda row: row.usage).action_accept()
        usages = self.coverage.usage_ids.sorted("kind")
        self.assertEqual(usages.mapped("kind"), ["deductible", "maximum", "service"])
        self.assertEqual(usages.mapped("amount"), [0.0, 600.0, 0.0])
        self.assertEqual(usages[2].date, date(2026, 1, 15))
        self.assertEqual(usages[2].category_id.key, "preventive")
        self.assertFalse(self.plan.benefit_ids)

    def test_blank_stays_unknown(self):
        check = self._check("crown")
        check.action_start_call()
        self._answer(check, percent="0")
        check.representative = "Ms Reed"
        check.action_finish_call()
        self.assertEqual(check.row_ids.mapped("kind"), ["percent"])
        check.row_ids.action_accept()
        self.assertEqual(self.plan.benefit_ids.percent, 0.0)

    def test_not_in_force(self):
        check = self._check("cleaning")
        check.action_start_call()
        self._answer(check, active="no, since May")
        check.representative = "Ms Reed"
        check.action_finish_call()
        check.action_verified()
        self.assertEqual(check.state, "not_eligible")

    def test_dropped_call_goes_on_where_it_stopped(self):
        check = self._check("crown")
        with freeze_time("2026-03-02 09:00:00"):
            check.action_start_call()
            self._answer(check, percent="50")
        number = len(check.question_ids)
        with freeze_time("2026-03-02 09:04:30"):
            check.action_pause_call()
        self.assertEqual((check.call_seconds, check.call_time), (270, "4:30"))
        with freeze_time("2026-03-02 11:00:00"):
            check.action_start_call()
        with freeze_time("2026-03-02 11:01:00"):
            check.action_pause_call()
        self.assertEqual(check.call_seconds, 330)
        self.assertEqual(len(check.question_ids), number, "no question is asked twice")
        self.assertEqual(check.unanswered_count, number - 1)
        self.assertEqual(check.question_ids.filtered("answer").answer, "50")

    def test_who_answered_is_the_proof(self):
        check = self._check("cleaning")
        check.action_start_call()
        self._answer(check, active="yes")
        with self.assertRaisesRegex(UserError, "who answered"):
            check.action_finish_call()
        check.representative = "Ms Reed"
        check.action_finish_call()
        self.assertIn("Is the cover in force today? <strong>yes", check.readback_html)

    def test_nothing_answered_is_no_call(self):
        check = self._check("cleaning", representative="Ms Reed")
        check.action_start_call()
        with self.assertRaisesRegex(UserError, "nothing was answered"):
            check.action_finish_call()

    def test_what_is_not_understood_says_how_to_type_it(self):
        check = self._check("crown")
        check.action_start_call()
        percent = check.question_ids.filtered(lambda one: one.key == "percent")
        with self.assertRaisesRegex(ValidationError, "crowns.*“half”.*such as 80"):
            percent.answer = "half"

    def test_answers_of_the_last_call_are_not_asked_again(self):
        check = self._check("cleaning", representative="Ms Reed")
        check.action_start_call()
        self._answer(check, active="yes", network="yes")
        check.action_finish_call()
        check.action_verified()
        again = self._check("cleaning")
        again.action_start_call()
        self.assertFalse({"active", "network"} & set(again.question_ids.mapped("key")))

    def test_front_desk_reads_and_does_not_answer(self):
        check = self._check("cleaning")
        check.action_start_call()
        with self.assertRaises(AccessError):
            check.question_ids[:1].with_user(self.front_desk).answer = "yes"


@tagged("post_install", "-at_install")
class TestVerificationList(CallCase):
    """Which covers come on the list, and what the visit shows of them."""

    def _prepare(self, visit):
        self.env["dental.insurance.verification"]._cron_prepare(days=400)
        return visit.verification_ids

    def _verified(self, day):
        check = self._check(method="phone", verified_on=day)
        check.action_verified()
        return check

    def _visit_on(self, day):
        return self._new_visit(
            "cleaning", status="scheduled", start=fields.Datetime.to_datetime(day)
        )

    def test_new_benefit_year_before_the_visit_is_asked_again(self):
        self._verified(date.today())
        next_year = self._visit_on(date(date.today().year + 1, 1, 15))
        self.assertEqual(len(self._prepare(next_year)), 1)

    def test_same_year_is_not(self):
        self._verified(date.today())
        visit = self._visit_on(date.today() + timedelta(days=1))
        if visit.start.year == date.today().year:
            self.assertFalse(self._prepare(visit))

    def test_do_not_verify(self):
        visit = self._visit_on(date.today() + timedelta(days=3))
        self.coverage.no_verify = True
        self.assertFalse(self._prepare(visit))
        self.coverage.no_verify = False
        self.plan.no_verify = True
        self.assertFalse(self._prepare(visit))
        self.plan.no_verify = False
        self.assertEqual(len(self._prepare(visit)), 1)

    def test_visit_shows_every_cover(self):
        other = self._new_plan("Union")
        self._cover(self.patient, other, "U1", sequence=2)
        visit = self._visit_on(date.today())
        self.assertEqual(visit.coverage_state, "unverified")
        self._verified(date.today())
        self.assertEqual(visit.coverage_state, "unverified", "the second plan is not")
        self.env.invalidate_all()
        self.assertIn("Harbor PPO: verified", visit.coverage_text)
        self.assertIn("Union: not verified", visit.coverage_text)
        check = self._check()
        check.action_unable()
        self.env.invalidate_all()
        self.assertEqual(visit.coverage_state, "problem")


@tagged("post_install", "-at_install")
class TestAskByFile(CallCase):
    """270: for one cover, or for all visits of the next days."""

    def test_one(self):
        check = self._check("cleaning")
        check.action_ask_270()
        exchange = check.sudo().asked_exchange_id
        raw = exchange._bytes()
        self.assertEqual(kinds(raw), ("270",))
        self.assertEqual(exchange.kind, "270")
        self.assertIn(f"TRN*1*{check.number}*9587654321~".encode(), raw)
        self.assertIn(b"NM1*IL*1*KOWALSKI*MARTA****MI*M100~", raw)
        self.assertEqual(check.state, "in_progress")

    def test_all_of_the_next_days_in_one_file_and_the_rest_with_the_reason(self):
        child = self._new_patient("Ola", "Kowalski", birth_date="2015-01-01", **self.address)
        coverage = self.env["dental.insurance.coverage"].create(
            {
                "patient_id": child.id,
                "policy_id": self.coverage.policy_id.id,
                "relation": "child",
            }
        )
        self.coverage.policy_id.subscriber_birth_date = "1992-05-04"
        nobody = self._new_patient("No", "Birthday")
        lacking = self._cover(nobody, self.plan, "M300")
        checks = self.env["dental.insurance.verification"]
        for cover in (self.coverage, coverage, lacking):
            visit = self._new_visit("cleaning", patient=cover.patient_id, status="scheduled")
            checks |= checks.create({"coverage_id": cover.id, "appointment_id": visit.id})
        self.env["dental.insurance.verification"].with_user(self.coordinator).action_ask_coming()
        exchange = checks.asked_exchange_id
        self.assertEqual(len(exchange), 1)
        raw = exchange._bytes()
        self.assertEqual(raw.count(b"~ST*270*") + raw.count(b"\nST*270*"), 2)
        self.assertIn("birth date", checks[2].ask_problem)
        self.assertFalse(checks[2].asked_exchange_id)
        with self.assertRaisesRegex(UserError, "birth date"):
            self.env["dental.insurance.verification"].with_user(
                self.coordinator
            ).action_ask_coming()

    def test_written_file_is_read_back_by_another_library(self):
        needs("x12sdk")
        from x12sdk.io import X12ModelReader

        check = self._check("cleaning")
        check.action_ask_270()
        raw = check.sudo().asked_exchange_id._bytes().decode().replace("\n", "")
        with X12ModelReader(raw) as reader:
            names = [type(model).__name__ for model in reader.models()]
        self.assertEqual(names, ["EligibilityInquiry"])

    def test_answer_finds_its_question_by_our_number(self):
        check = self._check("cleaning")
        check.action_ask_270()
        sibling = self._check("cleaning")
        answer = type("Answer", (), {"trace": check.number, "person": None})
        exchange = self.env["dental.exchange"].new({"company_id": self.company.id})
        found = check.sudo()._find_check(exchange, answer, {})
        self.assertEqual(found.id, check.id)
        self.assertNotEqual(found.id, sibling.id)


@tagged("post_install", "-at_install")
class TestEveryPublished271(CallCase):
    """Each published shape of an answer becomes rows to accept, or says what to do."""

    def _import(self, name):
        check = self._check("cleaning")
        exchange = self._receive(
            sample(f"271/{name}"), user=self.coordinator, verification_id=check.id
        )
        self.assertNotEqual(exchange.state, "refused", exchange.error)
        return check

    def test_subscriber(self):
        check = self._import("generic-response-subscriber.edi")
        self.assertEqual(check.active_said, "yes")
        self.assertEqual(check.rows_read, len(set(check.row_ids.mapped("number"))))
        copays = check.row_ids.filtered(lambda row: row.kind == "copay")
        self.assertEqual(
            {(row.vals["amount"], row.vals["network"]) for row in copays},
            {(10.0, "in"), (30.0, "out")},
        )

    def test_dependent(self):
        check = self._import("generic-response-dependent.edi")
        self.assertEqual(check.active_said, "yes")
        self.assertTrue(check.row_ids)

    def test_refused_question(self):
        check = self._import("error-response-aaa.edi")
        self.assertEqual((check.state, check.rows_read), ("unable", 0))
        self.assertTrue(check.note)
        self.assertFalse(check.row_ids)

    def test_dental_4010(self):
        check = self._import("x271Test-dental-4010.txt")
        self.assertEqual(check.rows_read, 118)
        self.assertTrue(check.open_row_count)
