# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime

from freezegun import freeze_time

from odoo.tests import tagged, users

from .surgery import SurgeryCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-05 12:00:00")
class TestSutures(SurgeryCase):
    """The operation is on Thursday the 5th at eleven."""

    def _removal(self, surgery):
        return surgery.appointment_id.suture_visit_ids

    @users("front.desk")
    def test_a_surgery_plans_the_removal(self):
        self.assertEqual(self.operation.suture_days, 8, "between seven and ten")
        surgery = self._surgery()
        self._done(surgery)
        removal = self._removal(surgery)
        self.assertRecordValues(
            removal,
            [
                {
                    "status": "planned",
                    "patient_id": self.patient.id,
                    "provider_id": self.provider.id,
                    "type_id": self.env.ref("dental_coordinator.appointment_type_sutures").id,
                    "suture_due": date(2026, 3, 13),
                    "start": datetime(2026, 3, 13, 11),
                    "owner_id": self.clinician.id,
                    "next_date": date(2026, 3, 6),
                    "next_action": "Book: sutures out on 03/13/2026",
                }
            ],
        )
        self.assertFalse(removal.event_id.active, "it holds nothing in the calendar")
        surgery.appointment_id._set_status("done")
        self.assertEqual(self._removal(surgery), removal, "once a visit")

    @users("front.desk")
    def test_closed_days_move_to_the_next_open_day(self):
        self.operation.sudo().suture_days = 9
        surgery = self._surgery()
        self._done(surgery)
        self.assertEqual(self._removal(surgery).suture_due, date(2026, 3, 16), "not on Saturday")

    @users("clinician")
    def test_a_procedure_says_after_how_many_days(self):
        surgery = self._surgery()
        self._code("T1110").suture_days = 12
        self._plan("T1110", appointment_id=surgery.appointment_id.id)
        self._done(surgery)
        self.assertEqual(self._removal(surgery).suture_due, date(2026, 3, 17))

    @users("front.desk")
    def test_none_where_there_are_no_sutures(self):
        self.operation.sudo().suture_days = 0
        surgery = self._surgery()
        self._done(surgery)
        self.assertFalse(self._removal(surgery))

    @users("front.desk")
    def test_booked_in_two_clicks_while_the_patient_is_on_the_phone(self):
        surgery = self._surgery()
        self._done(surgery)
        call = surgery.appointment_id.postop_call_ids
        self.assertEqual(call.suture_words, "to book, from 03/13/2026")
        action = call.action_book_sutures()
        finder = self.env[action["res_model"]].browse(action["res_id"])
        removal = self._removal(surgery)
        self.assertEqual((finder.appointment_id, finder.earliest), (removal, date(2026, 3, 13)))
        finder.proposal_ids[:1].action_book()
        self.assertEqual(removal.status, "scheduled")
        self.assertEqual(call.suture_words, "03/13/2026, scheduled")
        self.assertEqual(call.action_book_sutures()["res_id"], removal.id)

    @users("front.desk")
    def test_where_none_was_planned_the_call_plans_it(self):
        self.operation.sudo().suture_days = 0
        surgery = self._surgery()
        self._done(surgery)
        surgery.appointment_id.postop_call_ids.action_book_sutures()
        self.assertEqual(self._removal(surgery).suture_due, date(2026, 3, 13))
