# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Two weeks of appointments with what is to be done in them: the last five working days at their
checkout, which the money closes, today under way, five ahead."""

from datetime import timedelta

# chair -> provider and the kinds of visits it sees (places in the lists of the team)
ROOMS = [
    (0, 0, ["Crown", "Filling", "Check-up", "New patient", "Root canal"]),
    (1, 1, ["Filling", "Check-up", "Crown", "Pain, same day"]),
    (2, 3, ["Cleaning", "Cleaning", "Cleaning"]),
    (3, 4, ["Cleaning", "Cleaning"]),
    (4, 2, ["Surgery", "Check-up"]),
]
STEPS = ("confirmed", "arrived", "seated", "in_treatment", "checkout")
STAMPS = {
    "confirmed": "confirmed_at",
    "arrived": "arrived_at",
    "seated": "seated_at",
    "in_treatment": "treated_at",
    "checkout": "left_chair_at",
}
# kind of visit -> what is done in it: code, tooth, surfaces, area
WORK = {
    "New patient": [("X0150", "", "", ""), ("X0210", "", "", "00")],
    "Check-up": [("X0120", "", "", ""), ("X0274", "", "", "")],
    "Cleaning": [("X1110", "", "", "")],
    "Filling": [("X2392", "26", "MO", "")],
    "Crown": [("X2740", "36", "", "")],
    "Root canal": [("X3330", "46", "", "")],
    "Surgery": [("X7210", "48", "", "")],
    "Pain, same day": [("X0140", "", "", ""), ("X0220", "36", "", "")],
}


def load(clinic):
    for offset in range(-5, 6):
        day = clinic.workday(offset)
        for room in ROOMS:
            load_room(clinic, day, *room)
    for offset in range(-5, 0):
        close_day(clinic, offset)
    open_today(clinic)
    confirm_ahead(clinic)


def load_room(clinic, day, chair, provider, kinds):
    """Fill a chair's day from nine, with a hole now and then."""
    start = clinic.moment(day, 8)
    noon, last = clinic.moment(day, 12), clinic.moment(day, 16)
    while start < last:
        kind = clinic.types[clinic.random.choice(kinds)]
        length = timedelta(minutes=10 * len(kind.pattern))
        if start < noon < start + length:
            start = clinic.moment(day, 13)
            continue
        if clinic.random.random() < (0.75 if day >= clinic.today else 0.45):
            visit = book(clinic, start, kind, clinic.providers[provider], clinic.chairs[chair])
            clinic.visits.append(visit)
            length = visit.stop - visit.start  # as long as what is done in it
        start += length + timedelta(minutes=clinic.random.choice([0, 10, 20]))


def book(clinic, start, kind, provider, chair):
    """A visit of somebody who does not come on that day yet."""
    coming = clinic.coming.setdefault(start.date(), set())
    free = [p for p in clinic.patients if p.id not in coming]
    if start.date() >= clinic.today:
        free = [p for p in free if p not in without_visit(clinic)]
    patient = clinic.random.choice(free)
    coming.add(patient.id)
    visit = clinic["dental.appointment"].create(
        {
            "patient_id": patient.id,
            "type_id": kind.id,
            "provider_id": provider.id,
            "operatory_id": chair.id,
            "start": start,
            "is_new": kind.new_patient,
        }
    )
    clinic["dental.procedure"].create(
        [
            {
                "patient_id": patient.id,
                "code_id": clinic.codes[code].id,
                "tooth": tooth,
                "surfaces": surfaces,
                "area": area,
                "prosthesis": "initial" if code == "X2740" else False,
                "provider_id": provider.id,
                "appointment_id": visit.id,
                "next_date": max(start.date(), clinic.today),
                "next_action": "Do it at the visit",
            }
            for code, tooth, surfaces, area in WORK[kind.name]
        ]
    )
    return visit


def without_visit(clinic):
    """Those who were here and have no other visit yet: they are for the lists of what is due."""
    return clinic.patients[4::6]


def close_day(clinic, offset):
    """A day that is over: nearly all done, one missed, one cancelled, yesterday one left open."""
    visits = on_day(clinic, clinic.workday(offset))
    for place, visit in enumerate(visits):
        if place == 3:
            walk(visit, ["confirmed", "missed"])
        elif place == 5 and offset % 2:
            walk(visit, ["cancelled"])
        elif offset == -1 and place == len(visits) - 1:
            walk(visit, ["confirmed", "arrived", "seated"])
        else:
            walk(visit, STEPS)
            clinic.to_close.append(visit)


def on_day(clinic, day):
    begin, end = clinic.moment(day, 0), clinic.moment(day + timedelta(days=1), 0)
    return sorted((v for v in clinic.visits if begin <= v.start < end), key=lambda v: v.start)


def walk(visit, steps, minutes=(-1440, -4, 3, 8, 38)):
    """Take a visit through steps and stamp them around its start."""
    for step, shift in zip(steps, minutes, strict=False):
        visit._set_status(step)
        if step in STAMPS:
            visit.write({STAMPS[step]: visit.start + timedelta(minutes=shift)})


def open_today(clinic):
    """Today under way, whatever the clock says: some done, some in chairs, some waiting."""
    visits = on_day(clinic, clinic.workday(0))
    now = clinic.now()
    chairs = set()
    for place, visit in enumerate(visits):
        if place < len(visits) // 4:
            walk(visit, STEPS)
            if place:  # the first one waits at the desk
                clinic.to_close.append(visit)
        elif len(chairs) < 3 and visit.operatory_id not in chairs:
            chairs.add(visit.operatory_id)
            visit._set_status("confirmed")
            visit._set_status("arrived")
            visit._set_status("seated")
            visit.write(
                {
                    "arrived_at": now - timedelta(minutes=22 + 5 * place),
                    "seated_at": now - timedelta(minutes=9 + 4 * len(chairs)),
                }
            )
        elif place < len(visits) // 4 + 8:
            wait = clinic.random.choice([2, 6, 13, 24])
            if place % 2:
                visit._set_status("arrived")
                visit.arrived_at = now - timedelta(minutes=wait)
            else:
                visit._set_status("confirmed")
        elif place % 3:
            visit._set_status("confirmed")


def confirm_ahead(clinic):
    for visit in on_day(clinic, clinic.workday(1)):
        if clinic.random.random() < 0.6:
            visit._set_status("confirmed")
