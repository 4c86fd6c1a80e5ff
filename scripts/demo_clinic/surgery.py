# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Two surgeries ahead, one ready, one with open gates; and the calls after the last visits."""

from base64 import b64encode
from datetime import timedelta

from .picture import xray

WELL = {
    "pain": "2",
    "bleeding": "none",
    "fever": "no",
    "swelling": "expected",
    "numb": "no",
    "relief": "yes",
}


def load(clinic):
    coordinator = clinic.users["coordinator"]
    rules = clinic["dental.readiness.rule"].sudo().search([("check", "!=", False)])
    rules.owner_id = coordinator
    clinic.types["Surgery"].sudo().write({"is_surgery": True, "postop_call": True})
    anaesthetist, assistant = load_team(clinic)
    adults = [patient for patient in clinic.patients if 30 < patient.age < 70]
    monitor = clinic["dental.equipment"].sudo().create({"name": "Sedation monitor"})
    ready = book(clinic, adults[3], 6, anaesthetist, assistant, monitor)
    make_ready(clinic, ready)
    book(clinic, adults[7], 7, anaesthetist, assistant, monitor)
    load_calls(clinic, coordinator)
    load_calls_before(clinic, ready)
    load_recovery(clinic)
    load_health_answers(clinic)


def load_team(clinic):
    names = [
        ("Dr. Adeyemi", "Tobi", "Adeyemi", "anaesthetist"),
        ("Ari", "Ari", "Lind", "assistant"),
    ]
    return [
        clinic["dental.provider"]
        .sudo()
        .create(
            {
                "name": name,
                "first_name": first,
                "last_name": last,
                "kind": kind,
                "tz": str(clinic.zone),
            }
        )
        for name, first, last, kind in names
    ]


def book(clinic, patient, offset, anaesthetist, assistant, monitor):
    """An implant under sedation, in the surgery, beyond the days that the book is full for."""
    surgery = clinic["dental.surgery"].create(
        {
            "patient_id": patient.id,
            "type_id": clinic.types["Surgery"].id,
            "provider_id": clinic.providers[2].id,
            "operatory_id": clinic.chairs[4].id,
            "start": clinic.moment(clinic.workday(offset), 9),
            "anaesthesia": "iv",
            "ward": "Day ward",
            "bed": str(offset),
            "anaesthetist_id": anaesthetist.id,
            "assistant_ids": [(6, 0, assistant.ids)],
            "equipment_ids": [(6, 0, monitor.ids)],
            "material_ids": [
                (0, 0, {"kind": "implant", "name": "Implant 4.1 × 10"}),
                (0, 0, {"kind": "kit", "name": "Surgical kit"}),
                (0, 0, {"kind": "graft", "name": "Membrane 20 × 25"}),
            ],
            "task_ids": [(0, 0, {"name": "Blood count", "days_before": 3})],
        }
    )
    clinic["dental.procedure"].create(
        {
            "patient_id": patient.id,
            "code_id": clinic.codes["X6010"].id,
            "tooth": "36",
            "provider_id": clinic.providers[2].id,
            "appointment_id": surgery.appointment_id.id,
            "next_date": clinic.workday(offset),
            "next_action": "Do it at the visit",
        }
    )
    clinic.visits.append(surgery.appointment_id)
    return surgery


def make_ready(clinic, surgery):
    """All that must be so before it: told, signed, cleared, set aside."""
    patient = surgery.patient_id
    dentist = clinic.users["dentist"]
    surgery.with_user(dentist).write(
        {
            "asa_class": "2",
            "airway": "1",
            "risk_insulin": "no",
            "fasting_rule": "No food for 6 hours, clear water until 2 hours before",
            "premed": "Amoxicillin 2 g, one hour before" if surgery.premed_needed else False,
        }
    )
    surgery.write(
        {
            "instructions_given": True,
            "instructions_how": "phone",
            "fasting_told": True,
            "escort_name": "Jan",
            "escort_phone": "207 555 0177",
            "escort_confirmed": True,
            "premed_told": surgery.premed_needed,
        }
    )
    clinic["dental.surgery.consent"].create(
        [
            {
                "surgery_id": surgery.id,
                "kind": kind,
                "file": b64encode(xray(len(kind))),
                "filename": f"{kind}.png",
                "signer": patient.name,
            }
            for kind in ("treatment", "anaesthesia")
        ]
    )
    surgery.task_ids.action_done()
    surgery.material_ids.action_reserved()
    patient.condition_ids.with_user(dentist).action_verify()
    clinic["dental.intake"].create({"patient_id": patient.id, "medical_review": "same"})
    surgery.action_confirm()


