# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time

from odoo.tests import tagged, users

from .test_readiness import ReadinessCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestBookingFacts(ReadinessCase):
    """What is told of those who are booked together, what a visit waits for, what to arrange."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.child = cls._new_patient("Jan", "Kowalski", birth_date="2015-01-01")
        cls.need = cls.env["dental.access.need"].create(
            {"name": "Wheelchair", "remind": "Free the ramp"}
        )

    def _finder(self, **vals):
        return self.env["dental.slot.finder"].create(
            {"patient_id": self.patient.id, "type_id": self.kind.id, **vals}
        )

    @users("front.desk")
    def test_each_of_the_family_with_next_visit_and_what_is_due(self):
        recall = self.env["dental.recall.type"].sudo().search([], limit=1)
        self.env["dental.recall"].sudo().create(
            {"patient_id": self.child.id, "type_id": recall.id, "due": "2026-03-10"}
        )
        finder = self._finder(
            member_ids=[
                (0, 0, {"patient_id": one.id, "type_id": self.kind.id})
                for one in (self.child, self.patient)
            ]
        )
        child, own = finder.member_ids
        self.assertEqual(child.facts, f"{recall.name} due 03/10/2026")
        self.assertRegex(own.facts, "^comes on Mar 5, ")

    def test_a_restricted_file_tells_nothing(self):
        self.patient.restricted = True
        patient = self.patient.with_user(self.front_desk)
        self.assertEqual(patient._booking_facts(), {})

    @users("front.desk")
    def test_places_say_whether_results_are_due_before(self):
        self.env["dental.request"].sudo().create(
            {"patient_id": self.patient.id, "kind": "periapical", "due_on": "2026-03-04"}
        )
        finder = self._finder(earliest="2026-03-03")
        finder.action_search()
        reasons = finder.proposal_ids.sorted("start").mapped("reasons")
        self.assertIn("is not due until 03/04/2026", reasons[0])
        self.assertIn("is due before, on 03/04/2026", reasons[1])

    @users("front.desk")
    def test_what_is_to_arrange_until_somebody_has(self):
        self._rule("needs", on_seated="stop")
        self.assertEqual(self._lacks(), [])
        self.patient.sudo().write(
            {"access_need_ids": [(6, 0, self.need.ids)], "interpreter": "sign"}
        )
        told = [("needs", "stop", "to arrange: Free the ramp, interpreter (sign language).")]
        self.assertEqual(self._lacks(step="seated"), told)
        visit = self.visit.with_user(self.env.user)
        visit.action_readiness_fix("action_access_arranged")
        self.assertEqual(self._lacks(), [])
        self.assertIn("Access needs arranged", visit.visit_event_ids.mapped("note"))
        visit.start = "2026-03-06 09:00:00"
        self.assertEqual(self._lacks(step="seated"), told)

    @users("front.desk")
    def test_an_interpreter_by_phone_needs_no_arranging(self):
        self._rule("needs")
        self.patient.sudo().interpreter = "phone"
        self.assertEqual(self._lacks(), [])
