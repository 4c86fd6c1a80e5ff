# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.tests import tagged, users

from .common import DentalBillingCase


@tagged("post_install", "-at_install")
class TestBook(DentalBillingCase):
    """Money in the book: on the cards, and above it for those who may know."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls._new_visit("exam", "crown", status="scheduled")
        cls.view = cls.env["dental.book.view"].create(
            {
                "name": "Money",
                "user_id": False,
                "item_ids": [(6, 0, cls.env["dental.book.item"].search(cls._money()).ids)],
            }
        )

    @classmethod
    def _money(cls):
        return [("key", "in", ("fee", "estimate", "balance", "family"))]

    def _data(self, user):
        day = fields.Date.to_string(self.visit.start.date())
        book = self.env["dental.book"].with_user(user).with_company(self.company)
        return book.data(day, self.view.id)

    def _items(self, user):
        card = next(c for c in self._data(user)["visits"] if c["id"] == self.visit.id)
        return {item["key"]: item["text"] for item in card["items"]}

    @users("coordinator")
    def test_fee_estimate_and_balance_on_the_card(self):
        self.assertIn("1,230.00", self._items(self.env.user)["fee"])
        self.assertFalse({"estimate", "balance"} & self._items(self.env.user).keys())
        self.visit.procedure_ids.with_user(self.env.user)._make_estimate()
        self.assertIn("1,230.00", self._items(self.env.user)["estimate"])
        earlier = self._new_visit("exam", days_ago=3)
        self._check_out(earlier)
        self.assertIn("80.00", self._items(self.env.user)["balance"])

    def test_what_the_guarantor_owes_is_for_those_who_bill(self):
        self._check_out(self._new_visit("exam", days_ago=3))
        self.assertIn("balance", self._items(self.coordinator))
        self.assertNotIn("balance", self._items(self.clinician))

    def test_what_a_family_owes_after_plans_or_has_as_credit(self):
        self.patient.family_id = self.env["dental.family"].create({"name": "Kowalski"})
        other = self._new_patient("Ola", "Kowalska", family_id=self.patient.family_id.id)
        self.assertNotEqual(other.guarantor_id, self.patient.guarantor_id)
        self._check_out(self._new_visit("exam", days_ago=3))
        self._check_out(self._new_visit("exam", patient=other, days_ago=2))
        items = self._items(self.coordinator)
        self.assertRegex(items["balance"], r"owes \$.80\.00")
        self.assertRegex(items["family"], r"family owes \$.160\.00 after plans")
        self.assertNotIn("family", self._items(self.clinician))
        journal = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        other.guarantor_id._dental_receive(200.0, journal)
        self.assertRegex(self._items(self.coordinator)["family"], r"family has \$.40\.00 credit")

    def test_the_family_line_does_not_repeat_the_guarantors(self):
        self.patient.family_id = self.env["dental.family"].create({"name": "Kowalski"})
        self._check_out(self._new_visit("exam", days_ago=3))
        items = self._items(self.coordinator)
        self.assertIn("80.00", items["balance"])
        self.assertNotIn("family", items)
        self.view.item_ids -= self.view.item_ids.filtered(lambda one: one.key == "balance")
        self.assertIn("80.00", self._items(self.coordinator)["family"])

    def test_an_estimate_that_was_replaced_no_longer_counts(self):
        procedures = self.visit.procedure_ids.with_user(self.coordinator)
        procedures._make_estimate()
        procedures[:1].sudo().fee = 50.0
        procedures._make_estimate()
        total = sum(procedures.mapped("fee"))
        self.assertIn(f"{total:,.2f}", self._items(self.coordinator)["estimate"])

    def test_production_is_for_whom_the_right_is_given(self):
        self.assertEqual(self._data(self.coordinator)["production"], [])
        self.coordinator.group_ids |= self.env.ref("dental_coordinator_billing.group_production")
        booked = self._data(self.coordinator)["production"][0]
        self.assertIn("1,230.00", booked["text"])
        self.assertTrue(self.manager.has_group("dental_coordinator_billing.group_production"))

    def test_the_goal_is_an_hourly_one_times_the_hours_worked(self):
        self.coordinator.group_ids |= self.env.ref("dental_coordinator_billing.group_production")
        self.company.dental_goal_hour = 100.0
        book = self.env["dental.book"].with_user(self.coordinator)
        start = self.visit.start.replace(hour=8, minute=0)
        rows = [{"id": self.visit.id, "readable": True, "in_tray": False}]
        four_hours = [(start, start.replace(hour=12))]
        timetables = [
            {"kind": "dentist", "open": four_hours},
            {"kind": "hygienist", "open": four_hours},
            {"kind": "assistant", "open": four_hours},
            {"kind": "chair", "open": four_hours},
        ]
        booked, goal = book._production(rows, timetables, [])
        self.assertIn("800.00", goal["text"])
        self.assertNotIn("level", booked)
        self.company.dental_goal_hour = 200.0
        booked, _goal = book._production(rows, timetables, [])
        self.assertEqual(booked["level"], "warn")
