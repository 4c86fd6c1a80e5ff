# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A visit is as long as its procedures ask, until someone says otherwise by hand."""

from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged, users

from .clinical import ClinicalCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestLength(ClinicalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind = cls.env["dental.appointment.type"].create({"name": "Work", "pattern": "/XX/"})
        cls._code("T2392").pattern = "/XXX/"
        cls._code("T3330").pattern = "//XXXX/"

    def _book(self, hour=9, **vals):
        return self.env["dental.appointment"].create(
            {
                "patient_id": self.patient.id,
                "type_id": self.kind.id,
                "provider_id": self.provider.id,
                "operatory_id": self.chair.id,
                "start": datetime(2026, 3, 3, hour),
                **vals,
            }
        )

    def _add(self, visit, code):
        vals = {"tooth": "36", "surfaces": "MO"}
        if code == "T3330":
            vals.pop("surfaces")
        return self._make(
            "dental.procedure", code_id=self._code(code).id, appointment_id=visit.id, **vals
        )

    @users("coordinator")
    def test_provider_time_adds_up_and_the_longest_lead_and_tail_remain(self):
        visit = self._book()
        filling = self._add(visit, "T2392")
        self.assertEqual(visit.pattern, "/XXX/")
        self._add(visit, "T3330")
        self.assertEqual((visit.pattern, visit.time_locked), ("//XXXXXXX/", False))
        self.assertEqual(visit.stop, datetime(2026, 3, 3, 10, 40))
        self.assertEqual(max(visit.reservation_ids.mapped("stop")), visit.stop)
        filling.appointment_id = False
        self.assertEqual(visit.pattern, "//XXXX/")

    @users("coordinator")
    def test_a_length_set_by_hand_stays(self):
        visit = self._book()
        visit.pattern = "XX"
        self.assertEqual((visit.time_locked, visit.stop), (True, datetime(2026, 3, 3, 9, 20)))
        self._add(visit, "T3330")
        self.assertEqual((visit.pattern, visit.minutes_short), ("XX", 50))
        visit.action_follow_procedures()
        self.assertEqual((visit.pattern, visit.minutes_short), ("//XXXX/", 0))

    @users("coordinator")
    def test_resizing_in_the_calendar_is_by_hand(self):
        visit = self._book()
        visit.stop = datetime(2026, 3, 3, 10)
        self.assertTrue(visit.time_locked)

    @users("coordinator")
    def test_a_broken_visit_that_is_resized_comes_back_that_long(self):
        visit = self._book()
        visit.action_cancel()
        visit.stop = datetime(2026, 3, 3, 10)
        self.assertEqual(visit.pattern, "/XXXX/")

    @users("coordinator")
    def test_a_type_may_impose_its_length(self):
        self.kind.sudo().fixed_length = True
        visit = self._book()
        self._add(visit, "T3330")
        self.assertEqual(visit.pattern, "/XX/")

    @users("coordinator")
    def test_where_the_next_visit_follows_treatment_is_written_down_all_the_same(self):
        visit = self._book()
        other = self.env["dental.patient"].create({"first_name": "Ana", "last_name": "Lund"})
        self._book(10, patient_id=other.id)
        self._add(visit, "T3330")
        self._add(visit, "T2392")
        self.assertEqual((visit.pattern, visit.minutes_short), ("/XX/", 60))
        with self._refused(UserError, "needs 60 minutes more"):
            visit.action_follow_procedures()

    @users("coordinator")
    def test_a_type_adds_its_procedures_unless_they_are_planned(self):
        self.kind.sudo().write(
            {
                "adds_codes": True,
                "code_ids": [(6, 0, (self._code("T0150") | self._code("T1110")).ids)],
            }
        )
        planned = self._plan("T1110")
        visit = self._book()
        self.assertEqual(visit.procedure_ids.code_id.sorted("code").mapped("code"),
                         ["T0150", "T1110"])  # fmt: skip
        self.assertIn(planned, visit.procedure_ids)

    @users("coordinator")
    def test_no_visit_without_a_procedure_where_the_clinic_wants_it(self):
        self.company.sudo().dental_visit_needs_procedure = True
        with self._refused(UserError, "without a procedure"):
            self._book()
        planned = self._plan("T1110")
        self.assertTrue(self._book(procedure_ids=[(4, planned.id)]))

    @users("coordinator")
    def test_whoever_books_is_told_what_the_visit_is_for(self):
        codes = self._code("T0150") | self._code("T1110")
        self.kind.sudo().write({"code_rule": "one", "code_ids": [(6, 0, codes.ids)]})
        visit = self._book()
        self.assertRegex(visit._obstacles()[0]["reason"], "Work is for: T0150, T1110")
        self._add(visit, "T1110")
        self.assertFalse(visit._obstacles())
        self.kind.sudo().code_rule = "all"
        self.assertRegex(visit._obstacles()[0]["reason"], "Work is for: T0150")
