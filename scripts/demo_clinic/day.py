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
    clinic.of_manager("dental.device").create(
        [{"name": "Waiting room", "kind": "hall"}, {"name": "Entrance", "kind": "kiosk"}]
    )


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
    """Some of those who wait said so themselves: by link from the car, at the tablet."""
    waiting = [visit for visit in clinic.visits if visit.status == "arrived"]
    for visit, how in zip(waiting, ("outside", "tablet"), strict=False):
        visit.arrived_by = how


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
