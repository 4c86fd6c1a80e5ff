# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

import psycopg2

from odoo import fields
from odoo.tests import tagged
from odoo.tools import format_date, mute_logger

from .common import DentalInsuranceCase


@tagged("post_install", "-at_install")
class TestBeforeBooking(DentalInsuranceCase):
    """Money, covers and payers' answers, where somebody is about to be booked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()

    def _texts(self, key, user=None):
        patient = self.patient.with_user(user or self.billing)
        lines = patient.before_booking()["lines"]
        return [(line["level"], line["text"]) for line in lines if line["key"] == key]

    def _owe(self, days_ago):
        """The guarantor owes the fee of a crown, due so many days ago."""
        before = self.guarantor._dental_open_items(self.company)
        self._check_out(self._new_visit("crown", days_ago=days_ago))
        items = self.guarantor._dental_open_items(self.company) - before
        items.date_maturity = date.today() - timedelta(days=days_ago)

    def test_what_the_account_owes_and_what_of_it_is_overdue(self):
        self.assertEqual(self._texts("account"), [])
        self._owe(days_ago=0)
        ((level, text),) = self._texts("account")
        self.assertEqual(level, "info")
        self.assertRegex(text, r"^Account owes \$.*, not overdue$")
        items = self.guarantor._dental_open_items(self.company)
        items.date_maturity = date.today() - timedelta(days=40)
        ((level, text),) = self._texts("account")
        self.assertEqual(level, "warn")
        self.assertRegex(text, r"^Account owes \$.*, overdue since ")
        self._owe(days_ago=0)
        ((_level, text),) = self._texts("account")
        self.assertRegex(text, r"^Account owes \$.*, \$.* of it overdue since ")

    def test_what_was_paid_ahead(self):
        journal = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        self.guarantor._dental_receive(40.0, journal)
        self.assertEqual(self._texts("account"), [("info", "Account: $\xa040.00 paid ahead")])

    def test_who_does_not_bill_sees_no_money(self):
        self._owe(days_ago=3)
        lines = self.patient.with_user(self.front_desk).before_booking()["lines"]
        texts = " ".join(line["text"] for line in lines)
        self.assertIn("Harbor PPO: not verified", texts)
        self.assertNotIn("$", texts)
        self.assertNotIn("Account", texts)
        facts = self.patient.with_user(self.front_desk)._booking_facts()
        self.assertNotIn("$", " ".join(facts[self.patient.id]))

    def test_cover_verified_or_not_and_what_is_left(self):
        ((level, text),) = self._texts("cover")
        self.assertEqual(level, "warn")
        self.assertRegex(text, r"^Harbor PPO: not verified, \$.2,000\.00 left until ")
        self.env["dental.insurance.verification"].create(
            {"coverage_id": self.coverage.id, "state": "verified", "verified_on": date.today()}
        )
        ((level, text),) = self._texts("cover")
        self.assertEqual(level, "info")
        self.assertIn("verified for this benefit year", text)

    def test_cover_that_has_ended(self):
        self.coverage.date_to = date.today() - timedelta(days=1)
        ((level, text),) = self._texts("cover")
        self.assertEqual(level, "warn")
        self.assertRegex(text, "^Insurance ended: Harbor PPO on ")

    def test_precertification_wanted_and_awaited(self):
        self._new_procedure("crown")
        self.assertEqual(self._texts("precert"), [])
        self.env["dental.precert.rule"].create(
            {"company_id": self.company.id, "plan_id": self.plan.id, "requirement": "required"}
        )
        ((level, text),) = self._texts("precert")
        self.assertEqual(level, "warn")
        self.assertRegex(text, "^Precertification required, not asked: ")
        finder = self._finder()
        (fact,) = finder._expected()
        self.assertGreater(fact.on, date.today())
        self.assertIn("before the payer's answer", fact.before)
        procedure = self.patient.with_user(self.billing).procedure_ids.filtered(
            lambda one: one._is_open()
        )
        precert = self.env["dental.precert"]._open_for(procedure[:1], self.coverage)
        ((_level, text),) = self._texts("precert")
        self.assertRegex(text, "^Precertification awaited: ")
        precert.line_ids.approved = "no"
        precert.state = "denied"
        ((_level, text),) = self._texts("precert")
        self.assertRegex(text, "^Precertification denied: ")
        self.assertEqual(list(finder._expected()), [])

    def _limits(self, kind=False, **place):
        lines = self.patient.with_user(self.front_desk).before_booking(kind, place)["lines"]
        return [(line["level"], line["text"]) for line in lines if line["key"] == "limit"]

    def test_limits_of_frequency_count_on_the_day_of_the_visit(self):
        self._new_procedure("exam")
        self._rule("frequency", category="diagnostic", quantity=1, period="calendar_year")
        self.assertEqual(self._limits(), [])
        self.env["dental.insurance.usage"].create(
            {
                "coverage_id": self.coverage.id,
                "kind": "service",
                "code_id": self.codes["exam"].id,
                "date": date.today(),
            }
        )
        ((level, text),) = self._limits()
        self.assertEqual(level, "warn")
        new_year = date(date.today().year + 1, 1, 1)
        told = f"covered again from {format_date(self.env, new_year)}"
        self.assertEqual(text, f"Exam: Harbor PPO, done as often as it pays, {told}")
        self.assertEqual(self._limits(start=f"{new_year} 15:00:00"), [])

    def test_waiting_periods(self):
        self._new_procedure("crown")
        self._rule("waiting", category="crowns", quantity=6, period="months")
        self.coverage.waiting_from = date.today()
        ((_level, text),) = self._limits()
        over = fields.Date.add(date.today(), months=6)
        told = f"waiting period, covered from {format_date(self.env, over)}"
        self.assertEqual(text, f"Crown: Harbor PPO, {told}")
        self.assertEqual(self._limits(start=f"{over} 15:00:00"), [])

    def test_what_the_kind_of_visit_would_add_is_counted_too(self):
        self._rule("frequency", category="preventive", quantity=1, period="calendar_year")
        self._done("cleaning")
        kind = self.env["dental.appointment.type"].create(
            {"name": "Hygiene", "adds_codes": True, "code_ids": self.codes["cleaning"].ids}
        )
        self.assertEqual(self._limits(), [])
        ((_level, text),) = self._limits(kind.id)
        self.assertIn("Cleaning: Harbor PPO, done as often as it pays", text)
        self.assertFalse(
            self.env["dental.procedure"].search_count(
                [("patient_id", "=", self.patient.id), ("state", "=", "planned")]
            )
        )

    def _finder(self):
        finders = self.env["dental.slot.finder"].with_user(self.billing).sudo()
        kind = self.env["dental.appointment.type"].search([], limit=1)
        return finders.create({"patient_id": self.patient.id, "type_id": kind.id})

    def test_family_with_balance_and_benefits_in_the_queries_of_one(self):
        self._owe(days_ago=3)
        sister = self._new_patient("Ina", "Kowalska", guarantor_id=self.guarantor.id)
        self._cover(sister, self.plan, "M200")
        both = (self.patient | sister).with_user(self.billing)
        facts = both._booking_facts()
        for patient in both:
            self.assertRegex(" ".join(facts[patient.id]), r"Account owes .*Harbor PPO \$.* left")
        self.env.invalidate_all()
        with self.assertQueryCount(60):
            both._booking_facts()


@tagged("post_install", "-at_install")
class TestVisitCoverage(DentalInsuranceCase):
    """The insurance in force is kept when a visit is done, and stays as it was."""

    def test_kept_once_at_completion_whatever_changes_afterwards(self):
        second = self._cover(self.patient, self._new_plan("Second Dental"), "S1", sequence=2)
        visit = self._new_visit("crown")
        self.assertFalse(visit.visit_coverage_ids)
        second.date_to = fields.Date.subtract(visit._visit_day(), days=1)
        self._check_out(visit)
        self.assertEqual(visit.status, "done")
        self.plan.name = "Renamed"
        self.coverage.policy_id.member_id = "M999"
        self.assertRecordValues(
            visit.visit_coverage_ids,
            [
                {
                    "coverage_id": self.coverage.id,
                    "sequence": 1,
                    "payer": "Harbor Dental Plan",
                    "plan": "Harbor PPO",
                    "group_number": "G-7",
                    "member": "M100",
                    "relation": "Self",
                }
            ],
        )
        visit._keep_coverages()
        self.assertEqual(len(visit.visit_coverage_ids), 1)

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_changes(self):
        visit, _claims = self._done("crown")
        kept = visit.visit_coverage_ids
        for change in (lambda: kept.write({"plan": "Other"}), kept.unlink):
            with self.assertRaises(psycopg2.Error), self.env.cr.savepoint():
                change()
                self.env.flush_all()
