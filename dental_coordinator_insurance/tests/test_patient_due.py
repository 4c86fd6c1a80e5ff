# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged

from .common import DentalInsuranceCase, DentalInsuranceSetup


@tagged("post_install", "-at_install")
class TestBenefitsLeft(DentalInsuranceSetup, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry_enter_test_mode_cls()
        cls._setup_insurance()

    def _row(self):
        self._new_procedure("crown", self.patient)
        self.env.flush_all()
        return self.env["dental.patient.due"].with_user(self.front_desk).browse(self.patient.id)

    def test_left_of_the_yearly_maximum(self):
        self._usual_rules()
        row = self._row()
        self.assertEqual(row.benefits_left, 2000.0)
        self.assertTrue(row.benefits_until)

    def test_what_nobody_verified_is_not_zero(self):
        row = self._row()
        self.assertFalse(row.benefits_until)


@tagged("post_install", "-at_install")
class TestTreatmentFinder(DentalInsuranceCase):
    """The list of open treatment by what the plans would still pay for it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.other = cls._new_plan("Bay", crown=900.0)
        cls.other.benefit_year_month = "7"
        cls.unknown = cls._new_patient("Una", "Known")
        cls.poor = cls._new_patient("Pia", "Poor")
        cls._cover(cls.unknown, cls.other, "U1")
        cls._cover(cls.poor, cls.plan, "P1")
        cls.mine = cls.patient | cls.poor | cls.unknown
        for patient in cls.mine:
            cls._new_procedure("crown", patient, fee=800.0)
        cls.env["dental.insurance.usage"].create(
            {"coverage_id": cls.poor.coverage_ids.id, "amount": 1500.0}
        )

    def _found(self, *domain, user=None):
        self.env.flush_all()
        due = self.env["dental.patient.due"].with_user(user or self.front_desk)
        return due.search([("patient_id", "in", self.mine.ids), *domain]).patient_id

    def test_more_than_is_what_the_column_shows(self):
        self.assertEqual(self._found(("benefits_left", ">", 500)), self.patient)
        self.assertEqual(self._found(("benefits_left", ">=", 500)), self.patient | self.poor)
        self.assertEqual(self._found(("benefits_left", "<", 2000)), self.poor)
        self.assertEqual(self._found(("benefits_left", "=", 500)), self.poor)
        self.assertEqual(self._found(("benefits_left", "!=", 500)), self.patient | self.unknown)
        rows = self.env["dental.patient.due"].browse((self.patient | self.poor).ids)
        self.assertRecordValues(
            rows,
            [
                {"benefits_limit": 2000.0, "benefits_used": 0.0, "benefits_left": 2000.0},
                {"benefits_limit": 2000.0, "benefits_used": 1500.0, "benefits_left": 500.0},
            ],
        )

    def test_what_nobody_verified_is_neither_much_nor_little(self):
        self.assertEqual(self._found(("benefits_left", "=", False)), self.unknown)
        self.assertEqual(self._found(("benefits_until", "=", False)), self.unknown)
        self.assertNotIn(self.unknown, self._found(("benefits_left", "<", 1e9)))
        self.assertNotIn(self.unknown, self._found(("benefits_left", ">", -1)))

    def test_open_claims_count_as_used(self):
        self.assertEqual(self._found(("benefits_left", ">", 1900)), self.patient)
        self._sent("crown")
        self.assertFalse(self._found(("benefits_left", ">", 1900)))
        row = self.env["dental.patient.due"].browse(self.patient.id)
        self.assertGreater(row.benefits_pending, 0)
        self.assertEqual(row.benefits_left + row.benefits_pending, 2000.0)

    def test_claims_of_earlier_years_are_not_read(self):
        _visit, claims = self._done("crown", days_ago=400)
        today = fields.Date.today()
        lines = self.env["dental.estimate.history"]._claim_lines
        since = fields.Date.subtract(today, years=1)
        self.assertEqual(lines(self.coverage), claims.line_ids.sudo())
        self.assertFalse(lines(self.coverage, since))
        _visit, claims = self._done("crown")
        self.assertEqual(lines(self.coverage, since), claims.line_ids.sudo())
        row = self.coverage._yearly_maximum(today)[self.coverage]
        self.assertIn(row, self.coverage._remaining(today)[self.coverage])
        self.assertEqual(float(row.pending), sum(claims.line_ids.mapped("plan_amount")))

    def test_year_of_benefits_and_its_end(self):
        self.assertEqual(self._found(("benefit_month", "=", "7")), self.unknown)
        row = self.env["dental.patient.due"].browse(self.patient.id)
        until = row.benefits_until
        self.assertEqual(
            self._found(("benefits_until", "<=", str(until))), self.patient | self.poor
        )
        self.assertFalse(self._found(("benefits_until", "<", str(until))))

    def test_worth_dentist_and_codes(self):
        code = self.codes["crown"].code
        self.assertEqual(self._found(("planned_total", ">", 700)), self.mine)
        self.assertFalse(self._found(("planned_total", ">", 800)))
        self.patient.procedure_ids.provider_id = False
        theirs = self._found(("provider_ids", "in", self.provider.ids))
        self.assertEqual(theirs, self.poor | self.unknown)
        for text in (code, "crown", f"{code}-{code}", f"{code[:2]} to {code[:2]}"):
            self.assertEqual(self._found(("codes", "ilike", text)), self.mine, text)
        self.assertFalse(self._found(("codes", "ilike", f"{code}1-{code}9")))

    def test_thousands_are_asked_in_the_queries_of_few(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            self.env.cr.cache.clear()
            before = self.env.cr.sql_log_count
            self._found(("benefits_left", ">", 500))
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        for number in range(10):
            patient = self._new_patient("More", f"Of{number}")
            self._cover(patient, self.plan, f"X{number}")
            self._new_procedure("crown", patient)
        self.assertEqual(queries(), few)

    def test_a_list_that_asks_again_reckons_once(self):
        self._found(("benefits_left", ">", 500))
        engine = type(self.env["dental.estimate.history"])
        with patch.object(engine, "_load", autospec=True) as load:
            self._found(("benefits_left", ">", 1000))
            self._found(("benefits_until", "=", False))
        load.assert_not_called()

    def test_labels_of_those_who_may_be_written_to(self):
        self.env.flush_all()
        rows = self.env["dental.patient.due"].with_user(self.front_desk).browse(self.mine.ids)
        with self.assertRaisesRegex(UserError, self.poor.number):
            rows.action_print_labels()
        self.poor.write(self.address)
        self.unknown.do_not_contact = True
        self.assertIn("/dental.merged.print/", rows.action_print_labels()["url"])
        logs = self.env["dental.access.log"].search([("action", "=", "print")])
        self.assertEqual(logs.patient_id & self.mine, self.patient | self.poor)
        with self.assertRaises(AccessError):
            rows.with_user(self.outsider).action_print_labels()

    def test_labels_for_chosen_visits_and_recalls(self):
        self.patient.write(self.address)
        visits = self._new_visit("crown").with_user(self.front_desk)
        recalls = self.env["dental.recall"].create(
            {
                "patient_id": self.patient.id,
                "type_id": self.env.ref("dental_coordinator.recall_type_cleaning").id,
            }
        )
        for records in (visits, recalls.with_user(self.front_desk)):
            self.assertIn("/dental.merged.print/", records.action_print_labels()["url"])
        logs = self.env["dental.access.log"].search(
            [("action", "=", "print"), ("patient_key", "=", self.patient.id)]
        )
        self.assertEqual(set(logs.mapped("model")), {"dental.appointment", "dental.recall"})
        with self.assertRaises(AccessError):
            visits.with_user(self.outsider).action_print_labels()
