# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When a patient is due again, and when to remind.

Plain Python: nothing here imports odoo. An interval is anything with ``after(date) -> date``, such
as the book's ``Interval``. The rules are those of Open Dental's recalls, in our own words: see the
cases in the tests.
"""

from .due import (
    CLEANING,
    PERIO,
    Recall,
    RecallType,
    Service,
    change_default,
    synchronise,
)
from .reminders import ReminderPolicy, count_reminders
from .rules import is_child, is_listed, is_past_due, joins_cleaning
