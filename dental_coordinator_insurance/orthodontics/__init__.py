# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Claims of an orthodontic treatment: when they fall due, and for how much each."""

from .schedule import WAYS, Step, claim_days, months_left, schedule

__all__ = ["WAYS", "Step", "claim_days", "months_left", "schedule"]
