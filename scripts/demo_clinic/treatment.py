# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is on the teeth, what was found, asked, planned and estimated."""

import base64
from datetime import timedelta

from .picture import xray

WORDS = [
    ("It hurts when I drink something cold.", "36", "4", "none"),
    ("A piece of my tooth broke off at dinner.", "26", "2", "none"),
    ("My cheek is swollen since Friday.", "46", "7", "face"),
    ("My gums bleed when I brush.", "", "1", "gum"),
    ("The old crown came loose.", "16", "0", "none"),
    ("It throbs at night, I cannot sleep.", "37", "8", "none"),
]
FINDINGS = [
    ("existing", "filling", "MO"),
    ("existing", "crown", ""),
    ("watch", False, "O"),
    ("missing", False, ""),
    ("existing", "root_canal", ""),
    ("existing", "filling", "OD"),
]
TEETH = ["16", "26", "36", "46", "17", "27", "37", "47", "14", "24", "35", "45"]


def load(clinic):
    adults = [patient for patient in clinic.patients if patient.age >= 18]
    for place, patient in enumerate(adults[:40]):
        load_chart(clinic, patient, place)
    for place, words in enumerate(WORDS):
        load_intake(clinic, adults[2 * place], *words)
    load_exams(clinic, adults[:5])
    load_requests(clinic, adults)
    load_plans(clinic, adults)
    load_verifications(clinic)


def load_chart(clinic, patient, place):
    teeth = clinic.random.sample(TEETH, 4)
    for shift, tooth in enumerate(teeth):
        status, finding, surfaces = FINDINGS[(place + shift) % len(FINDINGS)]
        clinic["dental.chart.entry"].create(
            {
                "patient_id": patient.id,
                "tooth": tooth,
                "status": status,
                "finding": finding,
                "surfaces": surfaces,
                "date": clinic.today - timedelta(days=300 + 90 * shift),
            }
        )


def load_intake(clinic, patient, words, teeth, pain, swelling):
    intake = clinic["dental.intake"].create(
        {
            "patient_id": patient.id,
            "words": words,
            "teeth": teeth,
            "pain_now": pain,
            "pain_worst": pain,
            "swelling": swelling,
            "breathing": "no",
            "swallowing": "no",
            "impact_eating": "2",
            "impact_daily": "3" if int(pain) > 5 else "1",
            "impact_worry": "1",
        }
    )
    if int(pain) < 7:
        intake.action_accept_triage()


def load_exams(clinic, patients):
    for place, patient in enumerate(patients):
        exam = clinic["dental.exam"].create(
            {
                "patient_id": patient.id,
                "spo2": 97 + place % 3,
                "pressure_ids": [(0, 0, {"systolic": 122 + 6 * place, "diastolic": 78 + place})],
            }
        )
        exam.action_rest_normal()
        if place % 2:
            exam.with_user(clinic.users["dentist"]).action_countersign()


def load_requests(clinic, adults):
    """X-rays and records: to ask, asked and late, received, reviewed."""
    doctor = clinic["res.partner"].create({"name": "Bayside Dental Imaging", "is_company": True})
    for place, step in enumerate(["", "asked", "asked", "received", "reviewed", "reviewed"]):
        request = clinic["dental.request"].create(
            {
                "patient_id": adults[3 + 2 * place].id,
                "kind": ["periapical", "records", "pano", "periapical", "bitewing", "pano"][place],
                "teeth": "36" if place in (0, 3) else False,
                "partner_id": doctor.id,
                "pregnancy": "na",
                "release_on": clinic.today - timedelta(days=9),
                "reason": "Before the crown",
                "ordered_by_id": clinic.providers[0].id,
            }
        )
        if step:
            request.action_ask()
        if step in ("received", "reviewed"):
            receive(clinic, request, place)
        if step == "reviewed":
            dentist = request.with_user(clinic.users["dentist"])
            dentist.finding = "No change to the last picture"
            dentist.action_review()
        if place == 2:
            request.next_date = clinic.today - timedelta(days=3)


def receive(clinic, request, seed):
    clinic["dental.image"].create(
        {
            "patient_id": request.patient_id.id,
            "request_id": request.id,
            "kind": request.kind,
            "teeth": request.teeth,
            "taken_on": clinic.today - timedelta(days=12),
            "file": base64.b64encode(xray(seed)),
            "filename": "image.png",
        }
    )
    request.action_receive()


def load_plans(clinic, adults):
    """Crowns and fillings proposed: some drafted, some presented, some accepted and estimated."""
    for place, patient in enumerate(adults[:14]):
        plan = clinic["dental.treatment.plan"].create(
            {
                "patient_id": patient.id,
                "name": "Crown and filling",
                "provider_id": clinic.providers[place % 2].id,
            }
        )
        for code, tooth, surfaces in (("X2740", "36", ""), ("X2392", "26", "MO")):
            clinic["dental.procedure"].create(
                {
                    "patient_id": patient.id,
                    "code_id": clinic.codes[code].id,
                    "tooth": tooth,
                    "surfaces": surfaces,
                    "prosthesis": "initial" if code == "X2740" else False,
                    "provider_id": plan.provider_id.id,
                    "treatment_plan_id": plan.id,
                    "next_date": clinic.today + timedelta(days=place - 2),
                    "next_action": "Book" if place % 2 else "Call about the plan",
                }
            )
        if place % 3:
            # Some by the dentist, some by whoever books, some by the one and then the other.
            if place % 2:
                plan.with_user(clinic.users["dentist"]).action_present()
            if place % 4 != 1:
                plan.action_present()
        if place % 3 == 2:
            plan.action_accept()
        plan.procedure_ids._make_estimate()


def load_verifications(clinic):
    """Benefits to check before the coming visits; some done, one in hand."""
    clinic["dental.insurance.verification"].sudo()._cron_prepare()
    checks = clinic["dental.insurance.verification"].search([])
    for place, check in enumerate(checks):
        check.owner_id = clinic.users["coordinator"]
        if place % 3 == 0:
            check.write(
                {"method": "phone", "representative": "Dana", "reference": f"{9100 + place}"}
            )
            check.action_verified()
        elif place % 5 == 1:
            check.state = "in_progress"
