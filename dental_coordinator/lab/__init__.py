# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Work that a laboratory makes: working days, and whether it comes in time. Plain Python."""

from .outlook import Pace, expected, in_time
from .workdays import Workdays

__all__ = ["Pace", "Workdays", "expected", "in_time"]
