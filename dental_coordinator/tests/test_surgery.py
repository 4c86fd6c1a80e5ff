# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from base64 import b64decode
from datetime import date, datetime
from hashlib import sha256

from freezegun import freeze_time
from psycopg2.errors import RaiseException, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger

from .clinical import PNG
from .surgery import SurgeryCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestSurgery(SurgeryCase):
    @users("front.desk")
    def test_booking_a_surgery_books_its_visit(self):
        surgery = self._surgery(assistant_ids=[(6, 0, self.assistant.ids)])
        visit = surgery.appointment_id
        self.assertRecordValues(
            visit,
            [
                {
                    "patient_id": self.patient.id,
                    "type_id": self.operation.id,
                    "provider_id": self.provider.id,
                    "operatory_id": self.room.id,
                    "start": datetime(2026, 3, 5, 11),
                    "stop": datetime(2026, 3, 5, 12),
                    "status": "scheduled",
                }
            ],
        )
        self.assertEqual((surgery.state, surgery.planned_minutes), ("draft", 60))
        self.assertEqual(visit.surgery_ids, surgery, "one record, not a second by the kind")
        self.assertEqual(surgery.display_name, surgery.number)

    @users("front.desk")
    def test_the_form_books_in_one(self):
        form = Form(self.env["dental.surgery"])
        form.patient_id = self.patient
        form.type_id = self.operation
        form.provider_id = self.provider
        form.operatory_id = self.room
        form.start = "2026-03-05 11:00:00"
        surgery = form.save()
        self.assertEqual(surgery.appointment_id.start, datetime(2026, 3, 5, 11))
        with Form(surgery) as form:
            form.start = "2026-03-05 13:00:00"
            form.classification = "urgent"
        self.assertEqual(surgery.appointment_id.stop, datetime(2026, 3, 5, 14))

    @users("front.desk")
    def test_a_room_is_not_used_twice(self):
        first = self._surgery()
        other = self._new_patient("Ana", "Lund")
        with self._refused(UserError, f"The chair is taken.*{first.appointment_id.number}"):
            self._surgery(patient_id=other.id, provider_id=self.anaesthetist.id)

    @users("front.desk")
    def test_people_and_devices_are_in_one_room_at_a_time(self):
        monitor = self.env["dental.equipment"].sudo().create({"name": "Monitor", "tz": "UTC"})
        team = {
            "anaesthetist_id": self.anaesthetist.id,
            "assistant_ids": [(6, 0, self.assistant.ids)],
        }
        surgery = self._surgery(**team, equipment_ids=[(6, 0, monitor.ids)])
        visit = surgery.appointment_id
        self.assertEqual(
            {row.provider_id.name: row.role for row in visit.staff_ids},
            {"Dr. Sleep": "anaesthetist", "Ari": "assistant"},
        )
        held = visit.reservation_ids.resource_id
        everything = (self.provider | self.anaesthetist | self.assistant).resource_id
        everything |= monitor.resource_id | self.room.resource_id
        self.assertEqual(held, everything)
        second = {
            "patient_id": self._new_patient("Ana", "Lund").id,
            "provider_id": self.env["dental.provider"].sudo().create({"name": "Dr. B"}).id,
            "operatory_id": self.chair.id,
        }
        for taken in (
            {"anaesthetist_id": self.anaesthetist.id},
            {"assistant_ids": [(6, 0, self.assistant.ids)]},
            {"equipment_ids": [(6, 0, monitor.ids)]},
        ):
            with self.subTest(taken), self._refused(UserError, f"is taken.*{visit.number}"):
                self._surgery(**second, **taken)
        surgery.write({"anaesthetist_id": False, "assistant_ids": [(5,)]})
        self.assertFalse(visit.staff_ids)
        self.assertTrue(self._surgery(**second, **team))

    @users("front.desk")
    def test_a_visit_of_the_kind_gets_its_surgery_and_others_on_demand(self):
        visit = self._visit(self.patient, "2026-03-09 09:00:00", type_id=self.operation.id)
        self.assertTrue(visit.surgery_ids)
        plain = self.visit.with_env(self.env)
        self.assertFalse(plain.surgery_ids)
        opened = plain.action_open_surgery()
        self.assertEqual(plain.surgery_ids.id, opened["res_id"])
        self.assertEqual(plain.action_open_surgery()["res_id"], opened["res_id"])
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            plain._make_surgeries()

    @users("front.desk")
    def test_the_state_is_the_visits(self):
        surgery = self._surgery()
        states = [surgery.state]
        with freeze_time("2026-03-05 11:00:00"):
            for step in ("confirm", "arrive", "seat", "start"):
                getattr(surgery, f"action_{step}")()
                states.append(surgery.state)
        with freeze_time("2026-03-05 12:10:00"):
            surgery.action_finish()
        states.append(surgery.state)
        self.assertEqual(
            states, ["draft", "confirmed", "confirmed", "confirmed", "in_progress", "done"]
        )
        self.assertEqual((surgery.planned_minutes, surgery.elapsed_minutes), (60, 70))

    @users("front.desk")
    def test_who_arrives_unconfirmed_is_not_confirmed_and_a_broken_visit_cancels(self):
        surgery = self._surgery()
        surgery.action_arrive()
        self.assertEqual(surgery.state, "draft")
        other = self._surgery(start="2026-03-06 11:00:00")
        other.appointment_id.action_cancel()
        self.assertEqual(other.state, "cancelled")

    @users("clinician")
    def test_signing_closes_the_record(self):
        surgery = self._surgery()
        with self._refused(UserError, "cannot be signed: it is not done"):
            surgery.action_sign()
        self._done(surgery)
        with self._refused(UserError, "Operation report: write it"):
            surgery.action_sign()
        surgery.report = "48 removed, two sutures"
        surgery.action_sign()
        self.assertRecordValues(
            surgery,
            [
                {
                    "state": "signed",
                    "signed_by_id": self.clinician.id,
                    "signed_at": datetime(2026, 3, 2, 9),
                }
            ],
        )
        with self._refused(UserError, "signed already by"):
            surgery.action_sign()
        for change in (
            lambda: surgery.write({"report": "Else"}),
            lambda: surgery.write({"anaesthetist_id": self.anaesthetist.id}),
            lambda: self._sign_consent(surgery),
            lambda: surgery.material_ids.create({"surgery_id": surgery.id, "name": "x"}),
        ):
            with self._refused(UserError, "is signed by .* and stays as it is"):
                change()
        surgery.appointment_id.action_done()
        self.assertEqual(surgery.state, "signed")

    @users("coordinator")
    def test_signing_is_the_clinicians(self):
        surgery = self._done(self._surgery())
        for forbidden in (
            surgery.action_sign,
            lambda: surgery.write({"report": "x"}),
            lambda: surgery.write({"asa_class": "2"}),
            lambda: surgery.write({"last_food_at": "2026-03-05 03:00:00"}),
            lambda: surgery.write({"signed_at": "2026-03-05 03:00:00"}),
            lambda: surgery.write({"ended_at": "2026-03-05 03:00:00"}),
        ):
            with self.assertRaises(AccessError):
                forbidden()

    @users("billing")
    def test_billing_reads_and_books_nothing(self):
        with self.assertRaises(AccessError):
            self._surgery()

    @users("front.desk")
    def test_a_surgery_is_kept(self):
        with self.assertRaises(AccessError):
            self._surgery().unlink()
        with self._refused(UserError, "Surgeries are kept"):
            self._surgery(start="2026-03-06 11:00:00").sudo().unlink()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestSurgeryPreparation(SurgeryCase):
    @users("front.desk")
    def test_ticks_say_who_and_when(self):
        surgery = self._surgery(anaesthesia="iv")
        surgery.write(
            {
                "instructions_given": True,
                "instructions_given_by_id": self.clinician.id,
                "escort_name": "Jan",
                "escort_phone": "207 555 0102",
                "escort_confirmed": True,
            }
        )
        self.assertRecordValues(
            surgery,
            [
                {
                    "instructions_given_by_id": self.front_desk.id,
                    "instructions_given_at": datetime(2026, 3, 2, 9),
                    "escort_confirmed_by_id": self.front_desk.id,
                }
            ],
        )
        surgery.instructions_given = False
        self.assertFalse(surgery.instructions_given_by_id or surgery.instructions_given_at)

    @users("front.desk")
    def test_an_escort_who_confirmed_has_name_and_phone(self):
        with self._refused(ValidationError, "enter name and phone"):
            self._surgery(escort_name="Jan", escort_confirmed=True)

    @users("front.desk")
    def test_anaesthesia_says_who_needs_escort_and_fasting(self):
        surgery = self._surgery()
        needs = []
        for kind in ("local", "oral", "general"):
            surgery.anaesthesia = kind
            needs.append((surgery.escort_needed, surgery.fasting_needed))
        self.assertEqual(needs, [(False, False), (True, False), (True, True)])
        surgery.fasting_needed = False  # the clinic may know better
        self.assertFalse(surgery.fasting_needed)

    @users("front.desk")
    def test_premedication_follows_from_the_alerts(self):
        kind = (
            self.env["dental.condition.type"]
            .sudo()
            .create({"name": "Valve, artificial", "kind": "device", "premedication": True})
        )
        surgery = self._surgery()
        self.assertFalse(surgery.premed_needed)
        self._make("dental.condition", type_id=kind.id)
        self.assertTrue(surgery.premed_needed)

    @users("clinician")
    def test_cardiac_risk_counts_what_is_known(self):
        surgery = self._surgery()
        self.assertFalse(surgery.cardiac_risk)
        surgery.write({"risk_stroke": "yes", "risk_insulin": "yes", "risk_creatinine": "no"})
        self.assertEqual(surgery.cardiac_risk, "2 of 6, 3 not stated")
        surgery.write(
            {
                "risk_heart_failure": "no",
                "risk_high_risk_surgery": "no",
                "risk_ischaemic_heart": "no",
            }
        )
        self.assertEqual(surgery.cardiac_risk, "2 of 6")

    @users("front.desk")
    def test_clearance_is_one_request(self):
        surgery = self._surgery()
        opened = surgery.action_ask_clearance()
        self.assertRecordValues(
            surgery.clearance_id,
            [
                {
                    "kind": "clearance",
                    "patient_id": self.patient.id,
                    "appointment_id": surgery.appointment_id.id,
                    "due_on": date(2026, 3, 5),
                    "owner_id": self.front_desk.id,
                }
            ],
        )
        self.assertEqual(surgery.action_ask_clearance()["res_id"], opened["res_id"])

    @users("front.desk")
    def test_a_consent_keeps_its_bytes_and_their_hash(self):
        surgery = self._surgery()
        consent = self._sign_consent(surgery)
        self.assertEqual(consent.sha256, sha256(b64decode(PNG)).hexdigest())
        self.assertTrue(consent._is_whole())
        self.assertEqual(consent.display_name, surgery.number)
        for change in ({"file": PNG}, {"signer": "Other"}, {"sha256": "0"}):
            with self._refused(UserError, "stays as it was signed"):
                consent.write(change)
        with self._refused(UserError, "the file is empty"):
            self._sign_consent(surgery, file=False)
        with self._refused(UserError, "Reason: say why"):
            consent.action_void()
        consent.void_reason = "Another procedure"
        consent.action_void()
        self.assertRecordValues(
            consent, [{"voided_by_id": self.front_desk.id, "voided_at": datetime(2026, 3, 2, 9)}]
        )
        with self._refused(UserError, "is kept"):
            consent.sudo().unlink()

    @users("front.desk")
    def test_the_consents_file_has_a_neutral_title_and_no_address(self):
        consent = self._sign_consent(self._surgery(), filename="Kowalski.pdf")
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", consent._name),
                    ("res_id", "=", consent.id),
                    ("res_field", "=", "file"),
                ]
            )
        )
        self.assertRecordValues(attachment, [{"name": "file", "public": False}])
        with self._refused(ValidationError, "no public address"):
            attachment.generate_access_token()

    @users("front.desk")
    def test_papers_are_due_before_the_operation_and_move_with_it(self):
        surgery = self._surgery(start="2026-03-26 11:00:00")
        surgery.template_id = self.env.ref("dental_coordinator.surgery_template_hospital")
        surgery.action_apply_template()
        surgery.action_apply_template()
        self.assertEqual(
            surgery.task_ids.mapped("due_on"),
            [date(2026, 3, 5), date(2026, 3, 19), date(2026, 3, 19), date(2026, 3, 23)],
        )
        self.assertEqual(surgery.task_ids.owner_id, self.front_desk)
        surgery.start = "2026-03-27 11:00:00"
        self.assertEqual(surgery.task_ids[-1].due_on, date(2026, 3, 24))
        surgery.task_ids[0].action_done()
        self.assertRecordValues(
            surgery.task_ids[0],
            [{"done_on": date(2026, 3, 2), "done_by_id": self.front_desk.id}],
        )

    @users("front.desk")
    def test_a_kind_of_visit_takes_its_own_checklist(self):
        template = (
            self.env["dental.surgery.template"]
            .sudo()
            .create(
                {
                    "name": "Implants",
                    "type_ids": [(6, 0, self.operation.ids)],
                    "line_ids": [
                        (0, 0, {"kind": "material", "name": "Implant 4.1"}),
                        (0, 0, {"kind": "check", "phase": "time_out", "name": "Lot read out"}),
                    ],
                }
            )
        )
        surgery = self._surgery()
        self.assertEqual(surgery.template_id, template)
        self.assertRecordValues(
            surgery.material_ids, [{"name": "Implant 4.1", "quantity": 1, "state": "to_get"}]
        )
        self.assertEqual(surgery.check_ids.mapped("name"), ["Lot read out"])


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestSurgerySafety(SurgeryCase):
    @users("clinician")
    def test_answers_stay(self):
        check = self._surgery().check_ids[0]
        check.action_yes()
        self.assertRecordValues(
            check,
            [
                {
                    "answer": "yes",
                    "answered_by_id": self.clinician.id,
                    "answered_at": datetime(2026, 3, 2, 9),
                }
            ],
        )
        with self._refused(UserError, "answered by .* already"):
            check.action_no()
        with self._refused(UserError, "the answer stays"):
            check.note = "Really"
        with mute_logger("odoo.sql_db"), self.assertRaises(RaiseException):
            self.env.cr.execute(
                "UPDATE dental_surgery_check SET answer = 'no' WHERE id = %s", [check.id]
            )

    @users("clinician")
    def test_questions_stand_in_the_order_in_which_they_are_asked(self):
        phases = self._surgery().check_ids.mapped("phase")
        self.assertEqual(list(dict.fromkeys(phases)), ["sign_in", "time_out", "sign_out"])
        self.assertEqual(phases, sorted(phases, key=["sign_in", "time_out", "sign_out"].index))

    @users("clinician")
    def test_nobody_answers_past_the_buttons(self):
        check = self._surgery().check_ids[0]
        for forbidden in (
            lambda: check.write({"answer": "yes", "answered_at": "2026-03-01 09:00:00"}),
            lambda: check.write({"name": "Something easier"}),
            lambda: check.create(
                {"surgery_id": check.surgery_id.id, "phase": "sign_in", "name": "x"}
            ),
            check.unlink,
        ):
            with self.assertRaises(AccessError):
                forbidden()

    @users("clinician")
    def test_a_wrong_answer_is_asked_again(self):
        surgery = self._surgery()
        check = surgery.check_ids[0]
        check.action_no()
        self.assertEqual(surgery._refused_checks(), check)
        check.action_again()
        again = check.again_ids
        self.assertRecordValues(
            again, [{"name": check.name, "answer": False, "phase": check.phase}]
        )
        self.assertFalse(surgery._refused_checks())
        with self._refused(UserError, "open already"):
            check.action_again()
        again.action_yes()
        self.assertEqual(check.answer, "no", "what was said first stays")

    @users("clinician")
    def test_a_time_out_has_names_and_a_moment_and_stays(self):
        surgery = self._surgery(
            anaesthetist_id=self.anaesthetist.id, assistant_ids=[(6, 0, self.assistant.ids)]
        )
        action = surgery.action_open_time_out()
        dialog = self.env["dental.surgery.time.out"].with_context(**action["context"]).create({})
        self.assertEqual(dialog.phase, "sign_in")
        self.assertEqual(dialog.present_ids, self.provider | self.anaesthetist | self.assistant)
        with self._refused(UserError, "not answered yet: Patient says name"):
            dialog.action_close()
        self._answer(surgery, "sign_in")
        dialog.others = "Student Lee"
        dialog.action_close()
        phase = surgery.phase_ids
        self.assertRecordValues(
            phase,
            [
                {
                    "phase": "sign_in",
                    "at": datetime(2026, 3, 2, 9),
                    "user_id": self.clinician.id,
                    "present": "Ari, Dr. Ortiz, Dr. Sleep, Student Lee",
                }
            ],
        )
        self.assertEqual(surgery.next_phase, "time_out")
        with self._refused(UserError, "was closed by"):
            dialog.action_close()
        with self._refused(UserError, "was closed by"):
            surgery.check_ids.filtered(lambda c: c.phase == "sign_in")[0].action_again()
        for statement in (
            "UPDATE dental_surgery_phase SET present = ''",
            "DELETE FROM dental_surgery_phase",
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(RaiseException),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement)

    @users("clinician")
    def test_somebody_is_there(self):
        surgery = self._surgery()
        self._answer(surgery, "sign_in")
        dialog = self.env["dental.surgery.time.out"].create(
            {"surgery_id": surgery.id, "phase": "sign_in", "present_ids": [(5,)]}
        )
        with self._refused(UserError, "name at least one person"):
            dialog.action_close()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestSurgeryGates(SurgeryCase):
    """Each need of an operation stops it until somebody saw to it."""

    def _rules(self, *checks, **vals):
        for check in checks:
            self._rule(f"surgery_{check}", on_confirmed="stop", **vals)

    def _reasons(self, surgery):
        return [reason for _check, _severity, reason in self._lacks(surgery.appointment_id)]

    @users("front.desk")
    def test_what_stands_in_the_way_of_confirming(self):
        self._rules("consent", "instructions", "escort", "fasting", "clearance")
        surgery = self._surgery(anaesthesia="general", clearance_needed=True)
        reasons = [
            "no consent is signed.",
            "the instructions before surgery were not given.",
            "nobody is named who takes the patient home.",
            "the patient was not told to fast.",
            "the medical clearance is not here.",
        ]
        self.assertEqual(self._reasons(surgery), reasons)
        with self._refused(UserError, f"(?s){reasons[0]}.*{reasons[-1]}"):
            surgery.action_confirm()
        self._sign_consent(surgery)
        surgery.write({"instructions_given": True, "fasting_told": True, "escort_name": "Jan"})
        self.assertEqual(
            self._reasons(surgery),
            [
                "the escort is named and has not confirmed.",
                "the medical clearance is not here.",
            ],
        )
        surgery.write({"escort_phone": "1", "escort_confirmed": True})
        surgery.action_ask_clearance()
        request = surgery.clearance_id
        request.received_as = "A letter"
        request.action_receive()
        self.assertEqual(
            self._reasons(surgery), ["the medical clearance is here and not reviewed."]
        )
        request.with_user(self.clinician).action_review()
        surgery.action_confirm()
        self.assertEqual(surgery.state, "confirmed")

    @users("front.desk")
    def test_a_voided_consent_does_not_count(self):
        self._rules("consent")
        surgery = self._surgery()
        consent = self._sign_consent(surgery)
        self.assertFalse(self._reasons(surgery))
        consent.void_reason = "Changed"
        consent.action_void()
        self.assertEqual(self._reasons(surgery), ["no consent is signed."])

    @users("front.desk")
    def test_papers_materials_and_premedication(self):
        self._rules("tasks", "materials", "premed", "asa")
        surgery = self._surgery(
            premed_needed=True,
            task_ids=[(0, 0, {"name": "Blood count", "days_before": 1})],
            material_ids=[(0, 0, {"name": "Implant"}), (0, 0, {"name": "Graft"})],
        )
        self.assertEqual(
            set(self._reasons(surgery)),
            {
                "Blood count: due 03/04/2026.",
                "not set aside: Implant, Graft.",
                "premedication is needed and was not ordered and told.",
                "the dentist has not stated the ASA class.",
            },
        )
        surgery.task_ids.action_done()
        surgery.material_ids.action_reserved()
        surgery.with_user(self.clinician).write({"premed": "2 g", "asa_class": "2"})
        surgery.premed_told = True
        self.assertFalse(self._reasons(surgery))

    @users("clinician")
    def test_no_cut_without_a_time_out(self):
        self._rule("surgery_time_out", on_in_treatment="stop", on_the_day=True)
        self._rule("surgery_fasted", on_in_treatment="stop", on_the_day=True)
        surgery = self._surgery(anaesthesia="general")
        self.assertFalse(self._reasons(surgery), "nothing to do about it before the day")
        visit = surgery.appointment_id
        with freeze_time("2026-03-05 10:50:00"):
            self.assertEqual(len(self._reasons(surgery)), 2)
            visit.action_arrive()
            visit.action_seat()
            with self._refused(
                UserError,
                "(?s)time-out has not been held.*last ate and drank",
            ):
                surgery.action_start()
            surgery.write(
                {"last_food_at": "2026-03-04 20:00:00", "last_drink_at": "2026-03-05 06:00:00"}
            )
            self._close(surgery, "sign_in")
            first = surgery.check_ids.filtered(lambda c: c.phase == "time_out")[0]
            first.action_no()
            self.assertEqual(self._reasons(surgery), [f"answered with no: {first.name}."])
            first.action_again()
            surgery.check_ids.filtered(
                lambda c: c.phase == "time_out" and not c.answer
            ).action_yes()
            surgery._close_phase("time_out", "Dr. Ortiz")
            surgery.action_start()
        self.assertEqual(surgery.state, "in_progress")

    @users("clinician")
    def test_the_visit_does_not_close_before_the_checklist(self):
        self._rule("surgery_sign_out", on_done="stop")
        surgery = self._done(self._surgery())
        with self._refused(UserError, "the safety checklist is not closed"):
            surgery.appointment_id._set_status("done")
        self._close(surgery, "sign_out")
        surgery.appointment_id._set_status("done")
        self.assertEqual(surgery.appointment_id.status, "done")

    @users("front.desk")
    def test_each_remedy_opens(self):
        surgery = self._surgery(clearance_needed=True)
        visit = surgery.appointment_id
        parts = ("consent", "escort", "instructions", "fasting", "premed", "risk", "tasks")
        for part in (*parts, "materials", "safety"):
            action = getattr(visit, f"action_surgery_{part}")()
            self.assertEqual(
                (action["res_id"], action["context"]["dental_part"]), (surgery.id, part)
            )
        self.assertEqual(visit.action_surgery_clearance()["res_model"], "dental.request")
        with self._refused(UserError, "is no surgery"):
            self.visit.with_env(self.env).action_surgery_escort()

    @users("front.desk")
    def test_the_rules_that_come_with_it_hold(self):
        """As installed: confirming is stopped by what must be signed, told and given."""
        rules = self.env["dental.readiness.rule"].sudo().with_context(active_test=False)
        rules.search([("check", "like", "surgery_")]).active = True
        surgery = self._surgery(anaesthesia="iv")
        items = self.env["dental.readiness"]._evaluate(surgery.appointment_id)
        stops = {
            item["check"]
            for item in items[surgery.appointment_id.id]
            if item["severity"] == "stop" and item["step"] == "confirmed"
        }
        self.assertEqual(
            stops,
            {"surgery_consent", "surgery_instructions", "surgery_escort", "surgery_fasting"},
        )

    @users("front.desk")
    def test_as_many_queries_for_ten_surgeries_as_for_two(self):
        self._rules(
            *(
                name[8:]
                for name in self.env["dental.readiness"]._checks()
                if name.startswith("surgery_")
            )
        )
        visits = self.env["dental.appointment"].sudo()
        for place in range(10):
            patient = self._new_patient(f"First{place}", "Last")
            surgery = self._surgery(patient_id=patient.id, start=f"2026-03-09 {8 + place:02}:00:00")
            visits |= surgery.appointment_id.sudo()
        counts = []
        for several in (visits[:2], visits):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["dental.readiness"]._evaluate(several)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)

    @users("front.desk")
    def test_the_packet_identifies_itself_in_its_body(self):
        surgery = self._surgery(anaesthesia="iv", escort_name="Jan Kowalski")
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "dental_coordinator.report_surgery", surgery.ids
        )
        page = html.decode().split('class="page')[1]
        for text in ("Marta Kowalski", self.patient.number, surgery.number, "Jan Kowalski"):
            self.assertIn(text, page)
        log = self.env["dental.access.log"].sudo()
        self.assertTrue(
            log.search([("patient_key", "=", self.patient.id), ("action", "=", "print")])
        )
