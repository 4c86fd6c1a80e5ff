# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Half a year of single visits behind us, then two weeks of full days: the last five working
days, today, and five ahead, each visit with what is to be done in it."""

from collections import defaultdict
from datetime import timedelta

from . import stories
from .families import NEW
from .mouths import BACK_SURFACES, FRONT_SURFACES, TEETH

# chair -> provider and the kinds of visits it sees (places in the lists of the team)
ROOMS = [
    (0, 0, ["Crown", "Filling", "Filling", "Check-up", "New patient", "Root canal"]),
    (1, 1, ["Filling", "Check-up", "Check-up", "Crown", "Pain, same day"]),
    (2, 3, ["Cleaning"]),
    (3, 4, ["Cleaning"]),
    (4, 2, ["Surgery", "Check-up"]),
]
# kind of visit -> what is done in it: code, among which teeth, surfaces
WORK = {
    "New patient": [("X0150", "", ""), ("X0210", "", "")],
    "Check-up": [("X0120", "", ""), ("X0274", "", "")],
    "Cleaning": [("X1110", "", "")],
    "Filling": [("X2392", "back", BACK_SURFACES[1:])],
    "Crown": [("X2740", "back", ("",))],
    "Root canal": [("X3330", "molar", ("",))],
    "Surgery": [("X7210", "wisdom", ("",))],
    "Pain, same day": [("X0140", "", ""), ("X0220", "back", ("",))],
}
CHILD_WORK = {
    "Check-up": [("X0120", "", "")],
    "Cleaning": [("X1120", "", ""), ("X1206", "", "")],
}
FROM_AGE = {"Filling": 15, "Crown": 28, "Root canal": 25, "Surgery": 18, "Pain, same day": 15}
LUNCH = (300, 360)
DAY = 480
# Single visits of the months before: days ago and kind
EARLIER = [
    *((days, "Cleaning") for days in (212, 206, 198, 192, 187, 171, 150, 122, 96, 61)),
    *((days, "Check-up") for days in (203, 178, 133, 88, 54, 33)),
    *((days, "Filling") for days in (145, 104, 76, 47, 26)),
    *((days, "Crown") for days in (117, 68, 40)),
    *((days, "Surgery") for days in (93, 30)),
]


def load(clinic):
    clinic.days = defaultdict(set)  # patient -> days on which he comes
    clinic.had = defaultdict(set)  # patient -> kinds of visits
    book(clinic, [earlier(clinic, place, *one) for place, one in enumerate(EARLIER)])
    for offset in range(-5, 6):
        day = clinic.workday(offset)
        rows = [fixed(clinic, day, *one) for one in stories.of_day(offset)]
        for room in ROOMS:
            rows += fill(clinic, day, offset, rows, *room)
        book(clinic, rows)


def earlier(clinic, place, days, kind):
    chair, provider, _kinds = next(room for room in ROOMS if kind in room[2])
    day = clinic.days_ago(days)
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return prepare(clinic, day, 60 + 10 * place, chair, provider, kind, choose(clinic, day, kind))


def fixed(clinic, day, name, _offset, minutes, chair, provider, kind):
    return prepare(clinic, day, minutes, chair, provider, kind, clinic.patient(name))


def fill(clinic, day, offset, fixed_rows, chair, provider, kinds):
    """Fill a chair's day, with holes: the further ahead, the more of them."""
    busy = [LUNCH, *(row["span"] for row in fixed_rows if row["chair"] == chair)]
    density = 0.4 if offset < 0 else 0.8 - 0.08 * offset
    rows, minute = [], 0
    while minute < DAY:
        kind = clinic.random.choice(kinds)
        until = minute + length(clinic, kind)
        clash = next((stop for start, stop in busy if start < until and minute < stop), None)
        if clash:
            minute = clash
            continue
        patient = clinic.random.random() < density and choose(clinic, day, kind)
        if patient:
            rows.append(prepare(clinic, day, minute, chair, provider, kind, patient))
        minute = until + clinic.random.choice([0, 10])
    return rows


def length(clinic, kind):
    return 10 * len(clinic.types[kind].pattern)


def choose(clinic, day, kind):
    """Somebody whom the visit suits, of those who were here least; None when there is nobody."""
    first = not clinic.visits  # nobody is new in the months before
    found = [
        patient
        for patient in clinic.patients
        if suits(clinic, patient, kind, first) and day not in clinic.days[patient]
    ]
    found.sort(key=lambda patient: len(clinic.days[patient]))
    return clinic.random.choice(found[:9]) if found else None


def suits(clinic, patient, kind, first):
    new = patient.last_name in NEW and not clinic.had[patient]
    if kind == "New patient" or (new and first):
        return new and not first
    if kind in clinic.had[patient] or patient.age < FROM_AGE.get(kind, 3):
        return False
    taken = clinic.taken[patient]
    groups = [among for _code, among, _surfaces in WORK[kind] if among]
    return all(set(TEETH[among]) - taken for among in groups)


def prepare(clinic, day, minute, chair, provider, kind, patient):
    """One visit to book."""
    clinic.days[patient].add(day)
    clinic.had[patient].add(kind)
    return {
        "day": day,
        "span": (minute, minute + length(clinic, kind)),
        "chair": chair,
        "provider": clinic.providers[provider],
        "kind": kind,
        "patient": patient,
    }


def book(clinic, rows):
    """Make the visits, then what is to be done in them."""
    visits = clinic["dental.appointment"].create([visit_vals(clinic, row) for row in rows])
    clinic["dental.procedure"].create(
        [
            vals
            for row, visit in zip(rows, visits, strict=True)
            for vals in work_vals(clinic, row, visit)
        ]
    )
    clinic.visits += list(visits)


def visit_vals(clinic, row):
    kind = clinic.types[row["kind"]]
    return {
        "patient_id": row["patient"].id,
        "type_id": kind.id,
        "provider_id": row["provider"].id,
        "operatory_id": clinic.chairs[row["chair"]].id,
        "start": clinic.at(row["day"], row["span"][0]),
        "is_new": kind.new_patient,
        "source": clinic.random.choice(["phone", "phone", "desk", "recall"]),
    }


def work_vals(clinic, row, visit):
    """Values of the procedures of a visit."""
    patient, kind = row["patient"], row["kind"]
    known = stories.WORK.get((f"{patient.first_name} {patient.last_name}", kind))
    work = CHILD_WORK.get(kind, WORK[kind]) if patient.age < 14 else WORK[kind]
    for code, tooth, surfaces in known or drawn(clinic, patient, work):
        yield {
            "patient_id": patient.id,
            "code_id": clinic.codes[code].id,
            "tooth": tooth,
            "surfaces": surfaces,
            "prosthesis": "initial" if clinic.codes[code].prosthesis else False,
            "provider_id": row["provider"].id,
            "appointment_id": visit.id,
            "date_planned": min(row["day"], clinic.today) - timedelta(days=14),
        }


def drawn(clinic, patient, work):
    """The work of a kind of visit, each on a tooth of this patient that has nothing yet."""
    for code, among, surfaces in work:
        tooth = clinic.spare_tooth(patient, TEETH[among]) if among else ""
        yield code, tooth, clinic.random.choice(surfaces) if among else ""


def fillings(front):
    return FRONT_SURFACES if front else BACK_SURFACES
