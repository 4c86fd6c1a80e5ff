# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime, timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DentalInsuranceCase
from .x12 import answers
from .x12.files import sample

ALLIANCE = "DG ALLIANCE SELECT, DG ELITE, DG CONNECT"
PLUS = "DG PLUS, NON CONTRACTED"


@tagged("post_install", "-at_install")
class TestVerification271(DentalInsuranceCase):
    """A real plan's answer: 118 rows, proposed, accepted by a person, kept with its source."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.raw = sample("271/x271Test-dental-4010.txt")
        cls.doe = cls._new_patient("John", "Doe", birth_date="1984-07-04", **cls.address)
        cls.guardian = cls._new_plan("Guardian")
        cls.cover = cls._cover(cls.doe, cls.guardian, "123456789")
        cls.exchange = cls._receive(cls.raw, user=cls.coordinator, filename="271.txt")
        cls.check = cls.exchange.verification_ids

    def _rules(self, **domain):
        rules = self.env["dental.insurance.benefit"].search(
            [("plan_id", "=", self.guardian.id), *((k, "=", v) for k, v in domain.items())]
        )
        return rules

    def test_file_is_kept_raw_and_found_its_patient(self):
        self.assertRecordValues(self.exchange, [{"kind": "271", "state": "read"}])
        self.assertEqual(self.exchange._bytes(), self.raw)
        self.assertRecordValues(
            self.check,
            [
                {
                    "coverage_id": self.cover.id,
                    "state": "in_progress",
                    "method": "file",
                    "rows_read": 118,
                    "active_said": "yes",
                    "verified_on": date(2019, 3, 13),
                }
            ],
        )

    def test_every_row_of_the_file_is_shown(self):
        """118 rows; the eight that only tell what is left stand with their totals."""
        numbers = set(self.check.row_ids.mapped("number"))
        self.assertEqual(set(range(1, 119)) - numbers, {77, 80, 82, 84})

    def test_nothing_changes_before_a_person_accepts(self):
        self.assertFalse(self._rules())
        self.assertTrue(self.check.open_row_count)

    def test_two_networks_are_told_apart(self):
        self.assertEqual(self.check.network_names, f"{ALLIANCE} | {PLUS}")
        self.check.action_accept_all()
        crowns = self._rules(kind="percent", scope="category", category_id=self._crowns())
        self.assertEqual(
            {rule.network_name: rule.percent for rule in crowns}, {ALLIANCE: 60.0, PLUS: 50.0}
        )

    def test_deductibles(self):
        self.check.action_accept_all()
        self.assertEqual(
            sorted(
                (rule.level, rule.network_name, rule.amount, rule.period)
                for rule in self._rules(kind="deductible")
            ),
            [
                ("family", PLUS, 150.0, "service_year"),
                ("individual", PLUS, 50.0, "service_year"),
            ],
        )

    def test_maximum_and_what_is_left_of_it(self):
        self.check.action_accept_all()
        yearly = self._rules(kind="maximum", scope="general", network_name=PLUS)
        self.assertRecordValues(
            yearly, [{"amount": 2000.0, "level": "individual", "period": "calendar_year"}]
        )
        self.guardian.network = PLUS
        used = self.cover.usage_ids.filtered(lambda one: one.kind == "maximum")
        self.assertEqual(set(used.mapped("amount")), {0.0}, "2000 of 2000 are left")
        self.assertTrue(all(used.mapped("is_total")))

    def test_orthodontic_lifetime_maximum(self):
        self.check.action_accept_all()
        ortho = self._rules(
            kind="maximum", category_id=self._category("ortho").id, network_name=PLUS
        )
        self.assertRecordValues(ortho, [{"amount": 1000.0, "period": "lifetime"}])

    def test_one_in_six_months(self):
        self.check.action_accept_all()
        cleaning = self._rules(kind="frequency", group_label="PROPHYLAXIS")
        self.assertRecordValues(
            cleaning, [{"quantity": 1, "period": "months", "period_count": 6, "scope": "group"}]
        )
        self.assertEqual(cleaning.value, "1 per 6 months")
        self.assertFalse(cleaning.code_ids, "which codes that is, the file does not say")

    def test_age_limits(self):
        self.check.action_accept_all()
        limits = {rule.subject: (rule.age_from, rule.age_to) for rule in self._rules(kind="age")}
        self.assertEqual(
            limits,
            {
                "D0431": (40, 0),
                "HARMFUL HABITS APPLIANCE": (0, 14),
                "AMALGAM & COMPOSITE": (0, 18),
                "SEALANTS": (0, 15),
            },
        )

    def test_what_was_not_said_stays_unknown(self):
        self.check.action_accept_all()
        self.assertFalse(self._rules(kind="waiting"))
        self.assertFalse(self._rules(kind="deductible", network_name=ALLIANCE))
        self.assertFalse(self._rules(kind="missing_tooth"))

    def test_source_and_date_are_kept(self):
        self.check.action_accept_all()
        rules = self._rules(kind="deductible")
        self.assertEqual(set(rules.mapped("source")), {"file"})
        self.assertEqual(set(rules.mapped("as_of")), {date(2019, 3, 13)})
        self.assertEqual(rules.exchange_id, self.exchange)
        self.assertEqual(rules.user_id, self.coordinator)
        self.assertRecordValues(self.check, [{"state": "verified", "open_row_count": 0}])
        self.assertEqual(self.cover.verified_on, date(2019, 3, 13))

    def test_row_by_row(self):
        row = self.check.row_ids.filtered(lambda one: one.kind == "deductible")[0]
        self.assertRecordValues(row, [{"difference": "new", "current": False}])
        row.action_accept()
        self.assertEqual(len(self._rules()), 1)
        self.assertRecordValues(row, [{"state": "accepted", "difference": "same"}])
        row.action_accept()
        self.assertEqual(len(self._rules()), 1)

    def test_difference_to_what_is_on_file(self):
        self._rule(
            "deductible",
            self.guardian,
            amount=75,
            period="service_year",
            network_name=PLUS,
            source="phone",
        )
        row = self.check.row_ids.filtered(
            lambda one: one.kind == "deductible" and one.vals["level"] == "individual"
        )
        self.assertEqual(row.difference, "differs")
        self.assertIn("75.00", row.current)
        self.assertIn("50.00", row.said)
        row.action_accept()
        rules = self._rules(kind="deductible")
        self.assertEqual(rules.amount, 50.0)
        kept = rules.with_context(active_test=False).search(
            [("plan_id", "=", self.guardian.id), ("active", "=", False)]
        )
        self.assertEqual(kept.amount, 75.0, "what was believed before can still be told")

    def test_note_rows_inform_and_are_not_taken_over(self):
        note = self.check.row_ids.filtered(lambda one: one.number == 87)
        self.assertIn("PREPARATION DATE", note.said)
        self.assertEqual(note.difference, "info")
        with self.assertRaisesRegex(UserError, "only informs"):
            note.action_accept()

    def test_guessed_category_stands_only_where_the_payer_is_of_one_mind(self):
        """Exams and consultations differ out of network: neither is all of diagnostics."""
        self.check.action_accept_all()
        diagnostic = self._category("diagnostic").id
        plus = self._rules(kind="percent", category_id=diagnostic, network_name=PLUS)
        self.assertEqual(
            sorted((rule.scope, rule.group_label, rule.percent) for rule in plus),
            [("group", "CONSULTATION", 80.0), ("group", "EXAMS", 100.0)],
        )
        preventive = self._rules(
            kind="percent",
            scope="category",
            category_id=self._category("preventive").id,
            network_name=PLUS,
        )
        self.assertEqual(preventive.percent, 100.0)

    def test_a_person_lists_the_codes_of_a_class(self):
        self.check.action_accept_all()
        self.guardian.network = PLUS
        procedure = self._new_procedure("cleaning", self.doe)
        unknown = procedure._make_estimate().line_ids.unknowns
        self.assertIn("PROPHYLAXIS: 1 per 6 months", " ".join(row["text"] for row in unknown))
        rule = self._rules(kind="frequency", group_label="PROPHYLAXIS")
        rule.code_ids = self.codes["cleaning"]
        again = procedure._make_estimate().line_ids.unknowns
        self.assertNotIn("PROPHYLAXIS", " ".join(row["text"] for row in again))

    def test_estimate_by_the_accepted_rules(self):
        """Out of network: 1150, deductible 50, half of the rest; the file is the source."""
        self.check.action_accept_all()
        self.guardian.write({"network": PLUS, "kind": "percentage"})
        estimate = self._new_procedure("crown", self.doe)._make_estimate()
        self.assertEqual(estimate.line_ids.plan_amount, 550.0)
        step = next(s for s in estimate.line_ids.trace if s["rule"] == "deductible")
        self.assertIn("Eligibility file", step["source"])
        self.assertEqual(step["verified_on"], "2019-03-13")

    def test_same_file_again_is_told_and_changes_nothing(self):
        with self.assertRaisesRegex(UserError, f"imported before: {self.exchange.number}"):
            self._receive(self.raw)

    def test_unknown_member_is_left_to_a_person(self):
        raw = answers.eligibility(["EB*1**35", "EB*C*IND*35***23*75"], member_id="M999")
        exchange = self._receive(raw)
        self.assertEqual(exchange.state, "waiting")
        self.assertIn("M999", exchange.summary)
        wizard = self.env["dental.exchange.assign"].with_user(self.billing)
        wizard.create(
            {
                "exchange_id": exchange.id,
                "patient_id": self.patient.id,
                "coverage_id": self.coverage.id,
            }
        ).action_assign()
        self.assertEqual(exchange.state, "read")
        self.assertEqual(exchange.verification_ids.coverage_id, self.coverage)

    def test_refusal_of_the_payer_is_shown(self):
        raw = answers.eligibility([], member_id="M100", last="Kowalski", rejection="75")
        check = self._receive(raw).verification_ids
        self.assertRecordValues(check, [{"state": "unable", "coverage_id": self.coverage.id}])
        self.assertTrue(check.note)

    def test_inactive_coverage(self):
        raw = answers.eligibility(
            ["EB*6**35"], member_id="M100", last="Kowalski", birth=date(1992, 5, 4)
        )
        check = self._receive(raw).verification_ids
        self.assertRecordValues(check, [{"state": "not_eligible", "active_said": "no"}])

    def _crowns(self):
        return self._category("crowns").id


@tagged("post_install", "-at_install")
class TestVerification(DentalInsuranceCase):
    """The list of what to verify, and the telephone."""

    def _check(self, **vals):
        checks = self.env["dental.insurance.verification"].with_user(self.coordinator)
        return checks.create({"coverage_id": self.coverage.id, **vals})

    def test_coming_visits_are_put_on_the_list_once(self):
        visit = self._new_visit("exam", days_ago=-3, status="scheduled")
        checks = self.env["dental.insurance.verification"]
        first = checks._cron_prepare()
        self.assertRecordValues(
            first, [{"coverage_id": self.coverage.id, "appointment_id": visit.id, "state": "todo"}]
        )
        self.assertFalse(checks._cron_prepare())

    def test_an_evening_on_the_last_day_of_a_coverage_is_put_on_the_list(self):
        self.company.resource_calendar_id.tz = "America/Los_Angeles"
        night = datetime.now().replace(hour=3, minute=0, microsecond=0) + timedelta(days=3)
        visit = self._new_visit("exam", start=night, status="scheduled")
        self.coverage.date_to = visit._local_day()
        self.assertLess(self.coverage.date_to, visit.start.date())
        check = self.env["dental.insurance.verification"]._cron_prepare()
        self.assertEqual(check.coverage_id, self.coverage)
        self.assertEqual(check.next_date, self.coverage.date_to - timedelta(days=2))

    def test_lately_verified_coverage_is_left_alone(self):
        # A benefit year that began this month does not end before the visit, in December either.
        self.coverage.plan_id.benefit_year_month = str(date.today().month)
        self._check(state="verified", verified_on=date.today(), method="phone")
        self._new_visit("exam", days_ago=-3, status="scheduled")
        self.assertFalse(self.env["dental.insurance.verification"]._cron_prepare())

    def test_by_telephone(self):
        check = self._check()
        with self.assertRaisesRegex(UserError, "choose how it was verified"):
            check.action_verified()
        check.write({"method": "phone", "representative": "Ms Reed", "reference": "88213"})
        check.action_verified()
        self.assertRecordValues(check, [{"state": "verified", "verified_on": date.today()}])

    def test_unable_stays_open_with_a_next_date(self):
        check = self._check()
        check.action_unable()
        self.assertTrue(check._is_open())
        self.assertGreater(check.next_date, date.today())

    def test_card_is_added_on_one_page(self):
        child = self._new_patient("Ola", "Kowalski", birth_date="2015-02-03", **self.address)
        child.guarantor_id = self.patient.partner_id
        wizard = self.env["dental.coverage.add"].with_user(self.coordinator)
        add = wizard.create(
            {
                "patient_id": child.id,
                "plan_id": self.plan.id,
                "member_id": "m100",
                "relation": "child",
            }
        )
        self.assertEqual(add.policy_id, self.coverage.policy_id, "the mother's card is on file")
        self.assertEqual(add.subscriber_id, self.patient.partner_id)
        add.action_add()
        self.assertRecordValues(
            child.coverage_ids,
            [{"policy_id": self.coverage.policy_id.id, "sequence": 1, "relation": "child"}],
        )

    def test_new_card_makes_a_policy_with_the_subscribers_name(self):
        second = self._new_patient("Ola", "Sow", birth_date="1980-02-03", sex="F")
        wizard = self.env["dental.coverage.add"].with_user(self.coordinator)
        wizard.create(
            {
                "patient_id": second.id,
                "plan_id": self.plan.id,
                "member_id": "X7",
                "relation": "self",
                "release": True,
            }
        ).action_add()
        self.assertRecordValues(
            second.coverage_ids.policy_id,
            [
                {
                    "subscriber_first_name": "Ola",
                    "subscriber_last_name": "Sow",
                    "subscriber_sex": "F",
                    "release_on_file": date.today(),
                }
            ],
        )

    def test_member_id_finds_the_file(self):
        found = self.env["dental.patient"].with_user(self.coordinator).find("M100")
        self.assertEqual([row["id"] for row in found], self.patient.ids)

    def test_header_tells_the_plan(self):
        header = self.patient.with_user(self.coordinator).header_data()
        fact = next(one for one in header["facts"] if one["key"] == "plan")
        self.assertEqual((fact["label"], fact["level"]), ("Harbor PPO", "warning"))
