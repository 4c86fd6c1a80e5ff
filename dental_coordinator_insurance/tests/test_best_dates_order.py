# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime

from freezegun import freeze_time

from odoo.tests import tagged

from .common import DentalInsuranceCase

TODAY = date(2026, 11, 2)


@tagged("post_install", "-at_install")
class TestBestDatesOrder(DentalInsuranceCase):
    """Two crowns, of which the plan pays one this year: the later one may wait for January."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.plan.benefit_ids.filtered(lambda rule: rule.kind == "maximum").amount = 500
        cls.startClassPatcher(freeze_time("2026-11-02 12:00:00"))

    def _advice(self, tooth, latest=None):
        """{place of the procedure: its best day}, the second one done by ``latest``."""
        crowns = self._new_procedure("crown", tooth="36", sequence=1)
        crowns |= self._new_procedure("crown", tooth=tooth, sequence=2)
        wizards = self.env["dental.best.dates"].with_user(self.coordinator)
        latest = {crowns[1].id: latest} if latest else None
        action = wizards._open(crowns.with_user(self.coordinator), latest)
        days = {line.procedure_id: line.day for line in wizards.browse(action["res_id"]).line_ids}
        return [days[crown] for crown in crowns]

    def test_of_two_teeth_either_may_wait(self):
        self.assertEqual(self._advice("46", latest=TODAY), [date(2027, 1, 1), TODAY])

    def test_of_one_tooth_the_first_stays_the_first(self):
        self.assertEqual(self._advice("36"), [TODAY, date(2027, 1, 1)])

    def test_of_one_tooth_nothing_is_put_off_past_what_cannot_wait(self):
        self.assertEqual(self._advice("36", latest=TODAY), [TODAY, TODAY])

    def test_a_birthday_is_a_reason(self):
        self.patient.birth_date = date(2013, 2, 28)
        self._rule("age", age_from=14)
        crown = self._new_procedure("crown")
        action = self.env["dental.best.dates"]._open(crown)
        line = self.env["dental.best.dates"].browse(action["res_id"]).line_ids
        self.assertEqual((line.day, line.reason), (date(2027, 2, 28), "an age limit is passed"))


@tagged("post_install", "-at_install")
class TestBestDatesKept(DentalInsuranceCase):
    """What is booked stays, what must wait waits, and the chosen days are kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.plan.benefit_ids.filtered(lambda rule: rule.kind == "maximum").amount = 500
        cls.startClassPatcher(freeze_time("2026-11-02 12:00:00"))
        cls.first = cls._new_procedure("crown", tooth="36", sequence=1)
        cls.second = cls._new_procedure("crown", tooth="46", sequence=2)
        cls.wizards = cls.env["dental.best.dates"].with_user(cls.coordinator)

    def _advice(self):
        action = self.wizards._open((self.first | self.second).with_user(self.coordinator))
        return self.wizards.browse(action["res_id"])

    def _line(self, advice, procedure):
        return advice.line_ids.filtered(lambda line: line.procedure_id == procedure)

    def _book(self, procedure, day):
        visit = self._new_visit(status="scheduled", start=datetime(*day, 15))
        procedure.appointment_id = visit
        return visit

    def test_booked_visit_stays_and_the_other_goes_round_it(self):
        self._book(self.second, (2026, 11, 20))
        advice = self._advice()
        line = self._line(advice, self.second)
        self.assertEqual((line.day, line.booked_on), (date(2026, 11, 20), date(2026, 11, 20)))
        self.assertEqual(line.reason, "it is booked")
        self.assertEqual(self._line(advice, self.first).day, date(2027, 1, 1))

    def test_visit_that_may_move_moves(self):
        self._book(self.first, (2027, 1, 12))
        self._book(self.second, (2027, 1, 14))
        advice = self._advice()
        self.assertEqual(advice.saved, 0)
        self._line(advice, self.first).may_move = True
        again = self.wizards.browse(advice.action_reckon()["res_id"])
        line = self._line(again, self.first)
        self.assertEqual((line.day, line.may_move), (TODAY, True))
        self.assertEqual(self._line(again, self.second).day, date(2027, 1, 14))
        self.assertGreater(again.saved, 0)
        self.assertEqual(line.action_find_slot()["res_model"], "dental.slot.finder")

    def test_what_must_wait_is_not_put_before(self):
        self.first.not_before = date(2026, 12, 1)
        advice = self._advice()
        self.assertEqual(self._line(advice, self.first).earliest, date(2026, 12, 1))
        days = {self._line(advice, one).day for one in (self.first, self.second)}
        self.assertEqual(days, {TODAY, date(2027, 1, 1)}, "the one that must wait, waits longer")
        self._line(advice, self.second).earliest = date(2026, 12, 10)
        again = self.wizards.browse(advice.action_reckon()["res_id"])
        self.assertGreaterEqual(min(again.line_ids.mapped("day")), date(2026, 12, 1))

    def test_chosen_days_are_kept_and_the_search_begins_there(self):
        advice = self._advice()
        advice.action_apply()
        waits = (self.first | self.second).filtered("not_before")
        self.assertEqual(waits.not_before, date(2027, 1, 1))
        self.assertEqual(waits.not_before_reason, "a new benefit year begins")
        vals = {"patient_id": self.patient.id, "type_id": self.visit_type.id}
        visit = self.env["dental.appointment"].create({**vals, "status": "planned"})
        waits.appointment_id = visit
        self.assertEqual(visit._prepare_finder_vals()["earliest"], date(2027, 1, 1))
        self.assertFalse(visit.is_too_early, "it has no place yet")
        early = self._book(waits, (2026, 11, 20))
        self.assertTrue(early.is_too_early)

    def test_whoever_keeps_the_book_keeps_the_days(self):
        advice = self._advice().with_user(self.front_desk)
        advice.action_apply()
        self.assertTrue((self.first | self.second).filtered("not_before"))
