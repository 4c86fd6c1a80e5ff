# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the day is about beside visits: who is in, the door, the note, tasks, boxes, screens."""

from datetime import timedelta

CHECKS = [
    ("Medical update signed", "step", "seated", ()),
    ("X-rays taken", "step", False, ("New patient", "Check-up")),
    ("Treatment plan explained", "step", False, ("New patient",)),
    ("Premedication taken", "step", "seated", ("Surgery",)),
    ("Next visit agreed", "step", False, ()),
    ("Lab work is back", "box", False, ("Crown",)),
]
# form: every so many months, asked of, questions: (page, words, kind, choices, needed, alert)
FORMS = {
    "Before your visit": (
        6,
        "all",
        [
            (1, "Has anything about your health changed since your last visit?", "yesno", "", 1, 1),
            (1, "Do you take new medicines?", "yesno", "", 1, 1),
            (1, "If so, which?", "text", "", 0, 0),
            (2, "Has your address, telephone or insurance changed?", "yesno", "", 1, 0),
        ],
    ),
    "Welcome to our clinic": (
        60,
        "new",
        [
            (1, "How did you hear of us?", "choice", "A friend\nThe internet\nThe sign", 0, 0),
            (1, "When did you last see a dentist?", "date", "", 0, 0),
        ],
    ),
}
# What two of those who wait answered: page by page, in the order of the questions.
ANSWERS = [
    (("yes", "yes", "Something for blood pressure, since May"), ("no",)),
    (("no", "no", ""), ("yes",)),
]
VISITORS = [
    ("escort", "Mr. Haas", "", "Waits for his wife"),
    ("vendor", "Ms. Lee", "Clear Air Service", "Services the compressor"),
]
TASKS = [
    ("task", "Ask the lab about the crown for Thursday", 60),
    ("promise", "Call Ms. Lund back about her estimate", -25),
]


def load(clinic):
    load_checks(clinic)
    load_rooms(clinic)
    load_people(clinic)
    load_arrivals(clinic)
    now = clinic.now()
    clinic["dental.task"].create(
        [
            {"kind": kind, "text": text, "due_at": now + timedelta(minutes=minutes)}
            for kind, text, minutes in TASKS
        ]
    )
    clinic["dental.day"].set_note(clinic.today, "Compressor is serviced at 11. Dr. Ortiz till 4.")
    devices = clinic.of_manager("dental.device").create(
        [{"name": "Waiting room", "kind": "hall"}, {"name": "Entrance", "kind": "kiosk"}]
    )
    load_forms(clinic, devices[1])


def load_checks(clinic):
    """Own boxes and steps; those who sit already have theirs ticked."""
    checks = clinic.of_manager("dental.visit.check").create(
        [
            {
                "name": name,
                "kind": kind,
                "before": before,
                "sequence": 10 * place,
                "type_ids": [(6, 0, [clinic.types[each].id for each in kinds])],
            }
            for place, (name, kind, before, kinds) in enumerate(CHECKS, 1)
        ]
    )
    inside = [visit for visit in clinic.visits if visit.status in ("seated", "in_treatment")]
    for visit in inside:
        visit.tick(checks[0].id)


def load_rooms(clinic):
    """One room is being cleaned, one waits for it, the others are ready."""
    rooms = clinic["dental.operatory"].search([])
    rooms.action_room_ready()
    taken = {v.operatory_id for v in clinic.visits if v.status in ("seated", "in_treatment")}
    for place, room in enumerate([room for room in rooms if room not in taken][:2]):
        for _step in range(place + 1):
            room.action_room_next()


def load_arrivals(clinic):
    """Some of those who wait said so themselves: at the tablet, by link from the car."""
    waiting = [visit for visit in clinic.visits if visit.status == "arrived"]
    for visit, how in zip(waiting, ("tablet", "tablet", "outside"), strict=False):
        visit.arrived_by = how


def load_forms(clinic, tablet):
    """Forms at the tablet; two of those who wait have answered, and nobody has looked yet."""
    fields = ("page", "name", "kind", "options", "required", "alert")
    clinic.of_manager("dental.form").create(
        [
            {
                "name": name,
                "every_months": months,
                "who": who,
                "thanks": "Thank you. We read this before we begin.",
                "owner_id": clinic.users["coordinator"].id,
                "question_ids": [
                    (0, 0, dict(zip(fields, question, strict=True))) for question in questions
                ],
            }
            for name, (months, who, questions) in FORMS.items()
        ]
    )
    waiting = [visit for visit in clinic.visits if visit.status == "arrived"]
    for visit, told in zip(waiting, ANSWERS, strict=False):
        visit._ask_forms(tablet)
        sheet = visit.sudo().form_sheet_ids.sorted("id")[:1]
        for questions, answers in zip(sheet.form_id._pages(), told, strict=False):
            sheet._keep(dict(zip(questions.ids, answers, strict=True)))


def load_people(clinic):
    """The team is in since the morning, two others wait or work in the house."""
    door = clinic["dental.presence"]
    now = clinic.now()
    for user in list(clinic.users.values())[:4]:
        door.create(
            {
                "kind": "team",
                "name": user.name,
                "user_id": user.id,
                "in_at": now - timedelta(hours=2),
            }
        )
    for place, (kind, name, organisation, why) in enumerate(VISITORS, 1):
        door.create(
            {
                "kind": kind,
                "name": name,
                "organisation": organisation,
                "why": why,
                "badge": str(place),
                "in_at": now - timedelta(minutes=20 * place),
            }
        )
