# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged, users

from .test_blockout import BlockoutCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestBeforeBooking(BlockoutCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.family = cls.env["dental.family"].create({"name": "Kowalski"})
        cls.child = cls._new_patient("Ben", "Kowalski", family_id=cls.family.id)
        cls.patient.family_id = cls.family

    def _lines(self, **vals):
        patient = self.patient.with_env(self.env)
        return patient.before_booking(self.kind.id, **vals)["lines"]

    def _texts(self, key, **vals):
        return [line["text"] for line in self._lines(**vals) if line["key"] == key]

    @users("front.desk")
    def test_nothing_to_say(self):
        self.assertEqual(self._lines(), [])

    @users("front.desk")
    def test_most_serious_first(self):
        self.patient.sudo().write(
            {"medical_note": "Latex", "no_booking": True, "no_booking_reason": "Three missed",
             "interpreter": "phone"}
        )  # fmt: skip
        self.kind.sudo().prompt = "Ask for the x-rays"
        self.assertEqual(
            [(line["level"], line["text"]) for line in self._lines()],
            [
                ("stop", "Not to be booked: Three missed"),
                ("stop", "Latex"),
                ("warn", "Interpreter: By phone"),
                ("info", "Ask for the x-rays"),
            ],
        )

    @users("front.desk")
    def test_access_needs_say_what_they_do_to_the_visit(self):
        self.patient.sudo().access_need_ids = self.env["dental.access.need"].sudo().create(
            {
                "name": "Wheelchair",
                "minutes_before": 10,
                "minutes_after": 10,
                "operatory_ids": [(6, 0, self.chair.ids)],
                "remind": "Free the ramp",
            }
        )  # fmt: skip
        self.assertEqual(
            self._texts("need"),
            ["Wheelchair · 20 minutes more · only in Chair 1 · Free the ramp"],
        )

    @users("front.desk")
    def test_own_visits_and_broken_ones(self):
        for day in (3, 4):
            self._book(f"2026-03-0{day} 09:00:00").action_break("missed")
        visit = self._book("2026-03-05 09:00:00")
        (line,) = [line for line in self._lines() if line["key"] == "coming"]
        self.assertEqual((line["model"], line["res_id"]), ("dental.appointment", visit.id))
        self.assertEqual(self._texts("broken"), ["Broken in two years: 2 missed, 0 cancelled late"])

    @users("front.desk")
    def test_what_the_family_comes_for_and_is_due_for(self):
        self._book("2026-03-05 09:00:00", patient_id=self.child.id)
        recall = self.env["dental.recall.type"].sudo().search([], limit=1)
        for patient in (self.patient, self.child):
            self.env["dental.recall"].sudo().create(
                {"patient_id": patient.id, "type_id": recall.id, "due": "2026-03-01"}
            )
        (visit,) = self._texts("family")
        self.assertRegex(visit, "^Family: .*Exam$")
        self.assertRegex(self._texts("recall")[0], f"^Due: {recall.name}")
        self.assertRegex(self._texts("family_recall")[0], "^Family: .* is due")

    def test_what_speaks_against_the_place(self):
        self._block(
            kind="template",
            name="Emergencies",
            type_ids=self.env["dental.appointment.type"].create({"name": "Emergency"}).ids,
        )
        place = {
            "start": "2026-03-03 17:10:00",
            "provider_id": self.provider.id,
            "operatory_id": self.chair.id,
        }
        patient = self.patient.with_user(self.front_desk)
        lines = patient.before_booking(self.kind.id, place)["lines"]
        self.assertEqual(
            [(line["level"], line["text"]) for line in lines],
            [("warn", "Emergencies is kept for Emergency.")],
        )

    def test_a_restricted_file_says_its_number_only(self):
        self.patient.write({"restricted": True, "medical_note": "Latex"})
        lines = self.patient.with_user(self.front_desk).before_booking(self.kind.id)["lines"]
        self.assertEqual([line["text"] for line in lines],
                         [f"Restricted file {self.patient.number}"])  # fmt: skip

    def test_nobody_outside_the_team_asks(self):
        with self.assertRaises(AccessError):
            self.patient.with_user(self.outsider).before_booking()

    def test_it_is_logged(self):
        self.env["dental.access.log"].search([])
        self.patient.with_user(self.front_desk).before_booking(self.kind.id)
        log = self.env["dental.access.log"].search([("patient_key", "=", self.patient.id)])
        self.assertIn(self.front_desk, log.user_id)

    def test_in_few_queries(self):
        patient = self.patient.with_user(self.front_desk)
        self._book(datetime(2026, 3, 5, 9), patient_id=self.child.id)
        patient.before_booking(self.kind.id)
        self.env.invalidate_all()
        with self.assertQueryCount(30):
            patient.before_booking(self.kind.id)
