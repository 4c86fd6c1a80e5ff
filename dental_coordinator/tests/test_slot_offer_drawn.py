# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged, users

from .test_slot_offer import OfferCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestSlotOfferDrawn(OfferCase):
    """The book shows what is held for an offer."""

    def _drawn(self, day="2026-03-03", **asked):
        data = self.env["dental.book"].data(day, **asked)
        return [each for each in data["blockouts"] if str(each["id"]).startswith("offer")]

    @users("front.desk")
    def test_what_is_out_is_drawn_in_its_chair(self):
        self._waits(self.ana)
        offer = self._hole()
        self.assertEqual(self._drawn(), [])
        offer.action_call()
        (block,) = self._drawn()
        self.assertEqual(block["resource_id"], self.chair.resource_id.id)
        self.assertEqual(
            (block["start"], block["stop"]), (datetime(2026, 3, 3, 9), datetime(2026, 3, 3, 9, 40))
        )
        self.assertEqual(block["name"], f"Offered: {offer.number}")
        self.assertFalse(block["schedulable"])
        self.assertEqual(self._drawn("2026-03-04"), [])
        offer.action_cancel()
        self.assertEqual(self._drawn(), [])

    @users("front.desk")
    def test_in_the_week_of_its_provider(self):
        self._hole().action_call()
        (block,) = self._drawn("2026-03-05", layout="week", provider_id=self.provider.id)
        self.assertEqual(block["resource_id"], self.provider.resource_id.id)

    @users("front.desk")
    def test_open_books_look_again(self):
        offer = self._hole()
        with patch.object(self.env.registry["dental.today"], "_tell") as told:
            offer.action_call()
            self.assertEqual(told.call_args.args, (self.company,))
            offer.action_cancel()
        self.assertEqual(told.call_count, 2)

    def test_nobody_outside_the_team_sees_it(self):
        self._hole().action_call()
        with self.assertRaises(AccessError):
            self.env["dental.book"].with_user(self.outsider).data("2026-03-03")

    @users("front.desk")
    def test_more_offers_cost_no_more_queries(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._drawn()
            return self.env.cr.sql_log_count - before

        self._hole().action_call()
        count()
        few = count()
        self._hole("2026-03-03 11:00:00").action_call()
        self.assertEqual(count(), few)
        self.assertLessEqual(few, 10)
