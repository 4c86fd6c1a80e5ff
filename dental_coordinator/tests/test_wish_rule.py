# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users
from odoo.tools import mute_logger

from .common import DentalCase


@tagged("post_install", "-at_install")
class TestWishRule(DentalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.env["dental.wish.rule"]
        cls.rules.search([]).active = False

    def _rule(self, name, answer="allow", message="Words", **vals):
        return self.env["dental.wish.rule"].create(
            {"name": name, "answer": answer, "message": message, **vals}
        )

    def _meant(self, typed):
        return self.env["dental.wish.rule"]._of(self.company)._meant(typed)

    @users("manager")
    def test_by_name_alias_and_contact(self):
        harbor = self._rule("Harbor", aliases="HDP, Harbour Dental")
        contact = self.env["res.partner"].sudo().create({"name": "Bay Life", "is_company": True})
        bay = self.env["dental.wish.rule"].create({"partner_id": contact.id})
        other = self._rule(False, "block", other=True)
        self.assertEqual(bay.name, "Bay Life")
        for typed in ("harbor", "HDP plus", "Harbour-Dental"):
            self.assertEqual(self._meant(typed), harbor, typed)
        self.assertEqual(self._meant("BAY LIFE Inc."), bay)
        self.assertEqual(self._meant("Something else"), other)
        self.assertFalse(self._meant(" "))
        harbor.active = False
        self.assertEqual(self._meant("harbor"), other)

    def test_of_another_clinic_or_archived_it_says_nothing(self):
        there = self.env["res.company"].create({"name": "Elsewhere"})
        self._rule("Harbor", company_id=there.id)
        self._rule("Bay", active=False)
        self.assertFalse(self._meant("Harbor"))
        self.assertFalse(self._meant("Bay"))

    def test_one_name_leads_to_one_rule(self):
        self._rule("Harbor", aliases="HDP")
        with self.assertRaisesRegex(ValidationError, "name of two rules"):
            self._rule("Hartford", aliases="the HDP")
        with self.assertRaisesRegex(ValidationError, "is no name"):
            self._rule("--")

    @mute_logger("odoo.sql_db")
    def test_the_database_wants_a_name_and_words(self):
        for error, vals in (
            (CheckViolation, {"name": " "}),
            (CheckViolation, {"name": "Bay", "answer": "block", "message": " "}),
        ):
            with self.assertRaises(error), self.env.cr.savepoint():
                self._rule(**vals).flush_recordset()
        self._rule(False, other=True)
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self._rule(False, other=True).flush_recordset()

    def test_who_sets_rules(self):
        rule = self._rule("Harbor")
        self.assertEqual(rule.with_user(self.front_desk).name, "Harbor")
        with self.assertRaises(AccessError):
            rule.with_user(self.front_desk).answer = "block"
        with self.assertRaises(AccessError):
            rule.with_user(self.front_desk).action_suggest()
        with self.assertRaises(AccessError):
            rule.with_user(self.outsider).read(["message"])

    def test_what_people_name_is_suggested_once(self):
        wishes = self.env["dental.visit.wish"]
        wishes.search([("company_id", "=", self.company.id)]).payer = False
        for payer in ("Harbor", "Harbor", "HARBOR", "Bay", "--", "Known plan"):
            wishes.create({"name": "Nora", "payer": payer})
        self._rule("Known")
        names = [name for name, _partner in self.rules._most_used_payers(self.company)]
        if "dental.insurance.coverage" not in self.env:
            self.assertEqual(names, ["Harbor", "Bay", "Known plan"])
        self.rules.with_user(self.manager).action_suggest()
        made = self.rules._of(self.company) - self._meant("Known")
        self.assertEqual(set(made.mapped("answer")), {"allow"})
        with self.assertRaisesRegex(UserError, "already"):
            self.rules.with_user(self.manager).action_suggest()

    def test_what_was_told_is_to_be_verified(self):
        wish = self.env["dental.visit.wish"].create({"name": "Nora", "payer": "Harbor"})
        self.assertIn("Verify the insurance", wish.next_action)
        plain = self.env["dental.visit.wish"].create({"name": "Nora"})
        self.assertEqual(plain.next_action, "Call back and book")
