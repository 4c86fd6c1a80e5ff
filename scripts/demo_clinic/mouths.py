# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is on the teeth from earlier years: more with age, nothing twice on one tooth."""

BACK = "14 15 16 17 24 25 26 27 34 35 36 37 44 45 46 47".split()
MOLAR = "16 17 26 27 36 37 46 47".split()
FRONT = "11 12 13 21 22 23".split()
WISDOM = "18 28 38 48".split()
BABY = "54 55 64 65 74 75 84 85".split()
FIRST_MOLARS = "16 26 36 46".split()
TEETH = {
    "back": BACK,
    "molar": MOLAR,
    "front": FRONT,
    "wisdom": WISDOM,
    "baby": BABY,
}
BACK_SURFACES = ("O", "MO", "DO", "MOD", "OB")
FRONT_SURFACES = ("M", "D", "MI", "F")
BRIDGES = (("14", "15", "16"), ("24", "25", "26"), ("35", "36", "37"), ("45", "46", "47"))
# What the stories of Marta Kowalski and Ingrid Lund begin with.
KNOWN = {
    "Marta Kowalski": [
        ("36", "existing", "filling", "MOD", 2300),
        ("36", "existing", "fracture", "", 9),
        ("16", "existing", "filling", "MO", 3100),
        ("26", "existing", "filling", "DO", 2900),
        ("46", "existing", "crown", "", 1500),
        ("46", "existing", "root_canal", "", 1530),
        ("15", "watch", "decay", "D", 190),
        ("18", "missing", False, "", 3600),
        ("28", "missing", False, "", 3600),
        ("38", "missing", False, "", 3580),
        ("48", "missing", False, "", 3580),
    ],
    "Ingrid Lund": [
        ("46", "existing", "root_canal", "", 60),
        ("46", "existing", "filling", "MOD", 2000),
        ("27", "existing", "filling", "O", 1800),
        ("37", "existing", "filling", "MO", 1750),
        ("12", "watch", "decay", "D", 160),
    ],
}


def load(clinic):
    rows = []
    for patient in clinic.patients:
        clinic.taken[patient] = set()
        name = f"{patient.first_name} {patient.last_name}"
        draw = child if patient.age < 13 else adult
        known = KNOWN.get(name)
        rows += [
            prepare(clinic, patient, *entry)
            for entry in known or draw(clinic, patient, patient.age)
        ]
        clinic.taken[patient] |= {entry[0] for entry in known or ()}
    clinic["dental.chart.entry"].with_user(clinic.users["dentist"]).create(rows)


def prepare(clinic, patient, tooth, status, finding, surfaces, days):
    return {
        "patient_id": patient.id,
        "tooth": tooth,
        "status": status,
        "finding": finding,
        "surfaces": surfaces,
        "date": clinic.days_ago(min(days, max(365 * (patient.age - 5), 30))),
        "provider_id": patient.primary_provider_id.id,
    }


def child(clinic, patient, age):
    """Baby teeth with a filling or something to watch; first molars sealed or still to come."""
    entries = []
    if age < 6:
        return [(tooth, "unerupted", False, "", 30) for tooth in FIRST_MOLARS]
    for tooth in FIRST_MOLARS if clinic.random.random() < 0.7 else ():
        entries.append((tooth, "existing", "sealant", "O", 200))
    for status, finding in (("existing", "filling"), ("watch", "decay")):
        tooth = clinic.spare_tooth(patient, BABY)
        entries.append((tooth, status, finding, clinic.random.choice(("O", "MO", "DO")), 250))
    return entries


def adult(clinic, patient, age):
    """Older people have more fillings, crowns, missing teeth and a bridge."""
    chance = clinic.random.random
    entries = wisdom(clinic, patient) if age > 20 else []
    if age > 55 and chance() < 0.5:
        entries += bridge(clinic, patient)
    for _each in range(clinic.random.randint(0, max(0, (age - 32) // 14))):
        entries += crown(clinic, patient)
    for _each in range(clinic.random.randint(age // 20, 2 + age // 14)):
        front = age > 40 and chance() < 0.25
        entries += on_tooth(clinic, patient, front, "existing", "filling", (200, 4000))
    entries += on_tooth(clinic, patient, False, "watch", "decay", (20, 400))
    if age > 66 and chance() < 0.5:
        tooth = clinic.spare_tooth(patient, BACK)
        entries.append((tooth, "existing", "implant", "", 1100))
        entries.append((tooth, "existing", "crown", "", 950))
    return entries


def wisdom(clinic, patient):
    """Wisdom teeth are out more often than not."""
    gone = [tooth for tooth in WISDOM if clinic.random.random() < 0.55]
    clinic.taken[patient].update(gone)
    return [(tooth, "missing", False, "", clinic.random.randint(900, 5000)) for tooth in gone]


def bridge(clinic, patient):
    first, gap, last = clinic.random.choice(BRIDGES)
    clinic.taken[patient].update((first, gap, last))
    days = clinic.random.randint(700, 4000)
    return [
        (gap, "missing", False, "", days + 120),
        *((tooth, "existing", "bridge", "", days) for tooth in (first, gap, last)),
    ]


def crown(clinic, patient):
    tooth = clinic.spare_tooth(patient, BACK)
    days = clinic.random.randint(300, 4500)
    entries = [(tooth, "existing", "crown", "", days)]
    if clinic.random.random() < 0.6:
        entries.append((tooth, "existing", "root_canal", "", days + 40))
    return entries if tooth else []


def on_tooth(clinic, patient, front, status, finding, days):
    tooth = clinic.spare_tooth(patient, FRONT if front else BACK)
    surfaces = clinic.random.choice(FRONT_SURFACES if front else BACK_SURFACES)
    return [(tooth, status, finding, surfaces, clinic.random.randint(*days))] if tooth else []
