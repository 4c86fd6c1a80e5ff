# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged, users

from .test_lab_case import LabCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestLabVisit(LabCase):
    """A case and its visit: told in time, moved together, on the card, among the reasons."""

    def _cases(self, domain):
        return self.env["dental.lab.case"].search([("patient_id", "=", self.patient.id), *domain])

    @users("front.desk")
    def test_a_case_that_will_be_late_is_told_and_moves_the_visit(self):
        self._rule("lab", on_confirmed="warn", on_seated="stop")
        case = self._case(appointment_id=self.visit.id)
        told = f"laboratory work {case.number} (Crown) is expected on 03/06/2026 only."
        self.assertEqual(self._lacks(), [("lab", "stop", told)])
        self.assertEqual(self._cases([("is_late", "=", True)]), case)
        visit = self.visit.with_user(self.env.user)
        action = visit.action_readiness_fix("action_move_for_lab")
        finder = self.env["dental.slot.finder"].browse(action["res_id"])
        self.assertEqual(finder.earliest, date(2026, 3, 9), "a working day to look at it")
        self.assertEqual(finder.move_reason, "Laboratory work is not here in time")
        finder.proposal_ids[0].action_book()
        self.assertEqual(visit.start.date(), date(2026, 3, 9))
        self.assertEqual(case.appointment_id, visit, "the case goes with the visit")
        case.invalidate_recordset()
        self.assertFalse(case.is_late)
        self.assertEqual(self._lacks(), [])

    @users("front.desk")
    def test_a_case_in_time_is_no_reason_until_it_is_here_unchecked(self):
        self._rule("lab")
        self.visit.start = "2026-03-10 09:00:00"
        case = self._case(appointment_id=self.visit.id)
        self.assertEqual(self._lacks(), [])
        case.action_receive()
        self.assertIn("is here and nobody has checked it", self._lacks()[0][2])
        case.action_check()
        self.assertEqual(self._lacks(), [])

    @users("front.desk")
    def test_what_was_given_is_noted_before_the_visit_is_closed(self):
        self._rule("lab", on_done="warn")
        case = self._case(appointment_id=self.visit.id)
        case.action_receive()
        case.action_check()
        visit = self.visit.with_user(self.env.user)
        visit._set_status("arrived")
        self.assertEqual(self._lacks(), [], "he does not have it yet")
        visit._set_status("checkout")
        told = f"laboratory work {case.number} (Crown) is not noted as delivered."
        self.assertEqual(self._lacks(step="done"), [("lab", "warn", told)])
        visit.action_readiness_fix("action_deliver_lab")
        self.assertEqual((case.state, self._lacks()), ("delivered", []))

    @users("front.desk")
    def test_the_line_stands_on_the_work_list_days_ahead(self):
        self._rule("lab", lead_days=2, on_seated="warn")
        case = self._case(appointment_id=self.visit.id)
        items = self.env["dental.readiness.item"]
        items._refresh()
        line = items.search([("check", "=", "lab"), ("appointment_id", "=", self.visit.id)])
        self.assertEqual((line.next_date, line.key), (date(2026, 3, 3), case.number))

    @users("front.desk")
    def test_who_moves_a_visit_before_its_work_is_told(self):
        visit = self.visit.with_user(self.env.user)
        visit.start = "2026-03-10 09:00:00"
        case = self._case(appointment_id=visit.id)
        self.assertEqual(visit.place_warnings(), [])
        visit.start = "2026-03-06 09:00:00"
        self.assertEqual(
            visit.place_warnings(),
            [f"laboratory work {case.number} (Crown) is expected on 03/06/2026 only."],
        )

    @users("front.desk")
    def test_a_broken_visit_keeps_the_case_on_the_list_without_visit(self):
        case = self._case(appointment_id=self.visit.id)
        visit = self.visit.with_user(self.env.user)
        self.assertFalse(case.without_visit)
        visit.action_break("missed")
        case.invalidate_recordset()
        self.assertTrue(case.without_visit)
        self.assertEqual((case.visit_start, case.is_late), (False, False))
        with self._refused(UserError, "not attached to a visit that still comes"):
            case.action_move_visit()
        visit.action_to_list()
        case.invalidate_recordset()
        self.assertFalse(case.without_visit, "it waits with the visit for another place")
        self.assertTrue(case.to_book)
        finder = self.env["dental.slot.finder"].browse(case.action_book_visit()["res_id"])
        self.assertEqual((finder.appointment_id, finder.earliest), (visit, date(2026, 3, 9)))

    @users("front.desk")
    def test_a_visit_is_booked_for_the_case(self):
        self.crown.sudo().type_id = self.kind
        case = self._case()
        self.assertTrue(case.without_visit)
        finder = self.env["dental.slot.finder"].browse(case.action_book_visit()["res_id"])
        self.assertEqual(finder.earliest, date(2026, 3, 9))
        finder.proposal_ids[0].action_book()
        self.assertEqual(case.appointment_id.start.date(), date(2026, 3, 9))
        self.assertFalse(case.without_visit)

    @users("front.desk")
    def test_without_a_kind_of_visit_the_search_asks_for_one(self):
        case = self._case()
        context = case.action_book_visit()["context"]
        self.assertEqual(context["default_lab_case_id"], case.id)
        self.assertEqual(context["default_patient_id"], self.patient.id)

    @users("front.desk")
    def test_places_say_whether_the_work_is_here_by_then(self):
        self._case()
        finder = self.env["dental.slot.finder"].create(
            {"patient_id": self.patient.id, "type_id": self.kind.id, "earliest": "2026-03-03"}
        )
        finder.action_search()
        reasons = {proposal.start.date(): proposal.reasons for proposal in finder.proposal_ids}
        self.assertIn("Crown of the laboratory is not here until", reasons[date(2026, 3, 3)])
        self.assertIn("Crown of the laboratory is here before", reasons[date(2026, 3, 9)])

    @users("front.desk")
    def test_the_card_says_where_the_work_is(self):
        case = self._case(appointment_id=self.visit.id)
        rows = [{"id": self.visit.id}]

        def item():
            return self.env["dental.book"]._lab_items(rows)[self.visit.id]

        self.assertEqual((item()["text"], item()["level"]), ("lab: to send, late", "stop"))
        case.action_send()
        self.assertEqual(item()["text"], "lab: late, Mar 6")
        self.visit.sudo().start = datetime(2026, 3, 10, 9)
        self.assertEqual((item()["text"], item()["level"]), ("lab: due Mar 6", "warn"))
        case.action_receive()
        self.assertEqual(item()["text"], "lab: here, to check")
        case.action_check()
        self.assertEqual((item()["text"], item()["level"]), ("lab: ready", "info"))

    @users("front.desk")
    def test_the_file_counts_what_is_open(self):
        case = self._case()
        self.assertEqual(self.file.open_lab_count, 1)
        case.action_cancel()
        self.assertEqual(self.file.open_lab_count, 0)
        action = self.file.with_context(dental_model="dental.lab.case").action_open_records()
        self.assertEqual(action["domain"], [("patient_id", "=", self.patient.id)])

    @users("front.desk")
    def test_the_outlook_costs_the_same_for_many(self):
        cases = self._case(appointment_id=self.visit.id)
        for _each in range(4):
            cases |= self._case(appointment_id=self.visit.id)
        costs = []
        for asked in (cases, cases[:1], cases):  # the first one warms the caches
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            asked._outlook()
            costs.append(self.cr.sql_log_count - before)
        self.assertEqual(costs[1], costs[2])
