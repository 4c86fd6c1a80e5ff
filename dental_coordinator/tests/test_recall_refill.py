# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged, users

from .test_slot_offer import OfferCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestRecallRefill(OfferCase):
    """Who is due for a recall is asked to fill a hole."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.recall_kind = cls.env["dental.recall.type"].create(
            {"name": "Check", "visit_type_id": cls.kind.id, "pattern": "/X/"}
        )

    def _due(self, patient, due="2026-02-10", **vals):
        return (
            self.env["dental.recall"]
            .sudo()
            .create(
                {
                    "patient_id": patient.id,
                    "type_id": self.recall_kind.id,
                    "due": due,
                    "owner_id": self.front_desk.id,
                    "next_date": "2026-03-02",
                    **vals,
                }
            )
        )

    @users("front.desk")
    def test_who_is_due_is_a_candidate_with_reasons(self):
        recall = self._due(self.ana, priority=True)
        line = self._hole().line_ids
        self.assertRecordValues(
            line,
            [
                {
                    "patient_id": self.ana.id,
                    "recall_id": recall.id,
                    "type_id": self.kind.id,
                    "pattern": "/X/",
                    "appointment_id": False,
                }
            ],
        )
        self.assertIn("due for 20 days +6.7", line.parts)
        self.assertIn("priority 2 +10", line.parts)

    @users("front.desk")
    def test_who_must_not_be_asked_is_not(self):
        recall = self._due(self.ana)
        for patient_vals, recall_vals in (
            ({"do_not_contact": True}, {}),
            ({"status": "inactive"}, {}),
            ({"no_booking": True, "no_booking_reason": "Three missed"}, {}),
            ({}, {"disabled": True}),
            ({}, {"disabled_until": "2026-03-09"}),
            ({}, {"next_date": "2026-03-03"}),
            ({}, {"due": "2026-04-02"}),
        ):
            with self.subTest(patient_vals | recall_vals), self.env.cr.savepoint() as savepoint:
                self.ana.sudo().write(patient_vals)
                recall.write(recall_vals)
                self.assertFalse(self._hole().line_ids)
                savepoint.rollback()
        self.assertEqual(self._hole().line_ids.recall_id, recall)

    @users("front.desk")
    def test_a_recall_type_without_a_kind_of_visit_is_not_asked(self):
        self._due(self.ana)
        self.recall_kind.sudo().visit_type_id = False
        self.assertFalse(self._hole().line_ids)

    @users("front.desk")
    def test_who_waits_already_is_asked_for_that(self):
        self._due(self.ana)
        entry = self._waits(self.ana)
        line = self._hole().line_ids
        self.assertEqual((line.entry_id, line.recall_id.ids), (entry, []))

    @users("front.desk")
    def test_looking_again_numbers_after_those_who_were_asked(self):
        self._waits(self.ana, urgent=True)
        offer = self._hole()
        offer.line_ids.work_outcome("left_message")
        self._due(self.bo)
        offer.action_refresh()
        self.assertRecordValues(
            offer.line_ids.sorted("sequence"),
            [
                {"patient_id": self.ana.id, "sequence": 1},
                {"patient_id": self.bo.id, "sequence": 2},
            ],
        )

    @users("front.desk")
    def test_the_visit_brings_the_procedures_of_the_recall(self):
        self.code.sudo().write({"recall_type_id": self.recall_kind.id, "area_rule": "none"})
        self.recall_kind.sudo().code_ids = self.code
        recall = self._due(self.ana)
        line = self._hole().line_ids
        self.company.sudo().dental_visit_needs_procedure = True
        visit = self.env["dental.appointment"].browse(line.action_accept()["res_id"])
        self.assertEqual(visit.procedure_ids.code_id, self.code)
        self.assertEqual((visit.patient_id, visit.pattern), (self.ana, "/X/"))
        self.assertEqual(recall.appointment_id, visit)
        self.assertEqual(recall.next_date, date(2026, 3, 2))
        self.company.sudo().dental_visit_needs_procedure = False
        self.assertFalse(self._hole("2026-03-05 09:00:00").line_ids)

    @users("front.desk")
    def test_what_is_planned_already_is_used(self):
        self.code.sudo().write({"recall_type_id": self.recall_kind.id, "area_rule": "none"})
        self.recall_kind.sudo().code_ids = self.code
        self._due(self.ana)
        planned = self.env["dental.procedure"].sudo().create(
            {"patient_id": self.ana.id, "code_id": self.code.id}
        )  # fmt: skip
        visit = self.env["dental.appointment"].browse(
            self._hole().line_ids.action_accept()["res_id"]
        )
        self.assertEqual(visit.procedure_ids.ids, planned.ids)

    @users("front.desk")
    def test_without_procedures_it_is_looked_at_after_the_visit(self):
        recall = self._due(self.ana)
        self._hole().line_ids.action_accept()
        self.assertEqual(recall.next_date, date(2026, 3, 4))

    @users("front.desk")
    def test_many_who_are_due_cost_no_more_queries(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            offer._candidates(offer._sources())
            return self.env.cr.sql_log_count - before

        offer = self._hole()
        self._due(self.ana)
        count()
        few = count()
        for number in range(10):
            self._due(
                self.env["dental.patient"].create({"first_name": "P", "last_name": str(number)})
            )
        self.assertEqual(count(), few)
