# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the screen of the book shows beside the visits: views, notes of the day, a tray."""

from datetime import timedelta


def load(clinic):
    load_views(clinic)
    load_notes(clinic)
    load_tray(clinic)


def load_views(clinic):
    """The coordinator sees money and insurance on the cards of the main view; one for hygiene."""
    items = clinic["dental.book.item"].search([])
    main = clinic.env.ref("dental_coordinator.book_view_main")
    quiet = ("type", "fee", "number", "file", "phone", "provider", "recall", "age")
    main.item_ids = items.filtered(lambda item: item.key not in quiet)
    clinic["dental.book.view"].create(
        {
            "name": "Hygiene",
            "user_id": False,
            "function_key": "F3",
            "operatory_ids": [(6, 0, [chair.id for chair in clinic.chairs[2:4]])],
            "item_ids": [(6, 0, items.filtered(lambda i: i.key in ("type", "recall", "age")).ids)],
        }
    )


def load_notes(clinic):
    today = clinic.workday(0)
    clinic["dental.book.note"].create(
        [
            {"day": today, "text": "Team meeting at 12:30 in the break room"},
            {
                "day": today,
                "text": "Ask for the new x-ray lead apron",
                "todo": True,
            },
            {
                "start": clinic.moment(today, 11, 20),
                "operatory_id": clinic.chairs[1].id,
                "text": "Lab picks up the impressions",
                "todo": True,
            },
        ]
    )


def load_tray(clinic):
    """Two visits of the coming days wait for another place."""
    own = clinic.env(user=clinic.users["coordinator"])
    start = clinic.moment(clinic.workday(2), 0)
    coming = [visit for visit in clinic.visits if start <= visit.start < start + timedelta(days=1)]
    for visit in coming[1:6:3]:
        visit.with_env(own).action_to_tray()
