# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged, users

from ..triage import CODES
from .clinical import ClinicalCase

DENIED = {
    "breathing": "no",
    "swallowing": "no",
    "swelling": "none",
    "bleeding": "none",
    "trauma": "none",
    "fever": "no",
    "opening": "no",
}


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestIntake(ClinicalCase):
    @users("front.desk")
    def test_a_call_that_breaks_off_is_kept(self):
        intake = self._make("dental.intake")
        self.assertRecordValues(
            intake,
            [
                {
                    "state": "open",
                    "taken_by_id": self.front_desk.id,
                    "words": False,
                    "triage_suggested": False,
                    "unasked_text": "Trouble breathing, Trouble swallowing, Swelling, Bleeding, "
                    "Accident, Fever, Mouth opens less",
                    "impact_complete": False,
                }
            ],
        )

    @users("front.desk")
    def test_urgency_with_its_reasons_and_holds(self):
        intake = self._make(
            "dental.intake", **{**DENIED, "swelling": "face"}, pain_now="7", impact_eating="4"
        )
        self.assertRecordValues(
            intake,
            [
                {
                    "triage_suggested": "same_day",
                    "triage_reasons": [["face_swollen", "same_day"], ["moderate_pain", "two_days"]],
                    "triage_text": "Same day: swollen face.\nWithin 48 hours: pain of 4 to 7.",
                    "unasked_text": "",
                    "takes_hold": True,
                    "see_by": datetime(2026, 3, 3, 9),
                    "triage_final": False,
                }
            ],
        )

    @users("front.desk")
    def test_a_person_decides(self):
        intake = self._make("dental.intake", **DENIED, pain_now="9")
        intake.action_accept_triage()
        self.assertRecordValues(
            intake,
            [
                {
                    "triage_final": "same_day",
                    "triage_final_by_id": self.front_desk.id,
                    "triage_final_at": datetime(2026, 3, 2, 9),
                }
            ],
        )
        intake.with_user(self.clinician).triage_final = "week"
        self.assertRecordValues(
            intake,
            [
                {
                    "triage_suggested": "same_day",
                    "triage_final": "week",
                    "triage_final_by_id": self.clinician.id,
                    "takes_hold": False,
                    "see_by": datetime(2026, 3, 9, 9),
                }
            ],
        )
        intake.triage_final = False
        self.assertFalse(intake.triage_final_by_id)

    @users("front.desk")
    def test_measured_fever_counts(self):
        intake = self._make("dental.intake", **DENIED, temperature=38.0)
        self.assertEqual(intake.triage_suggested, "same_day")
        intake.temperature = 37.5
        self.assertEqual(intake.triage_suggested, "routine")

    @users("front.desk")
    def test_impact_is_0_to_20_and_says_when_it_is_partial(self):
        intake = self._make("dental.intake", impact_eating="0", impact_worry="3")
        self.assertRecordValues(intake, [{"impact_total": 3, "impact_complete": False}])
        intake.write({"impact_pain": "4", "impact_looks": "4", "impact_daily": "4"})
        self.assertRecordValues(intake, [{"impact_total": 15, "impact_complete": True}])

    @users("front.desk")
    def test_every_reason_has_words(self):
        self.assertEqual(set(self.env["dental.intake"]._reason_texts()), set(CODES))

    @users("front.desk")
    def test_teeth_are_read(self):
        self.assertEqual(self._make("dental.intake", teeth="36;37").teeth, "36, 37")
        with self._refused(ValidationError, "Teeth: '39'"):
            self._make("dental.intake", teeth="39")

    @users("front.desk")
    def test_the_form_suggests_while_it_is_filled(self):
        with Form(
            self.env["dental.intake"].with_context(default_patient_id=self.patient.id)
        ) as form:
            self.assertFalse(form.triage_suggested)
            form.breathing = "yes"
            self.assertEqual(form.triage_suggested, "emergency")

    @users("front.desk")
    def test_health_is_reviewed_from_the_same_page(self):
        latex = self.env.ref("dental_coordinator.condition_type_latex")
        intake = self._make("dental.intake")
        intake.write({"condition_ids": [(0, 0, {"type_id": latex.id})]})
        self.assertEqual(self.file.condition_ids.type_id, latex)
        intake.condition_ids.action_still_true()
        self.assertEqual(str(intake.condition_ids.confirmed_on), "2026-03-02")

    @users("front.desk")
    def test_change_after_treatment(self):
        intake = self._make("dental.intake", impact_eating="4")
        intake.action_in_care()
        self.assertEqual(intake.stopped_at, datetime(2026, 3, 2, 9))
        intake.write({"outcome_total": 1, "outcome_on": "2026-03-20"})
        intake.action_close()
        self.assertEqual(intake.state, "closed")

    @users("billing")
    def test_billing_does_not_take_complaints(self):
        with self.assertRaises(AccessError):
            self._make("dental.intake")
