# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged

from .common import DentalSetup


@tagged("post_install", "-at_install")
class TestVisitWish(DentalSetup, HttpCase):
    _registry_readonly_enabled = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._setup_dental(cls.env.company)
        cls.company.write({"dental_wish_public": True, "dental_wish_owner_id": cls.front_desk.id})
        cls.portal = new_test_user(
            cls.env, "portal.m", groups="base.group_portal", partner_id=cls.patient.partner_id.id
        )

    def _ask(self, **values):
        page = self.url_open("/dental/ask")
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        return self.url_open("/dental/ask", data={"csrf_token": token, **values})

    def _wishes(self):
        self.env.invalidate_all()
        return self.env["dental.visit.wish"].search([])

    def test_from_outside_it_waits_in_the_inbox_and_books_nothing(self):
        before = self.env["dental.appointment"].search_count([])
        answer = self._ask(
            name="Nora New",
            phone="555 0177",
            kind="pain",
            is_new="1",
            birth_date="1990-04-01",
            payer="Delta",
            part_of_day="night",
        )
        self.assertIn("Thank you", answer.text)
        self.assertRecordValues(
            self._wishes(),
            [
                {
                    "name": "Nora New",
                    "kind": "pain",
                    "is_new": True,
                    "state": "new",
                    "part_of_day": False,
                    "patient_id": False,
                    "asked_by_id": False,
                    "owner_id": self.front_desk.id,
                    "payer": "Delta",
                }
            ],
        )
        self.assertEqual(self.env["dental.appointment"].search_count([]), before)

    def test_on_the_portal_the_file_is_known(self):
        self.authenticate("portal.m", "portal.m")
        self.assertIn("Ask for a visit", self.url_open("/my/appointments").text)
        self._ask(name="Marta", email="m@example.com")
        self.assertRecordValues(
            self._wishes(), [{"patient_id": self.patient.id, "asked_by_id": self.portal.id}]
        )

    def test_closed_to_the_public_by_the_setting(self):
        self.company.dental_wish_public = False
        self.env.flush_all()
        self.assertEqual(self.url_open("/dental/ask").status_code, 404)

    def test_what_is_missing_is_named(self):
        self.assertIn("how to reach you", self._ask(name="Nora").text)
        self.assertIn("who you are", self._ask(phone="1").text)
        self.assertFalse(self._wishes())

    def test_the_insurance_named_decides_and_only_its_words_are_shown(self):
        told = {"name": "Nora New", "phone": "555 0177"}
        self.env["dental.wish.rule"].create(
            [
                {"name": "Harbor", "answer": "message", "message": "Bring your <b>card</b>"},
                {"name": "Bay", "aliases": "Bay Life", "answer": "ask", "message": "Your group?"},
                {"name": "Closed Plan", "answer": "block", "message": "We are not in its network"},
            ]
        )
        page = self._ask(**told, payer="My CLOSED plan!").text
        self.assertIn("We are not in its network", page)
        self.assertNotIn("Closed Plan", page)
        self.assertIn("My CLOSED plan!", page)  # what was typed stays, to correct it
        page = self._ask(**told, payer="bay life").text
        self.assertIn("Your group?", page)
        self.assertFalse(self._wishes())
        self.assertIn("Thank you", self._ask(**told, payer="bay", payer_answer="G-7").text)
        page = self._ask(**told, payer="Harbor").text
        self.assertIn("Bring your &lt;b&gt;card&lt;/b&gt;", page)
        self.assertNotIn("group?", self._ask(**told, payer="Nobody knows").text)
        self.assertRecordValues(
            self._wishes(),
            [
                {"payer": "bay", "payer_answer": "G-7", "wish_rule_id": rule.id}
                for rule in self.env["dental.wish.rule"].search([("name", "=", "Bay")])
            ]
            + [
                {"payer": "Harbor", "payer_answer": False, "wish_rule_id": rule.id}
                for rule in self.env["dental.wish.rule"].search([("name", "=", "Harbor")])
            ]
            + [{"payer": "Nobody knows", "payer_answer": False, "wish_rule_id": False}],
        )

    def test_machines_are_thanked_and_forgotten_and_many_slowed_down(self):
        self.assertIn("Thank you", self._ask(name="Bot", phone="1", website="x").text)
        self.assertFalse(self._wishes())
        for _number in range(19):
            self._ask(name="Again", phone="1", website="x")
        self.assertIn("Too many tries", self._ask(name="Nora", phone="1").text)

    def test_worked_through_by_the_desk(self):
        self.patient.phone = "555 0188"
        wish = self.env["dental.visit.wish"].create(
            {"name": "M. Kowalski", "phone": "5550188", "owner_id": self.front_desk.id}
        )
        desk = wish.with_user(self.front_desk)
        self.assertEqual(desk.suggestion_ids, self.patient)
        with self.assertRaisesRegex(UserError, "choose the file"):
            desk.work_outcome("book")
        desk.action_take_suggestion()
        self.env["dental.appointment.type"].create({"name": "Exam", "pattern": "/XX/"})
        self.assertEqual(desk.work_outcome("book")["action"]["res_model"], "dental.slot.finder")
        self.assertEqual(desk.state, "booked")

    def test_a_new_file_from_what_was_told(self):
        wish = self.env["dental.visit.wish"].create(
            {"name": "Ana Maria Lund", "phone": "555 0199", "birth_date": "1990-04-01"}
        )
        wish.with_user(self.front_desk).action_new_patient()
        self.assertRecordValues(
            wish.patient_id,
            [
                {
                    "first_name": "Ana Maria",
                    "last_name": "Lund",
                    "phone": "555 0199",
                    "status": "prospective",
                }
            ],
        )

    def test_no_one_else_reads_it(self):
        wish = self.env["dental.visit.wish"].create({"name": "Nora"})
        for user in (self.portal, self.outsider, self.trainee):
            with self.assertRaises(AccessError):
                wish.with_user(user).read(["name"])
