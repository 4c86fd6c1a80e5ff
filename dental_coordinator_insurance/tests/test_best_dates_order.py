# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

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
