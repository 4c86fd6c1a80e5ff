# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What keeps the book full: visits that wait for a place, broken ones, a waiting list, a hole that
is being filled, reminders, and people who asked online."""

from datetime import timedelta

REASONS = ("ill", "work", "forgot", "transport", "family")


def load(clinic):
    load_contact_wishes(clinic)
    load_reminder_rules(clinic)
    load_planned(clinic)
    load_broken(clinic)
    load_waiting(clinic)
    load_hole(clinic)
    load_wish_rules(clinic)
    load_wishes(clinic)


def load_contact_wishes(clinic):
    """Most agreed to mails; some want to be called."""
    for place, patient in enumerate(clinic.patients):
        if not patient.has_access("write"):  # a restricted file is for its care team
            continue
        patient.write(
            {
                "email_ok": "yes" if place % 3 else "no",
                "text_ok": "yes" if place % 4 == 0 else False,
                "confirm_channel": ["email", "phone", "text", "email"][place % 4],
            }
        )


def load_reminder_rules(clinic):
    clinic.of_manager("dental.reminder.rule").create(
        [
            {"name": "Two days before", "purpose": "confirm", "hours_before": 48},
            {
                "name": "Three hours before",
                "purpose": "remind",
                "hours_before": 3,
                "channel": "text",
            },
            {
                "name": "I am here",
                "purpose": "arrive",
                "hours_before": 3,
                "on_arrival": "outside",
            },
        ]
    )


def load_planned(clinic):
    """Planned chairside, not booked yet: overdue, today, this week, later."""
    desk = clinic.users["coordinator"]
    for place, patient in enumerate(clinic.patients[2:37:5]):
        visit = clinic["dental.appointment"].create(
            {
                "patient_id": patient.id,
                "type_id": clinic.types[["Crown", "Filling", "Check-up"][place % 3]].id,
                "provider_id": clinic.providers[place % 2].id,
                "operatory_id": clinic.chairs[place % 2].id,
                "status": "planned",
                "owner_id": desk.id,
                "next_date": clinic.today + timedelta(days=3 * place - 6),
            }
        )
        if place % 3 == 0:
            visit.work_outcome("left_message")


def load_broken(clinic):
    """Some broken visits still wait for a decision, one went back to the list."""
    broken = clinic["dental.appointment"].search(
        [("status", "in", ("missed", "cancelled", "cancelled_late"))], order="start desc", limit=6
    )
    for place, visit in enumerate(broken):
        reason = f"dental_coordinator.break_reason_{REASONS[place % len(REASONS)]}"
        visit.break_reason_id = clinic.env.ref(reason)
        visit.next_date = clinic.today - timedelta(days=place % 3)
    for visit in broken[4:]:
        visit.action_to_list()


def load_waiting(clinic):
    wishes = [
        {"urgent": True, "urgency_reason": "Lost a filling", "notice_hours": 1},
        {"mon": True, "tue": True, "thu": True, "part_of_day": "morning", "priority": "2"},
        {"part_of_day": "afternoon"},
        {"priority": "1", "notice_hours": 24},
        {"provider_only": True},
        {"fri": True},
    ]
    ahead = clinic["dental.appointment"].search(
        [("status", "in", ("scheduled", "confirmed")), ("start", ">", "now +3d")], limit=3
    )
    for place, wish in enumerate(wishes):
        visit = ahead[place - 3 : place - 2] if place >= 3 else ahead[:0]
        patient = visit.patient_id or clinic.patients[-3 - 4 * place]
        clinic["dental.waitlist.entry"].create(
            {
                "patient_id": patient.id,
                "appointment_id": visit.id,
                "type_id": visit.type_id.id or clinic.types["Check-up"].id,
                "provider_id": clinic.providers[0].id,
                "since": clinic.today - timedelta(days=9 * place + 4),
                **wish,
            }
        )


def load_hole(clinic):
    """Somebody cancels in good time; who fits is listed, the first was called."""
    # More than a day ahead, so that all of the waiting list could come.
    visit = clinic["dental.appointment"].search(
        [
            ("status", "in", ("scheduled", "confirmed")),
            ("start", ">", "now +36H"),
            ("operatory_id", "=", clinic.chairs[0].id),
        ],
        order="start",
        limit=1,
    )
    if not visit:
        return
    visit.action_break("cancelled", then="planned")
    offer = clinic["dental.slot.offer"].browse(visit.action_fill_hole()["res_id"])
    if offer.line_ids:
        offer.line_ids[0].work_outcome("left_message")


def load_wish_rules(clinic):
    """The payers met most: one with words, one asked about; and a plan that is not taken."""
    clinic.env.company.sudo().dental_wish_public = True
    rules = clinic.of_manager("dental.wish.rule")
    rules.action_suggest()
    first, second = rules.search([], limit=2)
    first.write({"answer": "message", "message": "Bring your member card, please."})
    second.write({"answer": "ask", "message": "Which group number is on your card?"})
    rules.create(
        {
            "name": "State Care",
            "aliases": "statecare, public plan",
            "answer": "block",
            "message": "We are not in its network. Call us: we find a clinic near you.",
        }
    )


def load_wishes(clinic):
    payer = clinic.of_manager("dental.wish.rule").search([("answer", "=", "message")], limit=1)
    told = [
        ("Nora Fields", "207 555 0171", "pain", True, "Front tooth broken off at lunch."),
        ("Sam Okafor", "207 555 0172", "checkup", True, ""),
        (clinic.patients[3].name, clinic.patients[3].phone, "treatment", False, "The crown."),
    ]
    clinic["dental.visit.wish"].create(
        [
            {
                "name": name,
                "phone": phone,
                "kind": kind,
                "is_new": new,
                "message": message,
                "payer": payer.name if kind == "checkup" else False,
                "wish_rule_id": payer.id if kind == "checkup" else False,
                "days": "Tuesday, Thursday",
                "owner_id": clinic.users["coordinator"].id,
            }
            for name, phone, kind, new, message in told
        ]
    )
