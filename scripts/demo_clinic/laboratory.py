# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Crowns and dentures on their way: laboratories with their days, what came back, what is out."""

from datetime import timedelta

# laboratory -> kind of work, published working days, working days that it really took
LABORATORIES = {
    "Harbor Ceramics": [("crown", 7, [9, 10, 9, 8, 11]), ("bridge", 10, [12, 11, 12])],
    "North Shore Dental Laboratory": [("crown", 8, [7, 8, 8]), ("denture", 12, []),
                                      ("guard", 5, [5, 4, 5])],
}  # fmt: skip
TEETH = ("36", "26", "46", "16", "25", "45")


def load(clinic):
    laboratories = clinic["res.partner"].create(
        [{"name": name, "is_company": True, "phone": f"207 555 01{place + 40}"}
         for place, name in enumerate(LABORATORIES)]
    )  # fmt: skip
    kinds = {
        key: clinic.env.ref(f"dental_coordinator.lab_kind_{key}")
        for key in ("crown", "bridge", "denture", "guard")
    }
    kinds["crown"].with_user(clinic.users["manager"]).type_id = clinic.types["Crown"]
    readable = [patient for patient in clinic.patients if patient.has_access("write")]
    adults = [patient for patient in readable if patient.age >= 18]
    for laboratory, rows in zip(laboratories, LABORATORIES.values(), strict=True):
        for key, days, taken in rows:
            clinic.of_manager("dental.lab.turnaround").create(
                {"partner_id": laboratory.id, "kind_id": kinds[key].id, "days": days}
            )
            for place, real in enumerate(taken):
                come_back(clinic, adults[(7 * place + days) % len(adults)], laboratory,
                          kinds[key], real, 30 + 9 * place)  # fmt: skip
    load_open(clinic, laboratories, kinds, adults)


def make(clinic, patient, laboratory, kind, place, **vals):
    fixed = kind.name in ("Crown", "Bridge")
    return clinic["dental.lab.case"].create(
        {
            "patient_id": patient.id,
            "partner_id": laboratory.id,
            "kind_id": kind.id,
            "teeth": TEETH[place % len(TEETH)] if fixed else False,
            "shade": ("A2", "A3", "B1")[place % 3],
            "material": "Zirconia" if fixed else False,
            "instructions": "Scan and bite are enclosed. Light contacts, please.",
            "provider_id": clinic.providers[place % 2].id,
            "owner_id": clinic.users["coordinator"].id,
            **vals,
        }
    )


def come_back(clinic, patient, laboratory, kind, real, ago):
    """A case of some weeks ago, delivered."""
    case = make(clinic, patient, laboratory, kind, ago)
    case.action_send()
    case.action_receive()
    sent = clinic.workday(-ago)
    case.write(
        {"sent_on": sent, "received_on": clinic.workday(real - ago), "real_days": real, "fee": 165}
    )
    case.action_check()
    case.action_deliver()


def load_open(clinic, laboratories, kinds, adults):
    """One of each: late for its visit, overdue, ready, to check, to send, without a visit."""
    begin = clinic.moment(clinic.workday(2), 0)
    visits = [
        visit
        for visit in clinic.visits
        if visit.start >= begin and visit.status in ("scheduled", "confirmed")
        and visit.type_id == clinic.types["Crown"] and visit.patient_id.has_access("write")
    ]  # fmt: skip
    out = [(4, "sent"), (8, "sent"), (9, "received"), (10, "checked"), (0, "to_send")]
    for place, ((ago, state), visit) in enumerate(zip(out, visits, strict=False)):
        laboratory = laboratories[place % 2]
        case = make(clinic, visit.patient_id, laboratory, kinds["crown"], place,
                    appointment_id=visit.id)  # fmt: skip
        move_on(clinic, case, ago, state)
    alone = ((12, "sent", "denture"), (2, "sent", "bridge"), (6, "checked", "crown"),
             (0, "to_send", "guard"))  # fmt: skip
    for place, (ago, state, key) in enumerate(alone):
        laboratory = laboratories[key in ("denture", "guard")]
        case = make(clinic, adults[11 + 5 * place], laboratory, kinds[key], place + 2)
        move_on(clinic, case, ago, state)


def move_on(clinic, case, ago, state):
    if state == "to_send":
        return
    case.action_send()
    case.write({"sent_on": clinic.workday(-ago), "tracking": f"Courier {4180 + ago}"})
    case.next_date = case.due_on or clinic.today + timedelta(days=7)
    if state in ("received", "checked"):
        case.action_receive()
        case.real_days = ago
    if state == "checked":
        case.action_check()