def load_calls(clinic, coordinator):
    """Four patients of the last days: to call, tried, with the dentist, closed."""
    closed = [visit for visit in clinic.to_close if visit.status in ("checkout", "done")]
    kinds = (clinic.types["Surgery"], clinic.types["Root canal"], clinic.types["Crown"])
    visits = [visit for visit in closed if visit.type_id in kinds][-4:]
    calls = clinic["dental.postop.call"].create(
        [
            {
                "patient_id": visit.patient_id.id,
                "appointment_id": visit.id,
                "owner_id": coordinator.id,
                "next_action": "Call: how is the patient?",
                "next_date": clinic.today,
            }
            for visit in visits
            if not visit.postop_call_ids
        ]
    )
    calls[1:2].work_outcome("no_answer")
    for call in calls[2:3]:
        call.write({**WELL, "pain": "8", "relief": "no"})
        call.action_escalate()
    for call in calls[3:4]:
        call.write(WELL)
        call.action_close()


def load_calls_before(clinic, ready):
    """One call with the dentist, one to make today, the others on their days."""
    calls = ready.call_ids.sorted("next_date")
    calls[:1].next_date = clinic.today
    calls[:1].work_outcome("no_answer")
    other = clinic["dental.surgery.call"].search([("surgery_id", "!=", ready.id)])
    for call in other.sorted("next_date")[:1]:
        call.action_ask()
        for line in call.line_ids.filtered(lambda row: row.kind == "ask"):
            line.answer = "no" if line.topic in ("ill", "escort") else "yes"
        call.line_ids.filtered(lambda row: row.topic == "coming").write(
            {"answer": "no", "note": "Has not found anybody to take him home"}
        )
        call.action_escalate()


def load_recovery(clinic):
    """A sedation of the last days: readings until the patient went home; sutures to take out."""
    closed = [visit for visit in clinic.to_close if visit.status in ("checkout", "done")]
    visits = [visit for visit in closed if visit.type_id == clinic.types["Surgery"]][-1:]
    for visit in visits:
        visit._plan_suture_visits()
        surgery = clinic["dental.surgery"].create(
            {"appointment_id": visit.id, "patient_id": visit.patient_id.id, "anaesthesia": "iv"}
        )
        items = ("movement", "breathing", "circulation", "awareness", "oxygen")
        readings = (
            (0, 58, 98, 60, 92, "11211"),
            (15, 66, 112, 70, 96, "21212"),
            (30, 72, 122, 78, 98, "22222"),
        )
        clinic["dental.surgery.recovery"].with_user(clinic.users["dentist"]).create(
            [
                {
                    "surgery_id": surgery.id,
                    "at": visit.stop + timedelta(minutes=minutes),
                    "pulse": pulse,
                    "systolic": systolic,
                    "diastolic": diastolic,
                    "spo2": spo2,
                    **dict(zip(items, points, strict=True)),
                }
                for minutes, pulse, systolic, diastolic, spo2, points in readings
            ]
        )
        for phase in ("sign_in", "time_out", "sign_out"):
            surgery.check_ids.filtered(lambda c, p=phase: c.phase == p).action_yes()
            surgery._close_phase(phase, "Dr. Adeyemi, Ari")
        surgery.aftercare_given = True
        surgery.with_user(clinic.users["dentist"]).action_discharge()


def load_health_answers(clinic):
    """Most patients said within the year whether their health is still as it was."""
    clinic["dental.intake"].create(
        [
            {
                "patient_id": patient.id,
                "medical_review": "same",
                "started_at": clinic.now() - timedelta(days=20 + 9 * place % 330),
                "state": "closed",
            }
            for place, patient in enumerate(clinic.patients)
            if place % 6
        ]
    )
