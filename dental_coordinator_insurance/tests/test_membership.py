# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DentalInsuranceCase


@tagged("post_install", "-at_install")
class TestMembership(DentalInsuranceCase):
    """The clinic's own discount plan: dues are billed, discounts come off the bill of a visit."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._new_patient("Ida", "Holm", birth_date="1990-01-01")
        cls.member.guarantor_id = cls.member.partner_id
        cls.club = cls._new_plan("House plan", kind="discount", crown=700.0, exam=40.0)
        cls.club.write({"dues": 120, "dues_every": "6"})
        cls.cover = cls._cover(cls.member, cls.club, "H1")
        cls.cover.date_from = "2026-01-15"

    def _bills(self):
        return self.cover.sudo().dues_move_ids.sorted("dental_dues_from")

    def _bill_all(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60.0):
            self.cover._cron_bill_dues()

    def test_a_member_who_cannot_be_billed_stops_no_other(self):
        other = self._cover(self._new_patient("Ola", "Lund"), self.club, "H2")
        other.date_from = "2026-01-15"
        covers = type(self.cover)
        prepare = covers._prepare_dues_vals

        def refuse(cover, *args):
            if cover == self.cover:
                raise UserError(cover.env._("This one cannot be billed"))
            return prepare(cover, *args)

        with freeze_time("2026-01-20 12:00:00"), patch.object(covers, "_prepare_dues_vals", refuse):
            self._bill_all()
        self.assertFalse(self._bills())
        self.assertEqual(len(other.sudo().dues_move_ids), 1)
        self.assertEqual(self.cover.dues_problem, "This one cannot be billed")
        with freeze_time("2026-01-21 12:00:00"):
            self._bill_all()
        self.assertEqual(len(self._bills()), 1)
        self.assertFalse(self.cover.dues_problem)

    def test_dues_are_billed_once_for_each_period(self):
        with freeze_time("2026-01-20 12:00:00"):
            self._bill_all()
            self._bill_all()
        bill = self._bills()
        self.assertEqual((len(bill), bill.state, bill.amount_total), (1, "posted", 120))
        self.assertEqual(bill.partner_id, self.member.guarantor_id)
        self.assertNotIn("Holm", bill.invoice_line_ids.name)
        self.assertEqual(self.cover.dues_until, date(2026, 7, 14))
        with freeze_time("2026-07-14 12:00:00"):
            self._bill_all()
            self.assertEqual(len(self._bills()), 1, "the last day is paid")
        with freeze_time("2026-07-15 12:00:00"):
            self.cover.with_user(self.billing).action_bill_dues()
        self.assertEqual(self._bills()[-1].dental_dues_from, date(2026, 7, 15))
        self.assertEqual(self.cover.with_user(self.billing).dues_open, 240)

    def test_who_left_and_who_owes_no_dues(self):
        self.cover.date_to = "2026-03-31"
        self.club.dues = 0
        with freeze_time("2026-02-01 12:00:00"):
            self._bill_all()
        self.club.dues = 120
        with freeze_time("2026-04-01 12:00:00"):
            self._bill_all()
        self.assertFalse(self._bills())
        with self.assertRaises(AccessError):
            self.cover.with_user(self.front_desk).action_bill_dues()

    def _crown(self):
        visit = self._new_visit("crown", patient=self.member)
        self._check_out(visit)
        return visit, visit.procedure_ids

    def test_discount_comes_off_the_bill_and_uses_up_the_cap(self):
        fee = self._new_procedure("crown", self.member).fee
        self._rule("maximum", self.club, amount=fee - 700 + 50, period="service_year")
        visit, crown = self._crown()
        self.assertEqual(crown.discount_given, fee - 700)
        self.assertEqual(float(visit._open_money()["open"]), 700)
        self.assertEqual(float(visit._open_money()["credited"]), fee - 700)
        entry = self.env["account.move"].search([("dental_appointment_id", "=", visit.id)])
        self.assertEqual(set(entry.mapped("dental_kind")), {"invoice", "adjustment"})
        _visit, second = self._crown()
        self.assertEqual(second.discount_given, 50, "of the yearly cap no more is left")

    def test_undone_bill_gives_the_discount_back(self):
        visit, crown = self._crown()
        self.assertTrue(crown.discount_given)
        visit.sudo().invoice_ids.with_user(self.billing).action_dental_undo()
        self.assertFalse(crown.discount_given)
        self.assertEqual(float(visit._open_money()["open"]), 0)
        self.assertEqual(crown.state, "done")
