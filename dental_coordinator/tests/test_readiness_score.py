# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta

from odoo.tests import tagged, users

from .test_readiness import ReadinessCase


@tagged("post_install", "-at_install")
class TestReadinessScore(ReadinessCase):
    """The database knows today, so these visits are of the next days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        noon = datetime.now().replace(hour=12, minute=0, second=0, microsecond=0)
        cls.soon = cls._visit(cls.patient, noon + timedelta(days=3))
        cls.other = cls._new_patient("Tom", "Abel")
        cls.bare = cls._visit(cls.other, noon + timedelta(days=4))
        cls._visit(cls.other, noon + timedelta(days=40))

    def _rows(self, **options):
        found = self.env["dental.readiness.score"].web_search_read(
            [("patient_id", "in", (self.patient + self.other).ids)],
            {"score": {}, "parts": {}, "appointment_id": {}},
            **options,
        )
        return [(row["appointment_id"], row["score"], row["parts"]) for row in found["records"]]

    @users("front.desk")
    def test_points_are_taken_for_what_is_missing(self):
        self.assertEqual({score for _visit, score, _parts in self._rows()}, {100})
        self._rule("contact", on_confirmed="stop")
        self._rule("history", on_confirmed="warn")
        health = "−10 health was never asked about."
        rows = self._rows()
        self.assertEqual([row[:2] for row in rows], [(self.bare.id, 65), (self.soon.id, 90)])
        self.assertEqual(rows[1][2], health)
        self.assertRegex(rows[0][2], f"^−25 .*  {health}$")
        self.assertEqual(self._rows(order="score desc")[0][0], self.soon.id)

    @users("front.desk")
    def test_it_does_not_fall_below_zero(self):
        self._rule("contact", on_confirmed="stop")
        self._rows()
        item = (
            self.env["dental.readiness.item"].sudo().search([("appointment_id", "=", self.bare.id)])
        )
        for key in "abcd":
            item.copy({"key": key})
        self.env.flush_all()
        self.env.invalidate_all()
        row = self.env["dental.readiness.score"].browse(self.bare.id)
        self.assertEqual((row.stops, row.score), (5, 0))

    @users("front.desk")
    def test_it_is_one_set_of_queries(self):
        self._rule("contact", on_confirmed="stop")
        self._rows()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._rows()
        few = self.env.cr.sql_log_count - before
        for hours in range(1, 5):
            self._visit(self.other, self.bare.start + timedelta(hours=hours))
        self._rows()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._rows()
        self.assertLessEqual(self.env.cr.sql_log_count - before, few)

    @users("front.desk")
    def test_a_row_leads_to_its_visit(self):
        row = self.env["dental.readiness.score"].browse(self.soon.id)
        self.assertEqual(row.action_open_visit()["res_id"], self.soon.id)
