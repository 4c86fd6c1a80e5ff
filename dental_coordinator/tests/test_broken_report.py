# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

from freezegun import freeze_time

from odoo.tests import tagged, users

from .test_appointment import AppointmentCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestBrokenReport(AppointmentCase):
    def _rows(self, visits=None):
        self.env.flush_all()
        domain = [("appointment_id", "in", visits.ids)] if visits else []
        return self.env["dental.broken.report"].search(domain, order="id")

    @users("front.desk")
    def test_each_time_a_visit_was_kept_or_broken_is_a_row(self):
        visit = self._book("2026-03-03 09:00:00")  # Tuesday
        visit.action_break("missed", then="planned")
        visit._place(visit.start.replace(day=20), self.provider, self.chair)
        visit.action_break("cancelled")
        self.assertRecordValues(
            self._rows(visit),
            [
                {"status": "missed", "missed": 1, "late": 0, "broken": 1, "broken_rate": 100.0},
                {"status": "cancelled", "missed": 0, "late": 0, "broken": 1, "broken_rate": 0.0},
            ],
        )

    @users("front.desk")
    def test_what_was_taken_back_does_not_count(self):
        visit = self._book("2026-03-03 09:00:00")
        visit.action_break("missed")
        visit.action_unbreak()
        self.assertFalse(self._rows(visit))

    @users("front.desk")
    def test_weekday_is_the_clinics_and_lead_from_the_booking(self):
        self.company.sudo().resource_calendar_id.tz = "Pacific/Auckland"
        soon = self._book("2026-03-02 20:00:00")  # Tuesday there
        later = self._book("2026-03-20 09:00:00")
        for visit in (soon, later):
            visit.action_break("cancelled_late")
        self.assertRecordValues(
            self._rows(soon + later),
            [{"weekday": "2", "lead": "1_day"}, {"weekday": "5", "lead": "3_month"}],
        )

    @users("front.desk")
    def test_another_place_later_changes_nothing_of_the_broken_visit(self):
        visit = self._book("2026-03-03 09:00:00")  # Tuesday, tomorrow
        visit.action_break("missed", then="planned")
        visit._place(datetime(2026, 5, 8, 9), self.provider, self.chair)
        self.assertRecordValues(
            self._rows(visit),
            [{"start": datetime(2026, 3, 3, 9), "weekday": "2", "lead": "2_week"}],
        )

    @users("front.desk")
    def test_rate_by_kind(self):
        visits = self._book("2026-03-03 09:00:00") | self._book("2026-03-04 09:00:00")
        visits |= self._book("2026-03-05 09:00:00") | self._book("2026-03-06 09:00:00")
        visits[0].action_break("missed")
        visits[1:]._set_status("arrived")
        visits[1:]._set_status("done")
        self.env.flush_all()
        groups = self.env["dental.broken.report"]._read_group(
            [("appointment_id", "in", visits.ids)], ["type_id"], ["visits:sum", "broken_rate:avg"]
        )
        self.assertEqual(groups, [(self.kind, 4, 25.0)])
