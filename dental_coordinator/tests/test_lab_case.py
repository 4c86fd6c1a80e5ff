# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .test_readiness import ReadinessCase


class LabCase(ReadinessCase):
    """A laboratory that says it takes three working days for a crown; Wednesday the 4th is closed.

    The visit is on Thursday the 5th; the clock stands on Monday the 2nd.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lab = cls.env["res.partner"].create({"name": "Bay Laboratory", "is_company": True})
        cls.crown = cls.env.ref("dental_coordinator.lab_kind_crown")
        cls.company.resource_calendar_id = cls.env["resource.calendar"].create(
            {"name": "Weekdays", "tz": "UTC", "company_id": cls.company.id}
        )
        cls.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": cls.company.resource_calendar_id.id,
                "company_id": cls.company.id,
                "date_from": "2026-03-04 00:00:00",
                "date_to": "2026-03-04 23:59:59",
            }
        )
        cls.days = cls.env["dental.lab.turnaround"].create(
            {
                "partner_id": cls.lab.id,
                "kind_id": cls.crown.id,
                "days": 3,
                "company_id": cls.company.id,
            }
        )

    def _case(self, **vals):
        work = {"partner_id": self.lab.id, "kind_id": self.crown.id}
        return self._make("dental.lab.case", **{**work, **vals})

    def _past(self, count, sent, received):
        """Cases that were at the laboratory between two days."""
        for _each in range(count):
            case = self._case()
            with freeze_time(f"{sent} 09:00:00"):
                case.action_send()
            with freeze_time(f"{received} 09:00:00"):
                case.action_receive()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestLabCase(LabCase):
    @users("front.desk")
    def test_from_sending_to_the_mouth(self):
        case = self._case(teeth="11", shade="A2", appointment_id=self.visit.id)
        self.assertEqual(case.due_on, date(2026, 3, 6), "weekend and holiday do not count")
        seen = [(case.state, case.next_action, case.next_date)]
        for step in (case.action_send, case.action_receive, case.action_check):
            step()
            seen.append((case.state, case.next_action, case.next_date))
        self.assertEqual(
            seen,
            [
                ("to_send", "Send it to the laboratory", date(2026, 3, 2)),
                ("sent", "Ask the laboratory", date(2026, 3, 6)),
                ("received", "Check its quality", date(2026, 3, 2)),
                ("checked", "Deliver it at the visit", date(2026, 3, 5)),
            ],
        )
        self.assertEqual(case.checked_by_id, self.env.user)
        case.action_deliver()
        self.assertEqual((case.state, case.next_action), ("delivered", False))
        self.assertFalse(case._is_open())

    @users("front.desk")
    def test_due_follows_the_day_of_sending_until_another_is_named(self):
        case = self._case()
        with freeze_time("2026-03-03 09:00:00"):
            case.action_send()
        self.assertEqual(case.due_on, date(2026, 3, 9))
        case.due_on = "2026-03-12"
        self.assertEqual(case.promised_on, date(2026, 3, 12))
        case.kind_id = self.env.ref("dental_coordinator.lab_kind_bridge")
        self.assertEqual(case.due_on, date(2026, 3, 12), "what was promised stays")
        case.write({"kind_id": self.crown.id, "due_on": "2026-03-09"})
        self.assertFalse(case.promised_on, "the day of the table is no promise")

    @users("front.desk")
    def test_no_day_where_the_laboratory_has_none(self):
        case = self._case(kind_id=self.env.ref("dental_coordinator.lab_kind_guard").id)
        case.action_send()
        self.assertFalse(case.due_on)
        self.assertEqual(case.next_date, date(2026, 3, 9), "asked after a week")

    @users("front.desk")
    def test_steps_are_kept_in_order_and_taken_back(self):
        case = self._case()
        with self._refused(UserError, "is at “To send” and cannot go to “Checked”"):
            case.action_check()
        case.action_receive()
        self.assertFalse(case.sent_on, "nobody says when it was sent")
        case.action_back()
        self.assertEqual((case.state, case.received_on), ("to_send", False))
        case.action_send()
        case.action_receive()
        case.action_check()
        case.action_back()
        self.assertEqual((case.state, case.checked_by_id.id), ("received", False))
        case.action_back()
        self.assertEqual((case.state, case.sent_on), ("sent", date(2026, 3, 2)))

    @users("front.desk")
    def test_what_is_no_good_is_made_again(self):
        case = self._case(teeth="11", shade="A2", appointment_id=self.visit.id)
        case.action_send()
        case.action_receive()
        with self._refused(UserError, "Why it goes back: say it"):
            case.action_return()
        case.return_reason = "Open margin"
        action = case.action_return()
        again = case.remake_ids
        self.assertEqual(action["res_id"], again.id)
        self.assertEqual(
            (again.state, again.teeth, again.shade, again.appointment_id.id, again.instructions),
            ("to_send", "11", "A2", self.visit.id, "Open margin"),
        )
        self.assertNotEqual(again.number, case.number)
        self.assertEqual(again.next_action, "Send it to the laboratory")
        with self._refused(UserError, "is being made again already"):
            case.action_return()

    @users("front.desk")
    def test_the_database_refuses_a_second_remake(self):
        case = self._case()
        self._case(remake_of_id=case.id)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            self._case(remake_of_id=case.id)

    @users("front.desk")
    def test_how_late_a_laboratory_is_is_learned(self):
        days = self.days.with_user(self.env.user)
        self._past(2, "2026-02-02", "2026-02-10")
        self.assertEqual((days.case_count, days.real_days, days.lateness), (2, 6, 3))
        case = self._case()
        self.assertEqual(case.expected_on, date(2026, 3, 6), "two cases teach nothing yet")
        self._past(1, "2026-02-02", "2026-02-04")
        case.invalidate_recordset(["expected_on", "pace"])
        self.assertEqual(case.expected_on, date(2026, 3, 11), "six working days from today")
        self.assertEqual(case.pace, "3 working days as published, really 6 (median of 3)")

    def test_median_of_many_laboratories_in_two_queries(self):
        self._past(3, "2026-02-02", "2026-02-10")
        other = self.lab.copy()
        self.env.flush_all()
        with self.assertQueryCount(2):
            paces = self.env["dental.lab.turnaround"]._paces(self.lab | other)
        self.assertEqual(paces, {(self.lab.id, self.crown.id, self.company.id): (3, 6.0, 3)})

    @users("front.desk")
    def test_the_list_is_worked_through_several_rows_at_once(self):
        cases = self._case() | self._case()
        for key, state in (("sent", "sent"), ("received", "received"), ("back", "sent")):
            cases.work_outcome(key)
            self.assertEqual(set(cases.mapped("state")), {state})
        cases.work_outcome("received")
        cases.work_undo()
        self.assertEqual(set(cases.mapped("state")), {"sent"}, "the last key is taken back")
        self.assertEqual(set(cases.mapped("received_on")), {False})
        cases.work_outcome("asked")
        self.assertEqual(set(cases.mapped("next_date")), {date(2026, 3, 6)})

    @users("front.desk")
    def test_links_are_of_the_same_file(self):
        other = self._new_patient("Pia", "Other")
        with self._refused(ValidationError, "Delivered in belongs to another patient"):
            self._case(patient_id=other.id, appointment_id=self.visit.id)

    def test_slip_has_no_name_and_is_logged_as_print(self):
        case = self._case(teeth="11", shade="A2", instructions="Light contact")
        html = (
            self.env["ir.actions.report"]
            .with_user(self.front_desk)
            ._render_qweb_html("dental_coordinator.report_lab_slip", case.ids)[0]
            .decode()
        )
        for word in (case.number, "A2", "Light contact", "Bay Laboratory", self.patient.number):
            self.assertIn(word, html)
        self.assertNotIn("Kowalski", html)
        log = self.env["dental.access.log"].search(
            [("patient_key", "=", self.patient.id), ("action", "=", "print")]
        )
        self.assertEqual(log.mapped("model"), ["dental.lab.case"])

    def test_a_trainee_has_no_cases_and_staff_only_reads_the_table(self):
        case = self._case()
        with self.assertRaises(AccessError):
            case.with_user(self.trainee).read(["number"])
        with self.assertRaises(AccessError):
            self.days.with_user(self.front_desk).days = 1
