# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The life of a visit: its states, and which may follow which."""

STATUSES = [
    ("planned", "Planned"),
    ("held", "Held"),
    ("scheduled", "Scheduled"),
    ("confirmed", "Confirmed"),
    ("arrived", "Arrived"),
    ("seated", "Seated"),
    ("in_treatment", "In treatment"),
    ("checkout", "At checkout"),
    ("done", "Done"),
    ("missed", "Missed"),
    ("cancelled_late", "Cancelled late"),
    ("cancelled", "Cancelled"),
    ("cancelled_clinic", "Cancelled by the clinic"),
]

BROKEN = ("missed", "cancelled_late", "cancelled", "cancelled_clinic")
# A planned visit has no place in the book yet; a broken one has given it back.
WITHOUT_PLACE = ("planned", *BROKEN)
INSIDE = ("arrived", "seated", "in_treatment", "checkout")
COMING = ("held", "scheduled", "confirmed")
OPEN = (*COMING, *INSIDE)

FOLLOWS = {
    "planned": ("held", "scheduled", "cancelled", "cancelled_clinic"),
    "held": ("planned", "scheduled", "confirmed", "arrived", *BROKEN),
    "scheduled": ("planned", "confirmed", "arrived", *BROKEN),
    "confirmed": ("planned", "scheduled", "arrived", *BROKEN),
    "arrived": ("seated", "in_treatment", "checkout", "done", "missed", "cancelled_clinic"),
    "seated": ("in_treatment", "checkout", "done"),
    "in_treatment": ("checkout", "done"),
    "checkout": ("done",),
    "done": (),
    **{broken: ("planned", "scheduled") for broken in BROKEN},
}

# Which moment of the visit a state stamps.
STAMPS = {
    "confirmed": "confirmed_at",
    "arrived": "arrived_at",
    "seated": "seated_at",
    "in_treatment": "treated_at",
    "checkout": "left_chair_at",
    "done": "dismissed_at",
}
