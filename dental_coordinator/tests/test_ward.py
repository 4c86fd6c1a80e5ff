# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time

from odoo.tests import tagged, users

from .surgery import SurgeryCase

DAY = "2026-03-05"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestWard(SurgeryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.item = cls.env.ref("dental_coordinator.book_item_ward")
        cls.view = cls.env["dental.book.view"].create(
            {"name": "Ours", "user_id": False, "item_ids": [(6, 0, cls.item.ids)]}
        )

    def _cards(self):
        """{visit id: {key of an item: it}}, and how many queries it took."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        data = self.env["dental.book"].data(DAY, self.view.id)
        count = self.env.cr.sql_log_count - before
        items = {c["id"]: {i["key"]: i for i in c["items"]} for c in data["visits"]}
        return items, count

    @users("front.desk")
    def test_ward_and_bed_on_the_card(self):
        surgery = self._surgery(ward="2 East", bed="14")
        items, _count = self._cards()
        self.assertEqual(
            items[surgery.appointment_id.id]["ward"],
            {"key": "ward", "text": "2 East, bed 14", "icon": "fa-bed"},
        )
        self.assertFalse(items[self.visit.id], "no operation, no ward")
        surgery.ward = False
        self.assertEqual(self._cards()[0][surgery.appointment_id.id]["ward"]["text"], "bed 14")
        surgery.bed = False
        self.assertFalse(self._cards()[0][surgery.appointment_id.id])

    @users("front.desk")
    def test_it_is_asked_for_only_where_it_is_shown(self):
        self._surgery(ward="2 East")
        self._cards()
        _items, shown = self._cards()
        self.view.sudo().item_ids = False
        self._cards()
        _items, hidden = self._cards()
        self.assertEqual(shown - hidden, 1)
