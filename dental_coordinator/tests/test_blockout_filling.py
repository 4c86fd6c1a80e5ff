# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_slot_finder import FinderCase

TUESDAY = datetime(2026, 3, 3, 14)


@tagged("post_install", "-at_install")
@freeze_time(TUESDAY)
class TestFillingOfKeptTime(FinderCase):
    """Kept time on Tuesdays at two, looked at from the tenth Tuesday on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.emergency = cls.env["dental.appointment.type"].create(
            {"name": "Emergency", "pattern": "/XX/"}
        )

    def _kept(self, **vals):
        return self._block(
            start=TUESDAY,
            stop=TUESDAY + timedelta(hours=1),
            name="Emergencies",
            kind="template",
            repeats=True,
            tue=True,
            type_ids=self.emergency.ids,
            **vals,
        )

    def _come(self, week, hours, kind=None, minute=0):
        """A visit in the piece of a week, booked some hours before."""
        start = self._piece(week) + timedelta(minutes=minute)
        with freeze_time(start - timedelta(hours=hours)):
            visit = self._book(start, type_id=(kind or self.emergency).id)
            visit.flush_recordset()
        return visit

    def _piece(self, week):
        return TUESDAY + timedelta(weeks=week)

    def test_counted_against_visits_of_its_kinds(self):
        kept = self._kept()
        self.assertIn("0 past times", kept.filling)
        self._come(1, 40)
        self._come(2, 30)
        self._come(2, 50, minute=40)
        self._come(3, 5, kind=self.kind)  # not what it is kept for
        self._come(4, 200).action_break("cancelled")
        missed = self._come(5, 200)
        with freeze_time(self._piece(6)):
            missed.action_break("missed")
            kept._cron_count_filling()
            self.assertEqual((kept.past_pieces, kept.filled_pieces), (6, 3))
            self.assertIn("too few", kept.filling)
        with freeze_time(self._piece(10)):
            kept._cron_count_filling()
        self.assertRecordValues(kept, [{"past_pieces": 10, "filled_pieces": 3, "opens_best": 48}])
        self.assertIn("3 of 10 times in 26 weeks (30 %)", kept.filling)

    def test_when_it_filled_says_when_it_may_open(self):
        kept = self._kept()
        for week, hours in enumerate((30, 40, 40, 60), 1):
            self._come(week, hours)
        with freeze_time(self._piece(9)):
            kept._cron_count_filling()
            self.assertEqual(kept.opens_best, 24)
            kept.with_user(self.coordinator).action_open_as_suggested()
        self.assertRecordValues(kept.release_ids, [{"hours": 24.0, "type_ids": []}])

    def test_looks_back_as_far_as_the_clinic_says(self):
        kept = self._kept()
        self._come(1, 40)
        with freeze_time(self._piece(12)):
            self.company.dental_filling_weeks = 8
            kept._cron_count_filling()
            self.assertEqual((kept.past_pieces, kept.filled_pieces), (8, 0))
            self.company.dental_filling_weeks = 20
            kept._cron_count_filling()
            self.assertEqual((kept.past_pieces, kept.filled_pieces), (12, 1))

    def test_two_queries_for_any_number(self):
        kept = self._kept() | self._kept(resource_ids=self.provider.resource_id.ids)
        since, now = TUESDAY, self._piece(12)
        kept._past_pieces(since, now)
        with self.assertQueryCount(2):
            found = kept._past_pieces(since, now)
        self.assertEqual(
            {one: len(rows) for one, rows in found.items()}, dict.fromkeys(kept.ids, 12)
        )

    def test_told_with_the_place_and_in_the_book_without_a_further_query(self):
        kept = self._kept()
        for week in range(1, 4):
            self._come(week, 40)
        with freeze_time(self._piece(9)):
            kept._cron_count_filling()
            found = self._found(
                type_id=self.emergency.id,
                provider_id=self.provider.id,
                operatory_id=self.chair.id,
                earliest=self._piece(9).date(),
            )
            self.assertEqual(found[0].start, self._piece(9))
            self.assertIn("in time kept for it (it filled 3 of 9 times)", found[0].reasons)
            day = (self._piece(9), self._piece(9) + timedelta(hours=1))
            (drawn,) = kept.with_user(self.front_desk)._drawn(self.chair.resource_id, *day)
            self.assertEqual(drawn["filled"], (3, 9))

    def test_only_who_keeps_the_book_changes_it(self):
        kept = self._kept()
        kept.opens_best = 24
        with self.assertRaises(AccessError):
            kept.with_user(self.outsider).action_open_as_suggested()
