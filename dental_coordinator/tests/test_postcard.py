# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged, users

from .test_readiness import ReadinessCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestPostcard(ReadinessCase):
    """Cards by post say when, or that it is time; not what for, nor with whom."""

    def _html(self, action):
        report = self.env["ir.actions.report"]
        name = action["report_name"]
        docids = action["context"]["active_ids"]
        return report._render_qweb_html(name, docids)[0].decode()

    @users("front.desk")
    def test_one_card_a_patient_with_all_visits_to_come(self):
        later = self._visit(self.patient, "2026-04-07 14:30:00")
        over = self._visit(self.patient, "2026-03-09 14:30:00", status="planned")
        visits = (self.visit | later | over).with_user(self.env.user)
        html = self._html(visits.action_print_postcards())
        self.assertEqual(html.count('class="o_dental_card"'), 1)
        for told in ("Thursday 5 March 2026", "Tuesday 7 April 2026", "2:30", "1 Elm", "Portland"):
            self.assertIn(told, html)
        for hidden in ("9 March", "Ortiz", "Exam", self.patient.number):
            self.assertNotIn(hidden, html)

    @users("front.desk")
    def test_a_print_is_logged(self):
        self._html(self.visit.with_user(self.env.user).action_print_postcards())
        log = (
            self.env["dental.access.log"]
            .sudo()
            .search([("patient_key", "=", self.patient.id), ("action", "=", "print")])
        )
        self.assertEqual(log.mapped("model"), ["dental.appointment"])

    @users("front.desk")
    def test_a_recall_asks_to_arrange_a_visit(self):
        recall = self._make("dental.recall", type_id=self.cleaning.id, due="2026-03-10")
        html = self._html(recall.action_print_postcards())
        self.assertIn("It is time to arrange your next visit", html)
        self.assertIn("1 Elm", html)
        for hidden in (self.cleaning.name, "March"):
            self.assertNotIn(hidden, html)

    @users("coordinator")
    def test_open_treatment_asks_for_a_visit_and_does_not_say_so(self):
        self._plan("T1110")
        self.env.flush_all()
        row = self.env["dental.patient.due"].browse(self.patient.id)
        html = self._html(row.action_print_postcards())
        self.assertEqual(html.count('class="o_dental_card"'), 1)
        for told in ("It is time to arrange your next visit", "1 Elm"):
            self.assertIn(told, html)
        for hidden in ("treatment", row.what_for, self.patient.number):
            self.assertNotIn(hidden, html)
        self.file.do_not_contact = True
        self.assertEqual(row._postcards(), [])

    @users("front.desk")
    def test_mail_for_a_child_goes_to_the_parents(self):
        self.assertTrue(self.file._letter_address().startswith("Marta Kowalski\n"))
        self.patient.birth_date = "2018-05-04"
        self.assertTrue(
            self.file._letter_address().startswith("To the parents of\nMarta Kowalski\n1 Elm")
        )

    @users("front.desk")
    def test_who_has_no_address_or_wants_no_mail(self):
        visit = self.visit.with_user(self.env.user)
        self.patient.street = False
        with self._refused(UserError, f"No address is entered for {self.patient.number}"):
            visit.action_print_postcards()
        self.patient.do_not_contact = True
        with self._refused(UserError, "who may be written to: nobody is left"):
            visit.action_print_postcards()
        self.assertEqual(visit._postcards(), [])

    @users("front.desk")
    def test_what_was_broken_has_no_card(self):
        visit = self.visit.with_user(self.env.user)
        visit.action_break("cancelled")
        with self._refused(UserError, "still to come"):
            visit.action_print_postcards()

    def test_outsiders_print_nothing(self):
        with self.assertRaises(AccessError):
            self.visit.with_user(self.outsider).action_print_postcards()
