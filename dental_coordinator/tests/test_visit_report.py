# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time

from odoo.tests import tagged, users

from .test_today import DayCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestVisitReport(DayCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # 40 minutes planned at 8:00: came 5 early, sat at 8:10, left at 9:00.
        cls.seated.write({"arrived_at": "2026-03-02 07:55:00", "seated_at": "2026-03-02 08:10:00"})
        cls.seated.action_checkout()
        # 40 minutes planned at 8:40: came 10 late, still waits.
        cls.waiting.arrived_at = "2026-03-02 08:50:00"
        cls.env.flush_all()

    def _line(self, visit):
        return self.env["dental.visit.report"].search([("appointment_id", "=", visit.id)])

    @users("front.desk")
    def test_waiting_punctuality_and_plan(self):
        self.assertRecordValues(
            self._line(self.seated),
            [
                {
                    "wait_minutes": 15,
                    "late_minutes": -5,
                    "punctual": 100,
                    "seat_delay": 10,
                    "planned_minutes": 40,
                    "chair_minutes": 50,
                    "over_minutes": 10,
                    "weekday": "1",
                }
            ],
        )
        line = self._line(self.waiting)
        self.assertEqual((line.late_minutes, line.punctual), (10, 0))

    @users("front.desk")
    def test_who_is_not_seated_counts_in_no_average(self):
        groups = self.env["dental.visit.report"]._read_group(
            [("start", ">=", "2026-03-02"), ("start", "<", "2026-03-03")],
            [],
            ["__count", "wait_minutes:avg", "punctual:avg", "planned_minutes:sum"],
        )
        self.assertEqual(groups[0], (2, 15.0, 50.0, 80.0))

    @users("front.desk")
    def test_who_has_not_come_is_not_in_it(self):
        self.assertFalse(self._line(self.late) or self._line(self.coming))

    @users("front.desk")
    def test_a_step_taken_back_takes_its_time_back(self):
        self.seated.with_env(self.env).action_back()
        self.env.flush_all()
        self.assertFalse(self._line(self.seated).chair_minutes)
