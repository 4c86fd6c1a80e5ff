# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users

from .clinical import ClinicalCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestProcedureSite(ClinicalCase):
    @users("coordinator")
    def test_places_are_kept_in_one_form(self):
        procedure = self._plan("T2392", tooth="3.6", surfaces="om")
        self.assertRecordValues(procedure, [{"tooth": "36", "surfaces": "MO", "site": "36 MO"}])
        procedure.surfaces = "d b"
        self.assertEqual(procedure.surfaces, "DB")

    @users("coordinator")
    def test_surfaces_follow_the_tooth(self):
        procedure = self._plan("T2392", tooth="36", surfaces="MB")
        with self._refused(ValidationError, "no occlusal surface"):
            self._plan("T2392", tooth="11", surfaces="MO")
        procedure.tooth = "11"
        self.assertEqual(procedure.surfaces, "MF", "the outer surface of a front tooth")

    @users("coordinator")
    def test_a_tooth_that_does_not_exist_is_named(self):
        for tooth in ("19", "56", "9", "banana"):
            with (
                self.subTest(tooth),
                self._refused(ValidationError, f"Tooth: '{tooth}' is not a tooth"),
            ):
                self._plan("T2740", tooth=tooth)

    @users("coordinator")
    def test_what_the_code_needs_is_asked_for(self):
        for code, vals, told in (
            ("T2392", {}, "Tooth: code T2392 needs it. Enter the tooth, for example 36"),
            ("T2392", {"tooth": "36"}, "Surfaces: code T2392 needs it. Enter the surfaces"),
            ("T2740", {}, "Tooth: code T2740 needs it"),
            ("T4341", {}, "Area: code T4341 needs it.*by quadrant"),
            ("T4341", {"area": "01"}, "Area: code T4341 needs it"),
            ("T5110", {"area": "20"}, "Area: code T5110 needs it.*by arch"),
            ("T6010", {"area": "UR"}, "Area: code T6010 needs it.*by sextant"),
            ("T6240", {"tooth": "36"}, "Teeth: code T6240 needs it"),
        ):
            with self.subTest(code=code, vals=vals), self._refused(ValidationError, told):
                self._plan(code, **vals)

    @users("coordinator")
    def test_area_follows_from_rule_and_tooth(self):
        self.assertRecordValues(
            self._plan("T0210")
            + self._plan("T4341", tooth="36")
            + self._plan("T5110", tooth="85")
            + self._plan("T6010", tooth="11")
            + self._plan("T4341", area="LR"),
            [{"area": "00"}, {"area": "30"}, {"area": "02"}, {"area": "04"}, {"area": "40"}],
        )

    @users("coordinator")
    def test_several_teeth(self):
        bridge = self._plan("T6240", tooth_range="13 - 11")
        self.assertEqual(bridge.tooth_range, "13, 12, 11")
        with self._refused(ValidationError, "Teeth: '99'"):
            bridge.tooth_range = "11, 99"

    @users("coordinator")
    def test_site_is_shown_in_the_users_notation(self):
        procedure = self._plan("T2392", tooth="36", surfaces="MO")
        for system, site in (("universal", "19 MO"), ("palmer", "LL6 MO"), ("fdi", "36 MO")):
            self.coordinator.dental_notation = system
            procedure.invalidate_recordset(["site"])
            self.assertEqual(procedure.site, site)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestProcedureLife(ClinicalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kind = cls.env["dental.appointment.type"].create({"name": "Crown", "pattern": "/XX/"})
        cls.visit = cls.env["dental.appointment"].create(
            {
                "patient_id": cls.patient.id,
                "type_id": kind.id,
                "provider_id": cls.provider.id,
                "operatory_id": cls.chair.id,
                "start": "2026-03-10 09:00:00",
            }
        )

    @users("coordinator")
    def test_open_work_has_an_owner_and_a_next_date(self):
        crown = self._plan("T2740", tooth="36")
        self.assertRecordValues(
            crown,
            [
                {
                    "state": "planned",
                    "owner_id": self.coordinator.id,
                    "next_action": "Present the plan",
                    "next_date": date(2026, 3, 2),
                }
            ],
        )
        for field in ("owner_id", "next_date"):
            with (
                self.subTest(field),
                self._refused(ValidationError, f"{crown.number} is still open"),
            ):
                crown[field] = False
        crown.action_decline()
        crown.write({"owner_id": False, "next_date": False})

    @users("coordinator")
    def test_the_visit_schedules_it_and_its_loss_takes_it_back(self):
        crown = self._plan("T2740", tooth="36")
        crown.appointment_id = self.visit
        self.assertRecordValues(
            crown,
            [
                {
                    "state": "scheduled",
                    "next_action": "Visit",
                    "next_date": date(2026, 3, 10),
                    "provider_id": self.provider.id,
                }
            ],
        )
        crown.appointment_id = False
        self.assertRecordValues(crown, [{"state": "planned", "next_action": "Present the plan"}])

    @users("front.desk")
    def test_a_broken_visit_gives_its_treatment_back(self):
        crown = self._plan_by(self.coordinator, "T2740", tooth="36")
        crown.appointment_id = self.visit
        self.visit.with_env(self.env).action_cancel()
        self.assertRecordValues(crown, [{"state": "planned", "appointment_id": False}])

    def _plan_by(self, user, code, **vals):
        procedure = self.env["dental.procedure"].with_user(user)
        return procedure.create(
            {"patient_id": self.patient.id, "code_id": self._code(code).id, **vals}
        ).with_env(self.env)

    @users("front.desk")
    def test_front_desk_books_but_does_not_chart(self):
        crown = self._plan_by(self.coordinator, "T2740", tooth="36")
        crown.write({"next_date": "2026-03-09"})
        self.visit.with_env(self.env).procedure_ids = [(4, crown.id)]
        self.assertEqual(crown.state, "scheduled")
        for vals in ({"tooth": "37"}, {"code_id": self._code("T3330").id}, {"state": "done"}):
            with self.subTest(vals), self.assertRaises(AccessError):
                crown.write(vals)
        with self.assertRaises(AccessError):
            self._plan("T2740", tooth="36")

    @users("billing")
    def test_billing_reads_only(self):
        crown = self._plan_by(self.coordinator, "T2740", tooth="36")
        self.assertEqual(crown.site, "36")
        with self.assertRaises(AccessError):
            crown.next_date = "2026-03-09"

    @users("clinician")
    def test_done_today_or_on_a_day(self):
        crown, filling = (
            self._plan("T2740", tooth="36"),
            self._plan("T2392", tooth="37", surfaces="O"),
        )
        crown.action_done()
        filling.action_done(date(2026, 2, 27))
        self.assertRecordValues(
            crown + filling,
            [
                {"state": "done", "date_done": date(2026, 3, 2), "next_action": False},
                {"state": "done", "date_done": date(2026, 2, 27), "next_action": False},
            ],
        )
        with self._refused(ValidationError, "Date done lies in the future"):
            crown.date_done = "2026-03-03"

    @users("clinician")
    def test_an_extraction_leaves_a_gap_until_it_is_taken_back(self):
        extraction = self._plan("T7140", tooth="48")
        self.assertFalse(self.file._missing_teeth())
        extraction.action_done(date(2026, 3, 1))
        self.assertEqual(self.file._missing_teeth(), {"48": date(2026, 3, 1)})
        self.assertEqual(self.file._missing_teeth(date(2026, 2, 28)), {})
        extraction.action_plan_again()
        self.assertFalse(self.file._missing_teeth())
        self.assertFalse(extraction.date_done)

    @users("coordinator")
    def test_steps_that_do_not_follow_are_refused(self):
        crown = self._plan("T2740", tooth="36")
        with self._refused(UserError, "“Planned” and cannot go to “Billed”"):
            crown._set_state("billed")
        crown.action_cancel()
        with self._refused(UserError, "“Cancelled” and cannot go to “Settled”"):
            crown.write({"state": "settled"})

    @users("coordinator")
    def test_what_is_billed_stays_and_keeps_its_day(self):
        crown = self._plan("T2740", tooth="36")
        crown.action_done(date(2026, 2, 20))
        crown._set_state("billed")
        for vals in ({"tooth": "37"}, {"quantity": 2}, {"date_done": "2026-02-21"}):
            with self.subTest(vals), self._refused(UserError, "stands on an invoice"):
                crown.write(vals)
        crown._set_state("done")
        self.assertEqual(crown.date_done, date(2026, 2, 20))

    @users("coordinator")
    def test_nothing_of_another_patient_is_linked(self):
        other = self._new_patient("Ben", "Other")
        with self._refused(ValidationError, "Appointment belongs to another patient"):
            self._plan("T2740", tooth="36", patient_id=other.id, appointment_id=self.visit.id)

    def test_day_of_the_visit_is_the_clinics_whoever_looks(self):
        self.coordinator.tz = "Pacific/Auckland"
        self.company.resource_calendar_id.tz = "America/Los_Angeles"
        crown = self._plan("T2740", tooth="36").with_user(self.coordinator)
        self.visit.start = datetime(2026, 3, 11, 2)
        crown.with_context(tz="Pacific/Auckland").appointment_id = self.visit
        self.assertEqual(crown.next_date, date(2026, 3, 10))
