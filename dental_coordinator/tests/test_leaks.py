# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DentalCase
from .leak import LeakMixin
from .students import StudentMixin

# The smallest picture there is.
PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


@tagged("post_install", "-at_install")
class TestLeaks(LeakMixin, StudentMixin, DentalCase):
    _leak_module = "dental_coordinator"
    _leak_exempt = {
        "dental.provider": "names of the team are no secret",
        "dental.operatory": "chairs are no secret",
        "dental.equipment": "devices are no secret",
        "dental.access.need": "the catalogue is no secret",
        "dental.appointment.type": "kinds of visits are no secret",
        "dental.procedure.category": "the catalogue is no secret",
        "dental.procedure.code": "the catalogue is no secret",
        "dental.procedure.code.import": "the catalogue is no secret",
        "dental.condition.type": "the catalogue is no secret",
        "dental.recall.type": "the catalogue is no secret",
        "dental.book.item": "the catalogue is no secret",
        "dental.book.view": "chairs and keys are no secret",
        "dental.readiness.rule": "the clinic's rules are no secret",
        "dental.break.reason": "the catalogue is no secret",
        "dental.surgery.template": "the clinic's checklists are no secret",
        "dental.surgery.template.line": "the clinic's checklists are no secret",
        "dental.surgery.script": "the words of the clinic's calls are no secret",
        "dental.surgery.script.line": "the words of the clinic's calls are no secret",
        "dental.reminder.rule": "the clinic's rules are no secret",
        "dental.wish.rule": "the clinic's rules are no secret",
        "dental.lab.kind": "the catalogue is no secret",
        "dental.link.miss": "hashed addresses of nobody we know",
        "dental.visit.check": "the words of check boxes are no secret",
        "dental.form": "the clinic's questions are no secret",
        "dental.form.question": "the clinic's questions are no secret",
        "dental.trainee.paper.kind": "the catalogue is no secret",
        "dental.orientation.topic": "the catalogue is no secret",
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._setup_leak()
        kind = cls.env["dental.appointment.type"].create({"name": "Exam", "pattern": "/XX/"})
        cls.visit = cls.env["dental.appointment"].create(
            {
                "patient_id": cls.patient.id,
                "type_id": kind.id,
                "provider_id": cls.provider.id,
                "operatory_id": cls.chair.id,
                "start": "2030-03-05 09:00:00",
                "trainee_ids": [(6, 0, cls.trainee.ids)],
            }
        )
        cls.visit.start = "2030-03-06 09:00:00"
        cls.patient._record_access("print")
        cls._keep_leak_records()

    def _leak_records(self):
        return {record._name: record for record in self._records()}

    def _records(self):
        yield self.patient
        yield self.visit
        yield self.visit.visit_event_ids[:1]
        yield self.env["dental.access.log"].search([("patient_key", "=", self.patient.id)])[:1]
        yield self._make(
            "dental.disclosure",
            company_id=self.company.id,
            purpose="patient",
            recipient="The patient",
            documents="IMG/1",
        )
        yield self._make("dental.family", name="Family", company_id=self.company.id)
        yield self._make("dental.guardian", partner_id=self.company.partner_id.id)
        yield self._make(
            "dental.access.grant", user_id=self.clinician.id, reason="x", until="2999-01-01"
        )

        yield from self._book_records()
        yield self.visit.reservation_ids[:1]
        yield from self._clinical_records()
        yield from self._surgery_records()
        yield from self._day_records()
        yield from self._form_records()
        yield from self._lab_records()
        yield from self._student_records()

    def _student_records(self):
        student = self._place()
        yield student
        yield student.paper_ids[:1]
        yield student.topic_ids[:1]
        yield self._make("dental.trainee.evaluation", trainee_id=student.id)
        yield self._make(
            "dental.trainee.import",
            school_id=self.company.partner_id.id,
            file=base64.b64encode(b"name"),
        )
        yield self._make(
            "dental.trainee.certificate",
            trainee_id=student.id,
            date_from=student.date_from,
            date_to=student.date_to,
        )

    def _form_records(self):
        form = self.env["dental.form"].create(
            {"name": "Health", "question_ids": [(0, 0, {"name": "Any change?"})]}
        )
        sheet = self._make(
            "dental.form.sheet",
            form_id=form.id,
            appointment_id=self.visit.id,
            next_date="2030-03-06",
        )
        sheet._keep({form.question_ids.id: "yes"})
        yield sheet
        yield sheet.answer_ids

    def _day_records(self):
        visit = {"appointment_id": self.visit.id}
        check = self.env["dental.visit.check"].create({"name": "Lab is back"})
        self.visit.tick(check.id)
        yield self.visit.tick_ids
        yield self._make(
            "dental.gate.override",
            **visit,
            step="seated",
            gate="Lab",
            reason="Late",
            user_id=self.manager.id,
        )
        yield self._make(
            "dental.room.turn", **visit, operatory_id=self.chair.id, company_id=self.company.id
        )
        yield self.env["dental.presence"].create({**visit, "name": "Escort"})
        yield self._make("dental.task", text="Call")
        yield self.env["dental.day"]._of(self.env["dental.today"]._day())
        yield self.env["dental.device"].create({"name": "Hall"})
        self.visit.arrived_at = self.visit.start
        self.env.flush_all()
        yield self.env["dental.visit.report"].browse(self.visit.id)

    def _lab_records(self):
        work = {
            "partner_id": self.company.partner_id.id,
            "kind_id": self.env.ref("dental_coordinator.lab_kind_crown").id,
        }
        yield self._make("dental.lab.turnaround", **work, days=5)
        yield self._make("dental.lab.case", **work, appointment_id=self.visit.id)

    def _book_records(self):
        blockout = self._make(
            "dental.blockout",
            name="Lunch",
            resource_ids=self.chair.resource_id.ids,
            start="2030-03-05 12:00:00",
            stop="2030-03-05 13:00:00",
        )
        yield blockout
        yield self._make("dental.blockout.release", blockout_id=blockout.id)
        hygienist = self.env["dental.provider"].create({"name": "Hal", "kind": "hygienist"})
        yield self._make(
            "dental.appointment.staff", appointment_id=self.visit.id, provider_id=hygienist.id
        )
        yield self.visit.move_ids[:1]
        yield self._make("dental.shift", provider_id=self.provider.id, day="2030-03-05")
        yield self._make("dental.book.note", text="Bring the x-ray", todo=True)

    def _clinical_records(self):
        kind = self.env["dental.condition.type"].search([], limit=1)
        recall = self.env["dental.recall.type"].search([], limit=1)
        category = self.env["dental.procedure.category"].search([], limit=1)
        code = self._make(
            "dental.procedure.code", code="LEAK1", name="Check-up", category_id=category.id
        )
        exam = self._make("dental.exam")
        yield exam
        yield self._make("dental.exam.pressure", exam_id=exam.id, systolic=120, diastolic=80)
        yield self._make("dental.treatment.plan")
        yield self._make("dental.procedure", code_id=code.id)
        yield self.env["dental.patient.due"].browse(self.patient.id)
        yield from self._full_book_records()
        yield self._scored()
        yield self._make("dental.intake", words="It hurts")
        yield self._make("dental.condition", type_id=kind.id)
        yield self._make("dental.chart.entry", tooth="36", status="watch")
        yield self._make("dental.request")
        yield self._make("dental.image", file=base64.b64encode(PIXEL))
        referral = self._make("dental.referral", partner_id=self.company.partner_id.id)
        self.env.flush_all()
        yield referral
        yield self.env["dental.referral.report"].browse(referral.id)
        yield self._make("dental.recall", type_id=recall.id)
        yield self._make("dental.contact.log")
        yield self._make(
            "dental.readiness.item",
            appointment_id=self.visit.id,
            check="history",
            reason="x",
            next_date="2030-03-01",
        )

    def _scored(self):
        """The score is of visits of the next days."""
        noon = fields.Datetime.now().replace(hour=12, minute=0, second=0, microsecond=0)
        soon = self._make(
            "dental.appointment",
            type_id=self.visit.type_id.id,
            provider_id=self.provider.id,
            operatory_id=self.chair.id,
            start=noon + timedelta(days=3),
        )
        self.env.flush_all()
        return self.env["dental.readiness.score"].browse(soon.id)

    def _surgery_records(self):
        surgery = self.visit._make_surgeries()
        yield surgery
        yield surgery.check_ids[:1]
        surgery.check_ids.filtered(lambda c: c.phase == "sign_in").action_yes()
        yield surgery._close_phase("sign_in", "Dr. Ortiz")
        yield self._make(
            "dental.surgery.consent",
            surgery_id=surgery.id,
            signer="x",
            file=base64.b64encode(PIXEL),
        )
        yield self._make("dental.surgery.task", surgery_id=surgery.id, name="Test")
        yield self._make("dental.surgery.material", surgery_id=surgery.id, name="Implant")
        yield self._make("dental.surgery.recovery", surgery_id=surgery.id, pulse=70)
        call = surgery.call_ids[:1]
        call._fill_script()
        yield call
        yield call.line_ids[:1]
        yield self._make("dental.postop.call", appointment_id=self.visit.id)

    def _full_book_records(self):
        yield self.env["dental.link"]._make("stop", self.patient, "2999-01-01")[0]
        entry = self._make("dental.waitlist.entry", type_id=self.visit.type_id.id)
        yield entry
        offer = self._make(
            "dental.slot.offer",
            start="2030-04-09 09:00:00",
            stop="2030-04-09 10:00:00",
            provider_id=self.provider.id,
            operatory_id=self.chair.id,
        )
        yield offer
        yield offer.line_ids.filtered(lambda line: line.entry_id == entry)
        offer.action_cancel()
        rule = self._make("dental.reminder.rule", name="Rule")
        yield self.env["dental.reminder"]._remind(rule, self.visit)
        yield self._make("dental.visit.wish", name="Marta Kowalski")
        yield self._make("dental.outcome.press", work_list="x", outcome="x", label="No answer")
        yield self._broken_row()
        yield self._presented_row()

    def _presented_row(self):
        """The line of the report of treatment that was presented."""
        code = self.env["dental.procedure.code"].search([("code", "=", "LEAK1")])
        plan = self._make("dental.treatment.plan")
        work = self._make("dental.procedure", code_id=code.id, treatment_plan_id=plan.id)
        plan.action_present()
        self.env.flush_all()
        return self.env["dental.presented.report"].browse(work.id)

    def _broken_row(self):
        """The line of the report of a visit that was missed."""
        visit = self._make(
            "dental.appointment",
            type_id=self.visit.type_id.id,
            provider_id=self.provider.id,
            operatory_id=self.chair.id,
            start="2030-05-08 09:00:00",
        )
        visit._set_status("missed")
        self.env.flush_all()
        return self.env["dental.broken.report"].browse(max(visit.visit_event_ids.ids))

    def _make(self, model, **vals):
        if "patient_id" in self.env[model]._fields:
            vals["patient_id"] = self.patient.id
        return self.env[model].create(vals)

    def test_portal_sees_the_own_file_and_visit_only(self):
        for user, seen in ((self.portal_a, True), (self.portal_b, False)):
            for record in (self.patient, self.visit):
                found = record.with_user(user).search([("id", "=", record.id)])
                self.assertEqual(bool(found), seen, record._name)

    def test_guardian_sees_the_child_for_a_time(self):
        guardian = self._make("dental.guardian", partner_id=self.portal_b.partner_id.id)
        files = self.env["dental.patient"].with_user(self.portal_b)
        self.assertIn(self.patient, files.search([]))
        self.assertEqual(self.visit.with_user(self.portal_b).start, self.visit.start)
        guardian.write({"date_from": "2020-01-01", "date_to": "2020-02-01"})
        self.assertNotIn(self.patient, files.search([]))

    def test_trainee_sees_an_assigned_visit_with_consent(self):
        visits = self.env["dental.appointment"].with_user(self.trainee)
        self._place_user(self.trainee)
        self.assertFalse(visits.search([]))
        self.visit.trainee_consent = True
        self.assertEqual(visits.search([]), self.visit)
        self.assertEqual(
            self.env["dental.patient"].with_user(self.trainee).search([]), self.patient
        )

    def test_the_teams_notes_are_not_for_the_portal(self):
        for record, name in (
            (self.patient, "money_note"),
            (self.patient, "medical_note"),
            (self.visit, "note"),
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                record.with_user(self.portal_a).read([name])
