# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who may change where a visit stands in the book, and how long it is."""

import secrets

MOVE = "dental_coordinator.group_move_visits"
RESIZE = "dental_coordinator.group_resize_visits"
# Nobody who calls from outside knows it: only the server says that treatment set the length.
BY_TREATMENT = secrets.token_hex()
