# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Visits that are not left to chance: those that the tours, the guide and the pictures speak of.

Marta Kowalski broke a tooth, was seen last week, has a crown planned, and a login to the portal.
Ingrid Lund's crown has just been done: she stands at the desk.
"""

# who, working days from today, minutes after opening, chair, provider, kind of visit
VISITS = [
    ("Marta Kowalski", -4, 30, 0, 0, "Pain, same day"),
    ("Marta Kowalski", 3, 130, 0, 0, "Crown"),
    ("Ingrid Lund", 0, 70, 1, 1, "Crown"),
    ("Thabo Mbeki", 0, 130, 0, 0, "Root canal"),
    ("Kenji Ito", 0, 160, 2, 3, "Cleaning"),
    ("Lan Zhou", 0, 190, 0, 0, "New patient"),
    ("Rama Sow", 0, 200, 4, 2, "Check-up"),
    ("Nils Lund", 0, 210, 3, 4, "Cleaning"),
]
# What is done where the kind of visit does not say it: code, tooth, surfaces
WORK = {
    ("Marta Kowalski", "Pain, same day"): [("X0140", "", ""), ("X0220", "36", "")],
    ("Marta Kowalski", "Crown"): [("X2950", "36", ""), ("X2740", "36", "")],
    ("Ingrid Lund", "Crown"): [("X2950", "46", ""), ("X2740", "46", "")],
}


def of_day(offset):
    """The visits of a day, ``offset`` working days from today."""
    return [visit for visit in VISITS if visit[1] == offset]
