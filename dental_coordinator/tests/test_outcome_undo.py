# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from .test_break import BreakCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-05 09:00:00")  # a Thursday
class TestOutcomeUndo(BreakCase):
    """The last outcome of a work list is taken back: rows, dates, tries; the log only grows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana = cls._new_patient("Ana", "Lund")
        cls.bo = cls._new_patient("Bo", "Lund")
        cls.visits = cls.env["dental.appointment"]

    def _list(self, records, which):
        return records.with_context(dental_list=which)

    def _three_planned(self):
        visits = self.visits.with_user(self.env.user)
        for patient in (self.patient, self.ana, self.bo):
            visits |= self._planned(patient_id=patient.id)
        visits.write({"next_date": "2026-03-01", "next_action": "Call in the evening"})
        return self._list(visits, "planned")

    def _contacts(self, visits):
        return self.env["dental.contact.log"].search([("appointment_id", "in", visits.ids)])

    @users("front.desk")
    def test_dates_of_many_rows_come_back_and_the_tries_do_not_count(self):
        visits = self._three_planned()
        answer = visits.work_outcome("no_answer")
        self.assertEqual(answer["said"], "No answer: 3 rows")
        self.assertEqual(set(visits.mapped("next_date")), {date(2026, 3, 6)})
        self.assertEqual(visits.mapped("tries"), [1, 1, 1])
        undone = visits.work_undo(answer["press"])
        self.assertEqual((undone["level"], sorted(undone["ids"])), ("success", visits.ids))
        self.assertEqual(set(visits.mapped("next_date")), {date(2026, 3, 1)})
        self.assertEqual(set(visits.mapped("next_action")), {"Call in the evening"})
        self.assertEqual(visits.mapped("tries"), [0, 0, 0])
        self.assertFalse(any(visits.mapped("last_try")))
        self.assertRecordValues(
            self._contacts(visits),
            [
                {"outcome": "no_answer", "taken_back_by_id": self.front_desk.id},
            ]
            * 3,
        )

    @users("front.desk")
    def test_what_somebody_changed_since_stays_and_is_named(self):
        visits = self._three_planned()
        visits.work_outcome("left_message")
        visits[1].with_user(self.coordinator).next_date = "2026-03-20"
        undone = visits.work_undo()
        self.assertEqual(undone["level"], "warning")
        self.assertIn(f"{self.ana.number}: changed since", undone["message"])
        self.assertNotIn(self.bo.number, undone["message"])
        self.assertEqual(
            visits.mapped("next_date"), [date(2026, 3, 1), date(2026, 3, 20), date(2026, 3, 1)]
        )
        self.assertEqual(visits.mapped("tries"), [0, 0, 0])  # nobody called her either

    @users("front.desk")
    def test_only_once_and_only_the_last(self):
        visits = self._three_planned()
        first = visits[0].work_outcome("no_answer")
        second = visits[1].work_outcome("no_answer")
        with self.assertRaisesRegex(UserError, "Only your last outcome"):
            visits.work_undo(first["press"])
        visits.work_undo(second["press"])
        with self.assertRaisesRegex(UserError, "taken back already"):
            visits.work_undo()
        self.assertEqual(visits.mapped("tries"), [1, 0, 0])

    @users("front.desk")
    def test_only_ones_own_of_today_and_of_this_list(self):
        visits = self._three_planned()
        visits.work_outcome("no_answer")
        for other in (
            visits.with_user(self.coordinator),
            self._list(visits, "unscheduled"),
            self.env["dental.recall"],
        ):
            with self.subTest(other), self.assertRaisesRegex(UserError, "Only your last outcome"):
                other.work_undo()
        press = self.env["dental.outcome.press"].sudo().search([], limit=1)
        press.env.cr.execute(
            "UPDATE dental_outcome_press SET create_date = %s WHERE id = %s",
            (fields.Datetime.now() - timedelta(days=1), press.id),
        )
        press.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "of today"):
            visits.work_undo()

    @users("front.desk")
    def test_a_call_that_only_opens_the_search_leaves_nothing_to_undo(self):
        visit = self._three_planned()[:1]
        self.assertNotIn("press", visit.work_outcome("book"))
        self.assertFalse(self.env["dental.outcome.press"].sudo().search([]))

    @users("front.desk")
    def test_what_was_dropped_waits_again_with_its_treatment(self):
        visits = self._three_planned()
        work = self._work(visits[0])
        answer = visits.work_outcome("drop")
        self.assertEqual(set(visits.mapped("status")), {"cancelled"})
        visits.work_undo(answer["press"])
        self.assertEqual(set(visits.mapped("status")), {"planned"})
        self.assertEqual(work.appointment_id, visits[0])
        self.assertFalse(any(visits.mapped("broken_then")))
        self.assertEqual(visits[0].visit_event_ids[0].takes_back_id.status, "cancelled")

    @users("front.desk")
    def test_confirmed_by_mistake_for_the_whole_family(self):
        family = self.env["dental.family"].sudo()
        family = family.create({"name": "Lund", "company_id": self.company.id})
        (self.ana | self.bo).sudo().family_id = family
        ana = self._book("2026-03-06 09:00:00", patient_id=self.ana.id)
        bo = self._book("2026-03-06 10:00:00", patient_id=self.bo.id)
        answer = self._list(ana, "confirm").work_outcome("confirmed")
        self.assertEqual((ana | bo).mapped("status"), ["confirmed"] * 2)
        bo._set_status("arrived")
        undone = self._list(ana, "confirm").work_undo(answer["press"])
        self.assertEqual(((ana | bo).mapped("status")), ["scheduled", "arrived"])
        self.assertFalse(ana.confirmed_at)
        self.assertIn(f"{self.bo.number}: changed since", undone["message"])

    @users("front.desk")
    def test_wanted_to_move_gets_the_place_back_or_is_told_who_has_it(self):
        visit = self._list(self._book("2026-03-06 09:00:00"), "confirm")
        answer = visit.work_outcome("move")
        self.assertFalse(visit.reservation_ids)
        visit.work_undo(answer["press"])
        self.assertEqual((visit.status, visit.tray_user_id.id), ("scheduled", False))
        self.assertEqual(len(visit.reservation_ids), 3)
        visit.work_outcome("move")
        other = self._book("2026-03-06 09:00:00", patient_id=self.ana.id)
        with self.assertRaisesRegex(UserError, "nothing can be taken back.*is taken"):
            visit.work_undo()
        self.assertEqual((visit.status, other.status), ("planned", "scheduled"))
        self.assertFalse(self._contacts(visit)[0].taken_back_at)

    @users("front.desk")
    def test_broken_visits_wait_for_their_decision_again(self):
        visits = self._book("2026-03-06 09:00:00")
        visits |= self._book("2026-03-06 10:00:00", patient_id=self.ana.id)
        with freeze_time("2026-03-05 08:00:00"):
            for visit in visits:
                visit.action_break("cancelled_late", reason_id=self.reason.id)
        broken = self._list(visits, "broken")
        for outcome in ("to_list", "tray", "drop"):
            with self.subTest(outcome):
                answer = broken.work_outcome(outcome)
                self.assertTrue(all(visits.mapped("broken_then")))
                broken.work_undo(answer["press"])
                self.assertRecordValues(
                    visits,
                    [
                        {
                            "status": "cancelled_late",
                            "broken_then": False,
                            "broken_at": fields.Datetime.to_datetime("2026-03-05 08:00:00"),
                            "break_reason_id": self.reason.id,
                            "tray_user_id": False,
                        }
                    ]
                    * 2,
                )
                self.assertEqual(set(visits.patient_id.mapped("broken_count")), {1})

    @users("front.desk")
    def test_wants_no_contact_was_somebody_else(self):
        visit = self._three_planned()[:1]
        visit.work_outcome("no_answer")
        answer = self._list(visit, "confirm").work_outcome("refused")
        self.assertTrue(self.patient.do_not_contact)
        self._list(visit, "confirm").work_undo(answer["press"])
        self.assertFalse(self.patient.do_not_contact)

    @users("front.desk")
    def test_wants_no_contact_stays_where_another_heard_it_too(self):
        visit = self._list(self._book("2026-03-06 09:00:00"), "confirm")
        answer = visit.work_outcome("refused")
        self.env["dental.contact.log"].with_user(self.coordinator).create(
            {"patient_id": self.patient.id, "outcome": "refused"}
        )
        with self.assertRaisesRegex(UserError, "as others heard too"):
            visit.work_undo(answer["press"])
        self.assertTrue(self.patient.do_not_contact)

    @users("coordinator")
    def test_recall_is_reminded_as_if_nobody_had_called(self):
        kind = self.env["dental.recall.type"].search([], limit=1)
        recall = self.env["dental.recall"].sudo()
        recall = recall.create(
            {"patient_id": self.ana.id, "type_id": kind.id, "due": "2026-02-01"}
        ).with_user(self.coordinator)
        before = (recall.next_date, recall.next_action)
        recall.work_outcome("left_message")
        self.assertEqual((recall.reminders, recall.next_action), (1, "Remind again"))
        recall.work_undo()
        self.assertEqual((recall.next_date, recall.next_action), before)
        self.assertEqual((recall.reminders, recall.last_reminder), (0, False))

    @users("coordinator")
    def test_what_is_due_gets_its_dates_back(self):
        work = self.env["dental.procedure"].create(
            {"patient_id": self.ana.id, "code_id": self.code.id, "next_date": "2026-03-01"}
        )
        row = self.env["dental.patient.due"].search([("patient_id", "=", self.ana.id)])
        row.work_outcome("will_call")
        self.assertEqual(work.next_date, date(2026, 3, 12))
        row.work_undo()
        self.assertEqual(work.next_date, date(2026, 3, 1))

    def test_records_are_for_managers_without_what_they_hold(self):
        visits = self._three_planned().with_user(self.front_desk)
        visits.work_outcome("no_answer")
        press = self.env["dental.outcome.press"].search([], limit=1)
        with self.assertRaises(AccessError):
            press.with_user(self.coordinator).read(["label"])
        self.assertEqual(press.with_user(self.manager).label, "No answer")
        with self.assertRaises(AccessError):
            press.with_user(self.manager).read(["changes"])

    @users("front.desk")
    def test_undo_of_many_rows_costs_no_more_queries_for_reading(self):
        """One request; what grows with the rows are the rows' own writes."""
        visits = self._three_planned()
        visits.work_outcome("no_answer")
        press = self.env["dental.outcome.press"]._last(visits._work_list())
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            rows = [row.id for row, _change, _locked in press._rows()]
        self.assertEqual(rows, visits.ids)
